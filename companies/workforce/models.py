"""People and their pay, as the files and the firm say it, each value with the line it came from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm


class ContractKind(models.TextChoices):
    CDI = "CDI", "CDI"
    CDD = "CDD", "CDD"
    IDMAJ = "IDMAJ", "Contrat d'insertion (Idmaj)"
    STAGE = "STAGE", "Stage"
    INTERIM = "INTERIM", "Intérim"


class Person(models.Model):
    """One human across firms: an integer and keyed hashes, nothing readable."""

    cin_fingerprint = models.BinaryField("empreinte du CIN", max_length=32, null=True)
    cnss_fingerprint = models.BinaryField("empreinte du n° CNSS", max_length=32, null=True)

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints = [
            models.UniqueConstraint(
                fields=["cin_fingerprint"],
                name="person_cin_once",
                condition=Q(cin_fingerprint__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["cnss_fingerprint"],
                name="person_cnss_once",
                condition=Q(cnss_fingerprint__isnull=False),
            ),
            models.CheckConstraint(
                name="person_has_one_fingerprint",
                condition=Q(cin_fingerprint__isnull=False) | Q(cnss_fingerprint__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"


class Employee(models.Model):
    """One human in one firm. CIN and CNSS number are sealed; only their ends are shown."""

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="employees", verbose_name="entreprise"
    )
    person = models.ForeignKey(
        Person, models.RESTRICT, related_name="employees", verbose_name="personne"
    )
    last_name = models.CharField("nom", max_length=60)
    first_name = models.CharField("prénom", max_length=60, blank=True)
    sort_key = models.CharField("clé de tri", max_length=130)
    cin_sealed = models.BinaryField("CIN scellé", default=bytes)
    cnss_sealed = models.BinaryField("n° CNSS scellé", default=bytes)
    cin_last = models.CharField("fin du CIN", max_length=3, blank=True)
    cnss_last = models.CharField("fin du n° CNSS", max_length=3, blank=True)
    has_cnss_number = models.BooleanField("numéro CNSS connu", default=False)
    nationality = models.CharField(
        "nationalité (code pays, vide si inconnue)", max_length=2, blank=True
    )

    class Meta:
        verbose_name = "salarié"
        verbose_name_plural = "salariés"
        constraints = [
            models.UniqueConstraint(fields=["firm", "person"], name="employee_once_a_firm"),
        ]
        indexes = [models.Index(fields=["firm", "sort_key"], name="employee_by_name")]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


class Employment(models.Model):
    """One period of employment, and what the firm declares of it that the files cannot say.

    `earlier_declared` tells whether the firm answered the question about an earlier employment with
    it: without an answer the fact is unknown; with it, no date means « aucune ».
    """

    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="employments", verbose_name="salarié"
    )
    hired_on = models.DateField("date d'embauche")
    left_on = models.DateField("date de départ", null=True, blank=True)
    contract = models.CharField("contrat", max_length=8, choices=ContractKind, blank=True)
    stable_from = models.DateField("début du contrat stable", null=True, blank=True)
    earlier_declared = models.BooleanField("emploi antérieur déclaré", default=False)
    last_same_employer_on = models.DateField(
        "dernière déclaration par le même employeur", null=True, blank=True
    )
    hired_source = models.ForeignKey(
        ReceivedFile,
        models.RESTRICT,
        related_name="+",
        null=True,
        verbose_name="source de l'embauche",
    )
    hired_line = models.PositiveIntegerField("ligne de la source", null=True)
    left_source = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="+", null=True, verbose_name="source du départ"
    )
    left_line = models.PositiveIntegerField("ligne de la source du départ", null=True)
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, verbose_name="complété par"
    )
    declared_at = models.DateTimeField("complété le", null=True)

    class Meta:
        verbose_name = "emploi"
        verbose_name_plural = "emplois"
        constraints = [
            models.UniqueConstraint(fields=["employee", "hired_on"], name="employment_once_a_day"),
            models.CheckConstraint(
                name="employment_ends_after_it_begins",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("hired_on")),
            ),
            models.CheckConstraint(
                name="employment_earlier_date_is_declared",
                condition=Q(last_same_employer_on__isnull=True) | Q(earlier_declared=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} depuis le {self.hired_on:%d/%m/%Y}"


class PayMonth(models.Model):
    """What one CNSS file (main or complementary) says of one person for one month, in centimes."""

    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="pay_months", verbose_name="salarié"
    )
    month = models.DateField("mois (premier jour)")
    supplement = models.PositiveSmallIntegerField(
        "rang de la déclaration (0 principale)", default=0
    )
    real_salary = models.BigIntegerField("salaire réel (centimes)")
    capped_salary = models.BigIntegerField("salaire plafonné (centimes)")
    days = models.PositiveSmallIntegerField("jours")
    situation = models.CharField("situation", max_length=2, blank=True)
    entrant = models.BooleanField("entrant", default=False)
    source = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="pay_months", verbose_name="source"
    )
    line = models.PositiveIntegerField("ligne")

    class Meta:
        verbose_name = "mois de paie"
        verbose_name_plural = "mois de paie"
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "month", "supplement"], name="pay_month_once"
            ),
            models.CheckConstraint(name="pay_month_not_negative", condition=Q(real_salary__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"


class PayYear(models.Model):
    """The yearly « revenu brut imposable » of one person (état 9421), in centimes."""

    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="pay_years", verbose_name="salarié"
    )
    year = models.PositiveSmallIntegerField("exercice")
    taxable_income = models.BigIntegerField(
        "revenu brut imposable (centimes)", null=True, blank=True
    )
    funded_by = models.CharField("autre financement déclaré", max_length=120, blank=True)
    months = ArrayField(
        models.BigIntegerField(null=True),
        size=12,
        null=True,
        verbose_name="mois déclarés par l'entreprise (centimes), à défaut de DS",
    )
    recruited_on = models.DateField("date de recrutement déclarée", null=True, blank=True)
    source = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="pay_years", verbose_name="source"
    )
    line = models.PositiveIntegerField("ligne")

    class Meta:
        verbose_name = "année de paie"
        verbose_name_plural = "années de paie"
        constraints = [
            models.UniqueConstraint(fields=["employee", "year"], name="pay_year_once"),
            models.CheckConstraint(
                name="pay_year_not_negative",
                condition=Q(taxable_income__isnull=True) | Q(taxable_income__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
