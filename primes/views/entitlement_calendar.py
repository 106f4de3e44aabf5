"""The calendar of one recruit: each year of its rights, and all the aids for this person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from companies.space import space_of
from companies.workforce.completion import employments_of
from primes.payouts.entitlement_calendar import (
    EntitlementCalendar,
    SchemeCalendar,
    YearState,
    entitlement_calendar,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of one year of a right on the line of time, from its left end."""

    offset: int
    days: int
    state: YearState


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The calendar years that all the rights of a person touch, whole, and the days they span."""

    years: range

    @classmethod
    def of(cls, schemes: Sequence[SchemeCalendar]) -> "TimeLine":
        first = min(scheme.first_day.year for scheme in schemes)
        return cls(range(first, max(scheme.last_day.year for scheme in schemes) + 1))

    @property
    def days(self) -> int:
        return (date(self.years.stop, 1, 1) - self._begins_on).days

    def stretches(self, scheme: SchemeCalendar) -> list[Stretch]:
        return [
            Stretch((year.first_day - self._begins_on).days, year.days, year.state)
            for year in scheme.years
        ]

    @property
    def _begins_on(self) -> date:
        return date(self.years.start, 1, 1)


def calendar_facts(calendar: EntitlementCalendar) -> dict[str, object]:
    """What the page of a firm and that of the agency show of a calendar."""
    line = TimeLine.of(calendar.schemes) if calendar.schemes else None
    return {
        "calendar": calendar,
        "aids": calendar.aids,
        "line": line,
        "schemes": [(each, line.stretches(each)) for each in calendar.schemes] if line else [],
        "schemes_concerned": {
            *calendar.aids.schemes,
            *(each.scheme for each in calendar.schemes),
        },
    }


@require_safe
def employee_calendar(request: HttpRequest, employment_id: int) -> HttpResponse:
    space = space_of(request)
    employments = employments_of(space.firm).select_related("employee__firm")
    employment = get_object_or_404(employments, pk=employment_id)
    calendar = entitlement_calendar(employment, on=timezone.localdate())
    context = {"space": space, "employment": employment, **calendar_facts(calendar)}
    return render(request, "primes/employee_calendar.html", context)
