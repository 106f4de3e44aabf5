"""The scenario files: what differs from the ordinary recruit of a scheme, and what the law says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from primes.rules.assessment import Assessment, codes_of
from primes.rules.columns import date_of
from tests.primes.rules.lines import NO_EARLIER, ORDINARY, Line, Training

FOLDER = Path(__file__).parents[2] / "scenarios"
UNKNOWN = "unknown"


def read_scenarios() -> list[dict[str, Any]]:
    """Every scenario of every scheme, with its scheme and file; all values are texts."""
    return [
        scenario | {"scheme": file.parent.name, "file": file.stem}
        for file in sorted(FOLDER.glob("*/*.yaml"))
        for scenario in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts
    ]


def line_of(scheme: str, facts: Mapping[str, Any]) -> Line:
    return replace(ORDINARY[scheme], **_told(facts))


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {RENAMED.get(name, name): _read(READ[name], value) for name, value in facts.items()}


def _read(reader: Callable[[Any], Any], value: Any) -> Any:
    return None if value == UNKNOWN else reader(value)


def read_money(text: str) -> int | None:
    """Dirhams to centimes."""
    return None if text == UNKNOWN else int(Fraction(text) * 100)


def _by_year(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same fact of the claim year, or of each calendar year named."""

    def read(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {int(year): reader(each) for year, each in value.items()}
        return reader(value)

    return read


def _months(months: list[str]) -> tuple[int | None, ...]:
    return tuple(read_money(month) for month in months)


def _day_or_never(text: str) -> date | str:
    return NO_EARLIER if text == NO_EARLIER else date.fromisoformat(text)


def _training(told: Mapping[str, str]) -> Training:
    return Training(**{name: _read(READ_TRAINING[name], value) for name, value in told.items()})


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text]


READ_TRAINING: dict[str, Callable[[Any], Any]] = {
    "first_day": date.fromisoformat,
    "last_day": date.fromisoformat,
    "notified_on": date.fromisoformat,
    "minutes": int,
    "cost": read_money,
    "invoice": int,
}
READ: dict[str, Callable[[Any], Any]] = {
    "branch": str,
    "nationality": str,
    "contract": str,
    "profile": str,
    "certificate_from": date.fromisoformat,
    "certificate_until": date.fromisoformat,
    "cnss_certificate_until": date.fromisoformat,
    "tax_certificate_until": date.fromisoformat,
    "filed_on": date.fromisoformat,
    "firm_started_on": date.fromisoformat,
    "hired_on": date.fromisoformat,
    "left_on": date.fromisoformat,
    "stable_from": date.fromisoformat,
    "last_same_employer_on": _day_or_never,
    "income": _by_year(read_money),
    "months": _by_year(_months),
    "training_hours": lambda hours: int(hours) * 60,
    "training_minutes": int,
    "training_cost": read_money,
    "export_share": lambda percent: int(Fraction(percent) * 100),
    "degree_years": int,
    "granted_before": lambda amounts: tuple(read_money(each) for each in amounts),
    "trainings": lambda trainings: tuple(_training(each) for each in trainings),
    "has_cnss_number": _flag,
    "paid_elsewhere": _flag,
    "granted_here": _flag,
    "job_seeker": _flag,
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


def answer_of(assessment: Assessment) -> dict[str, Any]:
    """Everything the law said of the one line assessed."""
    days = int(assessment.w_days[0])
    return {
        "failing": list(assessment.reasons(0)),
        "unknown": list(codes_of(int(assessment.unknown[0]), assessment.conditions)),
        "warnings": list(assessment.warnings_of(0)),
        "amount": int(assessment.amount[0]),
        "p_days": int(assessment.p_days[0]),
        "w_days": days,
        "w_from": _day(assessment.w_from[0]) if days else None,
        "w_until": _day(assessment.w_until[0]) if days else None,
        **dict(zip(assessment.rows, assessment.amounts[0].tolist(), strict=True)),
    }


def _day(day: int) -> str:
    return date_of(day).isoformat()
