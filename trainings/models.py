"""Training programmes of a firm, their sessions, and who attended for how long."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.firms.models import Firm
from companies.workforce.models import Employee


class Provider(models.TextChoices):
    INTERNAL = "internal", "Interne"
    GROUP = "group", "Groupe"
    EXTERNAL = "external", "Organisme externe"


class Programme(models.Model):
    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="programmes", verbose_name="entreprise"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    title = models.CharField("intitulé", max_length=150)
    domain = models.CharField("domaine", max_length=80)
    provider = models.CharField("organisme", max_length=10, choices=Provider)
    provider_ice = models.CharField("ICE de l'organisme externe", max_length=15, blank=True)
    provider_name = models.CharField("nom de l'organisme", max_length=120, blank=True)
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        verbose_name = "programme de formation"
        verbose_name_plural = "programmes de formation"
        constraints = [
            models.CheckConstraint(
                name="programme_external_names_its_provider",
                condition=~Q(provider="external") | Q(provider_ice__regex=r"^\d{15}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One course of a programme; both days are included."""

    programme = models.ForeignKey(
        Programme, models.RESTRICT, related_name="sessions", verbose_name="programme"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    minutes = models.PositiveIntegerField("durée (minutes)")
    cost = models.BigIntegerField("coût hors taxes (centimes)", default=0)

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_begins", condition=Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="session_within_one_year",
                condition=Q(starts_on__year=models.F("ends_on__year")),
                violation_error_message="Une session tient dans une année civile.",
            ),
            models.CheckConstraint(name="session_lasts", condition=Q(minutes__gt=0)),
            models.CheckConstraint(name="session_cost_not_negative", condition=Q(cost__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.programme} du {self.starts_on:%d/%m/%Y}"


class Attendance(models.Model):
    session = models.ForeignKey(
        Session, models.RESTRICT, related_name="attendances", verbose_name="session"
    )
    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="attendances", verbose_name="salarié"
    )
    minutes = models.PositiveIntegerField("durée suivie (minutes)")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        constraints = [
            models.UniqueConstraint(fields=["session", "employee"], name="attendance_once"),
            models.CheckConstraint(name="attendance_lasts", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.employee} : {self.minutes} min"
