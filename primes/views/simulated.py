"""What the simulator answers for one person: what is not asked is taken as favourable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from primes.claims.from_files_asked import Asked, asked_of, rate_of
from primes.claims.from_files_person import FirmSaid, PersonSaid, facts_from
from primes.rules.engine import assess
from primes.rules.explain import explain
from primes.wording.explanation import Block, blocks

# The facts that no question of the simulator gives.
ASSUMED = frozenset(
    {
        *("branch", "certificate_from", "certificate_until", "export_share_bp"),
        *("cnss_certificate_until", "tax_certificate_until", "filed_on", "firm_started_on"),
        *("has_cnss_number", "last_same_employer_on", "paid_elsewhere", "granted_here"),
    }
)


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """`incomes` in centimes by calendar year; no `stable_from` means the hire date."""

    hired_on: date
    incomes: Mapping[int, int]
    contract: str = "CDI"
    stable_from: date | None = None
    left_on: date | None = None
    nationality: str = "MA"
    is_trained: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """Centimes: `base` and `each` for one person, `total` for `people` of them."""

    year: int
    people: int
    base: int
    rate: Fraction
    each: int
    eligible: bool
    reasons: tuple[str, ...]
    rules: str
    conditions: tuple[Block, ...]
    rows: tuple[Block, ...]

    @property
    def total(self) -> int:
        return self.people * self.each


def estimated(
    person: SimulatedPerson, scheme: str, year: int, *, people: int, language: str
) -> Estimate:
    asked = asked_of(scheme, year)
    facts = facts_from([_said(person, asked)], FirmSaid(), asked)
    answer = assess(facts, scheme, year)
    assumed = ASSUMED | ({"training_minutes"} if person.is_trained else set())
    shown = blocks(explain(facts, scheme, year), language, year=year, assumed=assumed)
    return Estimate(
        year=year,
        people=people,
        base=int(answer.base[0]),
        rate=rate_of(scheme, year) or Fraction(0),
        each=int(answer.amount[0]),
        eligible=bool(answer.eligible[0]),
        reasons=answer.reasons(0),
        rules=answer.digest[:12],
        conditions=tuple(block for block in shown if block.kind == "condition"),
        rows=tuple(block for block in shown if block.kind == "row"),
    )


def _said(person: SimulatedPerson, asked: Asked) -> PersonSaid:
    return PersonSaid(
        file="",
        line=1,
        number="",
        cin="",
        has_cnss_number=True,
        nationality=person.nationality,
        hired_on=person.hired_on,
        left_on=person.left_on,
        contract=person.contract,
        stable_from=person.stable_from,
        incomes=[person.incomes.get(year) for year in asked.years],
        training_minutes=asked.training_minutes if person.is_trained else 0,
    )
