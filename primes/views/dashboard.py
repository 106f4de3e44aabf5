"""The firm's overview: what to do, then how much was asked, granted and paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from companies.space import signed_in, space_of, spaces_of
from primes.claims.models.claim import Claim
from primes.views.amounts import amounts_of, total
from primes.views.exercise import exercise_asked
from primes.views.todo import todo_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Where everybody lands after signing in; those who act for no firm are led elsewhere."""
    user = signed_in(request)
    if not spaces_of(user):
        return redirect("admin:index") if user.is_staff else render(request, "primes/no_firm.html")
    space = space_of(request)
    on = timezone.localdate()
    exercise = exercise_asked(request, on)
    claims = list(Claim.objects.of_firm(space.firm).live().order_by("-year", "-pk"))
    amounts = amounts_of(claims)
    rows = [(claim, amounts[claim.pk]) for claim in claims]
    context = {
        "space": space,
        "todo": todo_of(space, rows, exercise, on),
        "total": total(amounts.values()),
        "rows": rows,
        "exercise": exercise,
    }
    return render(request, "primes/dashboard.html", context)
