"""When claims may be filed: data, so that a deadline is moved without a release."""

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import User


class FilingWindow(models.Model):
    """Both days are included, by the civil date at Casablanca."""

    scheme = models.CharField("dispositif", max_length=40)
    year = models.PositiveSmallIntegerField("exercice")
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("ferme le")
    reason = models.CharField("motif", max_length=200)
    set_by = models.ForeignKey(User, models.RESTRICT, related_name="+", verbose_name="fixée par")
    set_at = models.DateTimeField("fixée le")

    class Meta:
        verbose_name = "période de dépôt"
        verbose_name_plural = "périodes de dépôt"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="filing_window_once_a_year"),
            models.CheckConstraint(
                name="filing_window_closes_after_it_opens",
                condition=Q(closes_on__gte=models.F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year} : {self.opens_on:%d/%m/%Y} – {self.closes_on:%d/%m/%Y}"

    def is_open(self, on: date) -> bool:
        return self.opens_on <= on <= self.closes_on
