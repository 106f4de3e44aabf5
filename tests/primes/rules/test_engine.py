from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from primes.rules import engine
from primes.rules.engine import assess, assess_under, paid_days, rules_of
from primes.rules.errors import FactsRefused, ParameterNotFound, UnknownScheme
from tests.primes.rules.lines import Line, facts_of


def test_lines_of_several_blocks_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [Line(income=100 * n, paid_elsewhere=n % 3 == 0) for n in range(1, 12)]
    whole = assess(facts_of(lines), "paf-2025", 2025)

    monkeypatch.setattr(engine, "_BLOCK_LINES", 4)

    blocks = assess(facts_of(lines), "paf-2025", 2025)
    assert blocks.amounts.tolist() == whole.amounts.tolist()
    assert blocks.failed.tolist() == whole.failed.tolist()


def test_no_line_at_all_is_answered_by_empty_columns() -> None:
    assessment = assess(facts_of([]), "paf-2025", 2026)

    assert len(assessment) == 0
    assert assessment.amounts.shape == (0, 2)


def test_a_scheme_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownScheme):
        assess(facts_of([Line()]), "paf-1999", 2026)


def test_facts_with_fewer_years_than_the_law_reads_are_refused() -> None:
    rules, text = rules_of("paf-2025")

    with pytest.raises(FactsRefused, match="income: found 1 years, expected 2 years"):
        assess_under(facts_of([Line()]), replace(rules, years=2), text, 2026)


def test_the_window_alone_is_the_window_of_the_assessment() -> None:
    facts = facts_of([Line(hired_on=date(2026, 3, 5)), Line(contract="CDD")])

    window, assessment = (ask(facts, "paf-2025", 2026) for ask in (paid_days, assess))

    assert window.from_day.tolist() == assessment.w_from.tolist()
    assert window.days.tolist() == assessment.w_days.tolist() == [302, 0]


def test_more_income_never_lowers_the_amount() -> None:
    lines = [Line(income=income, stable_from=date(2025, 9, 17)) for income in range(0, 9_000, 7)]

    amounts = assess(facts_of(lines), "paf-2025", 2025).amount

    assert (np.diff(amounts) >= 0).all()


def test_a_condition_that_asks_for_no_known_parameter_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules, _ = rules_of("paf-2025")
    first = replace(rules.conditions[0], parameters=("guilds",))
    changed = replace(rules, conditions=(first, *rules.conditions[1:]))
    monkeypatch.setitem(engine._RULES, "paf-2025", changed)

    with pytest.raises(ParameterNotFound, match="« guilds » on any day, asked by branch_eligible"):
        rules_of.__wrapped__("paf-2025")
