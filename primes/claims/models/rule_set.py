"""The rule sets this installation has met, and the two people who released each."""

from django.db import models
from django.db.models import Q

from accounts.models import User


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def released(self) -> "RuleSetQuerySet":
        return self.filter(state=RuleSet.State.RELEASED)


class RuleSet(models.Model):
    """One digest of `primes.rules`: its bytes, and its ordered codes so that a mask is read with
    its own list.

    `codes` is {scheme: {"conditions": [...], "warnings": [...], "rows": {year: [...]}}}.
    """

    class State(models.TextChoices):
        SEEN = "seen", "À publier"
        PROPOSED = "proposed", "Proposée à la publication"
        RELEASED = "released", "Publiée"

    digest = models.CharField("empreinte", max_length=64, unique=True)
    package = models.BinaryField("code conservé")
    package_sha256 = models.CharField("empreinte du code conservé", max_length=64)
    codes = models.JSONField("codes ordonnés")
    state = models.CharField("état", max_length=10, choices=State, default=State.SEEN)
    seen_at = models.DateTimeField("vue le")
    author = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="proposée par"
    )
    proposed_at = models.DateTimeField("proposée le", null=True, blank=True)
    approver = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="publiée par"
    )
    released_at = models.DateTimeField("publiée le", null=True, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "version des règles"
        verbose_name_plural = "versions des règles"
        constraints = [
            models.CheckConstraint(
                name="rule_set_released_by_two_people",
                condition=Q(state="seen", author__isnull=True, approver__isnull=True)
                | Q(
                    state="proposed",
                    author__isnull=False,
                    proposed_at__isnull=False,
                    approver__isnull=True,
                )
                | Q(
                    state="released",
                    author__isnull=False,
                    approver__isnull=False,
                    released_at__isnull=False,
                )
                & ~Q(author=models.F("approver")),
                violation_error_message="Deux personnes publient une version des règles.",
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def journal_stream(self) -> str:
        return f"rules:{self.digest[:16]}"

    @property
    def journal_firm(self) -> str:
        return ""
