"""The files of one invented firm: so many people, hired over four years, as payroll would send."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO

import numpy as np
import xlsxwriter

from companies.firms.models import Firm
from companies.imports.formats.declaration import Declaration, DeclarationHeader, DeclaredRows
from companies.imports.formats.ds_layout import MAIN
from companies.imports.formats.ds_writer import write_declaration
from tests.factories.people import cin, number

TITLES = (
    "matricule_cnss",
    "cin",
    "nom",
    "prenom",
    "nationalite",
    "date_embauche",
    "date_depart",
    "type_contrat",
    "date_contrat_stable",
    "derniere_declaration_meme_employeur",
    "revenu_brut_imposable",
    "finance_par",
)
FIRST_HIRE = date(2021, 9, 1)
DAYS_OF_HIRE = 1_400
PERIOD = date(2025, 12, 1)
FIRST_NAMES = ("SALMA", "YOUSSEF", "IMANE", "HAMZA", "KHADIJA")


def people(count: int) -> Iterator[list[str]]:
    for rank in range(count):
        hired = FIRST_HIRE + timedelta(days=rank % DAYS_OF_HIRE)
        income = 6_000_000 + rank * 137 % 9_000_000
        yield [
            number(rank),
            cin(rank),
            f"NOM{rank}",
            FIRST_NAMES[rank % 5],
            "MA",
            hired.isoformat(),
            "",
            "CDI",
            hired.isoformat(),
            "aucune",
            f"{income // 100}.{income % 100:02}",
            "",
        ]


def as_csv(count: int) -> bytes:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(TITLES)
    writer.writerows(people(count))
    return buffer.getvalue().encode()


def as_xlsx(count: int) -> bytes:
    """Identifiers and words as text, days as days, incomes as numbers."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Salaries")
    sheet.write_row(0, 0, TITLES)
    for row, cells in enumerate(people(count), 1):
        for column, text in enumerate(cells):
            if column in {5, 8}:
                sheet.write_datetime(row, column, date.fromisoformat(text), day)
            elif column == 10:
                sheet.write_number(row, column, float(text))
            elif text:
                sheet.write_string(row, column, text)
    book.close()
    return buffer.getvalue()


def as_ds(count: int, firm: Firm) -> bytes:
    """A month in which everybody entered, so that everybody is new."""
    ranks = range(count)
    rows = DeclaredRows.of(
        number=np.array([int(number(rank)) for rank in ranks]),
        last_name=[f"NOM{rank}" for rank in ranks],
        first_name=[FIRST_NAMES[rank % 5] for rank in ranks],
        cin=[cin(rank) for rank in ranks],
        days=np.full(count, 9),
        real_salary=500_000 + np.arange(count) * 137 % 900_000,
        capped_salary=np.minimum(500_000 + np.arange(count) * 137 % 900_000, 600_000),
        entrant=np.ones(count, bool),
    )
    header = DeclarationHeader(MAIN, firm.employer_number, PERIOD, transfer_id="1", name=firm.name)
    return write_declaration(Declaration(header, rows))
