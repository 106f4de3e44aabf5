"""Official files into staging: every row typed, nobody readable, all of a file or none of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.sealing import fingerprint, unseal
from companies.imports.errors import FileRefused
from companies.imports.kinds import no_beat
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.stage import stage
from companies.imports.staging.stored_bytes import SLICE_BYTES, StoredBytes
from tests.companies.imports.handed import handed
from tests.factories.claimants import firm as a_firm
from tests.factories.people import cin, declaration, entrant, etat, number, pending, row

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def staged(import_):
    return StagedRow.objects.filter(file__of=import_).order_by("file__position", "line")


def test_a_declaration_is_laid_out_row_by_row_with_its_lines(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1, situation="SO"), entrant(2)]))

    stage(begun, beat=no_beat)

    columns = ("line", "state", "month", "real_salary", "days", "situation", "entrant")
    assert list(staged(begun).values_list(*columns)) == [
        (3, "good", JANUARY, 700_000, 26, "SO", False),
        (5, "good", JANUARY, 700_000, 26, "", True),
    ]


def test_identifiers_are_sealed_and_fingerprinted(firm):
    begun = handed(firm, declaration(firm, JANUARY, [entrant(1)]))

    stage(begun, beat=no_beat)

    [found] = staged(begun)
    assert (unseal("cin", found.cin_sealed), unseal("cnss", found.cnss_sealed)) == (
        cin(1),
        number(1),
    )
    assert bytes(found.cnss_fingerprint) == fingerprint("cnss", number(1))
    assert (found.cin_last, found.cnss_last) == (cin(1)[-3:], number(1)[-3:])


def test_no_statement_carries_a_readable_identifier(firm):
    begun = handed(firm, declaration(firm, JANUARY, [entrant(1)]))

    with CaptureQueriesContext(connection) as told:
        stage(begun, beat=no_beat)

    assert not any(cin(1) in each["sql"] for each in told.captured_queries)
    assert cin(1) not in str(list(staged(begun).values()))


def test_a_pending_number_is_no_number(firm):
    begun = handed(firm, declaration(firm, JANUARY, [pending(1)]))

    stage(begun, beat=no_beat)

    [found] = staged(begun)
    assert (found.cnss_fingerprint, found.cnss_sealed, found.cnss_last) == (None, None, "")
    assert bytes(found.cin_fingerprint) == fingerprint("cin", cin(1))


def test_occasional_labour_is_about_nobody_and_left_out(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1), row(9, number=999_999_999)]))

    stage(begun, beat=no_beat)

    crowd = staged(begun).get(line=4)
    assert (crowd.state, crowd.cnss_fingerprint, crowd.last_name) == ("left_out", None, "")


@pytest.mark.parametrize(("told", "kept"), [("AB000001", "ma"), ("PAS12345", "")])
def test_the_form_of_a_cin_tells_a_nationality_in_small_letters(firm, told, kept):
    begun = handed(firm, declaration(firm, JANUARY, [entrant(1, cin=told)]))

    stage(begun, beat=no_beat)

    assert staged(begun).get().nationality == kept


def test_a_yearly_declaration_is_laid_out_with_its_year(firm):
    hired = date(2024, 5, 6)
    begun = handed(firm, etat(firm, 2025, [{"rank": 1, "hired_on": hired}]))

    stage(begun, beat=no_beat)

    [found] = staged(begun)
    assert (found.year, found.taxable_income, found.hired_on) == (2025, 8_400_000, hired)
    assert begun.files.get().period == date(2025, 1, 1)


def test_people_on_one_line_of_xml_are_told_apart(firm):
    name, content = etat(firm, 2025, [{"rank": 1}, {"rank": 2}])
    begun = handed(firm, (name, content.replace(b"\n", b"")))

    stage(begun, beat=no_beat)

    assert list(staged(begun).values_list("line", flat=True)) == [1, 2]


def test_the_file_is_told_its_month_its_rank_and_its_rows(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1), row(2)], supplement=3))

    stage(begun, beat=no_beat)

    file = begun.files.get()
    assert (file.period, file.supplement, file.rows) == (JANUARY, 3, 2)


def test_a_warning_is_kept_with_the_end_of_the_number_alone(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1, number=123_456_789)]))

    stage(begun, beat=no_beat)

    [warning] = begun.files.get().warnings
    assert (warning["code"], warning["found"]) == ("employee_number_key", "…789")


def test_started_again_it_leaves_the_same_rows(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1), entrant(2)]))
    stage(begun, beat=no_beat)
    before = list(staged(begun).values_list("line", "cnss_fingerprint", "real_salary"))

    stage(begun, beat=no_beat)

    assert list(staged(begun).values_list("line", "cnss_fingerprint", "real_salary")) == before


def test_every_official_file_says_why_it_is_refused_and_nothing_stays(firm):
    other = a_firm(2)
    begun = handed(
        firm,
        declaration(firm, JANUARY, [row(1)]),
        declaration(other, JANUARY, [row(1)]),
        etat(other, 2025, [{"rank": 1}]),
    )

    with pytest.raises(FileRefused) as refused:
        stage(begun, beat=no_beat)

    assert [problem.code for problem in refused.value.problems] == ["file_of_another_firm"] * 2
    assert not staged(begun).exists()
    assert not StagedProblem.objects.exists()


def test_two_files_about_one_month_are_refused(firm):
    _, again = declaration(firm, JANUARY, [row(2)])
    begun = handed(firm, declaration(firm, JANUARY, [row(1)]), ("encore.txt", again))

    with pytest.raises(FileRefused) as refused:
        stage(begun, beat=no_beat)

    [problem] = refused.value.problems
    assert (problem.code, problem.place.file) == ("period_twice", "encore.txt")


def test_progress_is_told_in_rows(firm):
    told = []
    begun = handed(firm, declaration(firm, JANUARY, [row(1), row(2)]))

    stage(begun, beat=lambda *progress: told.append(progress))

    assert told[-1] == ("stage", 2, 2)


def test_whoever_is_told_to_stop_leaves_what_was_committed_and_starts_over(firm):
    begun = handed(firm, declaration(firm, JANUARY, [row(1), entrant(2)]))

    def stop(*_progress):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        stage(begun, beat=stop)
    stage(begun, beat=no_beat)

    assert staged(begun).count() == 2


@pytest.mark.parametrize("size", [0, 1, SLICE_BYTES, SLICE_BYTES + 1])
def test_a_stored_file_is_read_back_by_slices(firm, size):
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    file = handed(firm, declaration(firm, JANUARY, [row(1)])).files.get()
    file.content, file.size = content, size
    file.save()

    source = StoredBytes(file.pk, size)

    assert source.readall() == content
    source.seek(size // 2)
    assert source.read(3) == content[size // 2 : size // 2 + 3]
