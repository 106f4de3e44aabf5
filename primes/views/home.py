"""The public page: what the bonus is, for whom, how much, when."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from primes.rules.columns import day_of
from primes.rules.deadlines import decision_days
from primes.rules.parameters.loader import load_scheme
from primes.views.exercise import SCHEME, exercise_asked


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    law = load_scheme(SCHEME)

    def current(name: str) -> object:
        return law.parameter(name, "home", on).on(day_of(on)).value

    context = {
        "exercise": exercise_asked(request, on),
        "rate": current("rate"),
        "branches": current("branches"),
        "bonus_months": current("bonus_months"),
        "decision_days": decision_days(SCHEME, on),
    }
    return render(request, "primes/home.html", context)
