"""Nasty files that only the firm and its register can judge, handed over as an import."""

import pytest

from companies.firms.models import Firm
from companies.imports.beginning import begin_import
from companies.imports.errors import FileRefused
from companies.imports.kinds import no_beat
from companies.imports.models import Import
from companies.imports.staged import StagedRow
from companies.imports.working import check_import
from tests.companies.imports.corpus.nasty_files import NASTY_FILES
from tests.companies.imports.formats.declarations import HEADER
from tests.factories.people import AT, member

S = Import.State


@pytest.fixture
def firm(firm: Firm) -> Firm:
    """The one that the declarations of the corpus are about."""
    firm.employer_number, firm.fiscal_id = HEADER.employer_number, "5000001"
    firm.save()
    return firm


def handed_over(firm: Firm, name: str) -> Import:
    """As far as it goes by itself: checked, refused, or waiting for an answer."""
    by = member(firm)
    files = [(name, NASTY_FILES[name]())]
    row = begin_import(firm=firm, files=files, acting_user=by, at=AT)
    if row.state == S.CHECKING:
        check_import(import_id=row.pk, acting_user=by, at=AT, beat=no_beat)
        row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("etat9421_of_another_firm.xml", "file_of_another_firm"),
        ("ds_prefilled.txt", "declaration_prefilled"),
        ("ds_two_firms.txt", "employer_differs"),
        ("ds_total_wrong.txt", "total_differs"),
        ("etat9421_cut.xml", "xml_broken"),
    ],
)
def test_an_official_file_that_is_not_right_is_refused_whole(firm: Firm, name: str, code: str):
    row = handed_over(firm, name)

    assert row.state == S.REFUSED
    assert row.refusal[0]["code"] == code
    assert not StagedRow.objects.exists()


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("same_person_twice.csv", 3, 1),
        ("digits_lost.csv", 2, 1),
        ("merged_cells.xlsx", 2, 1),
        ("formulas.csv", 11, 0),
        ("ten_thousand_rows.csv", 10_000, 0),
        ("people.ods", 3, 0),
        ("ds_crlf.txt", 3, 0),
        ("both_declarations.zip", 4, 0),
    ],
)
def test_good_rows_are_told_from_bad_ones(firm: Firm, name: str, good: int, bad: int):
    row = handed_over(firm, name)

    assert (row.state, row.good, row.bad) == (S.CHECKED, good, bad)


@pytest.mark.parametrize("name", ["ambiguous_days.csv", "column_twice.csv"])
def test_what_only_a_person_knows_is_asked(firm: Firm, name: str):
    assert handed_over(firm, name).state == S.MATCHING


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.csv", "file_empty"),
        ("few_overlapping.zip", "zip_broken"),
        ("million_rows.xlsx", "workbook_rows"),
        ("laughs.ods", "workbook_broken"),
        ("unbalanced_quote.csv", "csv_broken"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(firm: Firm, name: str, code: str):
    with pytest.raises(FileRefused) as refused:
        handed_over(firm, name)

    assert refused.value.code == code
    assert not Import.objects.exists()
