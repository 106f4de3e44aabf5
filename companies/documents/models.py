"""The vault: every byte received from a firm, kept as it came."""

import hashlib

from django.db import models

from accounts.models import User
from companies.firms.models import Firm


class ReceivedFile(models.Model):
    """One file as received; the hash names it. Only added."""

    class Kind(models.TextChoices):
        DS = "ds", "Déclaration de salaires CNSS (DS, DSC)"
        ETAT_9421 = "etat9421", "État 9421"
        PEOPLE = "people", "Fichier des personnes"

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="received_files", verbose_name="entreprise"
    )
    kind = models.CharField("nature", max_length=12, choices=Kind)
    name = models.CharField("nom", max_length=255)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille (octets)")
    content = models.BinaryField("contenu")
    received_at = models.DateTimeField("reçu le")
    received_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="envoyé par"
    )

    class Meta:
        verbose_name = "fichier reçu"
        verbose_name_plural = "fichiers reçus"
        constraints = [
            models.UniqueConstraint(fields=["firm", "sha256"], name="received_file_once_a_firm"),
        ]

    def __str__(self) -> str:
        return self.name

    def content_hash(self) -> str:
        return hashlib.sha256(bytes(self.content)).hexdigest()
