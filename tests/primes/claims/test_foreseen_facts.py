"""What is taken for granted of a year to come, and what never is."""

from dataclasses import replace
from datetime import date

import numpy as np

from primes.claims.foreseen_facts import DailyPay, foreseen, in_post, last_known_pay, undisputed
from primes.rules.columns import CONTRACTS, NATIONALITIES, NO_END, UNKNOWN, Facts
from primes.rules.engine import assess
from tests.primes.rules.lines import Line, facts_of

SCHEME = "paf-2025"
PAY = DailyPay(2025, 6_000_000, 184)


def told(line: Line) -> Facts:
    return facts_of([line])


def unpaid(facts: Facts) -> Facts:
    return replace(facts, income_known=np.zeros_like(facts.income_known))


def test_an_unknown_income_is_the_same_pay_a_day() -> None:
    facts = unpaid(told(Line(hired_on=date(2025, 7, 1))))

    assert foreseen(facts, SCHEME, 2026, PAY).income.tolist() == [[11_902_174]]
    assert foreseen(facts, SCHEME, 2028, PAY).income.tolist() == [[11_934_783]]


def test_a_departure_cuts_the_pay_of_its_year() -> None:
    facts = unpaid(told(Line(hired_on=date(2025, 7, 1), left_on=date(2026, 1, 31))))

    assert foreseen(facts, SCHEME, 2026, PAY).income.tolist() == [[1_010_870]]
    assert foreseen(in_post(facts), SCHEME, 2026, PAY).income.tolist() == [[11_902_174]]


def test_a_known_income_stays() -> None:
    facts = told(Line(income=7_777_777))

    assert foreseen(facts, SCHEME, 2026, PAY).income.tolist() == [[7_777_777]]


def test_what_nobody_answered_is_answered_as_the_law_asks() -> None:
    facts = replace(
        told(Line()),
        contract=np.full(1, UNKNOWN, dtype=np.int16),
        nationality=np.full(1, UNKNOWN, dtype=np.int16),
    )

    hoped = foreseen(facts, SCHEME, 2026, PAY)

    assert CONTRACTS.decode(hoped.contract) == ["CDI"]
    assert NATIONALITIES.decode(hoped.nationality) == ["MA"]


def test_an_answer_stays_whatever_it_costs() -> None:
    facts = told(Line(contract="CDD", nationality="FR", paid_elsewhere=True))

    reasons = assess(foreseen(facts, SCHEME, 2026, PAY), SCHEME, 2026).reasons(0)

    assert {"nationality_moroccan", "stable_contract", "not_funded_elsewhere"} <= set(reasons)


def test_nothing_open_is_left_to_refuse_an_ordinary_recruit() -> None:
    """No certificate, no training, no pay: all of it may still come."""
    ordinary = told(Line())
    facts = Facts.told(1, hired_on=ordinary.hired_on, filed_on=ordinary.filed_on)

    hoped = foreseen(in_post(undisputed(facts)), SCHEME, 2026, PAY)

    assert assess(hoped, SCHEME, 2026).eligible.tolist() == [True]


def test_somebody_in_post_has_no_departure_and_nobody_else_is_paid() -> None:
    facts = told(Line(left_on=date(2026, 1, 31), paid_elsewhere=True))

    assert in_post(facts).left_on.tolist() == [NO_END]
    assert undisputed(facts).paid_elsewhere.tolist() == [False]


def test_the_last_known_pay_is_that_of_the_latest_year_above_zero() -> None:
    first = told(Line(hired_on=date(2025, 7, 1), income=6_000_000))
    nothing = told(Line(hired_on=date(2025, 7, 1), income=0))
    unknown = unpaid(first)

    assert last_known_pay([(2025, first), (2026, nothing), (2027, unknown)]) == PAY
    assert last_known_pay([(2027, unknown)]) is None
