"""A person answers for a spreadsheet: which column is what, and what a wrong cell should say."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.errors import Refusal
from accounts.models import Job, User
from accounts.sealing import seal, unseal
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.asking import ask_check
from companies.imports.checking.check import check
from companies.imports.kinds import kind_of
from companies.imports.models import Import, ImportFile, KnownLayout, Repair
from companies.imports.reading.layout import Layout, as_data, titles_hash
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from companies.imports.staging.stage import restage_rows

Cell = tuple[int, int, str]
"""Key of the file, line, name of the field."""
Row = tuple[int, int]


def match_columns(
    *,
    import_id: int,
    layouts: Mapping[int, Layout],
    remember: bool,
    acting_user: User,
    at: datetime,
) -> Job:
    """Say how each spreadsheet is read, and have it checked.

    `layouts` by key of the file. With `remember`, the same titles are read the same way next time.
    Raises `role_missing` or `state_forbids`.
    """
    with transaction.atomic():
        row = Import.objects.select_related("firm").get(pk=import_id)
        require_firm_role(row.firm, acting_user, *WRITERS)
        for file in ImportFile.objects.filter(of=row, pk__in=layouts).defer("content"):
            layout = layouts[file.pk]
            file.layout = as_data(layout)
            file.save(update_fields=["layout"])
            if remember:
                _remember(row, layout, acting_user=acting_user, at=at)
        return ask_check(import_id=row.pk, acting_user=acting_user, at=at)


def _remember(row: Import, layout: Layout, *, acting_user: User, at: datetime) -> None:
    KnownLayout.objects.update_or_create(
        firm=row.firm,
        target=row.target,
        titles_hash=titles_hash([column.title for column in layout.columns]),
        defaults={"layout": as_data(layout), "kept_at": at, "kept_by": acting_user},
    )


def repair_cells(
    *, import_id: int, cells: Mapping[Cell, str], acting_user: User, at: datetime
) -> None:
    """Write cells anew; their rows are read and checked again.

    Raises `role_missing`, `state_forbids` or `cell_unknown` for a place that is not of this import.
    """
    with _open(import_id, acting_user, at) as row:
        _check_places(row, {(file, line) for file, line, _ in cells}, {name for *_, name in cells})
        Repair.objects.bulk_create(
            Repair(
                file_id=file,
                line=line,
                field=name,
                new_value=seal(CELL, value.strip()),
                made_by=acting_user,
                made_at=at,
            )
            for (file, line, name), value in cells.items()
        )
        _read_again({(file, line) for file, line, _ in cells})
        _journal(row, "import.repair", acting_user, at, cells=len(cells))


def fill_column(
    *, import_id: int, code: str, field: str, value: str, acting_user: User, at: datetime
) -> int:
    """`value`, or nothing, in every cell of the column that has this problem; how many."""
    written = {
        (problem.file_id, problem.line, field): value
        for problem in _problems(import_id, code, field)
        if problem.line is not None
    }
    if written:
        repair_cells(import_id=import_id, cells=written, acting_user=acting_user, at=at)
    return len(written)


def replace_word(
    *,
    import_id: int,
    field: str,
    found: str,
    value: str,
    acting_user: User,
    at: datetime,
) -> int:
    """`found` becomes `value` in every cell of the column that has a problem there."""
    problems = StagedProblem.objects.filter(
        file__of=import_id, field=field, line__isnull=False, blocks=True
    )
    written = {
        (problem.file_id, problem.line, field): value
        for problem in problems.iterator()
        if problem.line is not None and unseal(CELL, problem.found) == found
    }
    if written:
        repair_cells(import_id=import_id, cells=written, acting_user=acting_user, at=at)
    return len(written)


def skip_rows(*, import_id: int, rows: Collection[Row], acting_user: User, at: datetime) -> None:
    """Set rows aside: they are not loaded, and the report says so."""
    with _open(import_id, acting_user, at) as row:
        _check_places(row, set(rows), set())
        Repair.objects.bulk_create(
            Repair(file_id=file, line=line, skips=True, made_by=acting_user, made_at=at)
            for file, line in rows
        )
        _read_again(set(rows))
        _journal(row, "import.skip", acting_user, at, rows=len(rows))


def skip_all(*, import_id: int, code: str, field: str, acting_user: User, at: datetime) -> int:
    """Set aside every row that has this problem in this column; returns how many."""
    rows = {
        (problem.file_id, problem.line)
        for problem in _problems(import_id, code, field)
        if problem.line is not None
    }
    if rows:
        skip_rows(import_id=import_id, rows=rows, acting_user=acting_user, at=at)
    return len(rows)


@contextmanager
def _open(import_id: int, acting_user: User, at: datetime) -> Iterator[Import]:
    """The import, locked while it is repaired; all its rows are looked at in the end."""
    with transaction.atomic():
        row = (
            Import.objects.select_for_update(of=("self",), no_key=True)
            .select_related("firm")
            .get(pk=import_id)
        )
        require_firm_role(row.firm, acting_user, *WRITERS)
        if row.state != Import.State.CHECKED:
            raise Refusal("state_forbids", step="repair", state=row.state)
        yield row
        check(row, kind_of(row).more_checks)


def _check_places(row: Import, rows: Collection[Row], names: Collection[str]) -> None:
    spreadsheets = set(
        ImportFile.objects.filter(of=row, format__in=ImportFile.SPREADSHEETS).values_list(
            "pk", flat=True
        )
    )
    fields = {field.name for field in kind_of(row).target.fields}
    if not {file for file, _ in rows} <= spreadsheets or not set(names) <= fields:
        raise Refusal("cell_unknown")
    lines = [line for _, line in rows]
    staged = StagedRow.objects.filter(file__in=spreadsheets, line__in=lines)
    if not set(rows) <= set(staged.values_list("file_id", "line")):
        raise Refusal("cell_unknown")


def _read_again(rows: Collection[Row]) -> None:
    lines: defaultdict[int, set[int]] = defaultdict(set)
    for file, line in rows:
        lines[file].add(line)
    for file in ImportFile.objects.filter(pk__in=lines).defer("content"):
        restage_rows(file, sorted(lines[file.pk]))


def _problems(import_id: int, code: str, field: str) -> Iterator[StagedProblem]:
    found = StagedProblem.objects.filter(
        file__of=import_id, code=code, field=field, line__isnull=False
    )
    return found.order_by("file", "line").iterator()


def _journal(row: Import, action: str, acting_user: User, at: datetime, **counts: int) -> None:
    record_of(row.firm, action, acting_user, at, **{"import": row.public_id}, **counts)
