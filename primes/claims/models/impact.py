"""What a version of the rules changes in dirhams, as seen by who proposed or published it."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from primes.claims.models.rule_set import RuleSet


class ReleaseImpact(models.Model):
    """One preview, computed at the very moment its reader proposed or published the version.

    Only added; the version cannot take either step without one of its own.
    """

    rule_set = models.ForeignKey(
        RuleSet, models.RESTRICT, related_name="impacts", verbose_name="règles"
    )
    sha256 = models.CharField("empreinte de l'aperçu", max_length=64)
    asked_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="demandé par"
    )
    computed_at = models.DateTimeField("calculé le")

    class Meta:
        verbose_name = "aperçu d'impact"
        verbose_name_plural = "aperçus d'impact"

    def __str__(self) -> str:
        return f"{self.rule_set} : {self.sha256[:12]}"


class ReleaseImpactRow(models.Model):
    """The figures of one scope: an empty key stands for all; amounts in centimes.

    A person or a firm counts once a row, whatever its lines, so that the rows of a level add up in
    centimes and not in people.
    """

    class Stage(models.TextChoices):
        OPEN = "open", "Demandes à décider"
        DECIDED = "decided", "Demandes décidées"

    impact = models.ForeignKey(
        ReleaseImpact, models.RESTRICT, related_name="rows", verbose_name="aperçu"
    )
    stage = models.CharField("demandes", max_length=10, choices=Stage, blank=True)
    branch = models.CharField("filière", max_length=10, blank=True)
    scheme = models.CharField("dispositif", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("exercice")
    people_gained = models.BigIntegerField("personnes qui gagnent")
    people_lost = models.BigIntegerField("personnes qui perdent")
    people_unchanged = models.BigIntegerField("personnes sans changement")
    people_newly_eligible = models.BigIntegerField("personnes devenues éligibles")
    people_no_longer_eligible = models.BigIntegerField("personnes qui ne sont plus éligibles")
    firms_gained = models.BigIntegerField("entreprises qui gagnent")
    firms_lost = models.BigIntegerField("entreprises qui perdent")
    firms_unchanged = models.BigIntegerField("entreprises sans changement")
    before = models.BigIntegerField("avant (centimes)")
    after = models.BigIntegerField("après (centimes)")
    gained = models.BigIntegerField("gagné (centimes)")
    lost = models.BigIntegerField("perdu (centimes)")

    class Meta:
        verbose_name = "ligne d'aperçu d'impact"
        verbose_name_plural = "lignes d'aperçu d'impact"
        constraints = [
            models.UniqueConstraint(
                fields=["impact", "stage", "branch", "scheme", "year"],
                name="impact_scope_once",
            ),
            models.CheckConstraint(
                name="impact_after_is_before_and_its_moves",
                condition=Q(after=F("before") + F("gained") - F("lost")),
            ),
        ]

    def __str__(self) -> str:
        scope = (self.stage, self.branch, self.scheme, self.year)
        return f"{self.impact} {' '.join(str(key) for key in scope if key) or 'en tout'}"
