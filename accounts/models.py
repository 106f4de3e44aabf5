"""People who act, what they may do for the agency, and the journal of what they did."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.jobs.models import Job

__all__ = ["Human", "Job", "JournalEntry", "StaffAssignment", "StaffRole", "User"]


class StaffRole(models.TextChoices):
    """What a person may do for the agency or for finance."""

    INSTRUCTEUR = "instructeur", "Agent instructeur"
    DECIDEUR = "decideur", "Décideur"
    QUALITE = "qualite", "Contrôleur qualité"
    PREPARATEUR = "preparateur", "Préparateur"
    ORDONNATEUR = "ordonnateur", "Ordonnateur"
    PAYEUR = "payeur", "Payeur"
    AUDITEUR = "auditeur", "Auditeur"
    DIRECTION = "direction", "Direction"
    ADMINISTRATEUR = "administrateur", "Administrateur"


class Human(models.Model):
    """One living person, whatever number of accounts; separation of duties compares these.

    Two accounts of the same person point at the same row; the agency's administrators attach them.
    """

    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "personne physique"
        verbose_name_plural = "personnes physiques"

    def __str__(self) -> str:
        return f"personne {self.pk}"


class UserManager(BaseUserManager["User"]):
    """Accounts are found by their address, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def machine(self, name: str) -> "User":
        """The account of a program: it signs journal entries and can never log in."""
        return self.get(kind=User.Kind.MACHINE, email=f"{name}@machine.invalid")


class User(AbstractBaseUser, PermissionsMixin):
    class Kind(models.TextChoices):
        PERSON = "person", "Personne"
        MACHINE = "machine", "Programme"

    email = models.EmailField("adresse électronique", unique=True)
    full_name = models.CharField("nom complet", max_length=120)
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.PERSON)
    human = models.ForeignKey(
        Human,
        models.RESTRICT,
        related_name="accounts",
        null=True,
        blank=True,
        verbose_name="personne physique",
    )
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("accès à l'administration", default=False)
    is_demonstration = models.BooleanField("compte de démonstration", default=False)
    joined_at = models.DateTimeField("inscrit le")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
            models.CheckConstraint(
                name="user_person_has_a_human",
                condition=Q(kind="person", human__isnull=False)
                | Q(kind="machine", human__isnull=True),
            ),
            models.CheckConstraint(
                name="user_machine_never_enters",
                condition=Q(kind="person") | Q(is_staff=False, is_superuser=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]


class StaffAssignmentQuerySet(models.QuerySet["StaffAssignment"]):
    def in_force(self) -> "StaffAssignmentQuerySet":
        return self.filter(revoked_at__isnull=True)


class StaffAssignment(models.Model):
    """A role held by an account from one instant to another; ended, never deleted."""

    user = models.ForeignKey(User, models.RESTRICT, related_name="staff_assignments")
    role = models.CharField("rôle", max_length=20, choices=StaffRole)
    granted_at = models.DateTimeField("attribué le")
    granted_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="attribué par"
    )
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = StaffAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "rôle d'un agent"
        verbose_name_plural = "rôles des agents"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(revoked_at__isnull=True),
                name="staff_role_held_once",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True, role__in=["ordonnateur", "payeur"]),
                name="staff_orders_or_pays_never_both",
                violation_error_message="Ordonnateur et payeur : deux personnes (décret 330-66).",
            ),
            models.CheckConstraint(
                name="staff_ends_after_it_begins",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("granted_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} : {self.get_role_display()}"


class JournalEntry(models.Model):
    """Who did what, when: one hash chain per stream (a claim, a run, a firm, a person, a rule set).

    The subject is named as text so that no package above is known here. Only added; a trigger
    refuses any other change and `manage.py verify` recomputes every link.
    """

    stream = models.CharField("fil", max_length=80)
    sequence = models.PositiveIntegerField("rang")
    at = models.DateTimeField("le")
    actor = models.ForeignKey(User, models.RESTRICT, related_name="journal", verbose_name="auteur")
    action = models.CharField("acte", max_length=60)
    firm = models.CharField("entreprise", max_length=40, blank=True)
    detail = models.JSONField("détail", default=dict)
    previous_hash = models.CharField("empreinte précédente", max_length=64)
    hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "journal"
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "sequence"], name="journal_rank_once_a_stream"
            ),
            models.CheckConstraint(name="journal_ranks_start_at_one", condition=Q(sequence__gte=1)),
        ]
        indexes = [models.Index(fields=["at"], name="journal_by_time")]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.action}"
