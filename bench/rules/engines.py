"""The engines measured: what each is given, what it does each time, and what it answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np

from bench.rules import openfisca
from bench.rules.openfisca_law import FORMULAS
from bench.rules.people import YEAR
from bench.rules.plain_decimal import decide, decide_on_yearly_facts, records
from primes.rules.assessment import Assessment
from primes.rules.columns import Column, Facts, Int64s
from primes.rules.engine import assess_under, rules_of
from primes.rules.law import Law
from primes.rules.schemes import paf_2025, recruitment
from primes.rules.schemes.declaration import Rules, amount_row, condition

T = TypeVar("T")
FULL, TEXT = rules_of("paf-2025")


@amount_row(facts=("income",))
def whole_income(facts: Facts, law: Law, incomes: Int64s) -> Int64s:
    return incomes[:, -1]


YEARLY = replace(
    FULL,
    conditions=(
        recruitment.branch_eligible,
        recruitment.certificate_valid,
        recruitment.firm_in_good_standing,
        recruitment.nationality_moroccan,
        recruitment.hired_in_period,
        condition(facts=("contract",), remedy="check_contract")(recruitment.contract_admitted),
        paf_2025.income_positive,
        paf_2025.trained_in_year,
        recruitment.not_funded_elsewhere,
    ),
    rows=(whole_income, paf_2025.gross),
    warnings=(),
    paid_days=FULL.employment,
)
"""The law on yearly facts only: no windows, no months, no warnings."""


@dataclass(frozen=True)
class Answer:
    """Of each person: the conditions failed and the warnings said, as bit masks, and centimes."""

    failed: Column
    warned: Column | None
    amount: Column


@dataclass(frozen=True)
class Engine:
    name: str
    given: Callable[[Facts], Any]
    """The people in the form the engine takes; timed apart, once."""
    built: Callable[[Any], Any]
    """What has to be made anew before each run; timed apart."""
    run: Callable[[Any], Any]
    answer: Callable[[Any], Answer] | None


def columns_read(facts: Facts, rules: Rules) -> list[Column]:
    known = {f"{name}_known" for name in ("income", "salary") if name in rules.facts}
    return [facts.columns()[name] for name in sorted(rules.facts | known)]


def ours(rules: Rules) -> Engine:
    def run(facts: Facts) -> Assessment:
        return assess_under(facts, rules, TEXT, YEAR)

    def answer(assessment: Assessment) -> Answer:
        return Answer(assessment.failed, assessment.warned, assessment.amount)

    return Engine("ours", _same, _same, run, answer)


def floor(rules: Rules) -> Engine:
    """Memory alone: each column that the law reads is touched once."""

    def touch(columns: list[Column]) -> list[Any]:
        return [column.max() for column in columns]

    return Engine("memory floor", partial(columns_read, rules=rules), _same, touch, None)


def tuned_openfisca(name: str, rules: Rules, floats: type) -> Engine:
    law = openfisca.system(TEXT, FORMULAS, floats)
    outputs = ["failed", "amount", "warned"]
    if rules is YEARLY:
        outputs = ["failed_on_yearly_facts", "amount_on_yearly_facts"]

    def built(arrays: openfisca.Inputs) -> tuple[Any, openfisca.Inputs]:
        size = len(next(iter(arrays.values())))
        return openfisca.simulation(law, size), arrays

    def run(made: tuple[Any, openfisca.Inputs]) -> list[Column]:
        return openfisca.calculate(*made, outputs)

    def answer(computed: list[Column]) -> Answer:
        failed, amount, *warned = computed
        centimes = np.rint(amount.astype(np.float64) * 100).astype(np.int64)
        return Answer(failed, warned[0] if warned else None, centimes)

    return Engine(
        name, partial(openfisca.inputs, read=rules.facts, floats=floats), built, run, answer
    )


def plain_decimal(rules: Rules) -> Engine:
    yearly = rules is YEARLY
    decided = decide_on_yearly_facts if yearly else decide

    def answer(decisions: list[Any]) -> Answer:
        answers, warnings, amounts = zip(*decisions, strict=True)
        centimes = np.array([int(amount * 100) for amount in amounts])
        failed = np.array([_mask(not held for held in line) for line in answers])
        warned = None if yearly else np.array([_mask(line) for line in warnings])
        return Answer(failed, warned, centimes)

    return Engine(
        "plain Decimal",
        partial(records, read=rules.facts),
        _same,
        lambda people: [decided(person) for person in people],
        answer,
    )


def _mask(flags: Iterable[bool]) -> int:
    return sum(1 << position for position, flag in enumerate(flags) if flag)


def _same(given: T) -> T:
    return given
