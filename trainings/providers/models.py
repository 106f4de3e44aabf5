"""Who teaches: the firm itself, its group, or an organisation from outside."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.firms.models import Firm


class ProviderKind(models.TextChoices):
    INTERNAL = "internal", "Interne"
    GROUP = "group", "Groupe"
    EXTERNAL = "external", "Organisme externe"


class Provider(models.Model):
    """Whoever teaches the people of one firm; two firms that use one organisation each name it.

    The internal one is the firm itself, so there is one at most. `phone` is kept as
    `trainings.providers.phones.normal` writes it, so that equal numbers are equal.
    The RIB is sealed: its fingerprint serves comparison and its last digits the screen.
    """

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="providers", verbose_name="entreprise"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    kind = models.CharField("nature", max_length=10, choices=ProviderKind)
    name = models.CharField("nom", max_length=120)
    ice = models.CharField("ICE", max_length=15, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    city = models.CharField("ville", max_length=60, blank=True)
    phone = models.CharField("téléphone", max_length=16, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    rib_sealed = models.BinaryField("RIB scellé", default=bytes)
    rib_fingerprint = models.BinaryField("empreinte du RIB", max_length=32, default=bytes)
    rib_last_digits = models.CharField("fin du RIB", max_length=4, blank=True)
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        verbose_name = "organisme de formation"
        verbose_name_plural = "organismes de formation"
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], name="provider_internal_once", condition=Q(kind="internal")
            ),
            models.UniqueConstraint(
                fields=["firm", "kind", "ice"], name="provider_ice_once", condition=~Q(ice="")
            ),
            models.CheckConstraint(
                name="provider_external_has_an_ice",
                condition=~Q(kind="external") | ~Q(ice=""),
            ),
            models.CheckConstraint(
                name="provider_ice_15_digits", condition=Q(ice="") | Q(ice__regex=r"^\d{15}$")
            ),
            models.CheckConstraint(name="provider_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
