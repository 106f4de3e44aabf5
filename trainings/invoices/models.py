"""What a provider asked for its sessions."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.documents.models import Piece
from trainings.providers.models import Provider
from trainings.sessions.models import Session


class Invoice(models.Model):
    """Amounts are centimes. The shares of its sessions add up to `amount`: the database holds it
    so, at the end of each transaction.
    """

    provider = models.ForeignKey(
        Provider, models.RESTRICT, related_name="invoices", verbose_name="organisme"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    number = models.CharField("numéro", max_length=40)
    dated_on = models.DateField("date")
    amount = models.BigIntegerField("montant hors taxes (centimes)")
    vat = models.BigIntegerField("TVA (centimes)", default=0)
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclarée par"
    )
    declared_at = models.DateTimeField("déclarée le")

    class Meta:
        verbose_name = "facture de formation"
        verbose_name_plural = "factures de formation"
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="invoice_once"),
            models.CheckConstraint(name="invoice_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="invoice_amounts_not_negative", condition=Q(amount__gt=0, vat__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        """VAT included, in centimes."""
        return self.amount + self.vat


class InvoiceShare(models.Model):
    """The part of an invoice, excluding VAT, that one of its sessions cost."""

    invoice = models.ForeignKey(
        Invoice, models.RESTRICT, related_name="shares", verbose_name="facture"
    )
    session = models.ForeignKey(
        Session, models.RESTRICT, related_name="shares", verbose_name="session"
    )
    amount = models.BigIntegerField("part hors taxes (centimes)")

    class Meta:
        verbose_name = "part d'une facture"
        verbose_name_plural = "parts d'une facture"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "session"], name="invoice_share_once"),
            models.CheckConstraint(name="invoice_share_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} : {self.session}"


class InvoicePiece(models.Model):
    """The paper of an invoice in the vault of the firm."""

    invoice = models.ForeignKey(
        Invoice, models.RESTRICT, related_name="evidence", verbose_name="facture"
    )
    piece = models.ForeignKey(Piece, models.RESTRICT, related_name="+", verbose_name="pièce")

    class Meta:
        verbose_name = "justificatif de facture"
        verbose_name_plural = "justificatifs de facture"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "piece"], name="invoice_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.piece}"
