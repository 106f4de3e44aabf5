"""A yearly declaration of pay into staging; people it only counts are left out, each with a row."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from companies.firms.models import Firm
from companies.imports.errors import Place
from companies.imports.formats.etat9421 import OpenEtat9421
from companies.imports.formats.etat9421_staff import PermanentRow, columns_of
from companies.imports.models import ImportFile
from companies.imports.staging.ownership import check_owner
from companies.imports.staging.rows import CREATED, GOOD, LEFT_OUT, NOBODY, ROW, Chunk, Values, who
from companies.imports.telling import told

CHUNK_ROWS = 5_000
COLUMNS = (*ROW, "taxable_income", "hired_on", "year")


def etat9421_chunks(file: ImportFile, firm: Firm, stream: BinaryIO) -> Iterator[Chunk]:
    """Rows in the order of `COLUMNS`; raises `FileRefused`.

    Where the file says its year after its people, those rows have none: the header is known for
    sure in the end, when `period` and `warnings` are filled in, not saved.
    """
    opened = OpenEtat9421(stream, file.name)
    chunk, line = Chunk(), 0
    for each in opened.people():
        # A file without line breaks has everybody on one line: each then takes the next number.
        line = max(each.line, line + 1)
        row = (
            _row(each)
            if isinstance(each, PermanentRow)
            else (LEFT_OUT, CREATED, *NOBODY, None, None)
        )
        chunk.rows.append((file.pk, line, *row, opened.year))
        if len(chunk.rows) == CHUNK_ROWS:
            yield chunk
            chunk = Chunk()
    yield chunk
    etat = opened.result(columns_of([]))
    check_owner(Place(file.name, None, "numeroCNSS"), etat.employer_number, firm.employer_number)
    check_owner(Place(file.name, None, "identifiantFiscal"), etat.fiscal_id, firm.fiscal_id)
    file.period = date(etat.year, 1, 1)
    file.warnings = [told(warning) for warning in etat.warnings]


def _row(each: PermanentRow) -> Values:
    person = who(each.cin, each.cnss_number, each.last_name, each.first_name)
    return (GOOD, CREATED, *person, each.taxable_income, each.hired_on)
