"""Courses held of a programme, who attended for how long, and the papers that prove it."""

from django.db import models
from django.db.models import F, Q

from companies.documents.models import Piece
from companies.workforce.models import Employee
from trainings.programmes.models import Programme


class Session(models.Model):
    """One course of a programme; both days are included."""

    programme = models.ForeignKey(
        Programme, models.RESTRICT, related_name="sessions", verbose_name="programme"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    minutes = models.PositiveIntegerField("durée (minutes)")
    cost = models.BigIntegerField("coût hors taxes (centimes)", default=0)
    place = models.CharField("lieu", max_length=120, blank=True)
    trainer = models.CharField("formateur", max_length=120, blank=True)

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="session_within_one_year",
                condition=Q(starts_on__year=F("ends_on__year")),
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


class SessionPiece(models.Model):
    """A paper of the vault that proves a session: its attendance sheet, or something else."""

    session = models.ForeignKey(
        Session, models.RESTRICT, related_name="evidence", verbose_name="session"
    )
    piece = models.ForeignKey(Piece, models.RESTRICT, related_name="+", verbose_name="pièce")

    class Meta:
        verbose_name = "justificatif de session"
        verbose_name_plural = "justificatifs de session"
        constraints = [
            models.UniqueConstraint(fields=["session", "piece"], name="session_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.piece}"
