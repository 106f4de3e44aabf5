"""An amount row with the figures of its line."""

from dataclasses import replace
from datetime import date

from accounts.formats import NBSP
from primes.rules.explain import Grounds, ParameterRead, Shown, Step, explain
from primes.rules.parameters.sheets import Reference
from primes.wording.explanation import Block, blocks
from primes.wording.formulas import formula
from tests.primes.rules.lines import ORDINARY, Line, Training
from tests.primes.rules.texts import facts_for

CONVERTED = Line(hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), income=9_000_000)
AID = "aide-formation-2007"
DEAR = Training(cost=5_600_000)
NOWHERE = Reference("Texte", "Article", None)


def dh(text: str) -> str:
    return text.replace(" ", NBSP) + f"{NBSP}DH"


def row(line: Line, code: str, scheme: str = "paf-2025", year: int = 2026) -> Block:
    told = blocks(explain(facts_for([line], scheme, year), scheme, year), "fr", year=year)
    return next(each for each in told if each.code == code)


def test_a_share_by_days_shows_both_numbers_of_days():
    base = row(CONVERTED, "base")

    assert base.formula == f"{dh('90 000,00')} × 275{NBSP}jours ÷ 351{NBSP}jours"
    assert base.answer == dh("70 512,82")


def test_a_share_by_months_shows_both_sums_of_salaries():
    base = row(replace(CONVERTED, salaries=(500_000, *[800_000] * 11)), "base")

    assert base.formula == f"{dh('90 000,00')} × {dh('72 000,00')} ÷ {dh('93 000,00')}"
    assert base.answer == dh("69 677,42")


def test_nothing_is_computed_of_a_whole_income_or_of_no_day():
    whole = row(Line(hired_on=date(2026, 1, 1)), "base")
    nothing = row(Line(hired_on=date(2026, 1, 1), contract="CDD"), "base")

    assert (whole.formula, whole.answer) == ("", dh("60 000,00"))
    assert dict(whole.figures)["Partage du revenu"].startswith("le revenu entier")
    assert (nothing.formula, nothing.answer) == ("", dh("0,00"))
    assert dict(nothing.figures)["Partage du revenu"] == "aucun jour n'ouvre droit"


def test_a_rate_multiplies_the_row_before():
    assert row(CONVERTED, "gross").formula == f"{dh('70 512,82')} × 3,5{NBSP}%"


def test_a_rate_multiplies_the_sum_of_the_years():
    gross = row(ORDINARY["pae-2025"], "gross", "pae-2025")

    assert gross.formula == f"({dh('60 000,00')} + {dh('59 506,85')}) × 17{NBSP}%"


def test_a_maximum_untouched_is_shown_whole():
    left = row(ORDINARY[AID], "overall_left", AID, 2024)

    assert left.formula == f"le plus petit de {dh('10 000,00')} et de {dh('65 000,00')}"


def test_a_maximum_is_shown_less_what_was_granted():
    line = replace(ORDINARY[AID], granted_before=(1_000_000, 200_000, 0), trainings=(DEAR,))

    left = row(line, "overall_left", AID, 2024)

    assert left.formula == (
        f"le plus petit de {dh('56 000,00')} et de ({dh('65 000,00')} − {dh('12 000,00')})"
    )
    assert left.answer == dh("53 000,00")


def test_nothing_is_left_of_a_maximum_that_was_passed():
    line = replace(ORDINARY[AID], granted_before=(7_000_000, 0, 0))

    left = row(line, "overall_left", AID, 2024)

    assert left.formula == f"le plus petit de {dh('10 000,00')} et de {dh('0,00')}"


def row_not_in_force(
    code: str, *, number: ParameterRead | None = None, part: str = "", **told: Shown
) -> Step:
    """A row that no text in force has yet, with 4 000,00 DH before it."""
    facts = tuple(pair for pair in told.items() if pair[0] != "left")
    figures = {"previous": 400_000} | {k: v for k, v in told.items() if k == "left"}
    numbers = (number,) if number else ()
    grounds = Grounds(f"{AID}.{code}", facts, numbers, "text", NOWHERE)
    return Step("row", code, grounds, part, figures=tuple(figures.items()), amount=0)


def number(name: str, value: Shown) -> ParameterRead:
    return ParameterRead(name, value, "2026-01-01", "dirhams", "text", NOWHERE)


def test_a_yearly_maximum_is_shown():
    step = row_not_in_force("cap", number=number("amount_max_per_year", 300_000))

    assert formula(step, (), "fr") == f"le plus petit de {dh('4 000,00')} et de {dh('3 000,00')}"


def test_the_proved_cost_is_shown_as_a_limit():
    step = row_not_in_force("training_cost_limit", training_cost=250_000)

    assert formula(step, (), "fr") == f"le plus petit de {dh('4 000,00')} et de {dh('2 500,00')}"


def test_a_filled_ceiling_is_shown_less_what_its_year_was_granted():
    cells = number("ceilings", (None, 500_000, None))
    told = {"granted_before": (900_000, 150_000, 0), "left": 350_000}

    step = row_not_in_force("ceiling", number=cells, part="2", **told)

    assert formula(step, (), "fr") == (
        f"le plus petit de {dh('4 000,00')} et de ({dh('5 000,00')} − {dh('1 500,00')})"
    )


def test_an_empty_cell_limits_nothing_and_says_so():
    cells = number("ceilings", (None, 500_000, None))

    step = row_not_in_force("ceiling", number=cells, part="1", granted_before=(0, 0, 0))

    assert formula(step, (), "fr") == f"{dh('4 000,00')}, la case étant vide"
