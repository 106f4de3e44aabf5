"""The vault: every byte received from a firm, kept as it came."""

import hashlib

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from companies.firms.models import Firm


class ReceivedFile(models.Model):
    """One file as received; the hash names it. Only added.

    The same bytes are kept once a nature: what rests on a file asks what it was handed over as.
    """

    class Kind(models.TextChoices):
        DS = "ds", "Déclaration de salaires CNSS (DS, DSC)"
        ETAT_9421 = "etat9421", "État 9421"
        PEOPLE = "people", "Fichier des personnes"
        ATTENDANCE = "attendance", "Feuille de présence"
        PIECE = "piece", "Pièce justificative"

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
            models.UniqueConstraint(
                fields=["firm", "kind", "sha256"], name="received_file_once_a_firm"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def content_hash(self) -> str:
        return hashlib.sha256(bytes(self.content)).hexdigest()


class Piece(models.Model):
    """A paper in the firm's vault, handed over once and used by all its claims.

    The bytes stand in `file` and never change. A newer paper of the same nature replaces an older
    one (`replaces`) and both stay. `state` is what the malware scan said: without a scanner a paper
    is released unscanned, and says so; with one that is down, it waits.
    """

    class Kind(models.TextChoices):
        P2I = "p2i", "Attestation d'installation P2I"
        COMMITTEE = "committee", "Attestation du comité technique"
        CNSS = "cnss", "Attestation de régularité CNSS"
        TAX = "tax", "Attestation de régularité fiscale"
        BANK = "bank", "Attestation d'identité bancaire"
        CONTRACT = "contract", "Contrat de travail"
        INVOICE = "invoice", "Facture de formation"
        ATTENDANCE = "attendance", "Feuille d'émargement"
        TRAINING = "training", "Justificatif de formation"
        OTHER = "other", "Autre pièce"

    class State(models.TextChoices):
        WAITING = "waiting", "En attente d'analyse"
        CLEAN = "clean", "Analysée"
        UNSCANNED = "unscanned", "Non analysée"
        INFECTED = "infected", "Refusée : logiciel malveillant"

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="pieces", verbose_name="entreprise"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    title = models.CharField("intitulé", max_length=120)
    number = models.CharField("numéro", max_length=40, blank=True)
    valid_from = models.DateField("valable du", null=True, blank=True)
    valid_until = models.DateField("valable jusqu'au", null=True, blank=True)
    file = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="pieces", verbose_name="fichier"
    )
    media_type = models.CharField("type reconnu", max_length=80)
    state = models.CharField("analyse", max_length=10, choices=State, default=State.WAITING)
    scanned_at = models.DateTimeField("analysée le", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.RESTRICT, related_name="replaced_by", null=True, verbose_name="remplace"
    )
    added_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="ajoutée par"
    )
    added_at = models.DateTimeField("ajoutée le")

    class Meta:
        verbose_name = "pièce"
        verbose_name_plural = "pièces"
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "kind", "file", "valid_from", "valid_until"],
                name="piece_once_a_kind",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="piece_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="piece_scanned_says_when",
                condition=~Q(state__in=["clean", "infected"]) | Q(scanned_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["firm", "kind", "-valid_until"], name="piece_of_firm")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_released(self) -> bool:
        return self.state in {Piece.State.CLEAN, Piece.State.UNSCANNED}
