"""Cells of the rows of a spreadsheet that people look at: kept sealed, else read from the file."""

from collections.abc import Collection

from companies.imports.kinds import kind_of
from companies.imports.models import ImportFile
from companies.imports.sets import update_rows
from companies.imports.staged import StagedRow
from companies.imports.staging.stored_bytes import open_stored
from companies.imports.staging.tables import opened_cells, opened_table, sealed_cells


def kept_cells(file: ImportFile, lines: Collection[int]) -> dict[int, list[str]]:
    """Kinded cells by line; a line that the table does not have has none."""
    rows = StagedRow.objects.filter(file=file, line__in=lines, cells__isnull=False)
    kept = {line: opened_cells(cells) for line, cells in rows.values_list("line", "cells")}
    missing = set(lines) - kept.keys()
    return kept | _cells_in_file(file, missing) if missing else kept


def keep_cells(file: ImportFile) -> None:
    """Keep those of the bad rows that looked right when they were read."""
    rows = StagedRow.objects.filter(file=file, state=StagedRow.State.BAD, cells=None)
    keys = {line: pk for pk, line in rows.values_list("pk", "line")}
    if keys:
        found = _cells_in_file(file, keys.keys())
        update_rows(
            StagedRow,
            ("cells",),
            ((keys[line], sealed_cells(cells)) for line, cells in found.items()),
        )


def _cells_in_file(file: ImportFile, lines: Collection[int]) -> dict[int, list[str]]:
    """Reads the file up to the last of the lines."""
    last = max(lines)
    found = {}
    with open_stored(file.pk, file.size) as stream:
        table, _ = opened_table(file, kind_of(file.of).target, stream)
        with table:
            for line, cells in table.rows:
                if line in lines:
                    found[line] = cells
                if line >= last:
                    break
    return found
