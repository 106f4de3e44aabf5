"""The report of a load says each row, whose it is and what became of it."""

import io
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.models import FileLoad, Import, ImportFile
from companies.imports.outgoing.report import report_rows, report_text, report_workbook
from companies.imports.staged import StagedRow
from tests.factories.claimants import signataire_of

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAME = "=HYPERLINK(gens).csv"


@pytest.fixture
def loaded(firm: Firm) -> Import:
    """One row of each outcome, in a file whose name looks like a formula."""
    by = signataire_of(firm)
    row = Import.objects.create(
        firm=firm, public_id="imp_1", state=Import.State.LOADED, begun_by=by, begun_at=AT,
        waits_until=AT, loaded_at=AT, loaded_by=by,
    )  # fmt: skip
    received = ReceivedFile.objects.create(
        firm=firm, kind="people", name=NAME, sha256="0" * 64, size=1, content=b"x",
        received_at=AT, received_by=by,
    )  # fmt: skip
    file = ImportFile.objects.create(
        of=row, position=0, name=NAME, format="csv", sha256="0" * 64, size=1, content=b"x",
        received=received,
    )  # fmt: skip
    FileLoad.objects.create(
        file=received, of=row, period=date(2025, 1, 1), rows=5, created=1, updated=1, unchanged=1,
        left_out=2, loaded_at=AT, loaded_by=by,
    )  # fmt: skip
    of_file = {"file": file, "last_name": "ALAMI", "first_name": "=1+1", "cnss_last": "785"}
    StagedRow.objects.create(line=2, effect="created", **of_file)
    changes = {"taxable_income": [None, 12_050_050], "left_on": ["2025-03-31", "2025-04-30"]}
    StagedRow.objects.create(line=3, effect="updated", changes=changes, **of_file)
    StagedRow.objects.create(line=4, effect="unchanged", **of_file)
    StagedRow.objects.create(line=5, state="bad", effect="created", **of_file)
    StagedRow.objects.create(line=6, state="skipped", effect="created", **of_file)
    return row


def test_each_row_has_its_line_its_person_and_its_outcome(loaded: Import):
    rows = list(report_rows(loaded, "fr"))

    assert [(row.line, row.outcome) for row in rows] == [
        (2, "créé"), (3, "mis à jour"), (4, "inchangé"), (5, "à corriger"), (6, "ignorée"),
    ]  # fmt: skip
    assert {(row.person, row.number_end) for row in rows} == {("ALAMI =1+1", "…785")}


def test_a_value_that_was_replaced_is_told_old_and_new(loaded: Import):
    updated = list(report_rows(loaded, "fr"))[1]

    assert "31/03/2025 → 30/04/2025" in updated.change
    assert "— → 120\N{NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}DH" in updated.change


def test_the_workbook_counts_the_files_and_tells_the_rows(loaded: Import):
    with closing(report_workbook(loaded, language="fr", at=AT)) as out:
        book = CalamineWorkbook.from_filelike(io.BytesIO(out.read()))

    files, rows = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)

    assert files[1] == [NAME, 5, 1, 1, 1, 2]
    assert rows[1][:5] == [NAME, 2, "ALAMI =1+1", "…785", "créé"]
    assert len(rows) == 6


def test_no_line_of_the_text_begins_with_what_came_out_of_a_file(loaded: Import):
    lines = list(report_text(loaded, language="fr"))

    assert len(lines) == 7
    assert all(line[0].isalpha() and line.endswith("\n") for line in lines)
    assert lines[2] == f"Ligne 2 · {NAME} · ALAMI =1+1 · …785 · créé\n"


def test_a_report_whose_rows_are_gone_still_counts_the_files(loaded: Import):
    StagedRow.objects.all().delete()

    assert len(list(report_text(loaded, language="fr"))) == 2
