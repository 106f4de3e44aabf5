"""Files for the simulation of an employer of 2026, by the writers of the formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from companies.imports.formats.declaration import Declaration, DeclarationHeader, DeclaredRows
from companies.imports.formats.ds_layout import COMPLEMENTARY, MAIN
from companies.imports.formats.ds_writer import file_name_of, write_declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff
from companies.imports.formats.etat9421_writer import write_etat9421
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN

EMPLOYER = "1234567"
YEAR = 2026
SALMA, OMAR, IMANE = "123456785", "100000018", "183920192"

NamedContent = tuple[str, bytes]
ORDINARY = {
    "matricule_cnss": SALMA,
    "cin": "AB12345",
    "nom": "ALAMI",
    "prenom": "Salma",
    "nationalite": "MA",
    "date_embauche": "2026-01-01",
    "type_contrat": "CDI",
    "revenu_brut_imposable": "60000.00",
    "heures_formation": "12",
}


def people_file(*rows: Mapping[str, str], name: str = "gens.csv") -> NamedContent:
    """Each row tells what differs from an ordinary recruit; header in the order of the format.

    The columns of other schemes are there when a row names one of them.
    """
    names = EVERY_COLUMN if any(row.keys() - COLUMNS.keys() for row in rows) else COLUMNS
    lines = [",".join(names)]
    for row in rows:
        told = ORDINARY | row
        lines.append(",".join(told.get(column, "") for column in names))
    return name, ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True)
class Paid:
    """One record of a declaration; `number` 0 is pending."""

    number: str
    salary: int
    situation: str = ""
    entrant: bool = False
    cin: str = ""


def declaration(
    month: date, *paid: Paid, supplement: int = 0, employer: str = EMPLOYER
) -> NamedContent:
    rows = sorted(paid, key=lambda each: (each.entrant, each.number))
    header = DeclarationHeader(
        family=COMPLEMENTARY if supplement else MAIN,
        employer_number=employer,
        period=month,
        supplement=supplement,
        name="OFFSHORE EXEMPLE",
    )
    salaries = [each.salary for each in rows]
    written = DeclaredRows.of(
        number=[int(each.number) for each in rows],
        last_name=[b"ALAMI"] * len(rows),
        first_name=[b"SALMA"] * len(rows),
        cin=[each.cin.encode() for each in rows],
        entrant=[each.entrant for each in rows],
        days=[26 if each.salary else 0 for each in rows],
        real_salary=salaries,
        capped_salary=[min(salary, 600_000) for salary in salaries],
        situation=[each.situation.encode() for each in rows],
    )
    return file_name_of(header), write_declaration(Declaration(header, written))


@dataclass(frozen=True)
class Staff:
    """One line of the permanent staff of the état 9421; no number is pending."""

    number: str | None
    income: int
    hired_on: date | None
    cin: str | None = "AB12345"


def etat(
    *staff: Staff,
    year: int = YEAR,
    employer: str = EMPLOYER,
    occasional: int = 0,
    trainees: int = 0,
) -> NamedContent:
    written = Etat9421(
        fiscal_id="12345678",
        employer_number=employer,
        year=year,
        name="OFFSHORE EXEMPLE",
        staff=PermanentStaff(
            line=np.arange(len(staff), dtype=np.int32),
            cnss_number=[each.number for each in staff],
            cin=[each.cin for each in staff],
            last_name=["ALAMI"] * len(staff),
            first_name=["Salma"] * len(staff),
            taxable_income=np.array([each.income for each in staff], np.int64),
            hired_on=[each.hired_on for each in staff],
        ),
        occasional_count=occasional,
        trainee_count=trainees,
    )
    return f"etat9421_{year}.xml", write_etat9421(written)


def months_of(first: int, last: int, *paid: Paid) -> Sequence[NamedContent]:
    """The same records in each month of 2026, from one month to another."""
    return [declaration(date(YEAR, month, 1), *paid) for month in range(first, last + 1)]
