"""What changes in an employment, by its date: only added, never an edit of the past."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from companies.workforce.models import ContractKind, Employment


class EmploymentEvent(models.Model):
    """A change of circumstances, from `on` to `until` (both included) where it has an end.

    The columns of the employment are what its events in force add up to; `companies.workforce.\
circumstances` writes both. An event entered by mistake is cancelled by another (`cancels`).
    """

    class Kind(models.TextChoices):
        ANSWERS = "answers", "Contrat et emploi antérieur déclarés"
        CONVERSION = "conversion", "Passage à un contrat stable"
        CONTRACT = "contract", "Changement de contrat"
        LEAVE = "leave", "Congé ou suspension"
        DEPARTURE = "departure", "Départ"
        CANCELLED = "cancelled", "Déclaration annulée"

    employment = models.ForeignKey(
        Employment, models.RESTRICT, related_name="events", verbose_name="emploi"
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    on = models.DateField("à compter du")
    until = models.DateField("jusqu'au", null=True, blank=True)
    contract = models.CharField("contrat", max_length=8, choices=ContractKind, blank=True)
    note = models.CharField("précision", max_length=200, blank=True)
    cancels = models.OneToOneField(
        "self", models.RESTRICT, related_name="cancelled_by", null=True, verbose_name="annule"
    )
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        verbose_name = "événement de l'emploi"
        verbose_name_plural = "événements de l'emploi"
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("on")),
            ),
            models.CheckConstraint(
                name="event_cancels_something",
                condition=Q(kind="cancelled", cancels__isnull=False)
                | ~Q(kind="cancelled") & Q(cancels__isnull=True),
            ),
            models.CheckConstraint(
                name="event_of_contract_names_it",
                condition=~Q(kind__in=["conversion", "contract"]) | ~Q(contract=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
