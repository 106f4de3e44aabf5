"""What is owed, ordered and paid: entries that are only added, each balanced by construction."""

from django.db import models
from django.db.models import F, Q

from accounts.models import JournalEntry
from companies.firms.models import LATIN_NAME
from primes.claims.models.claim import ClaimLine


class Convention(models.Model):
    """The agreement that brings the money."""

    code = models.CharField("code", max_length=30, unique=True)
    title = models.CharField("objet", max_length=200)
    scheme = models.CharField("dispositif", max_length=40)
    signed_on = models.DateField("signée le")
    ends_on = models.DateField("échéance")
    payer_name = models.CharField("titulaire du compte payeur, en lettres latines", max_length=70)
    payer_rib = models.CharField("RIB du compte payeur", max_length=24)

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        constraints = [
            models.CheckConstraint(
                name="convention_payer_in_latin_letters", condition=Q(payer_name__regex=LATIN_NAME)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    def paying(self, scheme: str, year: int) -> "EnvelopeQuerySet":
        """Claims are paid from the envelope of the year of the decision."""
        return self.filter(convention__scheme=scheme, year=year)


class Envelope(models.Model):
    """The credits of a convention for one budget year, in centimes.

    `reserved` is the running total of the ledger's reservations; a conditional update moves it, and
    the CHECK refuses one centime too many at every commit. `manage.py verify` recounts it from the
    entries.
    """

    convention = models.ForeignKey(
        Convention, models.RESTRICT, related_name="envelopes", verbose_name="convention"
    )
    year = models.PositiveSmallIntegerField("année budgétaire")
    cap = models.BigIntegerField("crédits ouverts (centimes)")
    reserved = models.BigIntegerField("engagé (centimes)", default=0)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = "enveloppe"
        verbose_name_plural = "enveloppes"
        constraints = [
            models.UniqueConstraint(fields=["convention", "year"], name="envelope_once_a_year"),
            models.CheckConstraint(
                name="envelope_never_overspent",
                condition=Q(reserved__gte=0, reserved__lte=F("cap")),
                violation_error_message="L'enveloppe de la convention ne suffit pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention} {self.year}"

    @property
    def available(self) -> int:
        return self.cap - self.reserved


class Account(models.TextChoices):
    """Where a dirham of an envelope stands."""

    AVAILABLE = "available", "Disponible"
    RESERVED = "reserved", "Engagé"
    ORDERED = "ordered", "Ordonnancé"
    PAID = "paid", "Payé"


class EntryKind(models.TextChoices):
    RESERVE = "reserve", "Engagement"
    ORDER = "order", "Ordonnancement"
    PAY = "pay", "Paiement"
    RETURN = "return", "Retour en engagement"


MOVES = {
    EntryKind.RESERVE: (Account.AVAILABLE, Account.RESERVED),
    EntryKind.ORDER: (Account.RESERVED, Account.ORDERED),
    EntryKind.PAY: (Account.ORDERED, Account.PAID),
    EntryKind.RETURN: (Account.ORDERED, Account.RESERVED),
}


class LedgerEntry(models.Model):
    """One amount from one account of an envelope to another, for one claim line, caused by one
    journal entry.

    Source and target stand in the same row: no entry can be out of balance. Only added.
    """

    envelope = models.ForeignKey(
        Envelope, models.RESTRICT, related_name="entries", verbose_name="enveloppe"
    )
    kind = models.CharField("nature", max_length=10, choices=EntryKind)
    source = models.CharField("de", max_length=10, choices=Account)
    target = models.CharField("vers", max_length=10, choices=Account)
    amount = models.BigIntegerField("montant (centimes)")
    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="ledger_entries", verbose_name="ligne de demande"
    )
    due = models.ForeignKey(
        "self",
        models.RESTRICT,
        related_name="followers",
        null=True,
        verbose_name="engagement suivi",
    )
    cause = models.ForeignKey(
        JournalEntry, models.RESTRICT, related_name="+", verbose_name="acte à l'origine"
    )
    reference = models.CharField("pièce (décision, lot, paiement)", max_length=40)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "écriture"
        verbose_name_plural = "grand livre"
        constraints = [
            models.CheckConstraint(name="ledger_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="ledger_kind_names_its_accounts",
                condition=Q(kind="reserve", source="available", target="reserved", due__isnull=True)
                | Q(kind="order", source="reserved", target="ordered", due__isnull=False)
                | Q(kind="pay", source="ordered", target="paid", due__isnull=False)
                | Q(kind="return", source="ordered", target="reserved", due__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["due", "kind", "reference"],
                name="ledger_follows_a_due_once_a_piece",
                condition=Q(due__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["due"], condition=Q(kind="pay"), name="ledger_pays_a_due_once"
            ),
        ]
        indexes = [models.Index(fields=["line", "kind"], name="ledger_by_line")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference} {self.amount}"
