"""Every file of an import read once and laid out, row by row, where statements can look at it."""

import io
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.formats import CASABLANCA
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.kinds import Beat, kind_of
from companies.imports.models import Import, ImportFile
from companies.imports.reading.layout import from_data
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.cells import kept_cells
from companies.imports.staging.ds import COLUMNS as DS_COLUMNS
from companies.imports.staging.ds import ds_chunks
from companies.imports.staging.etat9421 import COLUMNS as ETAT_9421_COLUMNS
from companies.imports.staging.etat9421 import etat9421_chunks
from companies.imports.staging.rows import Chunk, copy_problems, copy_rows
from companies.imports.staging.stored_bytes import StoredBytes
from companies.imports.staging.tables import COLUMNS as TABLE_COLUMNS
from companies.imports.staging.tables import LineRepairs, TableStager, repairs_of, table_chunks
from companies.workforce.models import PayYear

DS, ETAT_9421 = ImportFile.Format.DS, ImportFile.Format.ETAT_9421
COLUMNS = {DS.value: DS_COLUMNS, ETAT_9421.value: ETAT_9421_COLUMNS}
FILE_SAID = ("period", "supplement", "rows", "layout", "warnings")


def stage(import_: Import, *, beat: Beat) -> None:
    """Empty and refill the staged rows of an import, one commit a chunk.

    Begun again, it starts over. Raises `FileRefused` with the problems of all official files, which
    are taken or refused whole, and of spreadsheets that cannot be read at all; nothing stays staged
    then. Official files come first: the year of a people file without years is that of the état
    9421 beside it.
    """
    empty(import_)
    files = files_in_order(import_)
    progress = _Progress(files, beat)
    problems: list[Problem] = []
    for file in files:
        try:
            _stage_file(import_, file, progress)
        except FileRefused as refused:
            problems += refused.problems
    problems += _said_twice(files)
    if problems:
        empty(import_)
        raise FileRefused.because_of(problems)


def empty(import_: Import) -> None:
    """Forget all that is staged of an import."""
    files = list(import_.files.values_list("pk", flat=True))
    StagedProblem.objects.filter(file__in=files).delete()
    StagedRow.objects.filter(file__in=files).delete()


def files_in_order(import_: Import) -> list[ImportFile]:
    """The files without their content, in the order in which they are staged and loaded:
    declarations by month, états 9421, spreadsheets."""
    order = {DS: 0, ETAT_9421: 1}
    return sorted(
        import_.files.defer("content"),
        key=lambda file: (
            order.get(file.format, 2),
            file.period or date.min,
            file.supplement,
            file.position,
        ),
    )


def restage_rows(file: ImportFile, lines: Collection[int]) -> None:
    """Read rows of a spreadsheet again, with their repairs; the file itself is left alone where
    their cells were kept."""
    cells = kept_cells(file, lines)
    repairs, nothing = repairs_of(file, cells), LineRepairs()
    target, year = kind_of(file.of).target, _year_by_default(file.of)
    stager = TableStager(file, target, from_data(file.layout), year)
    chunk = Chunk()
    for line, row in sorted(cells.items()):
        stager.take(chunk, line, row, repairs.get(line, nothing))
    with transaction.atomic():
        StagedProblem.objects.filter(file=file, line__in=cells).delete()
        StagedRow.objects.filter(file=file, line__in=cells).delete()
        copy_rows(TABLE_COLUMNS, chunk.rows)
        copy_problems(chunk.problems)


class _Progress:
    """Rows told as they are written, of as many as the bytes read so far let expect."""

    def __init__(self, files: Sequence[ImportFile], beat: Beat) -> None:
        self._beat = beat
        self._bytes = sum(file.size for file in files)
        self._bytes_done = 0
        self._rows = 0

    def took(self, rows: int, source: StoredBytes) -> None:
        self._rows += rows
        read = self._bytes_done + source.tell()
        expected = self._rows * self._bytes // max(read, 1)
        self._beat("stage", self._rows, max(expected, self._rows))

    def end(self, file: ImportFile) -> None:
        self._bytes_done += file.size


def _stage_file(import_: Import, file: ImportFile, progress: _Progress) -> None:
    source = StoredBytes(file.pk, file.size)
    columns = COLUMNS.get(file.format, TABLE_COLUMNS)
    rows = 0
    for chunk in _chunks(import_, file, source):
        with transaction.atomic():
            copy_rows(columns, chunk.rows)
            copy_problems(chunk.problems)
        rows += len(chunk.rows)
        progress.took(len(chunk.rows), source)
    progress.end(file)
    file.rows = rows
    if file.format == ETAT_9421 and file.period:
        StagedRow.objects.filter(file=file, year=None).update(year=file.period.year)
    file.save(update_fields=FILE_SAID)


def _chunks(import_: Import, file: ImportFile, source: StoredBytes) -> Iterator[Chunk]:
    stream = io.BufferedReader(source)
    if file.format == DS:
        return ds_chunks(file, import_.firm, stream)
    if file.format == ETAT_9421:
        return etat9421_chunks(file, import_.firm, stream)
    return table_chunks(file, kind_of(import_).target, stream, _year_by_default(import_))


def _year_by_default(import_: Import) -> int | None:
    """That of the états 9421 beside it, else of the last one the firm sent, else the one before."""
    if import_.target != Import.Target.WORKFORCE:
        return None
    beside = import_.files.filter(format=ETAT_9421).aggregate(last=Max("period"))["last"]
    if beside is not None:
        return beside.year
    return _last_year(import_.firm) or import_.begun_at.astimezone(CASABLANCA).year - 1


def _last_year(firm: Firm) -> int | None:
    """The last year of which the tax office was told."""
    official = PayYear.objects.filter(employee__firm=firm, source__kind=ReceivedFile.Kind.ETAT_9421)
    year: int | None = official.aggregate(last=Max("year"))["last"]
    return year


def _said_twice(files: Sequence[ImportFile]) -> list[Problem]:
    """Two official files about the same thing: nobody can know which is the right one."""
    first: dict[tuple[str, date | None, int], ImportFile] = {}
    problems = []
    for file in sorted(files, key=lambda file: file.position):
        if file.is_spreadsheet or file.period is None:
            continue
        before = first.setdefault((file.format, file.period, file.supplement), file)
        if before is not file:
            problems.append(Problem("period_twice", Place(file.name), file.name, before.name))
    return problems
