"""A CNSS declaration into staging, one chunk a block of lines."""

from collections.abc import Iterator
from typing import BinaryIO

from companies.firms.models import Firm
from companies.identifiers import EmployeeNumber, bare
from companies.imports.errors import FileRefused, Place
from companies.imports.formats.declaration import DeclarationHeader, DeclaredRows
from companies.imports.formats.ds import open_declaration
from companies.imports.models import ImportFile
from companies.imports.staging.ownership import check_owner
from companies.imports.staging.rows import CREATED, GOOD, LEFT_OUT, NOBODY, ROW, Chunk, Values, who
from companies.imports.telling import told

HEADER_LINE = 2
COLUMNS = (
    *ROW,
    "month",
    "supplement",
    "real_salary",
    "capped_salary",
    "days",
    "situation",
    "entrant",
)
OCCASIONAL = int(EmployeeNumber.OCCASIONAL)


def ds_chunks(file: ImportFile, firm: Firm, stream: BinaryIO) -> Iterator[Chunk]:
    """Rows in the order of `COLUMNS`; raises `FileRefused`.

    `period`, `supplement` and, in the end, `warnings` of the file are filled in, not saved.
    """
    opened = open_declaration(stream, file.name)
    header = opened.header
    if header.is_prefilled:
        place = Place(file.name, 1, "L_Type_Enreg")
        raise FileRefused("declaration_prefilled", place, header.family, "B or E")
    place = Place(file.name, HEADER_LINE, "N_Num_Affilie")
    check_owner(place, header.employer_number, firm.employer_number)
    file.period, file.supplement = header.period, header.supplement
    for block in opened.blocks:
        yield Chunk(list(_rows(file.pk, header, block)))
    file.warnings = [told(warning) for warning in opened.log.closed()]


def _rows(file_id: int, header: DeclarationHeader, block: DeclaredRows) -> Iterator[Values]:
    """Occasional labour is about nobody in particular, and is left out."""
    people = zip(
        block.line.tolist(),
        block.number.tolist(),
        block.texts("cin"),
        block.texts("last_name"),
        block.texts("first_name"),
        strict=True,
    )
    pay = zip(
        block.real_salary.tolist(),
        block.capped_salary.tolist(),
        block.days.tolist(),
        block.texts("situation"),
        block.entrant.tolist(),
        strict=True,
    )
    for (line, number, cin, last_name, first_name), amounts in zip(people, pay, strict=True):
        occasional = number == OCCASIONAL
        person = (
            NOBODY
            if occasional
            else who(bare(cin), f"{number:09}" if number else None, last_name, first_name)
        )
        state = LEFT_OUT if occasional else GOOD
        yield (file_id, line, state, CREATED, *person, header.period, header.supplement, *amounts)
