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
    rules, _ = rules_of(scheme)
    columns = _asked(requests, rules.years, year)
    person_ids = columns["person_id"].tolist()
    told = {name: values for name, values in columns.items() if name in FACTS_OF_A_LINE}
    facts = Facts.told(len(person_ids), years=rules.years, **told)
    if "granted_here" in rules.facts:
        facts = replace(facts, granted_here=_granted_here(requests, scheme))
    taken = _paid_elsewhere(facts, person_ids, requests, scheme=scheme, year=year)
    facts = replace(facts, paid_elsewhere=facts.paid_elsewhere | taken)
    return Gathered(facts, _sources(columns), person_ids)


def _asked(requests: Sequence[LineRequest], years: int, year: int) -> dict[str, Column]:
    """The columns of the lines over so many calendar years, the claim year last."""
    return read_columns(
        statement(years),
        {
            "employments": [request.employment_id for request in requests],
            "filed": [request.filed_on for request in requests],
            "year": year,
        },
        layout(years),
    )


def _sources(columns: Mapping[str, Column]) -> Sources:
    """None where no received file told the fact."""
    names = [column.name for column in fields(Sources)]
    return Sources(*([value or None for value in columns[name].tolist()] for name in names))


def _paid_elsewhere(
    facts: Facts, person_ids: list[int], requests: Sequence[LineRequest], *, scheme: str, year: int
) -> NDArray[np.bool_]:
    """Whether a live line of another claim of the same family pays one of the days."""
    taken = np.zeros(len(facts), dtype=np.bool_)
    paid = paid_days(facts, scheme, year)
    within = np.flatnonzero(paid.not_empty).tolist()
    if not within:
        return taken
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKEN_ELSEWHERE,
            {
                "people": [person_ids[position] for position in within],
                "from": [date_of(day) for day in paid.from_day[within]],
                "until": [date_of(day) for day in paid.until_day[within]],
                "claims": [requests[position].claim_id for position in within],
                "family": family_of(scheme),
            },
        )
        taken[[within[row[0]] for row in cursor.fetchall()]] = True
    return taken


def _granted_here(requests: Sequence[LineRequest], scheme: str) -> NDArray[np.bool_]:
    """Whether another claim of the firm was granted the scheme for this person."""
    granted = np.zeros(len(requests), dtype=np.bool_)
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANTED_HERE,
            {
                "employments": [request.employment_id for request in requests],
                "claims": [request.claim_id for request in requests],
                "scheme": scheme,
            },
        )
        granted[[row[0] for row in cursor.fetchall()]] = True
    return granted
