"""What a person answers for a spreadsheet is kept for the firm and the table it was said of."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.errors import Refusal
from companies.firms.models import Firm
from companies.imports.beginning import begin_import
from companies.imports.kinds import no_beat
from companies.imports.models import Import
from companies.imports.reading.layout import from_data
from companies.imports.repairing import match_columns, repair_cells, skip_rows
from companies.imports.staged import StagedRow
from companies.imports.working import check_import
from tests.factories import claimants
from tests.factories.people import AT, File, cin, declaration, entrant, member, number

TITLES = ["N° CNSS", "Nom", "Prénom", "Date d'embauche", "Contrat"]
ROW = [number(1), "ALAMI", "SALMA", "05/08/2025", "CDI"]
"""The fifth of August or the eighth of May: nothing in the table shows which."""
S = Import.State


def table(*titles: str) -> File:
    return "effectif.csv", "\n".join(";".join(each) for each in (titles or TITLES, ROW)).encode()


def begun(firm: Firm, file: File) -> Import:
    return begin_import(firm=firm, files=[file], acting_user=member(firm), at=AT)


def answered(firm: Firm) -> Import:
    """The month comes first in its days, and its next table is read so too."""
    row = begun(firm, table())
    assert row.state == S.MATCHING
    file = row.files.get()
    layout = replace(from_data(file.layout), day_order={"date_embauche": "mdy"})
    match_columns(
        import_id=row.pk, layouts={file.pk: layout}, remember=True, acting_user=member(firm), at=AT
    )
    return row


def test_the_order_of_days_is_asked_once_of_a_firm_for_one_layout(firm: Firm):
    answered(firm)

    again = begun(firm, table())

    assert again.state == S.CHECKING
    assert from_data(again.files.get().layout).day_order == {"date_embauche": "mdy"}


def test_another_firm_is_asked_anew(firm: Firm):
    answered(firm)

    assert begun(claimants.firm(2), table()).state == S.MATCHING


def test_another_layout_is_asked_anew(firm: Firm):
    answered(firm)

    assert begun(firm, table(*TITLES[:-1], "Type de contrat")).state == S.MATCHING


def test_no_row_of_a_declaration_is_written_anew_or_set_aside(firm: Firm):
    by = member(firm)
    row = begun(firm, declaration(firm, date(2026, 1, 1), [entrant(1), entrant(2)]))
    check_import(import_id=row.pk, acting_user=by, at=AT, beat=no_beat)
    file, line = StagedRow.objects.values_list("file", "line").first()

    with pytest.raises(Refusal, match="cell_unknown"):
        skip_rows(import_id=row.pk, rows={(file, line)}, acting_user=by, at=AT)
    with pytest.raises(Refusal, match="cell_unknown"):
        repair_cells(import_id=row.pk, cells={(file, line, "cin"): cin(3)}, acting_user=by, at=AT)


@pytest.mark.parametrize("line", [0, 777, 3_000_000_000])
def test_a_row_that_the_file_has_not_is_not_set_aside(firm: Firm, line: int):
    row = answered(firm)
    check_import(import_id=row.pk, acting_user=member(firm), at=AT, beat=no_beat)
    file = row.files.get().pk

    with pytest.raises(Refusal, match="cell_unknown"):
        skip_rows(import_id=row.pk, rows={(file, line)}, acting_user=member(firm), at=AT)
