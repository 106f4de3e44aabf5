"""What the first cells of a column say about it: texts, days, numbers, words that are known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from companies.identifiers import EmployeeNumber, IdentifierError, NationalId, bare
from companies.imports.formats.workbook_scan import DAY_ZERO
from companies.imports.reading.amount_forms import plain_amount
from companies.imports.reading.day_forms import NUMBERS_LAST, DayOrder, iso_day
from companies.imports.reading.fields import Field
from companies.imports.reading.people_words import folded
from companies.imports.reading.values import ValueRefused, read_amount, read_day

SHARE = 0.8
"""Of the cells that hold something: so many agree, and the others may be wrong."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class DayOrders:
    """`sure`: by field, which part is the month, as some cell shows; `doubtful`: fields where no
    cell of the table shows it."""

    sure: Mapping[str, DayOrder]
    doubtful: tuple[str, ...]


def texts_of(sample: Sequence[Sequence[str]], position: int) -> list[str]:
    """What a person would see in the cells of a column that are not empty, without their kinds."""
    column = (row[position] for row in sample if position < len(row))
    return [cell[1:].strip() for cell in column if len(cell) > 1 and not cell.startswith("!")]


def day_orders(sample: Sequence[Sequence[str]], positions: Mapping[str, int]) -> DayOrders:
    """By the days of all columns: one program wrote them all in the same way.

    A day such as 05/05/2026 shows nothing, and asks nothing.
    """
    shown: set[DayOrder] = set()
    unclear = []
    for name, position in positions.items():
        parts = set(_parts(texts_of(sample, position)))
        shown |= {"dmy" for first, _ in parts if first > MONTHS}
        shown |= {"mdy" for _, second in parts if second > MONTHS}
        if any(first != second for first, second in parts):
            unclear.append(name)
    if not shown:
        return DayOrders({}, tuple(unclear))
    # Where both are shown some cells are wrong, whichever is meant; Moroccans write the day first.
    order: DayOrder = "mdy" if shown == {"mdy"} else "dmy"
    return DayOrders(dict.fromkeys(unclear, order), ())


def _parts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    for text in texts:
        if found := NUMBERS_LAST.fullmatch(text):
            yield int(found[1]), int(found[2])


def looks_like(field: Field, texts: Sequence[str]) -> bool:
    """Whether nearly all of these texts are values of the field, as few other columns have."""
    is_one = _SIGNS.get(field.kind)
    if is_one is None or not texts:
        return False
    return sum(is_one(field, text) for text in texts) >= SHARE * len(texts)


def unknown_words(field: Field, texts: Iterable[str], meant: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a column that nobody can read, `meant` being those of this table, folded."""
    different = {folded(text): text for text in texts if text}
    return tuple(
        text
        for said, text in different.items()
        if said not in meant and said not in field.words and not _reads(field, text)
    )


def _is_identifier(field: Field, text: str) -> bool:
    if not field.digits:
        return NationalId.form.fullmatch(bare(text)) is not None
    if len(bare(text)) != field.digits:
        return False
    try:
        return "employee_number_key" not in EmployeeNumber.parse(text).warnings
    except IdentifierError:
        return False


def _is_day(_field: Field, text: str) -> bool:
    try:
        read_day(iso_day(text, "dmy", DAY_ZERO) if not text.isdecimal() else text)
    except ValueRefused:
        return False
    return True


def _is_amount(_field: Field, text: str) -> bool:
    """With decimals: a whole number may be anything."""
    try:
        plain = plain_amount(text, is_number=False)
        read_amount(plain)
    except ValueRefused:
        return False
    return not plain.isdecimal()


def _is_word(field: Field, text: str) -> bool:
    return folded(text) in field.words


def _reads(field: Field, text: str) -> bool:
    try:
        field.read(text)
    except (ValueRefused, IdentifierError):
        return False
    return True


_SIGNS: Mapping[str, Callable[[Field, str], bool]] = {
    "identifier": _is_identifier,
    "day": _is_day,
    "amount": _is_amount,
    "word": _is_word,
}
