"""The floor of an import: the fastest reader, identifiers sealed, rows copied straight into place.

Nothing is checked, nobody is looked up, no source is kept apart from its number: what remains is
what no import can do without. Keys, indexes and foreign keys are those of the product.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO

import numpy as np
import polars
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from accounts.sealing import fingerprint, seal
from bench.imports.files import PERIOD, TITLES
from companies.documents.models import ReceivedFile

YEAR = 2025
LINE = 261
"""A record of a declaration and its line end."""
NUMBER, NAMES, CIN = slice(16, 25), (slice(25, 55), slice(55, 85)), slice(85, 93)
DAYS, REAL, CAPPED = slice(93, 95), slice(95, 108), slice(108, 117)

EMPLOYEE_TYPES = (
    *("int8", "int8", "int8", "varchar", "varchar", "varchar"),
    *("bytea", "bytea", "varchar", "varchar", "bool", "varchar"),
)

Columns = dict[str, Sequence[object]]


def read_csv(content: bytes) -> Columns:
    table = polars.read_csv(content, infer_schema=False)
    columns = {name: table[name].to_list() for name in TITLES}
    days = table["date_embauche"].str.to_date("%Y-%m-%d").to_list()
    income = table["revenu_brut_imposable"].str.replace(".", "", literal=True).cast(polars.Int64)
    return columns | {"date_embauche": days, "revenu_brut_imposable": income.to_list()}


def read_xlsx(content: bytes) -> Columns:
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    rows = iter(sheet.iter_rows())
    next(rows)
    columns = dict(zip(TITLES, map(list, zip(*rows, strict=True)), strict=True))
    cents = [round(income * 100) for income in columns["revenu_brut_imposable"]]
    return columns | {"revenu_brut_imposable": cents}


def read_ds(content: bytes) -> Columns:
    table = np.frombuffer(content, np.uint8)
    records = table.reshape(-1, LINE)
    kept = records[(records[:, 1] == ord("0")) & (records[:, 2] == ord("4"))]

    def text(place: slice) -> list[str]:
        width = place.stop - place.start
        cells = np.ascontiguousarray(kept[:, place]).view(f"S{width}").ravel()
        return [cell.decode().rstrip() for cell in cells.tolist()]

    def integer(place: slice) -> list[int]:
        width = place.stop - place.start
        powers = 10 ** np.arange(width - 1, -1, -1)
        return ((kept[:, place].astype(np.int64) - ord("0")) @ powers).tolist()

    return {
        "matricule_cnss": text(NUMBER),
        "cin": text(CIN),
        "nom": text(NAMES[0]),
        "prenom": text(NAMES[1]),
        "date_embauche": [PERIOD] * len(kept),
        "days": integer(DAYS),
        "real": integer(REAL),
        "capped": integer(CAPPED),
    }


READERS: dict[str, Callable[[bytes], Columns]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "ds": read_ds,
}


@transaction.atomic
def import_at_the_floor(kind: str, content: bytes, source: ReceivedFile) -> None:
    """Read, seal, copy; everybody is new."""
    columns = READERS[kind](content)
    numbers, cins = columns["matricule_cnss"], columns["cin"]
    count = len(numbers)
    persons, employees = _keys("companies_person", count), _keys("companies_employee", count)
    _copy(
        "companies_person (id, cin_fingerprint, cnss_fingerprint)",
        ("int8", "bytea", "bytea"),
        zip(
            persons,
            [fingerprint("cin", text) for text in cins],
            [fingerprint("cnss", text) for text in numbers],
            strict=True,
        ),
    )
    _copy_employees(source, columns, persons, employees)
    lines = range(2, count + 2)
    _copy(
        "companies_employment (id, employee_id, hired_on, contract, earlier_declared,"
        " hired_source_id, hired_line)",
        ("int8", "int8", "date", "varchar", "bool", "int8", "int4"),
        (
            (pk, employee, hired, "CDI", True, source.pk, line)
            for pk, employee, hired, line in zip(
                _keys("companies_employment", count),
                employees,
                columns["date_embauche"],
                lines,
                strict=True,
            )
        ),
    )
    (_copy_months if kind == "ds" else _copy_years)(source, columns, employees, lines)


def _copy_employees(
    source: ReceivedFile, columns: Columns, persons: list[int], employees: list[int]
) -> None:
    _copy(
        "companies_employee (id, firm_id, person_id, last_name, first_name, sort_key, cin_sealed,"
        " cnss_sealed, cin_last, cnss_last, has_cnss_number, nationality)",
        EMPLOYEE_TYPES,
        (
            (
                employee,
                source.firm_id,
                person,
                last,
                first,
                f"{last} {first}",
                seal("cin", cin),
                seal("cnss", number),
                cin[-3:],
                number[-3:],
                True,
                "MA",
            )
            for employee, person, last, first, cin, number in zip(
                employees,
                persons,
                columns["nom"],
                columns["prenom"],
                columns["cin"],
                columns["matricule_cnss"],
                strict=True,
            )
        ),
    )


def _copy_years(
    source: ReceivedFile, columns: Columns, employees: list[int], lines: Iterable[int]
) -> None:
    _copy(
        "companies_payyear (employee_id, year, taxable_income, funded_by, source_id, line)",
        ("int8", "int2", "int8", "varchar", "int8", "int4"),
        (
            (employee, YEAR, income, "", source.pk, line)
            for employee, income, line in zip(
                employees, columns["revenu_brut_imposable"], lines, strict=True
            )
        ),
    )


def _copy_months(
    source: ReceivedFile, columns: Columns, employees: list[int], lines: Iterable[int]
) -> None:
    _copy(
        "companies_paymonth (employee_id, month, supplement, real_salary, capped_salary, days,"
        " situation, entrant, source_id, line)",
        ("int8", "date", "int2", "int8", "int8", "int2", "varchar", "bool", "int8", "int4"),
        (
            (employee, date(2025, 12, 1), 0, real, capped, days, "", True, source.pk, line)
            for employee, real, capped, days, line in zip(
                employees, columns["real"], columns["capped"], columns["days"], lines, strict=True
            )
        ),
    )


def _keys(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(target: str, types: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        raw = cursor.cursor
        with raw.copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
