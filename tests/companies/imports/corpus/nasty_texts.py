"""Nasty texts: encodings, line ends, separators, sizes, and values that a spreadsheet ruined."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping

from companies.identifiers import cnss_check_digit
from tests.companies.imports.corpus.nasty_people import (
    ARABIC_TITLES,
    PEOPLE,
    TITLES,
    csv_lines,
    csv_text,
    first_with,
    people,
)

TEN_MEGABYTES = 10 << 20
FORMULAS = (
    "=1+1",
    "+212600000000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "'=1+1",
)
"""What a spreadsheet would compute, were it not told that it is a text."""


def _number(rank: int) -> str:
    body = (10_000_001 + rank) * 10
    return f"{body + cnss_check_digit(body, 7):09}"


def _many(count: int) -> list[dict[str, str]]:
    return [
        {**PEOPLE[0], "matricule_cnss": _number(rank), "cin": f"AB{rank:06}"}
        for rank in range(count)
    ]


def _formulas() -> bytes:
    rows = [
        {**row, "nom": f'"{text}"'}
        for row, text in zip(_many(len(FORMULAS)), FORMULAS, strict=True)
    ]
    return csv_text(rows).encode()


def _arabic_titles() -> bytes:
    titles = list(ARABIC_TITLES)
    rows = people(nom="العلمي", prenom="سلمى", nationalite="مغربية")
    return "\n".join(csv_lines(rows, titles, ";", ARABIC_TITLES)).encode()


def _in_arabic_codepage() -> bytes:
    """Names in Arabic as an old Windows saves them: no byte says that it is not Windows-1252."""
    return csv_text(people(nom="العلمي", prenom="سلمى"), ";").encode("cp1256")


def _hired_on(day: str) -> bytes:
    """Under a title of the firm's own: under ours, the day comes first."""
    shown = {"date_embauche": "Date d'entrée"}
    return "\n".join(csv_lines(people(date_embauche=day), shown=shown)).encode()


def _wide() -> bytes:
    titles = (*TITLES, *(f"colonne_{at}" for at in range(100_000)))
    return "\n".join(csv_lines(PEOPLE, titles)).encode()


def _unbalanced_quote() -> bytes:
    return csv_text(first_with(nom='"Alami')).encode()


def _repeated_header() -> bytes:
    return "\n".join(csv_lines(PEOPLE, (*TITLES, "cin"))).encode()


def _header_among_the_rows() -> bytes:
    header, *rows = csv_lines(PEOPLE)
    return "\n".join([header, rows[0], header, *rows[1:]]).encode()


def _titles_below() -> bytes:
    title, empty = "Effectif au 31/12/2025", ""
    return "\n".join([title, empty, *csv_lines(PEOPLE)]).encode()


def _ragged() -> bytes:
    header, first, *rest = csv_lines(PEOPLE)
    return "\n".join([header, f"{first},de,trop", *rest]).encode()


TEXTS: Mapping[str, Callable[[], bytes]] = {
    "utf8.csv": lambda: csv_text().encode(),
    "utf8_bom.csv": lambda: BOM_UTF8 + csv_text(delimiter=";").encode(),
    "utf16le.csv": lambda: BOM_UTF16_LE + csv_text(delimiter="\t").encode("utf-16-le"),
    "utf16be.csv": lambda: BOM_UTF16_BE + csv_text(delimiter="\t").encode("utf-16-be"),
    "cp1252.csv": lambda: csv_text(delimiter=";").encode("cp1252"),
    "cp1256.csv": _in_arabic_codepage,
    "arabic_titles.csv": _arabic_titles,
    "crlf.csv": lambda: csv_text().replace("\n", "\r\n").encode(),
    "cr.csv": lambda: csv_text().replace("\n", "\r").encode(),
    "decimal_comma.csv": lambda: csv_text(
        people(revenu_brut_imposable="96 000,50"), delimiter=";"
    ).encode(),
    "serial_days.csv": lambda: csv_text(people(date_embauche="45901")).encode(),
    "long_french_days.csv": lambda: csv_text(people(date_embauche="5 août 2026")).encode(),
    "ambiguous_days.csv": lambda: _hired_on("05/08/2025"),
    "american_days.csv": lambda: _hired_on("08/25/2025"),
    "two_digit_years.csv": lambda: csv_text(people(date_embauche="01/09/25")).encode(),
    "digits_lost.csv": lambda: csv_text(first_with(matricule_cnss="1.18E+22")).encode(),
    "zeros_lost.csv": lambda: csv_text(first_with(matricule_cnss="23456783")).encode(),
    "arabic_digits.csv": lambda: csv_text(first_with(matricule_cnss="١٢٣٤٥٦٧٨٥")).encode(),
    "formulas.csv": _formulas,
    "ten_thousand_rows.csv": lambda: csv_text(_many(10_000)).encode(),
    "same_person_twice.csv": lambda: csv_text([*PEOPLE, PEOPLE[0]]).encode(),
    "departure_before_hire.csv": lambda: csv_text(first_with(date_depart="2025-08-31")).encode(),
    "nul_bytes.csv": lambda: csv_text(first_with(nom="Ala\0mi")).encode(),
    "unbalanced_quote.csv": _unbalanced_quote,
    "one_cell_of_ten_megabytes.csv": lambda: csv_text(first_with(nom="A" * TEN_MEGABYTES)).encode(),
    "hundred_thousand_columns.csv": _wide,
    "column_twice.csv": _repeated_header,
    "header_among_the_rows.csv": _header_among_the_rows,
    "titles_below.csv": _titles_below,
    "ragged.csv": _ragged,
    "header_only.csv": lambda: csv_text([]).encode(),
    "empty.csv": lambda: b"",
    "blank_lines_only.csv": lambda: b"\n  \n\t\n",
    "pdf.csv": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Catalog >> endobj\n",
    "page.csv": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
}
