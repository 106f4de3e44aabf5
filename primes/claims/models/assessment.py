"""What the law said of one line, with the facts it was told: only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from companies.documents.models import ReceivedFile
from primes.claims.models.claim import ClaimLine
from primes.claims.models.rule_set import RuleSet
from primes.rules.assessment import codes_of


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def latest_of_each_line(self) -> "AssessmentQuerySet":
        return self.order_by("line_id", "-pk").distinct("line_id")

    def readable(self) -> "AssessmentQuerySet":
        """With the codes that the masks are read by, without the bytes of the rules."""
        return self.select_related("rule_set").defer("rule_set__package")

    def explainable(self) -> "AssessmentQuerySet":
        """With all that an explanation reads, without the bytes of the files."""
        sources = ("income_source", "hired_source")
        return (
            self.readable()
            .select_related("line__claim", "line__employee", *sources)
            .defer(*(f"{source}__content" for source in sources))
        )


class Assessment(models.Model):
    """Facts as told, masks, amount rows, digest, day; amounts in centimes, shares in basis points.

    The named values of the columns (unknown, no end, never) are stored as the rules package writes
    them, so that a replay is given the same integers.
    """

    class Purpose(models.TextChoices):
        FILING = "filing", "Au dépôt"
        REVIEW = "review", "À l'instruction"

    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="assessments", verbose_name="ligne"
    )
    rule_set = models.ForeignKey(RuleSet, models.RESTRICT, related_name="+", verbose_name="règles")
    scheme = models.CharField("dispositif", max_length=40)
    year = models.PositiveSmallIntegerField("exercice")
    purpose = models.CharField("moment", max_length=10, choices=Purpose)
    assessed_at = models.DateTimeField("calculée le")

    branch = models.SmallIntegerField("filière")
    certificate_from = models.BigIntegerField("attestation du")
    certificate_until = models.BigIntegerField("attestation au")
    cnss_certificate_until = models.BigIntegerField("régularité CNSS jusqu'au")
    tax_certificate_until = models.BigIntegerField("régularité fiscale jusqu'au")
    filed_on = models.BigIntegerField("dépôt")
    export_share_bp = models.BigIntegerField("part à l'export")
    firm_started_on = models.BigIntegerField("début d'activité")
    nationality = models.SmallIntegerField("nationalité")
    hired_on = models.BigIntegerField("embauche")
    left_on = models.BigIntegerField("départ")
    contract = models.SmallIntegerField("contrat")
    stable_from = models.BigIntegerField("contrat stable")
    last_same_employer_on = models.BigIntegerField("dernier emploi chez le même employeur")
    has_cnss_number = models.BooleanField("numéro CNSS")
    income = ArrayField(models.BigIntegerField(), verbose_name="revenu")
    income_known = ArrayField(models.BooleanField(), verbose_name="revenu connu")
    salary = ArrayField(models.BigIntegerField(), verbose_name="salaires")
    salary_known = ArrayField(models.BooleanField(), verbose_name="salaires connus")
    training_minutes = models.BigIntegerField("formation (minutes)")
    training_cost = models.BigIntegerField("coût de formation")
    paid_elsewhere = models.BooleanField("financé ailleurs")
    granted_here = models.BooleanField("déjà accordée dans cette entreprise")
    profile = models.SmallIntegerField("profil")
    degree_years = models.BigIntegerField("années d'études après le bac")
    job_seeker = models.BooleanField("demandeur d'emploi")
    granted_before = ArrayField(
        models.BigIntegerField(), verbose_name="déjà accordé, par année de formation"
    )
    item_first_day = ArrayField(models.BigIntegerField(), verbose_name="formations du")
    item_last_day = ArrayField(models.BigIntegerField(), verbose_name="formations au")
    item_notified_on = ArrayField(models.BigIntegerField(), verbose_name="formations notifiées le")
    item_minutes = ArrayField(models.BigIntegerField(), verbose_name="minutes suivies")
    item_cost = ArrayField(models.BigIntegerField(), verbose_name="parts de facture")
    item_invoice = ArrayField(models.BigIntegerField(), verbose_name="factures")

    income_source = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="+", null=True, verbose_name="source du revenu"
    )
    income_line = models.PositiveIntegerField("ligne du revenu", null=True)
    hired_source = models.ForeignKey(
        ReceivedFile,
        models.RESTRICT,
        related_name="+",
        null=True,
        verbose_name="source de l'embauche",
    )
    hired_line = models.PositiveIntegerField("ligne de l'embauche", null=True)

    failed = models.BigIntegerField("conditions non remplies (masque)")
    unknown = models.BigIntegerField("faits inconnus (masque)")
    warnings = models.BigIntegerField("avertissements (masque)")
    eligible = models.BooleanField("éligible")
    window_from = models.BigIntegerField("période primable du")
    window_until = models.BigIntegerField("période primable au")
    amounts = ArrayField(models.BigIntegerField(), verbose_name="étapes du montant (centimes)")
    amount = models.BigIntegerField("montant (centimes)")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "calcul"
        verbose_name_plural = "calculs"
        constraints = [
            models.CheckConstraint(
                name="assessment_pays_the_eligible_only",
                condition=Q(eligible=True, failed=0) | Q(eligible=False, amount=0) & ~Q(failed=0),
            ),
            models.CheckConstraint(
                name="assessment_amount_not_negative", condition=Q(amount__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["line", "-id"], name="assessment_latest_of_line")]

    def __str__(self) -> str:
        return f"{self.line} {self.get_purpose_display()}"

    @property
    def sources(self) -> tuple[tuple[str, ReceivedFile, int], ...]:
        """(fact, file, line) of what received files told; what the firm typed itself has none."""
        told = (
            ("income", self.income_source, self.income_line),
            ("hired_on", self.hired_source, self.hired_line),
        )
        return tuple((fact, file, line) for fact, file, line in told if file and line)

    def codes(self, part: str, mask: int) -> tuple[str, ...]:
        """Codes whose bit is set, read with the list of this assessment's own rule set."""
        return codes_of(mask, self.rule_set.codes[self.scheme][part])

    @property
    def reasons(self) -> tuple[str, ...]:
        """The conditions that failed, in the order of the law."""
        return self.codes("conditions", self.failed)

    @property
    def steps(self) -> dict[str, int]:
        """Amount row codes with their centimes, in the order of the law."""
        names = self.rule_set.codes[self.scheme]["rows"][str(self.year)]
        return dict(zip(names, self.amounts, strict=True))
