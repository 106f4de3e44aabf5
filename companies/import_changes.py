"""What a load would replace, as people read it: the column, the old value, the new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Kind = Literal["money", "day", "count", "text"]

COLUMNS: Mapping[str, tuple[Promise, Kind]] = {
    "last_name": (gettext_lazy("Last name"), "text"),
    "first_name": (gettext_lazy("First name"), "text"),
    "nationality": (gettext_lazy("Nationality"), "text"),
    "cin": (gettext_lazy("Identity card (CIN)"), "text"),
    "cnss": (gettext_lazy("CNSS number of the employee"), "text"),
    "hired_on": (gettext_lazy("Hire date"), "day"),
    "left_on": (gettext_lazy("Departure date"), "day"),
    "contract": (gettext_lazy("Kind of contract"), "text"),
    "stable_from": (gettext_lazy("Start of the stable contract"), "day"),
    "last_same_employer_on": (gettext_lazy("Earlier employment with your firm"), "day"),
    "taxable_income": (gettext_lazy("Gross taxable income of the year"), "money"),
    "months": (gettext_lazy("Pay of the months"), "money"),
    "funded_by": (gettext_lazy("Other funding of the same days"), "text"),
    "real_salary": (gettext_lazy("Declared salary"), "money"),
    "capped_salary": (gettext_lazy("Capped salary"), "money"),
    "days": (gettext_lazy("Days declared"), "count"),
    "situation": (gettext_lazy("Situation"), "text"),
    "minutes": (gettext_lazy("Minutes attended"), "count"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """`old` and `new` are of `kind`; None is an empty cell, and a column without a name is text."""

    column: str
    kind: Kind
    old: object
    new: object


def changes_told(changes: Mapping[str, Sequence[object]] | None) -> list[Change]:
    """Of one row, in the order of the columns above; `changes` as a staged row keeps them."""
    given = changes or {}
    names = [*(name for name in COLUMNS if name in given), *sorted(given.keys() - COLUMNS.keys())]
    return [_change(name, *given[name]) for name in names]


def _change(name: str, old: object, new: object) -> Change:
    column, kind = COLUMNS.get(name, (name, "text"))
    return Change(str(column), kind, _typed(old, kind), _typed(new, kind))


def _typed(value: object, kind: Kind) -> object:
    """JSON has no days; what is no day is shown as it is."""
    if value in (None, ""):
        return None
    if kind == "day" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
