"""What the other schemes are told of a line: stored beside what PAF 2025 is told.

Earlier assessments were told none of it: they keep the values that say « nothing is known ».
"""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

UNKNOWN = UNKNOWN_YEARS = -1


def nothing_granted():
    return [0, 0, 0]


FIELDS = {
    "granted_here": models.BooleanField("déjà accordée dans cette entreprise", default=False),
    "profile": models.SmallIntegerField("profil", default=UNKNOWN),
    "degree_years": models.BigIntegerField("années d'études après le bac", default=UNKNOWN_YEARS),
    "job_seeker": models.BooleanField("demandeur d'emploi", default=False),
    "granted_before": ArrayField(
        models.BigIntegerField(),
        verbose_name="déjà accordé, par année de formation",
        default=nothing_granted,
    ),
}
ITEMS = {
    "item_first_day": "formations du",
    "item_last_day": "formations au",
    "item_notified_on": "formations notifiées le",
    "item_minutes": "minutes suivies",
    "item_cost": "parts de facture",
    "item_invoice": "factures",
}
FIELDS |= {
    name: ArrayField(models.BigIntegerField(), verbose_name=title, default=list)
    for name, title in ITEMS.items()
}


class Migration(migrations.Migration):
    dependencies = [("primes", "0003_application_role")]

    operations = [
        migrations.AddField("assessment", name, field, preserve_default=False)
        for name, field in FIELDS.items()
    ]
