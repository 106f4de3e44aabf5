# ruff: noqa: E501 - a table of cases reads better with one case a line
"""Declarations refused, or doubted: each names line, field, what is there and what should be."""

import pytest

from companies.imports.errors import FileRefused, FileWarning, Place
from tests.companies.imports.formats.declarations import (
    NAME,
    joined,
    lines_of,
    read,
    sample,
    with_field,
)

LINES = lines_of(sample())
SITUATIONS = "SO DE IT IL AT CS MS MP"
RECORDS_KNOWN = "A, B or E then 00 to 06"
ASCII = "ASCII letters and figures"


def field(line: int, name: str, text: str) -> bytes:
    return joined(with_field(LINES, line, name, text))


def without(line: int) -> bytes:
    return joined(LINES[: line - 1] + LINES[line:])


def twice(line: int) -> bytes:
    return joined([*LINES[:line], *LINES[line - 1 :]])


def entrant_cleared() -> bytes:
    lines = with_field(LINES, 6, "N_Num_Assure", "0" * 9)
    return joined(recounted(with_field(lines, 6, "L_Num_CIN", " " * 8), 137586057 + 123456785, 0))


def recounted(lines: list[bytes], in_post: int, entering: int) -> list[bytes]:
    lines = with_field(lines, 5, "N_T_Num_Imma", f"{in_post:015}")
    lines = with_field(lines, 7, "N_T_Num_Imma", f"{entering:015}")
    return with_field(lines, 8, "N_T_Num_Imma", f"{in_post + entering:015}")


def with_twin() -> bytes:
    lines = with_field(LINES, 4, "N_Num_Assure", "123456785")
    return joined(recounted(lines, 2 * 123456785, 183920192))


def entrant_already_in_post() -> bytes:
    lines = with_field(LINES, 6, "N_Num_Assure", "137586057")
    return joined(recounted(lines, 137586057 + 123456785, 137586057))


def in_post_pending() -> bytes:
    lines = with_field(LINES, 4, "N_Num_Assure", "000000000")
    return joined(recounted(lines, 123456785, 183920192))


def pending_twins() -> bytes:
    pending = sample(
        number=[123456785, 0, 0], entrant=[False, True, True], cin=[b"", b"AB1", b"AB1"]
    )
    return joined(lines_of(pending))


BROKEN = [
    ("empty", b"", "file_empty", 1, None, "", "a declaration"),
    ("short line", joined([*LINES[:2], LINES[2][:-1]]), "line_length", 3, None, "259", "260"),
    ("long line", joined([*LINES[:2], LINES[2] + b" "]), "line_length", 3, None, "261", "260"),
    ("endless line", b"B00" + b" " * 9999, "line_length", 1, None, "324+", "260"),
    ("blank line", joined([LINES[0], b"", *LINES[1:]]), "line_length", 2, None, "0", "260"),
    ("unknown family", field(1, "L_Type_Enreg", "C00"), "record_unknown", 1, "L_Type_Enreg", "C00", RECORDS_KNOWN),
    ("unknown record", field(4, "L_Type_Enreg", "B09"), "record_unknown", 4, "L_Type_Enreg", "B09", RECORDS_KNOWN),
    ("no opening", without(1), "record_order", 1, "L_Type_Enreg", "B01", "B00"),
    ("no header", without(2), "record_order", 2, "L_Type_Enreg", "B02", "B01"),
    ("no totals of people", without(5), "record_order", 5, "L_Type_Enreg", "B04", "B02 B03"),
    ("no totals of entrants", without(7), "record_order", 7, "L_Type_Enreg", "B06", "B04 B05"),
    ("cut short", without(8), "file_cut_short", 8, "L_Type_Enreg", "", "B06"),
    ("header twice", twice(2), "record_order", 3, "L_Type_Enreg", "B01", "B02 B03"),
    ("totals twice", twice(8), "record_order", 9, "L_Type_Enreg", "B06", "end of file"),
    ("two families", field(4, "L_Type_Enreg", "E02"), "record_order", 4, "L_Type_Enreg", "E02", "B02 B03"),
    ("category", field(1, "L_Cat", "A0"), "category", 1, "L_Cat", "A0", "B0"),
    ("letter in days", field(3, "N_Jours_Declares", "2O"), "not_a_number", 3, "N_Jours_Declares", "2O", "2 digits"),
    ("space in salary", field(4, "N_Salaire_Reel", "       480050"), "not_a_number", 4, "N_Salaire_Reel", "       480050", "13 digits"),
    ("sign in capped", field(6, "N_Salaire_Plaf", "-00300000"), "not_a_number", 6, "N_Salaire_Plaf", "-00300000", "9 digits"),
    ("letter in number", field(3, "N_Num_Assure", "12345678X"), "not_a_number", 3, "N_Num_Assure", "12345678X", "9 digits"),
    ("blank employer", field(6, "N_Num_Affilie", "       "), "not_a_number", 6, "N_Num_Affilie", "       ", "7 digits"),
    ("accent", field(3, "L_Nom", "ALAMÉ".ljust(30)), "not_ascii", 3, "L_Nom", "ALAM\ufffd".ljust(30), ASCII),
    ("tab", field(6, "L_Prenom", "IMANE\t".ljust(30)), "not_ascii", 6, "L_Prenom", "IMANE\t".ljust(30), ASCII),
    ("other employer", field(4, "N_Num_Affilie", "7560594"), "employer_differs", 4, "N_Num_Affilie", "7560594", "1234567"),
    ("other employer in totals", field(8, "N_Num_Affilie", "7560594"), "employer_differs", 8, "N_Num_Affilie", "7560594", "1234567"),
    ("other month", field(6, "L_Periode", "202602"), "period_differs", 6, "L_Periode", "202602", "202601"),
    ("month 13", field(2, "L_Periode", "202613"), "period", 2, "L_Periode", "202613", "AAAAMM"),
    ("30 February", field(2, "D_Date_Exig", "20260230"), "date", 2, "D_Date_Exig", "20260230", "AAAAMMJJ"),
    ("situation", field(4, "L_Situation", "XX"), "situation_unknown", 4, "L_Situation", "XX", SITUATIONS),
    ("count in B03", field(5, "N_Nbr_Salaries", "000003"), "total_differs", 5, "N_Nbr_Salaries", "000003", "2"),
    ("numbers in B03", field(5, "N_T_Num_Imma", "000000000000001"), "total_differs", 5, "N_T_Num_Imma", "000000000000001", "261042842"),
    ("days in B03", field(5, "N_T_Jours_Declares", "000045"), "total_differs", 5, "N_T_Jours_Declares", "000045", "46"),
    ("real in B03", field(5, "N_T_Salaire_Reel", "000000001130051"), "total_differs", 5, "N_T_Salaire_Reel", "000000001130051", "1130050"),
    ("capped in B03", field(5, "N_T_Salaire_Plaf", "0000001080049"), "total_differs", 5, "N_T_Salaire_Plaf", "0000001080049", "1080050"),
    ("count in B05", field(7, "N_Nbr_Salaries", "000000"), "total_differs", 7, "N_Nbr_Salaries", "000000", "1"),
    ("real in B05", field(7, "N_T_Salaire_Reel", "000000000300001"), "total_differs", 7, "N_T_Salaire_Reel", "000000000300001", "300000"),
    ("count in B06", field(8, "N_Nbr_Salaries", "000002"), "total_differs", 8, "N_Nbr_Salaries", "000002", "3"),
    ("days in B06", field(8, "N_T_Jours_Declares", "000060"), "total_differs", 8, "N_T_Jours_Declares", "000060", "61"),
    ("one dirham more", field(3, "N_Salaire_Reel", "0000000650100"), "total_differs", 5, "N_T_Salaire_Reel", "000000001130050", "1130150"),
    ("same number twice", with_twin(), "duplicate_person", 4, "N_Num_Assure", "123456785", "3"),
    ("entrant already in post", entrant_already_in_post(), "duplicate_person", 6, "N_Num_Assure", "137586057", "4"),
    ("pending twice", pending_twins(), "duplicate_person", 6, "L_Num_CIN", "AB1", "5"),
    ("pending without CIN", entrant_cleared(), "pending_without_cin", 6, "L_Num_CIN", "", "the CIN of the person"),
    ("pending in post", in_post_pending(), "pending_without_cin", 4, "L_Num_CIN", "", "the CIN of the person"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code", "line", "name", "found", "expected"),
    [case[1:] for case in BROKEN],
    ids=[case[0] for case in BROKEN],
)
def test_a_broken_declaration_is_refused_where_it_breaks(data, code, line, name, found, expected):
    with pytest.raises(FileRefused) as refused:
        read(data)

    answer = refused.value
    assert (answer.code, answer.place) == (code, Place(NAME, line, name))
    assert (answer.found, answer.expected) == (found, expected)


def test_the_untouched_declaration_is_taken():
    assert len(read(joined(LINES)).rows) == 3


def test_the_second_line_of_an_empty_entrant_is_not_taken_for_nobody():
    nobody = sample(entrant=[False] * 3, cin=[b""] * 3)
    lines = lines_of(nobody)
    lines.insert(6, lines[6])

    with pytest.raises(FileRefused) as refused:
        read(joined(lines))

    assert (refused.value.code, refused.value.place.line) == ("pending_without_cin", 7)


def totals_follow(**changes: list) -> bytes:
    return joined(lines_of(sample(**changes)))


def check_sums(by_line: dict[int, int]) -> bytes:
    lines = LINES
    for line, value in by_line.items():
        lines = with_field(lines, line, "S_Ctr" if line in {3, 4, 6} else "N_T_Ctr", f"{value:019}")
    return joined(lines)


DOUBTFUL = [
    ("check sum", check_sums({3: 1, 5: 138546179, 8: 323066386}), "check_sum", 3, "S_Ctr", "1", "124706811"),
    ("check sum of an entrant", check_sums({6: 2, 7: 2, 8: 263252991}), "check_sum", 6, "S_Ctr", "2", "184520207"),
    ("total of check sums", field(5, "N_T_Ctr", f"{7:019}"), "check_sum_total", 5, "N_T_Ctr", "7", "263252989"),
    ("total of allowances", field(5, "N_T_AF_A_Payer", f"{7:012}"), "allowance_total", 5, "N_T_AF_A_Payer", "7", "0"),
    ("27 days", totals_follow(days=[27, 20, 15]), "days_above_26", 3, "N_Jours_Declares", "27", ""),
    ("capped above real", totals_follow(capped_salary=[650_001, 480_050, 1]), "capped_above_real", 3, "N_Salaire_Plaf", "650001", ""),
    ("order of lines", totals_follow(number=[137586057, 123456785, 183920192]), "line_order", 4, "N_Num_Assure", "123456785", ""),
    ("no day", totals_follow(days=[0, 20, 15]), "normal_without_days", 3, "N_Jours_Declares", "0", ""),
    ("no pay", totals_follow(real_salary=[0, 480_050, 300_000], capped_salary=[0, 1, 1]), "normal_without_pay", 3, "N_Salaire_Reel", "0", ""),
    ("paid leave without pay", totals_follow(situation=[b"", b"CS", b""]), "pay_while_unpaid", 4, "L_Situation", "480050", ""),
    ("CNSS key", totals_follow(number=[123456786, 137586057, 183920192]), "employee_number_key", 3, "N_Num_Assure", "123456786", ""),
    ("first digit", totals_follow(number=[123456785, 137586057, 283920192]), "employee_number_first_digit", 6, "N_Num_Assure", "283920192", ""),
    ("reserved number", totals_follow(number=[100000000, 137586057, 183920192]), "employee_number_reserved", 3, "N_Num_Assure", "100000000", ""),
    ("entrant without name", totals_follow(last_name=[b"A", b"B", b""]), "name_missing", 6, "L_Nom", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code", "line", "name", "found", "expected"),
    [case[1:] for case in DOUBTFUL],
    ids=[case[0] for case in DOUBTFUL],
)
def test_a_doubtful_declaration_is_taken_with_one_warning(data, code, line, name, found, expected):
    warnings = read(data).warnings

    assert warnings == (FileWarning(code, Place(NAME, line, name), found, expected),)


def test_a_check_sum_of_nineteen_nines_is_read_exactly():
    warnings = read(field(6, "S_Ctr", "9" * 19)).warnings

    assert warnings[0].found == "9" * 19


def test_26_days_are_no_reason_to_doubt():
    assert read(totals_follow(days=[26, 26, 26])).warnings == ()


@pytest.mark.parametrize("name", ["DS_1234567_202601.txt", "ds_1234567_012026.TXT", "janvier.txt"])
def test_either_way_of_writing_the_month_in_the_name_is_right(name):
    assert read(joined(LINES), name).warnings == ()


@pytest.mark.parametrize(
    ("name", "code", "found", "expected"),
    [
        ("DS_7560594_012026.txt", "file_name_employer", "7560594", "1234567"),
        ("DS_1234567_022026.txt", "file_name_period", "022026", "012026"),
        ("DSC1_1234567_012026.txt", "file_name_kind", "DSC1", "DS"),
    ],
)
def test_a_name_that_says_something_else_is_a_warning(name, code, found, expected):
    assert read(joined(LINES), name).warnings == (FileWarning(code, Place(name), found, expected),)


def test_many_warnings_of_one_kind_are_cut_and_counted():
    count = 150
    numbers = list(range(100_000_010, 100_000_010 + 10 * count, 10))
    columns = {"number": numbers, "days": [27] * count, "real_salary": [1] * count}
    blank = {"last_name": [b""] * count, "first_name": [b""] * count, "cin": [b""] * count}
    rest = {"entrant": [False] * count, "capped_salary": [0] * count, "situation": [b""] * count}

    warnings = read(totals_follow(**columns, **blank, **rest)).warnings

    assert sum(warning.code == "days_above_26" for warning in warnings) == 100
    assert FileWarning("more_of_the_same", Place(NAME), "150", "days_above_26") in warnings
