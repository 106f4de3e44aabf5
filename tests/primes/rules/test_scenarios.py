"""The law, case by case, as a lawyer would read it: `tests/scenarios/paf-2025`."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from primes.rules.columns import date_of
from primes.rules.engine import assess
from tests.primes.rules.lines import Line, facts_of

FOLDER = Path(__file__).parents[2] / "scenarios" / "paf-2025"


def read_scenarios() -> list[dict[str, Any]]:
    return [
        scenario | {"file": file.stem}
        for file in sorted(FOLDER.glob("*.yaml"))
        for scenario in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts
    ]


@pytest.mark.parametrize("scenario", read_scenarios(), ids=lambda s: f"{s['file']}: {s['name']}")
def test_the_law_answers_as_the_scenario_says(scenario: dict[str, Any]) -> None:
    line = line_of(scenario["facts"])

    assessment = assess(facts_of([line]), "paf-2025", int(scenario["year"]))

    answer = answer_of(assessment)
    expected = {name: read_expected(value) for name, value in scenario["expected"].items()}
    assert {name: answer[name] for name in expected} == expected


def line_of(facts: dict[str, Any]) -> Line:
    return Line(
        **{
            RENAMED.get(name, name): None if value == "unknown" else READ[name](value)
            for name, value in facts.items()
        }
    )


def read_money(text: str) -> int | None:
    return None if text == "unknown" else int(Fraction(text) * 100)


def read_flag(text: str) -> bool:
    return text == "true"


READ: dict[str, Callable[[Any], Any]] = {
    "branch": str,
    "nationality": str,
    "contract": str,
    "certificate_from": date.fromisoformat,
    "certificate_until": date.fromisoformat,
    "cnss_certificate_until": date.fromisoformat,
    "tax_certificate_until": date.fromisoformat,
    "filed_on": date.fromisoformat,
    "hired_on": date.fromisoformat,
    "left_on": date.fromisoformat,
    "stable_from": date.fromisoformat,
    "last_same_employer_on": date.fromisoformat,
    "income": read_money,
    "months": lambda months: tuple(read_money(month) for month in months),
    "training_hours": lambda hours: int(hours) * 60,
    "training_minutes": int,
    "export_share": lambda percent: int(percent) * 100,
    "has_cnss_number": read_flag,
    "paid_elsewhere": read_flag,
}
RENAMED = {
    "months": "salaries",
    "training_hours": "training_minutes",
    "export_share": "export_share_bp",
}


def read_expected(value: Any) -> Any:
    """A list of codes, a day, a number of days, or an amount with its two decimals."""
    if isinstance(value, list) or "-" in value:
        return value
    return read_money(value) if "." in value else int(value)


def answer_of(assessment: Any) -> dict[str, Any]:
    unknown = int(assessment.unknown[0])
    return {
        "failing": list(assessment.reasons(0)),
        "unknown": [code for i, code in enumerate(assessment.conditions) if unknown >> i & 1],
        "warnings": list(assessment.warnings_of(0)),
        "amount": int(assessment.amount[0]),
        "p_days": int(assessment.p_days[0]),
        "w_days": int(assessment.w_days[0]),
        "w_from": _day(assessment.w_from[0], assessment.w_days[0]),
        "w_until": _day(assessment.w_until[0], assessment.w_days[0]),
        **dict(zip(assessment.rows, assessment.amounts[0].tolist(), strict=True)),
    }


def _day(day: int, days: int) -> str | None:
    return date_of(day).isoformat() if days else None
