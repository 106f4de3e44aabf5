"""The files the payroll office of one small firm already has: six DS, one état 9421."""

from datetime import date
from pathlib import Path

import numpy as np

from companies.firms.models import Firm
from companies.identifiers import cnss_check_digit
from companies.imports.formats.declaration import Declaration, DeclarationHeader, DeclaredRows
from companies.imports.formats.ds_layout import MAIN
from companies.imports.formats.ds_writer import file_name_of, write_declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff
from companies.imports.formats.etat9421_writer import write_etat9421

YEAR = 2025
PEOPLE = [
    (b"ALAMI", b"SALMA", "AB100001", date(2025, 7, 1), 612_345),
    (b"BENNANI", b"YOUSSEF", "AB100002", date(2025, 7, 1), 480_050),
    (b"CHRAIBI", b"IMANE", "AB100003", date(2025, 9, 1), 733_377),
    (b"DAOUDI", b"HAMZA", "AB100004", date(2025, 10, 1), 550_001),
    (b"EL IDRISSI", b"KENZA", "AB100005", date(2025, 11, 1), 699_999),
    (b"FASSI", b"OMAR", "AB100006", date(2020, 3, 1), 900_000),
]
"""Name, CIN, first day, monthly pay in centimes; the last one was hired long before."""


def number(rank: int) -> int:
    body = 14_000_000 + rank
    return body * 10 + cnss_check_digit(body * 10, 7)


def write_files(firm: Firm, folder: Path) -> list[Path]:
    """The files in a folder, as their software names them."""
    written = []
    for month in range(7, 13):
        declaration = _declaration(firm, month)
        path = folder / file_name_of(declaration.header)
        path.write_bytes(write_declaration(declaration))
        written.append(path)
    etat = folder / f"etat9421_{YEAR}.xml"
    etat.write_bytes(write_etat9421(_etat(firm)))
    return [*written, etat]


def _declaration(firm: Firm, month: int) -> Declaration:
    first = date(YEAR, month, 1)
    present = [(rank, person) for rank, person in enumerate(PEOPLE, start=1) if person[3] <= first]
    present.sort(key=lambda each: each[1][3] == first)
    return Declaration(
        DeclarationHeader(
            family=MAIN, employer_number=firm.employer_number, period=first,
            transfer_id="00000000000042", name="ENTREPRISE", activity="CENTRE DE SERVICES",
            address="CASANEARSHORE", city="CASABLANCA", postcode="20270", agency="01",
            issued_on=first, due_on=first,
        ),
        DeclaredRows.of(
            number=[number(rank) for rank, _ in present],
            last_name=[person[0] for _, person in present],
            first_name=[person[1] for _, person in present],
            cin=[
                person[2].encode() if person[3] == first else b"" for _, person in present
            ],
            entrant=[person[3] == first for _, person in present],
            days=[26] * len(present),
            real_salary=[person[4] for _, person in present],
            capped_salary=[min(person[4], 600_000) for _, person in present],
            situation=[b""] * len(present),
        ),
    )  # fmt: skip


def _months_worked(hired_on: date) -> int:
    return 12 if hired_on.year < YEAR else 13 - hired_on.month


def _etat(firm: Firm) -> Etat9421:
    income = [person[4] * _months_worked(person[3]) for person in PEOPLE]
    return Etat9421(
        fiscal_id=firm.fiscal_id,
        employer_number=firm.employer_number,
        year=YEAR,
        name="ENTREPRISE",
        staff=PermanentStaff(
            line=np.arange(len(PEOPLE), dtype=np.int32),
            last_name=[person[0].decode() for person in PEOPLE],
            first_name=[person[1].decode() for person in PEOPLE],
            cin=[person[2] for person in PEOPLE],
            cnss_number=[str(number(rank)) for rank in range(1, len(PEOPLE) + 1)],
            taxable_income=np.array(income, dtype=np.int64),
            hired_on=[person[3] for person in PEOPLE],
        ),
    )
