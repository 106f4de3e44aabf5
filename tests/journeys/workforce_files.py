"""Files of a payroll office: its own workbook of 348 people, of whom 26 have something wrong; and
a long one without a fault.
"""

from datetime import date
from pathlib import Path

from xlsxwriter.workbook import Workbook

from companies.identifiers import cnss_check_digit

ROWS = 348
TITLES = (
    "N° CNSS", "CIN", "Nom", "Prénom", "Nationalité", "Date d'entrée", "Contrat", "Brut annuel",
)  # fmt: skip
LOST_ZERO, WRONG_DAY, UNKNOWN_WORD, WRONG_PAY, TWICE = 8, 5, 6, 4, 3
"""How many rows have each thing wrong, in the order in which they stand from line 2 on."""
BAD = LOST_ZERO + WRONG_DAY + UNKNOWN_WORD + WRONG_PAY + TWICE
OWN_WORD = "Statutaire"
"""What this firm calls a CDI; asked once."""
FIRST_BAD = 302
"""Line in the sheet: below what is looked at to match columns, so that nothing is asked before."""


def write_workbook(path: Path) -> Path:
    """Identifiers are text, except those whose zero the spreadsheet lost."""
    book = Workbook(path)
    sheet = book.add_worksheet("Effectif")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, TITLES)
    for rank in range(1, ROWS + 1):
        row = _row(rank)
        sheet.write_row(rank, 0, row[:5])
        if isinstance(row[5], date):
            sheet.write_datetime(rank, 5, row[5], day)
        else:
            sheet.write_string(rank, 5, row[5])
        sheet.write_row(rank, 6, row[6:])
    book.close()
    return path


def write_table(path: Path, rows: int) -> Path:
    """The same people and more of them, without a fault, as a CSV in the titles of the template."""
    titles = "matricule_cnss;cin;nom;prenom;nationalite;date_embauche;type_contrat\n"
    lines = (
        f"{_number(14_000_000 + rank)};BE{100_000 + rank};NOM {rank};Sara;MA;2025-09-01;CDI\n"
        for rank in range(1, rows + 1)
    )
    path.write_text(titles + "".join(lines), encoding="utf-8")
    return path


def _row(rank: int) -> list[str | int | date]:
    row: list[str | int | date] = [
        _number(14_000_000 + rank), f"BE{100_000 + rank}", f"NOM {rank:03d}", "Sara", "Marocaine",
        date(2025, 7 + rank % 6, 1), OWN_WORD if rank % 100 == 50 else "CDI", 60_000 + rank,
    ]  # fmt: skip
    wrong = _wrong(rank + 1 - FIRST_BAD)
    match wrong:
        case "lost zero":
            row[0] = int(_number(1_400_000 + rank))
        case "wrong day":
            row[5] = "31/09/2025"
        case "unknown word":
            row[6] = "PFE"
        case "wrong pay":
            row[7] = "à revoir"
        case "twice":
            row[0], row[1] = _number(14_000_001 + rank % 100), f"BE{100_001 + rank % 100}"
    return row


def _wrong(place: int) -> str:
    """What is wrong with the row at this place among the bad ones; nothing elsewhere."""
    kinds = (
        ("lost zero", LOST_ZERO), ("wrong day", WRONG_DAY), ("unknown word", UNKNOWN_WORD),
        ("wrong pay", WRONG_PAY), ("twice", TWICE),
    )  # fmt: skip
    if place < 0:
        return ""
    each = [kind for kind, count in kinds for _ in range(count)]
    return each[place] if place < len(each) else ""


def _number(body: int) -> str:
    return f"{body * 10 + cnss_check_digit(body * 10, 7):09d}"
