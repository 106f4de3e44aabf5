"""Reading declarations that are right, whatever their family, line ends and name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.imports.formats.declaration import Declaration, DeclaredRows
from companies.imports.formats.ds_layout import (
    COMPLEMENTARY,
    LINE_LENGTH,
    PREFILLED,
    RECORDS,
)
from companies.imports.formats.ds_writer import file_name_of, write_declaration
from tests.companies.imports.formats.declarations import (
    HEADER,
    NAME,
    NUMBERS,
    declarations,
    joined,
    lines_of,
    read,
    same,
    sample,
    with_field,
)


@given(declarations(), st.sampled_from([b"\n", b"\r\n"]))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
def test_what_was_written_is_read_back(declaration, line_end):
    data = write_declaration(declaration, line_end)

    assert same(read(data), declaration)


@pytest.mark.parametrize("family", RECORDS)
def test_every_record_of_the_layout_has_the_length_of_a_line(family):
    widths = [sum(field.width for field in record.values()) for record in RECORDS[family].values()]

    assert set(widths) == {LINE_LENGTH}


def test_a_right_declaration_gives_no_warning():
    assert read(write_declaration(sample())).warnings == ()


def test_the_header_says_who_and_which_month():
    assert read(write_declaration(sample())).header == HEADER


def test_each_person_has_the_line_of_the_file():
    rows = read(write_declaration(sample())).rows

    assert rows.line.tolist() == [3, 4, 6]
    assert rows.number.tolist() == NUMBERS
    assert rows.entrant.tolist() == [False, False, True]


def test_texts_are_stripped_and_the_situation_of_a_leaver_is_kept():
    rows = read(write_declaration(sample())).rows

    assert rows.texts("last_name") == ["ALAMI", "BENNANI", "CHRAIBI"]
    assert rows.texts("situation") == ["", "SO", ""]
    assert rows.texts("cin") == ["", "", "AB123456"]


def test_amounts_are_centimes():
    rows = read(write_declaration(sample())).rows

    assert rows.real_salary.tolist() == [650_000, 480_050, 300_000]


def test_the_last_end_of_line_may_be_missing():
    data = write_declaration(sample())

    assert same(read(data[:-1]), sample())


def test_the_line_written_when_nobody_entered_is_nobody():
    declaration = sample(entrant=[False, False, False], cin=[b"", b"", b""])
    lines = lines_of(declaration)

    assert lines[6].startswith(b"B041234567202601000000000 ")
    assert len(read(joined(lines)).rows) == 3


def test_a_declaration_without_any_line_of_entrant_is_taken():
    lines = lines_of(sample(entrant=[False] * 3, cin=[b""] * 3))
    del lines[6]

    assert len(read(joined(lines)).rows) == 3


def test_several_people_may_wait_for_their_number():
    declaration = sample(
        number=[NUMBERS[0], 0, 0], entrant=[False, True, True], cin=[b"", b"AB1", b"AB2"]
    )

    assert read(write_declaration(declaration)).rows.number_texts()[1:] == ["000000000"] * 2


def test_occasional_labour_may_stand_on_several_lines():
    declaration = sample(number=[NUMBERS[0], 999_999_999, 999_999_999])

    assert len(read(write_declaration(declaration)).rows) == 3


def test_a_complementary_declaration_says_its_rank():
    header = replace(HEADER, family=COMPLEMENTARY, supplement=3)

    assert read(write_declaration(sample(header)), "DSC3_1234567_012026.txt").warnings == ()
    assert read(write_declaration(sample(header))).header.supplement == 3


def test_the_employer_may_be_blank_in_a_complementary_entrant():
    lines = lines_of(sample(replace(HEADER, family=COMPLEMENTARY, supplement=1)))

    assert len(read(joined(with_field(lines, 6, "N_Num_Affilie", " " * 7))).rows) == 3


def test_a_prefilled_file_has_names_and_no_pay():
    rows = DeclaredRows.of(number=NUMBERS, last_name=[b"A", b"B", b"C"], children=[1, 0, 2])
    declaration = Declaration(replace(HEADER, family=PREFILLED), rows)

    result = read(write_declaration(declaration), "AFFEBDS_1234567_202601.txt")

    assert result.header.is_prefilled
    assert result.rows.texts("last_name") == ["A", "B", "C"]
    assert result.warnings == ()


def test_dates_left_at_zero_are_unknown():
    header = replace(HEADER, issued_on=None, due_on=date(2026, 2, 10))

    assert read(write_declaration(sample(header))).header.issued_on is None


def test_more_lines_than_a_block_are_read_in_order():
    numbers = list(range(100_000_010, 100_000_010 + 9_000))
    rows = DeclaredRows.of(number=numbers, days=[20] * 9_000, real_salary=[1] * 9_000)

    result = read(write_declaration(Declaration(HEADER, rows)))

    assert result.rows.number.tolist() == numbers
    assert result.rows.line[[0, -1]].tolist() == [3, 9_002]


@pytest.mark.parametrize(
    ("family", "supplement", "name"),
    [
        (HEADER.family, 0, NAME),
        (COMPLEMENTARY, 2, "DSC2_1234567_012026.txt"),
        (PREFILLED, 0, "AFFEBDS_1234567_012026.txt"),
    ],
)
def test_a_file_is_named_after_its_header(family, supplement, name):
    assert file_name_of(replace(HEADER, family=family, supplement=supplement)) == name


def test_a_value_too_long_for_its_field_is_not_written():
    with pytest.raises(ValueError, match="too long"):
        write_declaration(sample(capped_salary=[1_000_000_000, 0, 0]))
