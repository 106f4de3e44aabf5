"""Batch review, automatic checks, proposal and decision."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.claims.models.rule_set import RuleSet


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def due(self) -> "ReviewItemQuerySet":
        return self.filter(state=ReviewItem.State.DUE)


class ReviewItem(models.Model):
    """The work row of a filed claim: its state is the queue of the batch review."""

    class State(models.TextChoices):
        DUE = "due", "À calculer"
        DONE = "done", "Calculée"
        PARKED = "parked", "En échec, à regarder"

    claim = models.OneToOneField(
        Claim, models.RESTRICT, related_name="review_item", verbose_name="demande"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    asked_at = models.DateTimeField("demandée le")
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    last_error = models.CharField("dernier échec", max_length=300, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = "calcul en lot"
        verbose_name_plural = "calculs en lot"
        constraints = [
            models.CheckConstraint(
                name="review_item_done_has_its_hour",
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done"),
            ),
            models.CheckConstraint(name="review_item_three_attempts", condition=Q(attempts__lte=3)),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="due"), name="review_item_queue")
        ]

    def __str__(self) -> str:
        return f"{self.claim} : {self.get_state_display()}"


class Check(models.Model):
    """One automatic question about a claim or one of its lines, with its answer and its evidence.
    Only added.
    """

    class Result(models.TextChoices):
        PASS = "pass", "Conforme"
        FAIL = "fail", "Non conforme"
        LOOK = "look", "À regarder"
        NO_DATA = "no_data", "Sans donnée"

    claim = models.ForeignKey(Claim, models.RESTRICT, related_name="checks", verbose_name="demande")
    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="checks", null=True, verbose_name="ligne"
    )
    code = models.CharField("contrôle", max_length=40)
    version = models.PositiveSmallIntegerField("version")
    input_sha256 = models.CharField("empreinte des faits", max_length=64)
    result = models.CharField("résultat", max_length=10, choices=Result)
    evidence = models.JSONField("constat", default=dict)
    rule_set = models.ForeignKey(RuleSet, models.RESTRICT, related_name="+", verbose_name="règles")
    answered_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="répondu par"
    )
    answered_at = models.DateTimeField("répondu le")

    class Meta:
        verbose_name = "contrôle"
        verbose_name_plural = "contrôles"
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "line", "code", "version", "input_sha256"],
                nulls_distinct=False,
                name="check_once_for_the_same_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.get_result_display()}"


class Outcome(models.TextChoices):
    APPROVE = "approve", "Accorder"
    APPROVE_IN_PART = "approve_in_part", "Accorder en partie"
    REFUSE = "refuse", "Refuser"


class Proposal(models.Model):
    """What the instructeur proposes, bound by a hash to the very assessments that were looked at.
    Only added.
    """

    claim = models.ForeignKey(
        Claim, models.RESTRICT, related_name="proposals", verbose_name="demande"
    )
    outcome = models.CharField("sens", max_length=20, choices=Outcome)
    amount = models.BigIntegerField("montant (centimes)")
    reason = models.TextField("motif")
    content_sha256 = models.CharField("empreinte du contenu", max_length=64)
    proposed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="proposée par"
    )
    proposed_at = models.DateTimeField("proposée le")

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"

    def __str__(self) -> str:
        return f"{self.claim} : {self.get_outcome_display()}"


class Decision(models.Model):
    """What was decided on a claim. Only added; answered by another decision, never edited."""

    reference = models.CharField("référence", max_length=20, unique=True)
    claim = models.OneToOneField(
        Claim, models.RESTRICT, related_name="decision", verbose_name="demande"
    )
    proposal = models.OneToOneField(
        Proposal, models.RESTRICT, related_name="decision", verbose_name="proposition"
    )
    outcome = models.CharField("sens", max_length=20, choices=Outcome)
    amount = models.BigIntegerField("montant accordé (centimes)")
    reason = models.TextField("motif")
    content_sha256 = models.CharField("empreinte du contenu", max_length=64)
    decided_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="décidée par"
    )
    decided_at = models.DateTimeField("décidée le")

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        constraints = [
            models.CheckConstraint(
                name="decision_refuses_nothing_paid",
                condition=Q(outcome="refuse", amount=0) | ~Q(outcome="refuse") & Q(amount__gte=0),
            ),
            models.CheckConstraint(name="decision_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reference


class DecisionLine(models.Model):
    """What was decided on one line, and the assessment relied on.

    `live` turns false when a later decision replaces this one; nothing else changes. A granted line
    has its `PaidDays`, even when the law gives it less than half a centime: 0.
    """

    decision = models.ForeignKey(
        Decision, models.RESTRICT, related_name="lines", verbose_name="décision"
    )
    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="decision_lines", verbose_name="ligne de demande"
    )
    assessment = models.ForeignKey(
        Assessment, models.RESTRICT, related_name="decision_lines", verbose_name="calcul"
    )
    granted = models.BooleanField("accordée")
    amount = models.BigIntegerField("montant accordé (centimes)")
    live = models.BooleanField("en vigueur", default=True)

    class Meta:
        verbose_name = "ligne de décision"
        verbose_name_plural = "lignes de décision"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(live=True), name="decision_line_one_live"
            ),
            models.CheckConstraint(
                name="decision_line_grants_an_amount",
                condition=Q(granted=True, amount__gte=0) | Q(granted=False, amount=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} ligne {self.line_id}"
