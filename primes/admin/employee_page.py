"""What the agency sees of one person of a firm: the calendar here, the aids in every firm."""

from datetime import date
from typing import Any

from companies.workforce.models import Employee, Employment
from primes.payouts.aids import aids_of
from primes.payouts.entitlement_calendar import entitlement_calendar
from primes.views.entitlement_calendar import calendar_facts


def rights_of(employee: Employee, on: date) -> dict[str, Any]:
    """The calendar of the last employment, and the aids that every firm asked for the person."""
    everywhere = aids_of(employee.person_id, of_firm=None)
    last = (
        Employment.objects.filter(employee=employee)
        .select_related("employee__firm")
        .order_by("-hired_on")
        .first()
    )
    facts = calendar_facts(entitlement_calendar(last, on=on)) if last else {}
    schemes = {*everywhere.schemes, *facts.get("schemes_concerned", ())}
    return {**facts, "aids": everywhere, "schemes_concerned": schemes}
