"""Both readings of the law side by side: the columns of the engine, and one person at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from primes.rules.assessment import Assessment, codes_of
from primes.rules.columns import Facts, date_of
from primes.rules.engine import rules_of
from tests.primes.rules.oracle import aide_2007, pae_2025, paf_2025
from tests.primes.rules.oracle.persons import Person, persons_of
from tests.primes.rules.oracle.verdict import Verdict


@dataclass(frozen=True)
class Reading:
    judge: Callable[[Person, int, Any], Verdict]
    text: Callable[..., Any]


READINGS: Mapping[str, Reading] = {
    "paf-2025": Reading(paf_2025.judge, paf_2025.Text),
    "pae-2025": Reading(pae_2025.judge, pae_2025.Text),
    "aide-formation-2007": Reading(aide_2007.judge, aide_2007.Text),
}


def years_of(scheme: str) -> range:
    """The claim years the scheme answers for."""
    _, text = rules_of(scheme)
    return range(text.first_year, text.last_year + 1)


def require_agreement(assessment: Assessment, facts: Facts, **values: Any) -> None:
    """Fail on the first person of whom the two readings say different things.

    `values` are what the text says otherwise than today.
    """
    reading = READINGS[assessment.scheme]
    text = reading.text(**values)
    for line, person in enumerate(persons_of(facts, assessment.year)):
        judged = reading.judge(person, assessment.year, text)
        assert said_of(assessment, line) == judged, (assessment.year, person)


def said_of(assessment: Assessment, line: int) -> Verdict:
    days = int(assessment.w_days[line])
    bounds = (assessment.w_from[line], assessment.w_until[line])
    return Verdict(
        failing=list(assessment.reasons(line)),
        unknown=list(codes_of(int(assessment.unknown[line]), assessment.conditions)),
        warnings=list(assessment.warnings_of(line)),
        amounts=dict(zip(assessment.rows, assessment.amounts[line].tolist(), strict=True)),
        amount=int(assessment.amount[line]),
        p_days=int(assessment.p_days[line]),
        paid=(date_of(bounds[0]), date_of(bounds[1])) if days else None,
        w_days=days,
    )
