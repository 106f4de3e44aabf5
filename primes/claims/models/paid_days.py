"""The days of a person that a favourable line pays for: no day twice in a family of schemes."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from companies.firms.models import Firm
from companies.workforce.models import Person
from primes.claims.models.claim import ClaimLine


class PaidDays(models.Model):
    """`live` turns false when the decision behind it is replaced; nothing else ever changes.

    Two live rows of the same person and family never share a day, whatever the firm, the claim or
    the year (exclusion constraint, migration 0002).
    """

    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="paid_days", verbose_name="ligne de demande"
    )
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+", verbose_name="personne")
    family = models.CharField("famille de dispositifs", max_length=20)
    days = DateRangeField("jours")
    once_in = models.ForeignKey(
        Firm,
        models.RESTRICT,
        related_name="+",
        null=True,
        verbose_name="une seule fois dans l'entreprise",
    )
    """The firm, where the scheme is granted once to a person in a firm; otherwise nothing."""
    live = models.BooleanField("en vigueur", default=True)

    class Meta:
        verbose_name = "jours payés"
        verbose_name_plural = "jours payés"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(live=True), name="paid_days_once_a_line"
            ),
            models.UniqueConstraint(
                fields=["person", "family", "once_in"],
                condition=models.Q(live=True),
                name="bonus_once_a_person_and_firm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} : {self.days}"
