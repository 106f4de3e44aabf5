"""What a firm teaches, by whom and where."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.firms.models import Firm
from trainings.providers.models import Provider


class Language(models.TextChoices):
    FRENCH = "fr", "Français"
    ARABIC = "ar", "Arabe"
    ENGLISH = "en", "Anglais"
    SPANISH = "es", "Espagnol"
    GERMAN = "de", "Allemand"
    OTHER = "other", "Autre"


class Programme(models.Model):
    """What is taught, by whom and where; `planned_…` is what a whole course of it should take.

    `country` is a code of ISO 3166. What is taught on line has neither city nor country.
    """

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="programmes", verbose_name="entreprise"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    title = models.CharField("intitulé", max_length=150)
    domain = models.CharField("domaine", max_length=80)
    provider = models.ForeignKey(
        Provider, models.RESTRICT, related_name="programmes", verbose_name="organisme"
    )
    online = models.BooleanField("à distance", default=False)
    city = models.CharField("ville", max_length=60, blank=True)
    country = models.CharField("pays", max_length=2, blank=True)
    language = models.CharField("langue", max_length=5, choices=Language, blank=True)
    planned_minutes = models.PositiveIntegerField("durée prévue (minutes)", null=True, blank=True)
    planned_cost = models.BigIntegerField("coût prévu hors taxes (centimes)", null=True, blank=True)
    duplicated_from = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="repris de"
    )
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        verbose_name = "programme de formation"
        verbose_name_plural = "programmes de formation"
        constraints = [
            models.CheckConstraint(
                name="programme_online_has_no_place",
                condition=Q(online=False) | Q(city="", country=""),
            ),
            models.CheckConstraint(
                name="programme_plan_lasts",
                condition=Q(planned_minutes__isnull=True) | Q(planned_minutes__gt=0),
            ),
            models.CheckConstraint(
                name="programme_plan_cost_not_negative",
                condition=Q(planned_cost__isnull=True) | Q(planned_cost__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title
