"""The only bridge from rows to columns: what the database knows of some lines, as the law is told
it.

One statement gathers everything, whatever the number of lines; the server turns monthly rows into
one array a person before anything travels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Facts,
    date_of,
    day_of,
)
from primes.rules.engine import bonus_window

Column = Sequence[Any]
"""One column of the answer, as the driver gives it."""

FAMILIES = {"paf-2025": "training"}
"""Schemes of one family never pay the same day of a person twice."""


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


_STATEMENT = """
WITH want AS (
  SELECT * FROM unnest(%(employments)s::bigint[], %(filed)s::date[]) WITH ORDINALITY
    AS w(employment_id, filed_on, position)
), line AS (
  SELECT w.position, w.filed_on, e.*, p.firm_id, p.person_id, p.nationality, p.has_cnss_number
  FROM want w JOIN companies_employment e ON e.id = w.employment_id
  JOIN companies_employee p ON p.id = e.employee_id
), pay AS (
  SELECT m.employee_id, {monthly_sums} AS salaries
  FROM companies_paymonth m
  WHERE m.employee_id IN (SELECT employee_id FROM line)
    AND m.month >= make_date(%(year)s, 1, 1) AND m.month <= make_date(%(year)s, 12, 1)
  GROUP BY m.employee_id
), declared AS (
  SELECT r.firm_id, array_agg(DISTINCT extract(month FROM l.period)::integer) AS months
  FROM companies_fileload l JOIN companies_receivedfile r ON r.id = l.file_id
  WHERE r.kind = 'ds' AND l.supplement = 0 AND extract(year FROM l.period) = %(year)s
    AND r.firm_id IN (SELECT firm_id FROM line)
  GROUP BY r.firm_id
), attended AS (
  SELECT l.position, sum(a.minutes)::bigint AS minutes,
    sum(s.cost * a.minutes / whole.minutes)::bigint AS cost
  FROM line l JOIN trainings_attendance a ON a.employee_id = l.employee_id
  JOIN trainings_session s ON s.id = a.session_id
  CROSS JOIN LATERAL (
    SELECT sum(minutes) AS minutes FROM trainings_attendance WHERE session_id = s.id) AS whole
  WHERE s.ends_on <= l.filed_on AND extract(year FROM s.starts_on) = %(year)s
  GROUP BY l.position
)
SELECT l.person_id, f.branch, eligibility.valid_from, eligibility.valid_until, cnss.valid_until,
  tax.valid_until, l.filed_on, f.export_share_bp, f.started_on, l.nationality, l.hired_on,
    l.left_on,
  l.contract, l.stable_from, l.earlier_declared, l.last_same_employer_on, l.has_cnss_number,
  y.taxable_income, y.months, pay.salaries, d.months, coalesce(t.minutes, 0), coalesce(t.cost, 0),
  coalesce(y.funded_by, '') <> '', y.source_id, y.line, l.hired_source_id, l.hired_line
FROM line l JOIN companies_firm f ON f.id = l.firm_id
LEFT JOIN companies_payyear y ON y.employee_id = l.employee_id AND y.year = %(year)s
LEFT JOIN pay ON pay.employee_id = l.employee_id
LEFT JOIN declared d ON d.firm_id = l.firm_id
LEFT JOIN attended t ON t.position = l.position
LEFT JOIN LATERAL (
  SELECT c.valid_from, c.valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind IN ('p2i', 'committee')
  ORDER BY make_date(%(year)s, 12, 31) BETWEEN c.valid_from AND c.valid_until DESC, c.valid_until
    DESC
  LIMIT 1) AS eligibility ON true
LEFT JOIN LATERAL (
  SELECT max(c.valid_until) AS valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind = 'cnss' AND c.valid_from <= l.filed_on) AS cnss ON true
LEFT JOIN LATERAL (
  SELECT max(c.valid_until) AS valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind = 'tax' AND c.valid_from <= l.filed_on) AS tax ON true
ORDER BY l.position
""".replace(
    "{monthly_sums}",
    "ARRAY["
    + ", ".join(
        "coalesce(sum(m.real_salary)"
        f" FILTER (WHERE extract(month FROM m.month) = {month}), 0)::bigint"
        for month in range(1, 13)
    )
    + "]",
)

_TAKEN_ELSEWHERE = """
SELECT w.position - 1
FROM unnest(%(people)s::bigint[], %(from)s::date[], %(until)s::date[], %(claims)s::bigint[])
  WITH ORDINALITY AS w(person_id, first_day, last_day, claim_id, position)
WHERE EXISTS (
  SELECT FROM primes_paiddays p JOIN primes_claimline l ON l.id = p.line_id
  WHERE p.live AND p.family = %(family)s AND p.person_id = w.person_id
    AND p.days && daterange(w.first_day, w.last_day, '[]') AND l.claim_id <> w.claim_id)
"""


def gather(requests: Sequence[LineRequest], *, scheme: str, year: int) -> Gathered:
    """Facts of the requested lines, in their order; amounts in centimes."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT,
            {
                "employments": [request.employment_id for request in requests],
                "filed": [request.filed_on for request in requests],
                "year": year,
            },
        )
        rows = cursor.fetchall()
    columns: list[Column] = list(zip(*rows, strict=True)) if rows else [()] * 28
    person_ids = [int(person) for person in columns[0]]
    facts = _facts(columns)
    taken = _paid_elsewhere(facts, person_ids, requests, scheme=scheme, year=year)
    facts = replace(facts, paid_elsewhere=facts.paid_elsewhere | taken)
    return Gathered(facts, Sources(*[list(column) for column in columns[24:28]]), person_ids)


def _facts(columns: Sequence[Column]) -> Facts:
    salary, salary_known = _salaries(columns[19], columns[20], columns[18])
    income = columns[17]
    return Facts(
        branch=BRANCHES.encode(columns[1]),
        certificate_from=_days(columns[2], UNKNOWN_DAY),
        certificate_until=_days(columns[3], UNKNOWN_DAY),
        cnss_certificate_until=_days(columns[4], UNKNOWN_DAY),
        tax_certificate_until=_days(columns[5], UNKNOWN_DAY),
        filed_on=_days(columns[6], UNKNOWN_DAY),
        export_share_bp=_amounts(columns[7], UNKNOWN_SHARE),
        firm_started_on=_days(columns[8], UNKNOWN_DAY),
        nationality=NATIONALITIES.encode(columns[9]),
        hired_on=_days(columns[10], UNKNOWN_DAY),
        left_on=_days(columns[11], NO_END),
        contract=CONTRACTS.encode(columns[12]),
        stable_from=_days(columns[13], UNKNOWN_DAY),
        last_same_employer_on=_earlier(columns[14], columns[15]),
        has_cnss_number=_flags(columns[16]),
        income=_amounts(income, 0).reshape(-1, 1),
        income_known=_flags([amount is not None for amount in income]).reshape(-1, 1),
        salary=salary,
        salary_known=salary_known,
        training_minutes=_amounts(columns[21], 0),
        training_cost=_amounts(columns[22], 0),
        paid_elsewhere=_flags(columns[23]),
    )


def _days(values: Column, absent: int) -> NDArray[np.int64]:
    return np.array(
        [absent if day is None else day_of(day) for day in values],
        dtype=np.int64,
    )


def _earlier(declared: Column, dates: Column) -> NDArray[np.int64]:
    """A date when the firm gave one, NEVER when it answered « aucune », else unknown."""
    return np.array(
        [
            day_of(day) if day is not None else NEVER if answered else UNKNOWN_DAY
            for answered, day in zip(declared, dates, strict=True)
        ],
        dtype=np.int64,
    )


def _amounts(values: Column, absent: int) -> NDArray[np.int64]:
    return np.array([absent if value is None else value for value in values], dtype=np.int64)


def _flags(values: Column) -> NDArray[np.bool_]:
    return np.array(values, dtype=np.bool_)


def _salaries(
    sums: Column, declared_months: Column, typed: Column
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Twelve months a line: the CNSS files of a month when the firm sent them, else what it typed.

    A person absent from a month's declaration has salary 0 in it.
    """
    size = len(sums)
    salary = np.zeros((size, 12), dtype=np.int64)
    known = np.zeros((size, 12), dtype=np.bool_)
    for position, (paid, months, own) in enumerate(zip(sums, declared_months, typed, strict=True)):
        for month, amount in enumerate(own or ()):
            if amount is not None:
                salary[position, month], known[position, month] = amount, True
        if months:
            chosen = np.array(months, dtype=np.int64) - 1
            salary[position, chosen] = np.array(paid, dtype=np.int64)[chosen] if paid else 0
            known[position, chosen] = True
    return salary, known


def _paid_elsewhere(
    facts: Facts, person_ids: list[int], requests: Sequence[LineRequest], *, scheme: str, year: int
) -> NDArray[np.bool_]:
    """Whether a live line of another claim of the same family pays a day of the window."""
    taken = np.zeros(len(facts), dtype=np.bool_)
    window = bonus_window(facts, scheme, year)
    within = np.flatnonzero(window.not_empty).tolist()
    if not within:
        return taken
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKEN_ELSEWHERE,
            {
                "people": [person_ids[position] for position in within],
                "from": [date_of(day) for day in window.from_day[within]],
                "until": [date_of(day) for day in window.until_day[within]],
                "claims": [requests[position].claim_id for position in within],
                "family": FAMILIES[scheme],
            },
        )
        taken[[within[row[0]] for row in cursor.fetchall()]] = True
    return taken
