"""A long act that people see: what it is about, how far it has come, how it ended."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

ATTEMPTS_MAX = 3


class JobQuerySet(models.QuerySet["Job"]):
    def of_firm(self, firm: str) -> "JobQuerySet":
        """`firm` is a public id."""
        return self.filter(firm=firm)

    def waiting(self, at: datetime) -> "JobQuerySet":
        """To be taken now: never begun, or left by somebody whose lease has run out."""
        left = Q(state=Job.State.RUNNING, lease_until__lte=at)
        return self.filter(Q(state=Job.State.WAITING) | left).order_by("asked_at", "pk")


class Job(models.Model):
    """The row is the record; a message only says that there may be one.

    `kind` names the act (`import.check`, …) and `subject` the thing it is done to, by its public
    id; one live job a kind and subject. Whoever runs it holds a lease, and renews it while it
    tells how far it has come: `done` of `total`, counted in what people count (rows, people).
    `results` are what it left to say of each item.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "En attente"
        RUNNING = "running", "En cours"
        DONE = "done", "Terminé"
        FAILED = "failed", "Échoué"
        CANCELLED = "cancelled", "Arrêté"

    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    kind = models.CharField("nature", max_length=40)
    subject = models.CharField("objet", max_length=40)
    firm = models.CharField("entreprise (identifiant public)", max_length=40, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    phase = models.CharField("étape", max_length=40, blank=True)
    done = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("sur", default=0)
    attempts = models.PositiveSmallIntegerField("tentatives", default=0)
    asked_by = models.ForeignKey(
        "accounts.User", models.RESTRICT, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le")
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    heartbeat_at = models.DateTimeField("dernier signe", null=True, blank=True)
    lease_until = models.DateTimeField("tenu jusqu'au", null=True, blank=True)
    cancel_asked_at = models.DateTimeField("arrêt demandé le", null=True, blank=True)
    ended_at = models.DateTimeField("fini le", null=True, blank=True)
    failure = models.CharField("code de l'échec", max_length=60, blank=True)
    results = models.JSONField("résultats", default=list, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche"
        verbose_name_plural = "tâches"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_once_a_subject",
            ),
            models.CheckConstraint(
                name="job_attempts_bounded", condition=Q(attempts__lte=ATTEMPTS_MAX)
            ),
            models.CheckConstraint(
                name="job_runs_under_a_lease",
                condition=~Q(state="running")
                | Q(
                    started_at__isnull=False, heartbeat_at__isnull=False, lease_until__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="job_ends_once",
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_failure_has_a_code", condition=~Q(state="failed") | ~Q(failure="")
            ),
            models.CheckConstraint(
                name="job_done_within_total", condition=Q(total=0) | Q(done__lte=F("total"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_to_take",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_live(self) -> bool:
        return self.state in {Job.State.WAITING, Job.State.RUNNING}
