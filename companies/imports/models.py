"""One load of one received file, and what it changed."""

from django.db import models

from accounts.models import User
from companies.documents.models import ReceivedFile


class FileLoad(models.Model):
    """The report of a load; `period` is the month of a DS file or 1 January of the year of an état
    9421.
    """

    file = models.OneToOneField(
        ReceivedFile, models.RESTRICT, related_name="load", verbose_name="fichier"
    )
    period = models.DateField("période")
    supplement = models.PositiveSmallIntegerField("rang de la déclaration", default=0)
    rows = models.PositiveIntegerField("lignes lues")
    created = models.PositiveIntegerField("salariés créés")
    updated = models.PositiveIntegerField("salariés mis à jour")
    unchanged = models.PositiveIntegerField("salariés inchangés")
    left_out = models.PositiveIntegerField("lignes laissées de côté")
    warnings = models.JSONField("avertissements", default=list)
    loaded_at = models.DateTimeField("chargé le")
    loaded_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="chargé par"
    )

    class Meta:
        verbose_name = "chargement"
        verbose_name_plural = "chargements"

    def __str__(self) -> str:
        return f"{self.file} ({self.period:%m/%Y})"
