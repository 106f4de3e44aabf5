"""The only bridge from rows to columns: what the database knows of some lines, as the law is told
it.

One statement gathers everything, whatever the number of lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from primes.claims.facts_statement import layout, statement
from primes.claims.stored_columns import Column, read_columns
from primes.rules.columns import FACTS_OF_A_LINE, Facts, date_of
from primes.rules.cumulation import family_of
from primes.rules.engine import paid_days, rules_of


@dataclass(frozen=True, slots=True)
class LineRequest:
    """One line to gather; `claim_id` 0 when there is no claim yet."""

    employment_id: int
    filed_on: date
    claim_id: int = 0


Asked = tuple[int, LineRequest]
"""A claim year, and a line of it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the two facts that weigh most came from: received file and line, per position."""

    income_source: list[int | None]
    income_line: list[int | None]
    hired_source: list[int | None]
    hired_line: list[int | None]


@dataclass(frozen=True, slots=True)
class Gathered:
    facts: Facts
    sources: Sources
    person_ids: list[int]


_TAKEN_ELSEWHERE = """
SELECT w.position - 1
FROM unnest(%(people)s::bigint[], %(from)s::date[], %(until)s::date[], %(claims)s::bigint[])
  WITH ORDINALITY AS w(person_id, first_day, last_day, claim_id, position)
WHERE EXISTS (
  SELECT FROM primes_paiddays p JOIN primes_claimline l ON l.id = p.line_id
  WHERE p.live AND p.family = %(family)s AND p.person_id = w.person_id
    AND p.days && daterange(w.first_day, w.last_day, '[]') AND l.claim_id <> w.claim_id)
"""

_GRANTED_HERE = """
SELECT w.position - 1
FROM unnest(%(employments)s::bigint[], %(claims)s::bigint[])
  WITH ORDINALITY AS w(employment_id, claim_id, position)
JOIN companies_employment e ON e.id = w.employment_id
JOIN companies_employee own ON own.id = e.employee_id
WHERE EXISTS (
  SELECT FROM primes_paiddays p JOIN primes_claimline l ON l.id = p.line_id
  JOIN primes_claim c ON c.id = l.claim_id
  WHERE p.live AND p.person_id = own.person_id AND c.firm_id = own.firm_id
    AND c.scheme = %(scheme)s AND c.id <> w.claim_id)
"""


def gather(requests: Sequence[LineRequest], *, scheme: str, year: int) -> Gathered:
    """Facts of the requested lines, in their order, over the calendar years the scheme reads;
    amounts in centimes."""
    return gather_years({year: requests}, scheme=scheme)[year]


def gather_years(
    requests: Mapping[int, Sequence[LineRequest]], *, scheme: str
) -> dict[int, Gathered]:
    """The same for several claim years, at least one, by as many statements as for one."""
    rules, _ = rules_of(scheme)
    asked = [(year, request) for year, lines in requests.items() for request in lines]
    columns = _asked(asked, rules.years, range(min(requests), max(requests) + 1))
    told = {name: values for name, values in columns.items() if name in FACTS_OF_A_LINE}
    facts = Facts.told(len(asked), years=rules.years, **told)
    if rules.once_a_firm:
        facts = replace(facts, granted_here=_granted_here(asked, scheme))
    ends = np.cumsum([len(lines) for lines in requests.values()]).tolist()
    lines_of = {
        year: slice(end - len(requests[year]), end)
        for year, end in zip(requests, ends, strict=True)
    }
    taken = _paid_elsewhere(facts, columns["person_id"], asked, lines_of, scheme)
    facts = replace(facts, paid_elsewhere=facts.paid_elsewhere | taken)
    return {
        year: Gathered(
            facts.take(lines),
            _sources({name: values[lines] for name, values in columns.items()}),
            columns["person_id"][lines].tolist(),
        )
        for year, lines in lines_of.items()
    }


def _asked(asked: Sequence[Asked], years: int, claim_years: range) -> dict[str, Column]:
    """The columns of the lines, each over so many calendar years, its claim year last."""
    return read_columns(
        statement(years),
        {
            "employments": [request.employment_id for _, request in asked],
            "filed": [request.filed_on for _, request in asked],
            "claim_years": [year for year, _ in asked],
            "first_year": claim_years.start - years + 1,
            "last_year": claim_years.stop - 1,
        },
        layout(years),
    )


def _sources(columns: Mapping[str, Column]) -> Sources:
    """None where no received file told the fact."""
    names = [column.name for column in fields(Sources)]
    return Sources(*([value or None for value in columns[name].tolist()] for name in names))


def _paid_elsewhere(
    facts: Facts,
    person_ids: Column,
    asked: Sequence[Asked],
    lines_of: Mapping[int, slice],
    scheme: str,
) -> NDArray[np.bool_]:
    """Whether a live line of another claim of the same family pays one of the days."""
    taken = np.zeros(len(facts), dtype=np.bool_)
    days = [paid_days(facts.take(lines), scheme, year) for year, lines in lines_of.items()]
    from_day = np.concatenate([each.from_day for each in days])
    until_day = np.concatenate([each.until_day for each in days])
    within = np.flatnonzero(from_day <= until_day).tolist()
    if not within:
        return taken
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKEN_ELSEWHERE,
            {
                "people": person_ids[within].tolist(),
                "from": [date_of(day) for day in from_day[within]],
                "until": [date_of(day) for day in until_day[within]],
                "claims": [asked[position][1].claim_id for position in within],
                "family": family_of(scheme),
            },
        )
        taken[[within[row[0]] for row in cursor.fetchall()]] = True
    return taken


def _granted_here(asked: Sequence[Asked], scheme: str) -> NDArray[np.bool_]:
    """Whether another claim of the firm was granted the scheme for this person."""
    granted = np.zeros(len(asked), dtype=np.bool_)
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANTED_HERE,
            {
                "employments": [request.employment_id for _, request in asked],
                "claims": [request.claim_id for _, request in asked],
                "scheme": scheme,
            },
        )
        granted[[row[0] for row in cursor.fetchall()]] = True
    return granted
