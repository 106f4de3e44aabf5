"""Which scheme and claim year (« exercice ») a page is about."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from primes.claims.models.window import FilingWindow
from primes.claims.windows import window_of
from primes.rules.parameters.loader import load_scheme

SCHEME = "paf-2025"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A claim year and its filing window, both days included."""

    year: int
    years: tuple[int, ...]
    opens_on: date
    closes_on: date
    is_open: bool


def exercise_asked(request: HttpRequest, on: date) -> Exercise:
    """The year of the address (`annee`) if the scheme answers for it, else the one to file now."""
    life = load_scheme(SCHEME)
    years = tuple(range(life.first_year, life.last_year + 1))
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else _year_to_file(on, years)
    opens_on, closes_on = window_of(SCHEME, year, on)
    return Exercise(year, years, opens_on, closes_on, opens_on <= on <= closes_on)


def _year_to_file(on: date, years: tuple[int, ...]) -> int:
    opened = FilingWindow.objects.filter(scheme=SCHEME, opens_on__lte=on, closes_on__gte=on)
    latest = opened.order_by("-year").values_list("year", flat=True).first()
    return latest or min(max(on.year - 1, years[0]), years[-1])
