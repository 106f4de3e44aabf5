"""The calendar of a recruit: where each year of its rights stands, from the law to the bank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from companies.workforce.models import Employment
from primes.claims.entitlement import Entitlement, YearOfRight, entitlement_of
from primes.claims.filing_of_years import ClaimYear
from primes.payouts.aids import Aid, Aids, aids_of


class YearState(StrEnum):
    """Where one claim year of a right stands; its words are labels of the kind `year_state`."""

    TO_COME = "to_come"
    RUNNING = "running"
    TO_FILE = "to_file"
    IN_PREPARATION = "in_preparation"
    IN_REVIEW = "in_review"
    GRANTED = "granted"
    PAID = "paid"
    LOST_REFUSED = "lost_refused"
    LOST_NOT_FILED = "lost_not_filed"
    LOST_LEFT_OUT = "lost_left_out"
    LOST_DEPARTED = "lost_departed"
    LOST_NOT_ENTITLED = "lost_not_entitled"

    @property
    def is_lost(self) -> bool:
        return self.value.startswith("lost_")

    @property
    def is_open(self) -> bool:
        """Whether the year can still be filed."""
        return self in _OPEN


_OPEN = (YearState.TO_COME, YearState.RUNNING, YearState.TO_FILE, YearState.IN_PREPARATION)


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of a right as the firm follows it; amounts in centimes."""

    right: YearOfRight
    state: YearState
    aid: Aid | None

    @property
    def first_day(self) -> date:
        return self.aid.days[0] if self.aid and self.aid.days else self.right.first_day

    @property
    def last_day(self) -> date:
        return self.aid.days[1] if self.aid and self.aid.days else self.right.last_day

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is lost: conditions of the law, beside what the state says."""
        if self.state is YearState.LOST_REFUSED and self.aid and self.aid.assessment:
            return self.aid.assessment.reasons
        return self.right.hindrances if self.state is YearState.LOST_NOT_ENTITLED else ()

    @property
    def to_meet(self) -> tuple[str, ...]:
        """The conditions still to be met, of a year that can still be filed."""
        return self.right.unmet if self.state.is_open else ()

    @property
    def amount(self) -> int | None:
        """Granted, else asked, else what the law gives or would give; None when nobody can say."""
        if self.aid is None or self.aid.assessment is None:
            return self.right.amount
        return self.aid.granted if self.aid.is_granted else self.aid.asked

    @property
    def is_estimate(self) -> bool:
        return (self.aid is None or self.aid.assessment is None) and self.right.is_estimate


@dataclass(frozen=True, slots=True)
class SchemeCalendar:
    """The years of one right, in order."""

    scheme: str
    years: tuple[CalendarYear, ...]

    @property
    def first_day(self) -> date:
        return min(year.first_day for year in self.years)

    @property
    def last_day(self) -> date:
        return max(year.last_day for year in self.years)

    @property
    def is_open(self) -> bool:
        return any(year.state.is_open for year in self.years)


@dataclass(frozen=True, slots=True)
class EntitlementCalendar:
    entitlement: Entitlement
    schemes: tuple[SchemeCalendar, ...]
    aids: Aids

    @property
    def expected(self) -> int:
        """Centimes of the years that are filed and undecided, or can still be filed."""
        return self._sum(lambda state: state.is_open or state is YearState.IN_REVIEW)

    @property
    def lost(self) -> int:
        """Centimes of the years that nothing will bring back."""
        return self._sum(lambda state: state.is_lost)

    def _sum(self, counts: Callable[[YearState], bool]) -> int:
        years = [year for scheme in self.schemes for year in scheme.years]
        return sum(year.amount or 0 for year in years if counts(year.state))


def entitlement_calendar(employment: Employment, *, on: date) -> EntitlementCalendar:
    """What is due, filed, granted, paid and lost for a person in a firm, as of a day.

    `employee.firm` is loaded with the employment. The number of queries does
    not grow with the claims.
    """
    employee = employment.employee
    entitlement = entitlement_of(employment, on)
    aids = aids_of(employee.person_id, of_firm=employee.firm)
    own = {
        ClaimYear(aid.claim.scheme, aid.claim.year): aid
        for aid in aids.rows
        if aid.line.employment_id == employment.pk
    }
    years = [
        _calendar_year(right, own.get(ClaimYear(right.scheme, right.year)), on)
        for right in entitlement.years
    ]
    return EntitlementCalendar(entitlement, tuple(_by_scheme(years)), aids)


def _by_scheme(years: Iterable[CalendarYear]) -> list[SchemeCalendar]:
    """The right whose first claim comes first is first."""
    of_scheme: dict[str, list[CalendarYear]] = {}
    for year in years:
        of_scheme.setdefault(year.right.scheme, []).append(year)
    found = [SchemeCalendar(scheme, tuple(years)) for scheme, years in of_scheme.items()]
    return sorted(found, key=lambda each: each.years[0].right.year)


def _calendar_year(right: YearOfRight, aid: Aid | None, on: date) -> CalendarYear:
    return CalendarYear(right, _state(right, aid, on), aid)


def _state(right: YearOfRight, aid: Aid | None, on: date) -> YearState:
    if aid is not None and aid.claim.filed_at is not None:
        return _state_of_filed(aid)
    claim = right.filing.claim
    if claim is not None and claim.filed_at is not None:
        return YearState.LOST_LEFT_OUT
    if right.hindrances:
        departed = right.is_hindered_by_departure
        return YearState.LOST_DEPARTED if departed else YearState.LOST_NOT_ENTITLED
    return _state_before_filing(right, aid, on)


def _state_of_filed(aid: Aid) -> YearState:
    if aid.is_refused:
        return YearState.LOST_REFUSED
    if aid.is_paid:
        return YearState.PAID
    return YearState.GRANTED if aid.is_granted else YearState.IN_REVIEW


def _state_before_filing(right: YearOfRight, aid: Aid | None, on: date) -> YearState:
    if on > right.filing.closes_on:
        return YearState.LOST_NOT_FILED
    if right.year > on.year:
        return YearState.TO_COME
    if aid is not None:
        return YearState.IN_PREPARATION
    return YearState.TO_FILE if on >= right.filing.opens_on else YearState.RUNNING
