"""From what files say of one person to periods of employment.

Pure, and the same for a load and for a simulation. What is known is weighed as a whole, never in
the order in which it came: files taken in another order give the same periods.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LEAVING_SITUATIONS = frozenset({"SO", "DE"})
SAID_BY_THE_FIRM = 0


class Origin(NamedTuple):
    """A line of a file; the file by whatever names it where this is used."""

    file: int | str | None
    line: int | None


class DeclaredMonth(NamedTuple):
    """One record of a person in a CNSS file; `month` is a first day, `left` an SO or DE."""

    month: date
    entrant: bool
    left: bool
    origin: Origin


class Recruitment(NamedTuple):
    """A hire date; `said_in` is the year of the état 9421 that has it, or `SAID_BY_THE_FIRM`."""

    said_in: int
    on: date
    origin: Origin


class Departure(NamedTuple):
    """The last day of an employment."""

    on: date
    origin: Origin


class Spell(NamedTuple):
    """One period of employment, both days included; without `departure` still in post."""

    hired_on: date
    hired_origin: Origin
    departure: Departure | None


@dataclass(slots=True)
class _Span:
    """A run of months between two departures; `first` is the first month declared in it."""

    first: DeclaredMonth | None = None
    entry: DeclaredMonth | None = None
    departure: Departure | None = None

    def take(self, declared: DeclaredMonth) -> None:
        self.first = self.first or declared
        if declared.entrant:
            self.entry = self.entry or declared

    def holds(self, recruitment: Recruitment, previous_end: date | None) -> bool:
        begins_after = previous_end is None or recruitment.on > previous_end
        return begins_after and (self.departure is None or recruitment.on <= self.departure.on)


def spells_of(
    months: Iterable[DeclaredMonth],
    recruitments: Sequence[Recruitment] = (),
    departures: Iterable[Departure] = (),
) -> list[Spell]:
    """The employments of one person with one employer, in order of time.

    An SO or DE situation ends an employment on the last day of its month; a departure that the firm
    wrote, on its day. Absence ends nothing. Declared again in a later month, the person has a new
    employment. The hire date is the recruitment last said of that period (the firm's own word comes
    after every état 9421), else the month of the record of entry; a new employment never begins
    before its first month. A first period without any of these has no known beginning and is left
    out.

    Source: CNSS e-BDS specification (situations, records 04), CGI art. 79 (date of recruitment).
    """
    spells = []
    previous_end: date | None = None
    for span in _spans(months, recruitments, departures):
        hired = _hire(span, previous_end, recruitments)
        if hired is not None:
            spells.append(Spell(hired.on, hired.origin, span.departure))
        previous_end = span.departure.on if span.departure else None
    return spells


def _spans(
    months: Iterable[DeclaredMonth],
    recruitments: Sequence[Recruitment],
    departures: Iterable[Departure],
) -> list[_Span]:
    declared: dict[date, list[DeclaredMonth]] = {}
    for record in months:
        declared.setdefault(record.month, []).append(record)
    written = {departure.on.replace(day=1): departure for departure in departures}
    spans = [_Span()]
    for month in sorted(declared.keys() | written.keys()):
        span = spans[-1]
        for record in declared.get(month, ()):
            span.take(record)
        end = _end_of(declared.get(month, ()), written.get(month))
        if end is not None and _is_of(span, end, spans, recruitments):
            span.departure = end
            spans.append(_Span())
    if not _begins(spans[-1], spans, recruitments):
        spans.pop()
    return spans


def _is_of(
    span: _Span, end: Departure, spans: list[_Span], recruitments: Sequence[Recruitment]
) -> bool:
    """Whether something that began is ended: a date written about nothing ends nothing."""
    return span.first is not None or any(
        recruitment.on <= end.on and span.holds(recruitment, _end_before(spans))
        for recruitment in recruitments
    )


def _begins(span: _Span, spans: list[_Span], recruitments: Sequence[Recruitment]) -> bool:
    return span.first is not None or any(
        span.holds(recruitment, _end_before(spans)) for recruitment in recruitments
    )


def _end_before(spans: list[_Span]) -> date | None:
    """The departure before the last span."""
    before = spans[-2].departure if len(spans) > 1 else None
    return before.on if before else None


def _end_of(declared: Iterable[DeclaredMonth], written: Departure | None) -> Departure | None:
    """What CNSS was told of a month comes before what the firm wrote of it."""
    for record in declared:
        if record.left:
            return Departure(month_end(record.month), record.origin)
    return written


def _hire(
    span: _Span, previous_end: date | None, recruitments: Sequence[Recruitment]
) -> Recruitment | None:
    said = max(
        (recruitment for recruitment in recruitments if span.holds(recruitment, previous_end)),
        key=lambda recruitment: (recruitment.said_in, recruitment.on),
        default=None,
    )
    begun = span.entry if previous_end is None else span.first
    if begun is None:
        return said
    seen = Recruitment(SAID_BY_THE_FIRM, begun.month, begun.origin)
    if said is None or (previous_end is not None and said.on <= seen.on):
        return seen
    return said


def month_end(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
