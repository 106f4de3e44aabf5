"""Imports as a check leaves them, row by row: what the pages of an import show."""

from datetime import UTC, datetime, timedelta

from accounts.public_ids import new_public_id
from accounts.sealing import seal
from companies.firms.models import Firm
from companies.imports.models import DAYS_KEPT, Import, ImportFile
from companies.imports.reading.layout import ColumnMatch, Layout, as_data
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from tests.factories.claimants import signataire_of

BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)
TITLES = {
    "Matricule CNSS": "matricule_cnss",
    "CIN": "cin",
    "Date d'entrée": "date_embauche",
    "Contrat": "type_contrat",
}
"""The firm's own titles, and the fields they stand for."""


def an_import(of: Firm, state: str = Import.State.CHECKED, **columns: object) -> Import:
    """With one spreadsheet, without rows."""
    made = Import.objects.create(
        **{
            "firm": of,
            "public_id": new_public_id("imp"),
            "state": state,
            "begun_by": signataire_of(of),
            "begun_at": BEGUN,
            "waits_until": BEGUN + DAYS_KEPT,
            **columns,
        }
    )
    content = (";".join(TITLES) + "\n").encode()
    ImportFile.objects.create(
        of=made, position=0, name="paie_juillet.csv", format=ImportFile.Format.CSV, sha256="0" * 64,
        size=len(content), content=content, layout=as_data(layout()),
    )  # fmt: skip
    return made


def layout() -> Layout:
    return Layout(
        columns=tuple(
            ColumnMatch(position, title, field, "same")
            for position, (title, field) in enumerate(TITLES.items())
        ),
        encoding="utf-8",
        delimiter=";",
    )


def staged(of: Import, line: int, **columns: object) -> StagedRow:
    """One row of the import's file."""
    return StagedRow.objects.create(
        **{"file": of.files.get(), "line": line, "last_name": f"Salarié {line:03d}", **columns}
    )


def wrong(of: Import, line: int, field: str, code: str, found: str = "", **more: object) -> None:
    """A cell of a bad row that is there already, or of a new one; the import counts it."""
    file = of.files.get()
    StagedRow.objects.get_or_create(
        file=file, line=line,
        defaults={"state": StagedRow.State.BAD, "last_name": f"Salarié {line:03d}"},
    )  # fmt: skip
    StagedProblem.objects.create(
        **{
            "file": file,
            "line": line,
            "field": field,
            "code": code,
            "found": seal(CELL, found),
            **more,
        }
    )
    of.bad = StagedRow.objects.filter(file=file, state=StagedRow.State.BAD).count()
    of.save(update_fields=["bad"])


def loaded(of: Firm, at: datetime = BEGUN, **columns: object) -> Import:
    """An import that was confirmed an hour ago."""
    return an_import(
        of,
        Import.State.LOADED,
        **{"loaded_at": at - timedelta(hours=1), "loaded_by": signataire_of(of), **columns},
    )
