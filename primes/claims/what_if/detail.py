"""The detail of a forecast as a table for machines: one line a year, branch and site."""

import csv
import io

from accounts.formats import decimal
from primes.claims.what_if.forecast import Cost, Forecast
from primes.wording.words import label

COLUMNS = (
    "exercice",
    "estimation",
    "filiere",
    "site",
    "personnes_avant",
    "personnes_apres",
    "montant_avant",
    "montant_apres",
    "ecart",
)


def detail_csv(told: Forecast) -> str:
    """Comma and line feed, dirhams with a point and two decimals, `oui` or `non`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(cost) for cost in told.costs)
    return text.getvalue()


def _cells(cost: Cost) -> tuple[str | int, ...]:
    estimate = "oui" if cost.is_estimate else "non"
    people = (cost.people_today, cost.people_draft)
    amounts = (decimal(cost.today), decimal(cost.draft), decimal(cost.difference))
    place = (label("place", cost.branch), label("place", cost.site))
    return (cost.year, estimate, *place, *people, *amounts)
