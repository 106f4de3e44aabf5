"""Payment runs, the file the bank executes, and what the bank answered."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from companies.firms.models import BankAccount, Firm
from primes.claims.models.claim import ClaimLine
from primes.ledger.models import Convention, LedgerEntry
from primes.review.models import DecisionLine


class RunState(models.TextChoices):
    PREPARED = "prepared", "À valider par l'ordonnateur"
    ORDERED = "ordered", "Signé par l'ordonnateur"
    SIGNED = "signed", "Signé par le payeur"
    EXPORTED = "exported", "Exporté"
    SETTLED = "settled", "Soldé"
    CANCELLED = "cancelled", "Annulé"


class PaymentRun(models.Model):
    """A batch (« lot ») frozen when prepared: count, total and hash of the content are what people
    sign.
    """

    reference = models.CharField("référence", max_length=20, unique=True)
    convention = models.ForeignKey(
        Convention, models.RESTRICT, related_name="runs", verbose_name="convention"
    )
    scheme = models.CharField("dispositif", max_length=40)
    state = models.CharField("état", max_length=10, choices=RunState, default=RunState.PREPARED)
    payment_count = models.PositiveIntegerField("nombre de paiements")
    total = models.BigIntegerField("total (centimes)")
    content_sha256 = models.CharField("empreinte du contenu", max_length=64)
    prepared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="préparé par"
    )
    prepared_at = models.DateTimeField("préparé le")
    ordered_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="ordonnateur"
    )
    ordered_at = models.DateTimeField("signé par l'ordonnateur le", null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="payeur"
    )
    signed_at = models.DateTimeField("signé par le payeur le", null=True, blank=True)
    exported_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="exporté par"
    )
    exported_at = models.DateTimeField("exporté le", null=True, blank=True)

    class Meta:
        verbose_name = "lot de paiement"
        verbose_name_plural = "lots de paiement"
        constraints = [
            models.CheckConstraint(
                name="run_signatures_follow_its_state",
                condition=Q(state="prepared", ordered_by__isnull=True, signed_by__isnull=True)
                | Q(state="ordered", ordered_by__isnull=False, ordered_at__isnull=False)
                & Q(signed_by__isnull=True)
                | Q(state="signed", ordered_by__isnull=False, signed_by__isnull=False)
                & Q(signed_at__isnull=False, exported_at__isnull=True)
                | Q(state__in=["exported", "settled"], ordered_by__isnull=False)
                & Q(signed_by__isnull=False, exported_by__isnull=False, exported_at__isnull=False)
                | Q(state="cancelled", exported_at__isnull=True),
            ),
            models.CheckConstraint(
                name="run_three_people",
                condition=~Q(ordered_by=F("prepared_by"))
                & ~Q(signed_by=F("prepared_by"))
                & ~Q(signed_by=F("ordered_by")),
                violation_error_message="Préparateur, ordonnateur et payeur sont trois personnes.",
            ),
            models.CheckConstraint(
                name="run_exported_by_its_payer",
                condition=Q(exported_by__isnull=True) | Q(exported_by=F("signed_by")),
            ),
            models.CheckConstraint(
                name="run_total_positive", condition=Q(total__gt=0, payment_count__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def journal_stream(self) -> str:
        return f"run:{self.reference}"

    @property
    def journal_firm(self) -> str:
        return ""


class PaymentState(models.TextChoices):
    """`for_firm` words stand beside: a payment in preparation is no news for the firm."""

    PENDING = "pending", "En lot"
    SENT = "sent", "Envoyé à la banque"
    PAID = "paid", "Payé"
    RETURNED = "returned", "Rejeté par la banque"
    CANCELLED = "cancelled", "Annulé"


class Payment(models.Model):
    """One transfer to one firm: account and name frozen when the run is prepared."""

    reference = models.CharField("référence", max_length=20, unique=True)
    run = models.ForeignKey(
        PaymentRun, models.RESTRICT, related_name="payments", verbose_name="lot"
    )
    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="payments", verbose_name="entreprise"
    )
    bank_account = models.ForeignKey(
        BankAccount, models.RESTRICT, related_name="payments", verbose_name="compte"
    )
    holder = models.CharField("titulaire", max_length=70)
    rib_sealed = models.BinaryField("RIB scellé")
    rib_fingerprint = models.BinaryField("empreinte du RIB", max_length=32)
    amount = models.BigIntegerField("montant (centimes)")
    state = models.CharField(
        "état", max_length=10, choices=PaymentState, default=PaymentState.PENDING
    )
    answered_at = models.DateTimeField("réponse de la banque le", null=True, blank=True)
    return_code = models.CharField("motif du rejet", max_length=10, blank=True)

    class Meta:
        verbose_name = "paiement"
        verbose_name_plural = "paiements"
        constraints = [
            models.UniqueConstraint(fields=["run", "firm"], name="payment_one_a_firm_and_run"),
            models.CheckConstraint(name="payment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_answer_follows_its_state",
                condition=Q(state__in=["pending", "sent", "cancelled"], answered_at__isnull=True)
                | Q(state="paid", answered_at__isnull=False, return_code="")
                | Q(state="returned", answered_at__isnull=False) & ~Q(return_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def journal_stream(self) -> str:
        return f"run:{self.run.reference}"

    @property
    def journal_firm(self) -> str:
        return self.firm.public_id


class PaymentLine(models.Model):
    """One due entry of one claim line inside a payment; triggers refuse a line without its whole
    chain.
    """

    payment = models.ForeignKey(
        Payment, models.RESTRICT, related_name="lines", verbose_name="paiement"
    )
    due = models.ForeignKey(
        LedgerEntry, models.RESTRICT, related_name="payment_lines", verbose_name="engagement"
    )
    line = models.ForeignKey(
        ClaimLine, models.RESTRICT, related_name="payment_lines", verbose_name="ligne de demande"
    )
    decision_line = models.ForeignKey(
        DecisionLine,
        models.RESTRICT,
        related_name="payment_lines",
        verbose_name="ligne de décision",
    )
    amount = models.BigIntegerField("montant (centimes)")
    live = models.BooleanField("en vigueur", default=True)

    class Meta:
        verbose_name = "ligne de paiement"
        verbose_name_plural = "lignes de paiement"
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(live=True), name="due_in_one_live_payment"
            ),
            models.CheckConstraint(name="payment_line_amount_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.payment} ligne {self.line_id}"


class PayoutFile(models.Model):
    """The bytes the bank executes: written once, hashed, kept, served as they are."""

    run = models.OneToOneField(PaymentRun, models.RESTRICT, related_name="file", verbose_name="lot")
    name = models.CharField("nom", max_length=80)
    format = models.CharField("format", max_length=20)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    content = models.BinaryField("contenu")
    payment_count = models.PositiveIntegerField("nombre de virements")
    control_sum = models.BigIntegerField("somme de contrôle (centimes)")
    written_at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "fichier de paiement"
        verbose_name_plural = "fichiers de paiement"

    def __str__(self) -> str:
        return self.name


class BankReturnFile(models.Model):
    """A return file as received; the same bytes are loaded once."""

    name = models.CharField("nom", max_length=255)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    content = models.BinaryField("contenu")
    run = models.ForeignKey(PaymentRun, models.RESTRICT, related_name="returns", verbose_name="lot")
    loaded_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="chargé par"
    )
    loaded_at = models.DateTimeField("chargé le")

    class Meta:
        verbose_name = "retour bancaire"
        verbose_name_plural = "retours bancaires"

    def __str__(self) -> str:
        return self.name


class BankReturnLine(models.Model):
    """One answer of the bank; what moves nothing waits in quarantine with its cause. Only added."""

    class Effect(models.TextChoices):
        PAID = "paid", "Payé"
        RETURNED = "returned", "Rejeté"
        PENDING = "pending", "En attente à la banque"
        REPEATED = "repeated", "Déjà connu"
        QUARANTINED = "quarantined", "À rapprocher"

    file = models.ForeignKey(
        BankReturnFile, models.RESTRICT, related_name="lines", verbose_name="retour"
    )
    payment = models.ForeignKey(
        Payment, models.RESTRICT, related_name="return_lines", null=True, verbose_name="paiement"
    )
    end_to_end_id = models.CharField("référence de bout en bout", max_length=35)
    status = models.CharField("statut", max_length=4)
    reason_code = models.CharField("motif", max_length=10, blank=True)
    amount = models.BigIntegerField("montant (centimes)", null=True)
    effect = models.CharField("effet", max_length=12, choices=Effect)
    quarantine_code = models.CharField("cause de mise en attente", max_length=40, blank=True)

    class Meta:
        verbose_name = "ligne de retour bancaire"
        verbose_name_plural = "lignes de retour bancaire"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "end_to_end_id"], name="return_line_once_a_file"
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(effect__in=["paid", "returned"]),
                name="payment_answered_once",
            ),
            models.CheckConstraint(
                name="return_line_quarantine_says_why",
                condition=Q(effect="quarantined") & ~Q(quarantine_code="")
                | ~Q(effect="quarantined") & Q(quarantine_code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.end_to_end_id} {self.status}"
