from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from primes.rules.deadlines import decision_days, filing_window
from primes.rules.errors import ParameterNotFound, ParameterRefused, UnknownScheme
from primes.rules.parameters.loader import load_scheme, read_scheme, scheme_names
from primes.rules.parameters.sheets import Certainty, ReadOn
from tests.primes.rules.lines import Line
from tests.primes.rules.texts import assess_lines, since, text_with

SHEETS = Path(__file__).parents[3] / "primes" / "rules" / "parameters" / "paf-2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for sheet in SHEETS.glob("*.yaml"):
        (tmp_path / sheet.name).write_bytes(sheet.read_bytes())
    return tmp_path


def test_every_scheme_on_disk_keeps_to_the_form() -> None:
    assert [load_scheme(name).name for name in scheme_names()] == [
        "aide-formation-2007",
        "pae-2025",
        "paf-2025",
    ]


def test_a_rate_is_an_exact_ratio() -> None:
    assert load_scheme("paf-2025").parameters["rate"].values[0].value == Fraction(7, 200)


def test_an_unknown_scheme_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownScheme, match=r"« paf-2031 »; there is aide-\S+, pae-\S+, paf-2025"):
        load_scheme("paf-2031")


def test_a_missing_parameter_is_named_with_the_day_and_who_asked() -> None:
    text = load_scheme("paf-2025")

    with pytest.raises(ParameterNotFound, match="« ceiling » on 2026-03-01, asked by new_recruit"):
        text.parameter("ceiling", "new_recruit", date(2026, 3, 1))


def test_every_hypothesis_is_marked_as_one() -> None:
    parameters = load_scheme("paf-2025").parameters
    known = {"rate", "hired_from", "bonus_months", "branches", "nationality", "decision_days"}

    hypotheses = {
        name for name, p in parameters.items() if p.values[0].certainty is Certainty.HYPOTHESIS
    }

    assert hypotheses == set(parameters) - known


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("value: 3.5", "value: 3,5", "found '3,5', expected percent"),
        ("value: 3.5", "value: none", "found 'none', expected percent"),
        ("  2025-07-01:", "  2025-08-01:", "a first value on 2025-07-01"),
        ("read_on: claim_year_end", "read_on: whenever", "whenever"),
        ("certainty: press", "certainty: rumour", "rumour"),
        ("unit: percent", "unit: furlongs", "furlongs"),
        ("unit: percent\n", "", "exactly"),
        ("last_checked_on: 2026-11-23", "last_checked_on: lately", "lately"),
        ("      place: ", "      page: ", "reference"),
        ("  ar: ", "  es: ", "exactly ar, en, fr"),
        ("unit: percent", "unit: percent\nunit: percent", "each key once"),
        ("unit: percent", "unit: [percent", "a YAML sheet"),
    ],
)
def test_a_sheet_that_does_not_keep_to_the_form_is_refused(
    folder: Path, old: str, new: str, complaint: str
) -> None:
    sheet = folder / "rate.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(ParameterRefused, match=complaint):
        read_scheme("paf-2025", folder)


@pytest.mark.parametrize("day", ["2025-06-01", "20250701"])
def test_dates_that_go_back_or_stand_still_are_refused(folder: Path, day: str) -> None:
    sheet = folder / "rate.yaml"
    text = sheet.read_text(encoding="utf-8")
    entry = text[text.index("  2025-07-01:") :]
    earlier = entry.replace("2025-07-01", day)
    sheet.write_text(text + earlier, encoding="utf-8")

    with pytest.raises(ParameterRefused, match="ascending dates"):
        read_scheme("paf-2025", folder)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 1, 1), 12),
        (date(2026, 5, 31), 12),
        (date(2026, 6, 1), 24),
        (date(2026, 6, 2), 24),
    ],
)
def test_a_value_holds_from_its_date_until_the_next(day: date, expected: int) -> None:
    text = text_with(months_without_same_employer=since(12, date(2026, 6, 1), 24))
    facts_day = (day - date(1970, 1, 1)).days

    assert text.parameters["months_without_same_employer"].on(facts_day).value == expected


def test_a_number_read_on_the_hire_date_is_picked_line_by_line() -> None:
    lines = [
        Line(hired_on=hired_on, last_same_employer_on=hired_on.replace(year=2025))
        for hired_on in (date(2026, 5, 31), date(2026, 6, 1))
    ]

    assessment = assess_lines(
        lines, 2026, months_without_same_employer=since(12, date(2026, 6, 1), 24)
    )

    assert [assessment.reasons(i) for i in range(2)] == [(), ("new_recruit",)]


def test_words_read_on_the_hire_date_are_picked_line_by_line() -> None:
    lines = [
        Line(hired_on=date(2026, 5, 31), contract="CDD"),
        Line(hired_on=date(2026, 6, 1), contract="CDD"),
        Line(hired_on=None, contract="CDI"),
    ]
    words = since(("CDI",), date(2026, 6, 1), ("CDI", "CDD"))

    assessment = assess_lines(lines, 2026, stable_contracts=words)

    assert ["stable_contract" in assessment.reasons(i) for i in range(3)] == [True, False, True]
    assert assessment.eligible.tolist() == [False, True, False]


ABOUT_RECRUITMENT = {
    "hired_from",
    "hired_until",
    "nationality",
    "stable_contracts",
    "months_without_same_employer",
    "degree_years_min",
}
ABOUT_FILING = {"filing_opens", "filing_closes", "decision_days"}


@pytest.mark.parametrize("scheme", scheme_names())
def test_what_is_about_recruitment_is_read_on_the_hire_date_and_filing_on_its_day(
    scheme: str,
) -> None:
    parameters = load_scheme(scheme).parameters

    on = {day: {n for n, each in parameters.items() if each.read_on is day} for day in ReadOn}

    assert on[ReadOn.HIRE_DATE] == ABOUT_RECRUITMENT & set(parameters)
    assert on[ReadOn.FILING_DAY] == ABOUT_FILING


def test_a_rate_is_read_on_the_last_day_of_the_claim_year() -> None:
    rates = since(Fraction(35, 1000), date(2026, 12, 31), Fraction(4, 100))

    amounts = [int(assess_lines([Line()], year, rate=rates).amount[0]) for year in (2025, 2026)]

    assert amounts == [210_000, 240_000]


def test_a_word_outside_the_vocabulary_is_refused_and_admits_nobody() -> None:
    with pytest.raises(ParameterRefused, match="stable_contracts"):
        assess_lines([Line()], 2025, stable_contracts=("CDI", "SINECURE"))


def test_a_claim_is_filed_from_march_to_june_of_the_following_year() -> None:
    window = filing_window("paf-2025", 2025, date(2026, 4, 1))

    assert window == (date(2026, 3, 1), date(2026, 6, 30))


def test_a_decision_is_due_in_sixty_days() -> None:
    assert decision_days("paf-2025", date(2026, 4, 1)) == 60
