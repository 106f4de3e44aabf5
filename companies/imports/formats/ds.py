"""The salary declarations of CNSS: DS (main), DSC (complementary) and the pre-filled file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import numpy as np

from companies.imports.errors import WarningLog
from companies.imports.formats.declaration import (
    DTYPES,
    Column,
    Declaration,
    DeclarationHeader,
    DeclaredRows,
)
from companies.imports.formats.ds_checks import (
    Doubts,
    Totals,
    refuse_duplicates,
    refuse_unnamed,
    situation_ranks,
    warn_of_check_sums,
)
from companies.imports.formats.ds_layout import COMPLEMENTARY, PREFILLED, REPEATED
from companies.imports.formats.ds_records import BLANK, Block, may_leave_blank, read_blocks

FILE_NAME = re.compile(
    r"(?P<kind>DS|DSC(?P<supplement>\d)|AFFEBDS)_(?P<employer>\d{7})_(?P<period>\d{6})",
    re.IGNORECASE,
)
PERSON_FIELDS = {
    "number": "N_Num_Assure",
    "children": "N_Enfants",
    "allowance_to_pay": "N_AF_A_Payer",
    "allowance_to_deduct": "N_AF_A_Deduire",
    "allowance_net": "N_AF_Net_A_Payer",
    "allowance_to_give_back": "N_AF_A_Reverser",
    "days": "N_Jours_Declares",
    "real_salary": "N_Salaire_Reel",
    "capped_salary": "N_Salaire_Plaf",
    "last_name": "L_Nom",
    "first_name": "L_Prenom",
    "cin": "L_Num_CIN",
    "situation": "L_Situation",
}


@dataclass(frozen=True, slots=True, eq=False)
class OpenDeclaration:
    """A declaration whose people are still to be read, block after block, in the order of the file.

    `blocks` raises `FileRefused` on structure and, once all have been read, on totals; only then
    does `log` hold all the warnings. That nobody stands in the file twice is left to whoever keeps
    the rows.
    """

    header: DeclarationHeader
    blocks: Iterator[DeclaredRows]
    log: WarningLog


def open_declaration(stream: BinaryIO, file_name: str) -> OpenDeclaration:
    """Read the header of one file; raises `FileRefused`.

    Layout and rules: `ds_layout`, `ds_records`, `ds_checks`. Nothing is repaired.
    """
    log = WarningLog(file_name)
    blocks = read_blocks(stream, file_name)
    opening, head = next(blocks), next(blocks)
    header = _header(opening, head)
    _warn_of_file_name(file_name, header, log)
    return OpenDeclaration(header, _Reading(head, log).people(blocks), log)


def read_declaration(stream: BinaryIO, file_name: str) -> Declaration:
    """Parse one whole file; raises `FileRefused` on structure, on totals and on a second line."""
    opened = open_declaration(stream, file_name)
    rows = joined(opened.blocks)
    refuse_duplicates(rows, file_name)
    return Declaration(opened.header, rows, opened.log.closed())


def joined(blocks: Iterable[DeclaredRows]) -> DeclaredRows:
    parts = list(blocks)
    return DeclaredRows.of(
        **{
            name: np.concatenate([np.zeros(0, dtype), *(getattr(part, name) for part in parts)])
            for name, dtype in DTYPES.items()
        }
    )


class _Reading:
    """The people of one file as they come, and the totals they make."""

    def __init__(self, head: Block, log: WarningLog) -> None:
        self._head = head
        self._log = log
        self._totals = Totals(log)
        self._doubts = Doubts(head.family, log)
        self._entrants = 0

    def people(self, blocks: Iterable[Block]) -> Iterator[DeclaredRows]:
        for block in blocks:
            _check_owner(block, self._head)
            if block.number in REPEATED:
                yield self._people(block)
            else:
                self._totals.check(block)

    def _people(self, block: Block) -> DeclaredRows:
        if "L_Situation" in block.layout:
            situation_ranks(block)
        columns = _person_columns(block)
        warn_of_check_sums(block, self._log)
        nobody = _stands_for_nobody(columns)
        self._totals.add(block, int((~nobody).sum()))
        if self._is_the_empty_entrant(block, nobody):
            columns = {name: column[~nobody] for name, column in columns.items()}
        rows = DeclaredRows.of(**columns)
        refuse_unnamed(rows, block.file)
        self._doubts.look_at(rows)
        return rows

    def _is_the_empty_entrant(self, block: Block, nobody: Column) -> bool:
        """The one line of entrants that says nobody entered; a second one is not that line."""
        if block.number != "04":
            return False
        self._entrants += len(nobody)
        return self._entrants == 1 and bool(nobody[0])


def _check_owner(block: Block, head: Block) -> None:
    """Each record repeats the employer and the month of the header."""
    for name, code in (("N_Num_Affilie", "employer_differs"), ("L_Periode", "period_differs")):
        field = block.layout[name]
        cells = block.matrix[:, field.start : field.end]
        differs = (cells != head.matrix[0, field.start : field.end]).any(axis=1)
        if may_leave_blank(block, name):
            differs &= ~(cells == BLANK).all(axis=1)
        if differs.any():
            raise block.refusal(code, name, head.shown(name), int(differs.argmax()))


def _person_columns(block: Block) -> dict[str, Column]:
    count = len(block.matrix)
    columns: dict[str, Column] = {
        "line": block.lines,
        "entrant": np.full(count, block.number == "04"),
    }
    for name, field_name in PERSON_FIELDS.items():
        dtype = np.dtype(DTYPES[name])
        if field_name not in block.layout:
            columns[name] = np.zeros(count, dtype)
        elif dtype.kind == "S":
            columns[name] = block.texts(field_name)
        else:
            columns[name] = block.integers(field_name).astype(dtype)
    return columns


def _stands_for_nobody(columns: dict[str, Column]) -> Column:
    """Lines of entrants that hold nothing: one is written when nobody entered."""
    blank = columns["entrant"].astype(np.bool_)
    for name in PERSON_FIELDS:
        empty = b"" if np.dtype(DTYPES[name]).kind == "S" else 0
        blank = blank & (columns[name] == empty)
    return blank


def _header(opening: Block, block: Block) -> DeclarationHeader:
    return DeclarationHeader(
        family=block.family,
        employer_number=block.shown("N_Num_Affilie"),
        period=_month(block),
        supplement=_supplement(opening),
        transfer_id=opening.shown("N_Identif_Transfert"),
        name=block.shown("L_Raison_Sociale").strip(),
        activity=block.shown("L_Activite").strip(),
        address=block.shown("L_Adresse").strip(),
        city=block.shown("L_Ville").strip(),
        postcode=block.shown("C_Code_Postal").strip(),
        agency=block.shown("C_Code_Agence").strip(),
        issued_on=_day(block, "D_Date_Emission"),
        due_on=_day(block, "D_Date_Exig"),
    )


def _supplement(opening: Block) -> int:
    category = opening.shown("L_Cat")
    if opening.family == COMPLEMENTARY:
        form, expected = r"E[1-9]", "E1 to E9"
    else:
        form = expected = f"{opening.family}0"
    if not re.fullmatch(form, category):
        raise opening.refusal("category", "L_Cat", expected)
    return int(category[1])


def _month(block: Block) -> date:
    found = block.shown("L_Periode")
    year, month = int(found[:4]), int(found[4:])
    if not (year and 1 <= month <= 12):
        raise block.refusal("period", "L_Periode", "AAAAMM")
    return date(year, month, 1)


def _day(block: Block, name: str) -> date | None:
    found = block.shown(name)
    if not found.strip(" 0"):
        return None
    try:
        return date(int(found[:4]), int(found[4:6]), int(found[6:]))
    except ValueError as wrong:
        raise block.refusal("date", name, "AAAAMMJJ") from wrong


def _warn_of_file_name(file_name: str, header: DeclarationHeader, log: WarningLog) -> None:
    """The name repeats employer, month and rank; the specification writes the month both ways."""
    named = FILE_NAME.search(file_name)
    if named is None:
        return
    if named["employer"] != header.employer_number:
        log.add("file_name_employer", found=named["employer"], expected=header.employer_number)
    months = (f"{header.period:%m%Y}", f"{header.period:%Y%m}")
    if named["period"] not in months:
        log.add("file_name_period", found=named["period"], expected=months[0])
    kinds = {PREFILLED: "AFFEBDS", COMPLEMENTARY: f"DSC{header.supplement}"}
    expected = kinds.get(header.family, "DS")
    if named["kind"].upper() != expected:
        log.add("file_name_kind", found=named["kind"], expected=expected)
