"""The permanent staff of an état 9421: one element a person, then columns."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from lxml import etree

from companies.identifiers import EmployeeNumber, IdentifierError, bare
from companies.imports.errors import FileRefused, Place, WarningLog
from companies.imports.formats.xml_lines import child_lines, first_line
from companies.imports.reading.values import ValueRefused, read_amount, read_day


@dataclass(frozen=True, slots=True, eq=False)
class PermanentStaff:
    """One row a person, columns of equal length. `None` where the file says nothing.

    `cnss_number` is absent while pending; the CIN then says who it is. `taxable_income` is the
    « revenu brut imposable » of the year in centimes. `line` is that of the opening tag.
    """

    line: npt.NDArray[np.int32]
    cnss_number: list[str | None]
    cin: list[str | None]
    last_name: list[str]
    first_name: list[str]
    taxable_income: npt.NDArray[np.int64]
    hired_on: list[date | None]

    def __len__(self) -> int:
        return len(self.line)


class PermanentRow(NamedTuple):
    line: int
    cnss_number: str | None
    cin: str | None
    last_name: str
    first_name: str
    taxable_income: int
    hired_on: date | None


def columns_of(rows: list[PermanentRow]) -> PermanentStaff:
    line, number, cin, last_name, first_name, income, hired_on = (
        zip(*rows, strict=True) if rows else ((),) * len(PermanentRow._fields)
    )
    return PermanentStaff(
        line=np.array(line, np.int32),
        cnss_number=list(number),
        cin=list(cin),
        last_name=list(last_name),
        first_name=list(first_name),
        taxable_income=np.array(income, np.int64),
        hired_on=list(hired_on),
    )


@dataclass(frozen=True, slots=True)
class _Person:
    """The element of one person, and its texts by tag."""

    row: etree._Element
    file: str
    texts: dict[str, str]

    def text(self, tag: str) -> str:
        return self.texts.get(tag, "")

    def refusal(self, tag: str, code: str, expected: str) -> FileRefused:
        place = Place(self.file, line_of(self.row, tag), tag)
        return FileRefused(code, place, self.text(tag), expected)


def read_row(row: etree._Element, file_name: str, log: WarningLog) -> PermanentRow:
    """Values of one person; raises `FileRefused` naming line, tag, value and expected value."""
    person = _Person(row, file_name, _texts(row))
    number = _number(person, log)
    cin = bare(person.text("numCNI")) or None
    if number is None and cin is None:
        raise person.refusal("numCNI", "pending_without_cin", "the CIN of the person")
    return PermanentRow(
        line=first_line(row),
        cnss_number=number,
        cin=cin,
        last_name=person.text("nom"),
        first_name=person.text("prenom"),
        taxable_income=_income(person),
        hired_on=_hired_on(person),
    )


def line_of(row: etree._Element, tag: str) -> int:
    """Line of a child, or of the row when the child is absent."""
    wanted = _namespace(row) + tag
    return next((line for line, child in child_lines(row) if child.tag == wanted), first_line(row))


def _number(person: _Person, log: WarningLog) -> str | None:
    text = person.text("numCNSS")
    if not text:
        return None
    try:
        number = EmployeeNumber.parse(text)
    except IdentifierError as refused:
        raise person.refusal("numCNSS", refused.code, refused.expected) from refused
    for code in number.warnings:
        log.add(code, line_of(person.row, "numCNSS"), "numCNSS", found=str(number))
    return str(number) if number.names_a_person else None


def _income(person: _Person) -> int:
    tag = "mtRevenuBrutImposable"
    if not person.text(tag):
        raise person.refusal(tag, "value_missing", "an amount")
    try:
        return read_amount(person.text(tag))
    except ValueRefused as refused:
        raise person.refusal(tag, refused.code, refused.expected) from refused


def _hired_on(person: _Person) -> date | None:
    text = person.text("dateRecrutement")
    try:
        return read_day(text) if text else None
    except ValueRefused as refused:
        raise person.refusal("dateRecrutement", refused.code, refused.expected) from refused


def _texts(row: etree._Element) -> dict[str, str]:
    """Texts of the children by local name; comments have no name."""
    start = len(_namespace(row))
    return {
        child.tag[start:]: (child.text or "").strip() for child in row if isinstance(child.tag, str)
    }


def _namespace(row: etree._Element) -> str:
    name = str(row.tag)
    return name[: name.find("}") + 1]
