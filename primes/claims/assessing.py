"""Running the law on claim lines and keeping what it said: only ever added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from accounts.formats import CASABLANCA
from primes.claims.facts import Gathered, LineRequest, gather
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.claims.models.rule_set import RuleSet
from primes.rules.assessment import Assessment as Answer
from primes.rules.columns import FACTS_OF_A_LINE, FACTS_OF_AN_ITEM, Facts, dtype_of
from primes.rules.engine import assess


@dataclass(frozen=True, slots=True)
class Assessed:
    """Assessments, not stored yet, beside the columns they came from, position by position."""

    assessments: list[Assessment]
    gathered: Gathered
    answer: Answer


def assess_lines(
    lines: Sequence[ClaimLine],
    *,
    rule_set: RuleSet,
    purpose: Assessment.Purpose,
    at: datetime,
) -> Assessed:
    """Gather and assess lines of claims of one scheme and year; their claims are loaded with them.

    The day of filing is that of each claim, or the day of `at` while it is not filed.
    """
    claim = lines[0].claim
    requests = [
        LineRequest(
            line.employment_id,
            _filed_on(line.claim, at),
            line.claim_id,
        )
        for line in lines
    ]
    gathered = gather(requests, scheme=claim.scheme, year=claim.year)
    answer = assess(gathered.facts, claim.scheme, claim.year)
    rows = [
        Assessment(
            line=line,
            rule_set=rule_set,
            scheme=claim.scheme,
            year=claim.year,
            purpose=purpose,
            assessed_at=at,
            **told,
        )
        for line, told in zip(lines, _stored(gathered, answer), strict=True)
    ]
    return Assessed(rows, gathered, answer)


def _filed_on(claim: Claim, otherwise: datetime) -> date:
    return (claim.filed_at or otherwise).astimezone(CASABLANCA).date()


def keep(assessed: Assessed, *, unless_told_by: Mapping[int, Assessment]) -> int:
    """Store the assessments, but for those that repeat the one in force of their line; returns the
    count.

    A repetition has the same moment, rules, facts and answer: asking twice changes nothing.
    """
    fresh = [
        row
        for row in assessed.assessments
        if row.line_id not in unless_told_by
        or _content(row) != _content(unless_told_by[row.line_id])
    ]
    Assessment.objects.bulk_create(fresh, batch_size=5000)
    return len(fresh)


def facts_of(assessments: Sequence[Assessment]) -> Facts:
    """The columns as they were told to the law, from the stored integers."""
    columns = {
        name: np.array([getattr(each, name) for each in assessments], dtype=dtype_of(name))
        for name in FACTS_OF_A_LINE
    }
    items = [len(each.item_first_day) for each in assessments]
    columns["item_line"] = np.repeat(np.arange(len(items)), items)
    for name in FACTS_OF_AN_ITEM:
        told = [value for each in assessments for value in getattr(each, name)]
        columns[name] = np.array(told, dtype=dtype_of(name))
    return Facts(**columns)


def still_told_the_same(claim: Claim, assessments: Sequence[Assessment]) -> bool:
    """Whether the rows say today what these assessments of a filed claim were told.

    A file loaded since, an answer changed, a day granted to another firm: the law has to be asked
    again before anybody relies on what it said.
    """
    filed_on = _filed_on(claim, assessments[0].assessed_at)
    requests = [LineRequest(each.line.employment_id, filed_on, claim.pk) for each in assessments]
    now = gather(requests, scheme=claim.scheme, year=claim.year).facts.columns()
    then = facts_of(assessments).columns()
    return all(np.array_equal(now[name], then[name]) for name in now)


def _content(row: Assessment) -> list[object]:
    own = {"id", "assessed_at"}
    return [
        getattr(row, column.attname)
        for column in Assessment._meta.concrete_fields
        if column.attname not in own
    ]


def _stored(gathered: Gathered, answer: Answer) -> list[dict[str, object]]:
    """The columns of the database, a dictionary a line."""
    columns: dict[str, list[object]] = {
        name: getattr(gathered.facts, name).tolist() for name in FACTS_OF_A_LINE
    }
    columns |= _items_by_line(gathered.facts)
    columns |= {
        "failed": answer.failed.tolist(),
        "unknown": answer.unknown.tolist(),
        "warnings": answer.warned.tolist(),
        "eligible": answer.eligible.tolist(),
        "window_from": answer.w_from.tolist(),
        "window_until": answer.w_until.tolist(),
        "amounts": answer.amounts.tolist(),
        "amount": answer.amount.tolist(),
        "income_source_id": list(gathered.sources.income_source),
        "income_line": list(gathered.sources.income_line),
        "hired_source_id": list(gathered.sources.hired_source),
        "hired_line": list(gathered.sources.hired_line),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _items_by_line(facts: Facts) -> dict[str, list[object]]:
    """A list of items a line, column by column."""
    bounds = np.searchsorted(facts.item_line, np.arange(1, len(facts)))
    return {
        name: [items.tolist() for items in np.split(getattr(facts, name), bounds)][: len(facts)]
        for name in FACTS_OF_AN_ITEM
    }


def latest_assessments(claim_id: int) -> list[Assessment]:
    """The assessment in force of each line of a claim, in the order of the lines."""
    rows = (
        Assessment.objects.filter(line__claim_id=claim_id)
        .latest_of_each_line()
        .select_related("line", "rule_set")
        .defer("rule_set__package")
    )
    return sorted(rows, key=lambda each: each.line.position)
