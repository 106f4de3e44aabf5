"""What an outside provider says of the hours that the firm declared, line by line."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.workforce.models import Employee
from trainings.providers.models import Provider
from trainings.sessions.models import Session


class Confirmation(models.Model):
    """A provider asked once about one session, by a signed link that lapses.

    A silent provider is a state to see, never a block. What it answers changes nothing of what the
    firm declared: the two stand side by side.
    """

    class State(models.TextChoices):
        ASKED = "asked", "En attente de l'organisme"
        ANSWERED = "answered", "Répondue"
        WITHDRAWN = "withdrawn", "Lien retiré"

    session = models.ForeignKey(
        Session, models.RESTRICT, related_name="confirmations", verbose_name="session"
    )
    provider = models.ForeignKey(
        Provider, models.RESTRICT, related_name="confirmations", verbose_name="organisme"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le")
    lapses_at = models.DateTimeField("lien valable jusqu'au")
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.CharField("nom de qui répond", max_length=120, blank=True)
    answered_as = models.CharField("fonction de qui répond", max_length=120, blank=True)

    class Meta:
        verbose_name = "confirmation par l'organisme"
        verbose_name_plural = "confirmations par les organismes"
        constraints = [
            models.UniqueConstraint(
                fields=["session"], name="confirmation_asked_once", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="confirmation_answered_says_by_whom",
                condition=~Q(state="answered")
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answered_as=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} : {self.get_state_display()}"

    @property
    def journal_stream(self) -> str:
        return self.provider.firm.journal_stream

    @property
    def journal_firm(self) -> str:
        return self.provider.firm.public_id


class ConfirmationLine(models.Model):
    """One person: the minutes that were declared when the provider was asked, and its answer.

    An answer of 0 says that the person did not come.
    """

    confirmation = models.ForeignKey(
        Confirmation, models.RESTRICT, related_name="lines", verbose_name="confirmation"
    )
    employee = models.ForeignKey(
        Employee, models.RESTRICT, related_name="+", verbose_name="salarié"
    )
    declared_minutes = models.PositiveIntegerField("durée déclarée (minutes)")
    answered_minutes = models.PositiveIntegerField("durée répondue (minutes)", null=True)

    class Meta:
        verbose_name = "ligne de confirmation"
        verbose_name_plural = "lignes de confirmation"
        constraints = [
            models.UniqueConstraint(
                fields=["confirmation", "employee"], name="confirmation_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} : {self.answered_minutes}"

    @property
    def differs(self) -> bool:
        return self.answered_minutes not in {None, self.declared_minutes}
