"""The claim (« demande ») of one firm for one scheme and one calendar year, a line per employee."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.firms.models import Firm
from companies.workforce.models import Employee, Employment, Person


class ClaimState(models.TextChoices):
    """The word the agency reads; `for_firm` is the word the firm reads."""

    DRAFT = "draft", "Brouillon"
    READY_TO_SIGN = "ready_to_sign", "À signer"
    SUBMITTED = "submitted", "À prendre en charge"
    IN_REVIEW = "in_review", "En instruction"
    PROPOSED = "proposed", "À décider"
    APPROVED = "approved", "Accordée"
    PARTLY_APPROVED = "partly_approved", "Accordée en partie"
    REJECTED = "rejected", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"

    @property
    def for_firm(self) -> str:
        return {
            ClaimState.SUBMITTED: "Déposée",
            ClaimState.IN_REVIEW: "En cours d'instruction",
            ClaimState.PROPOSED: "En cours d'instruction",
        }.get(self, self.label)


FILED = ("submitted", "in_review", "proposed", "approved", "partly_approved", "rejected")
DECIDED = ("approved", "partly_approved", "rejected")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def of_firm(self, firm: Firm) -> "ClaimQuerySet":
        return self.filter(firm=firm)

    def filed(self) -> "ClaimQuerySet":
        return self.filter(state__in=FILED)

    def awaiting_decision(self) -> "ClaimQuerySet":
        return self.filter(state__in=["submitted", "in_review", "proposed"])

    def live(self) -> "ClaimQuerySet":
        return self.exclude(state=ClaimState.WITHDRAWN)


class Claim(models.Model):
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    reference = models.CharField("référence", max_length=20, unique=True)
    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="claims", verbose_name="entreprise"
    )
    scheme = models.CharField("dispositif", max_length=40)
    year = models.PositiveSmallIntegerField("exercice")
    state = models.CharField("état", max_length=20, choices=ClaimState, default=ClaimState.DRAFT)
    created_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="préparée par"
    )
    created_at = models.DateTimeField("créée le")
    ready_at = models.DateTimeField("transmise au signataire le", null=True, blank=True)
    filed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="déposée par"
    )
    filed_at = models.DateTimeField("déposée le", null=True, blank=True)
    receipt_number = models.CharField(
        "récépissé", max_length=20, null=True, blank=True, unique=True
    )
    declaration_sha256 = models.CharField("empreinte de la déclaration", max_length=64, blank=True)
    decide_before = models.DateField("décision attendue avant le", null=True, blank=True)
    instructed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="instruite par"
    )
    taken_at = models.DateTimeField("prise en charge le", null=True, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        verbose_name_plural = "demandes"
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "scheme", "year"],
                condition=~Q(state="withdrawn"),
                name="claim_once_a_firm_scheme_and_year",
                violation_error_message="Une demande existe déjà pour cet exercice.",
            ),
            models.CheckConstraint(
                name="claim_is_filed_exactly_when_its_state_says_so",
                condition=Q(state__in=["draft", "ready_to_sign"], filed_at__isnull=True)
                | Q(state="withdrawn")
                | Q(
                    state__in=FILED,
                    filed_at__isnull=False,
                    filed_by__isnull=False,
                    receipt_number__isnull=False,
                    decide_before__isnull=False,
                )
                & ~Q(declaration_sha256=""),
            ),
            models.CheckConstraint(
                name="claim_is_taken_before_it_is_proposed",
                condition=~Q(state__in=["in_review", "proposed", *DECIDED])
                | Q(taken_at__isnull=False, instructed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_has_its_day_of_decision",
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_ready_to_sign_has_its_hour",
                condition=~Q(state="ready_to_sign") | Q(ready_at__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_withdrawn_has_its_hour",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["state", "filed_at"], name="claim_by_state_and_age")]

    def __str__(self) -> str:
        return self.reference

    @property
    def journal_stream(self) -> str:
        return f"claim:{self.public_id}"

    @property
    def journal_firm(self) -> str:
        return self.firm.public_id

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED


class ClaimLine(models.Model):
    """One employee of one claim; the last employment in force is the one looked at."""

    claim = models.ForeignKey(Claim, models.RESTRICT, related_name="lines", verbose_name="demande")
    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="+", verbose_name="salarié"
    )
    employment = models.ForeignKey(
        Employment, models.RESTRICT, related_name="+", verbose_name="emploi"
    )
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+", verbose_name="personne")
    position = models.PositiveIntegerField("rang")

    class Meta:
        verbose_name = "ligne de demande"
        verbose_name_plural = "lignes de demande"
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "employee"], name="claim_line_once_an_employee"
            ),
            models.UniqueConstraint(fields=["claim", "position"], name="claim_line_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} ligne {self.position}"
