"""The firm, what entitles it, who acts for it and the account that is paid."""

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import User

_VISIBLE = r"A-Za-z0-9À-ÖØ-öø-ÿŒœŸ/?:().,'+&-"
LATIN_NAME = rf"^[{_VISIBLE}]([ {_VISIBLE}]*[{_VISIBLE}])?$"
"""A name as banks take it in a transfer: one that they refuse would stop the file of everybody."""


class Branch(models.TextChoices):
    """« Filière » of offshoring; the list that opens a right stands in the parameters of the
    scheme.
    """

    ITO = "ITO", "ITO"
    CRM = "CRM", "CRM"
    BPO = "BPO", "BPO"
    ESO = "ESO", "ESO"
    KPO = "KPO", "KPO"


class FirmRole(models.TextChoices):
    ADMINISTRATEUR = "firm_administrateur", "Administrateur du compte"
    REDACTEUR = "firm_redacteur", "Rédacteur"
    SIGNATAIRE = "firm_signataire", "Signataire"
    LECTEUR = "firm_lecteur", "Lecteur"


class FirmQuerySet(models.QuerySet["Firm"]):
    def of_user(self, user: User) -> "FirmQuerySet":
        """Firms the person may see; the wall between firms."""
        return self.filter(memberships__user=user, memberships__ended_at__isnull=True).distinct()


class Firm(models.Model):
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    name = models.CharField("raison sociale", max_length=120)
    latin_name = models.CharField("nom en lettres latines, pour la banque", max_length=70)
    ice = models.CharField("ICE", max_length=15, unique=True)
    fiscal_id = models.CharField("identifiant fiscal", max_length=8, unique=True)
    employer_number = models.CharField("numéro d'affiliation CNSS", max_length=7, unique=True)
    branch = models.CharField("filière", max_length=3, choices=Branch)
    started_on = models.DateField("début d'activité")
    export_share_bp = models.PositiveIntegerField(
        "part du chiffre d'affaires à l'export (points de base)", null=True, blank=True
    )
    verified_at = models.DateTimeField("vérifiée le", null=True, blank=True)
    created_at = models.DateTimeField("créée le")

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = "entreprise"
        verbose_name_plural = "entreprises"
        constraints = [
            models.CheckConstraint(name="firm_ice_15_digits", condition=Q(ice__regex=r"^\d{15}$")),
            models.CheckConstraint(
                name="firm_employer_number_7_digits", condition=Q(employer_number__regex=r"^\d{7}$")
            ),
            models.CheckConstraint(
                name="firm_fiscal_id_7_or_8_digits", condition=Q(fiscal_id__regex=r"^\d{7,8}$")
            ),
            models.CheckConstraint(
                name="firm_export_share_at_most_whole",
                condition=Q(export_share_bp__isnull=True) | Q(export_share_bp__lte=10_000),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_stream(self) -> str:
        return f"firm:{self.public_id}"


class Establishment(models.Model):
    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="establishments", verbose_name="entreprise"
    )
    name = models.CharField("nom", max_length=120)
    site = models.CharField("plateforme (P2I) ou « hors P2I »", max_length=60)
    city = models.CharField("ville", max_length=60)

    class Meta:
        verbose_name = "établissement"
        verbose_name_plural = "établissements"
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="establishment_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.site})"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of_eligibility(self) -> "CertificateQuerySet":
        return self.filter(kind__in=[Certificate.Kind.P2I, Certificate.Kind.COMMITTEE])


class Certificate(models.Model):
    """A paper with dates that a condition of the law asks for; both days are included."""

    class Kind(models.TextChoices):
        P2I = "p2i", "Attestation d'installation P2I"
        COMMITTEE = "committee", "Attestation du comité technique"
        CNSS = "cnss", "Attestation de régularité CNSS"
        TAX = "tax", "Attestation de régularité fiscale"

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="certificates", verbose_name="entreprise"
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    number = models.CharField("numéro", max_length=40)
    valid_from = models.DateField("valable du")
    valid_until = models.DateField("valable jusqu'au")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "attestation"
        verbose_name_plural = "attestations"
        constraints = [
            models.UniqueConstraint(fields=["firm", "kind", "number"], name="certificate_once"),
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


class Membership(models.Model):
    """What a person may do for a firm; ended, never deleted."""

    user = models.ForeignKey(
        User, models.RESTRICT, related_name="memberships", verbose_name="compte"
    )
    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="memberships", verbose_name="entreprise"
    )
    role = models.CharField("rôle", max_length=25, choices=FirmRole)
    started_at = models.DateTimeField("depuis le")
    ended_at = models.DateTimeField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} : {self.get_role_display()} de {self.firm}"


class BankAccount(models.Model):
    """The firm's account: proposed by one person, confirmed by another, one active at a time."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "À confirmer"
        ACTIVE = "active", "Actif"
        CLOSED = "closed", "Fermé"

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="bank_accounts", verbose_name="entreprise"
    )
    rib_sealed = models.BinaryField("RIB scellé")
    rib_fingerprint = models.BinaryField("empreinte du RIB", max_length=32)
    rib_last_digits = models.CharField("fin du RIB", max_length=4)
    bank_code = models.CharField("banque", max_length=3)
    holder = models.CharField("titulaire, en lettres latines", max_length=70)
    state = models.CharField("état", max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="proposé par"
    )
    proposed_at = models.DateTimeField("proposé le")
    confirmed_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="confirmé par"
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    usable_from = models.DateField("utilisable à partir du", null=True, blank=True)
    closed_at = models.DateTimeField("fermé le", null=True, blank=True)

    class Meta:
        verbose_name = "compte bancaire"
        verbose_name_plural = "comptes bancaires"
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], condition=Q(state="active"), name="bank_account_one_active_a_firm"
            ),
            models.CheckConstraint(
                name="bank_account_active_is_confirmed_by_another",
                condition=Q(state="proposed", confirmed_by__isnull=True)
                | Q(state="closed")
                | Q(
                    state="active",
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    usable_from__isnull=False,
                )
                & ~Q(confirmed_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="bank_account_holder_in_latin_letters", condition=Q(holder__regex=LATIN_NAME)
            ),
        ]

    def __str__(self) -> str:
        return f"… {self.rib_last_digits}"

    @property
    def journal_stream(self) -> str:
        return self.firm.journal_stream

    @property
    def journal_firm(self) -> str:
        return self.firm.public_id
