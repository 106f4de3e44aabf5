"""Delays in working days, and how long a new bank account waits.

Working days are Monday to Friday: public holidays, some of which follow the moon, are not known
here, so that a delay is never shorter than written and may be longer.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

SETTINGS_FILE = Path(__file__).with_name("agency_settings.yaml")
SATURDAY = 5


@cache
def _settings() -> dict[str, list[dict[str, object]]]:
    read: dict[str, list[dict[str, object]]] = yaml.safe_load(
        SETTINGS_FILE.read_text(encoding="utf-8")
    )
    return read


def account_hold(on: date) -> int:
    """Working days between the confirmation of an account and its first use.

    A day before the first date of the setting reads its first value.
    """
    first, *later = _settings()["bank_account_hold_working_days"]
    for dated in later:
        if dated["from"] <= on:  # type: ignore[operator]  # YAML reads a date
            first = dated
    return int(str(first["value"]))


def add_working_days(day: date, count: int) -> date:
    """The working day that comes `count` working days after `day`; `day` itself is not counted."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            count -= 1
    return day
