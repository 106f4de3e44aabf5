"""The public simulator: the law itself on a few figures, nothing stored."""

from dataclasses import dataclass
from fractions import Fraction
from http import HTTPStatus
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from primes.rules.calendar import year_bounds
from primes.rules.engine import assess
from primes.rules.parameters.loader import load_scheme
from primes.views.exercise import SCHEME, exercise_asked
from primes.views.simulated import SimulatedPerson, facts_of
from primes.views.simulator_forms import PersonForm, RecruitsForm


@dataclass(frozen=True, slots=True)
class Estimate:
    """Centimes: `base` and `each` for one person, `total` for `people` of them."""

    year: int
    people: int
    income: int
    base: int
    rate: Fraction
    each: int
    eligible: bool
    reasons: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.people * self.each


@login_not_required
@require_safe
def simulator(request: HttpRequest) -> HttpResponse:
    """Two forms by GET, so that an answer can be kept as an address; `mode` says which was sent."""
    year = {"year": exercise_asked(request, timezone.localdate()).year}
    mode = request.GET.get("mode", "")
    sent_to = {mode: request.GET}
    recruits = RecruitsForm(sent_to.get("recruits"), initial=year, auto_id="recruits-%s")
    person = PersonForm(sent_to.get("person"), initial=year, auto_id="person-%s")
    sent = person if mode == "person" else recruits
    estimate = None
    if sent.is_valid():
        people = int(sent.cleaned_data.get("people", 1))
        estimate = estimated(sent.person(), sent.cleaned_data["year"], people)
    context = {
        "recruits": recruits,
        "person": person,
        "form": sent,
        "mode": mode,
        "estimate": estimate,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent.errors else HTTPStatus.OK
    return render(request, "primes/simulator.html", context, status=status)


def estimated(person: SimulatedPerson, year: int, people: int) -> Estimate:
    answer = assess(facts_of(person), SCHEME, year)
    rate = load_scheme(SCHEME).parameter("rate", "simulator").on(int(year_bounds(year)[1])).value
    return Estimate(
        year=year,
        people=people,
        income=person.income,
        base=int(answer.amounts[0, answer.rows.index("base")]),
        rate=cast("Fraction", rate),
        each=int(answer.amount[0]),
        eligible=bool(answer.eligible[0]),
        reasons=answer.reasons(0),
    )
