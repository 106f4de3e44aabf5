"""The people file as a workbook to fill in, which the readers take as it comes back.

The sheet to fill comes first, because the readers take the first one that has titles; then invented
people, and what each column means in French and in Arabic.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from accounts.formats import CASABLANCA, day
from companies.imports.formats.workbook_scan import Limits
from companies.imports.outgoing.workbooks import (
    TEXT_FORMAT,
    Styles,
    write_header,
    write_kinded,
    write_text,
    written,
)
from companies.imports.reading.fields import Field, FieldKind
from companies.imports.reading.workforce_columns import WORKFORCE_COLUMNS

TEXTS = Path(__file__).with_name("template.yaml")
LAST_LINE = Limits().rows - 1
COLUMN_WIDTH, GUIDE_WIDTHS = 18, (38, 70, 70)
RIGHT_TO_LEFT = frozenset({"ar"})
MONTH = "mois"
_FORMATS: Mapping[FieldKind, str] = {
    "day": "dd/mm/yyyy",
    "amount": "#,##0.00",
    "number": "General",
}

Person = Mapping[str, str | date]
"""Texts and days by the name of their column."""


def template_workbook(
    *, at: datetime, people: Iterable[Person] = (), without: Collection[str] = ()
) -> BinaryIO:
    """The template of today, empty or with `people` in it; `without` some of its columns."""
    fields = [field for field in WORKFORCE_COLUMNS if field.name not in without]
    return written(_Template(at.astimezone(CASABLANCA).date(), people, fields).fill, at)


def template_version() -> str:
    """To be raised with every change of a column or of its text."""
    version: str = _texts()["version"]
    return version


@dataclass(frozen=True, slots=True, eq=False)
class _Template:
    """`on` is the day that the guides bear."""

    on: date
    people: Iterable[Person]
    fields: Sequence[Field]

    def fill(self, book: Workbook, styles: Styles) -> None:
        texts = _texts()
        book.set_custom_property("Version", texts["version"])
        self._fill_sheet(book, texts["sheet"], self.people, styles)
        self._fill_sheet(book, texts["example"], texts["people"], styles)
        for language, name in texts["guides"].items():
            self._guide(book.add_worksheet(name), language, styles)

    def _fill_sheet(
        self, book: Workbook, name: str, people: Iterable[Person], styles: Styles
    ) -> None:
        sheet = book.add_worksheet(name)
        write_header(sheet, 0, [field.name for field in self.fields], styles)
        for at, field in enumerate(self.fields):
            style = book.add_format({"num_format": _FORMATS.get(field.kind, TEXT_FORMAT)})
            sheet.set_column(at, at, COLUMN_WIDTH, style)
            if choices := list(dict.fromkeys(field.words.values())):
                # Whoever has a reason to write another word may: the import judges it.
                rule = {"validate": "list", "source": choices, "error_type": "warning"}
                sheet.data_validation(1, at, LAST_LINE, at, rule)
        for line, person in enumerate(people, 1):
            for at, field in enumerate(self.fields):
                if value := person.get(field.name):
                    write_kinded(sheet, line, at, _kinded(field, value), styles)

    def _guide(self, sheet: Worksheet, language: str, styles: Styles) -> None:
        if language in RIGHT_TO_LEFT:
            sheet.right_to_left()
        for at, width in enumerate(GUIDE_WIDTHS):
            sheet.set_column(at, at, width)
        titles, rules = _texts()["titles"][language], _texts()["rules"][language]
        lines = [
            [titles["guide"]],
            [titles["version"], _texts()["version"]],
            [titles["dated"], day(self.on, language)],
            *([rule] for rule in rules),
            [],
            [titles["column"], titles["meaning"], titles["how"]],
            *([_shown(name), *said[language]] for name, said in _texts()["columns"].items()),
        ]
        bold = {0, len(lines) - len(_texts()["columns"]) - 1}
        for line, texts in enumerate(lines):
            style = styles.of("header" if line in bold else "prose")
            for at, text in enumerate(texts):
                write_text(sheet, line, at, text, style)


def _kinded(field: Field, value: str | date) -> str:
    """A cell as the readers give it."""
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    return f"{'n' if field.kind in {'amount', 'number'} else 't'}{value}"


def _shown(name: str) -> str:
    return f"{MONTH}_01 … {MONTH}_12" if name == MONTH else name


@cache
def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts
