"""Who stood where on the money of a claim. Written by triggers alone, so that no path goes round
it.
"""

from django.db import models

from accounts.models import Human
from primes.claims.models.claim import Claim


class Duty(models.Model):
    """One person, one claim, one duty.

    An exclusion constraint (migration 0002) refuses a second, different duty of the same person on
    the same claim; for superusers and for SQL typed by hand too.
    """

    class Kind(models.TextChoices):
        PREPARE = "prepare", "Préparer et déposer"
        INSTRUCT = "instruct", "Instruire"
        DECIDE = "decide", "Décider"
        RUN = "run", "Mettre en lot"
        ORDER = "order", "Signer comme ordonnateur"
        PAY = "pay", "Signer et exporter comme payeur"
        BANK = "bank", "Changer le compte bancaire"
        RULES = "rules", "Publier les règles"

    claim = models.ForeignKey(Claim, models.RESTRICT, related_name="duties", verbose_name="demande")
    human = models.ForeignKey(
        Human, models.RESTRICT, related_name="duties", verbose_name="personne"
    )
    kind = models.CharField("fonction", max_length=10, choices=Kind)

    class Meta:
        verbose_name = "fonction exercée"
        verbose_name_plural = "fonctions exercées"
        constraints = [
            models.UniqueConstraint(fields=["claim", "human", "kind"], name="duty_once"),
        ]

    def __str__(self) -> str:
        return f"{self.human} : {self.get_kind_display()} ({self.claim})"
