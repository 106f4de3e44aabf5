"""Under which profile of the aid of 2007 a person was trained."""

from django.db import models

from accounts.models import User
from companies.workforce.models import Employee


class Profile(models.TextChoices):
    """Codes as in the parameters of the scheme."""

    MANAGEMENT = "management", "Encadrement (bac+4 et plus)"
    ENGINEER_IT = "engineer-it", "Ingénieur (informatique)"
    TECHNICIAN_IT = "technician-it", "Technicien et plus (informatique)"
    BAC2_BPO = "bac2-bpo", "Bac+2 et plus (BPO)"
    BAC_CALL_CENTRE = "bac-call-centre", "Bac et plus (centres d'appels)"


class TraineeProfile(models.Model):
    """What the firm last said of one person; the journal has what it said before."""

    employee = models.OneToOneField(
        Employee, models.RESTRICT, related_name="trainee_profile", verbose_name="salarié"
    )
    profile = models.CharField("profil", max_length=20, choices=Profile)
    declared_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        verbose_name = "profil de formation"
        verbose_name_plural = "profils de formation"

    def __str__(self) -> str:
        return f"{self.employee} : {self.get_profile_display()}"
