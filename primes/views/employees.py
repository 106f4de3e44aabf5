"""The firm's people of a year: eligible or not, why, and how much; the total adds up."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from companies.space import space_of
from primes.claims.preview import PreviewRow, preview
from primes.views.exercise import SCHEME, exercise_asked

PEOPLE_PER_PAGE = 100
FILTERS: dict[str, Callable[[PreviewRow], bool]] = {
    "": lambda _row: True,
    "eligibles": lambda row: row.eligible,
    "non-eligibles": lambda row: not row.eligible,
    "a-completer": lambda row: bool(row.unknown),
}


@require_safe
def employees(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    on = timezone.localdate()
    exercise = exercise_asked(request, on)
    people = preview(firm=space.firm, scheme=SCHEME, year=exercise.year, on=on)
    shown, words = request.GET.get("etat", ""), request.GET.get("q", "").strip()
    kept = [
        row
        for row in people.rows
        if FILTERS.get(shown, FILTERS[""])(row) and words.casefold() in str(row.employee).casefold()
    ]
    context = {
        "space": space,
        "exercise": exercise,
        "people": people,
        "page": Paginator(kept, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
        "kept_total": sum(row.amount for row in kept),
        "filters": _filter_names(),
        "shown": shown,
        "words": words,
    }
    return render(request, "primes/employees.html", context)


def _filter_names() -> list[tuple[str, str]]:
    return [
        ("", gettext("Everybody")),
        ("eligibles", gettext("Eligible")),
        ("non-eligibles", gettext("Not eligible")),
        ("a-completer", gettext("To complete")),
    ]
