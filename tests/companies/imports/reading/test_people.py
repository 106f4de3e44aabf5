"""The people file of `simulate`: what each cell says, what an empty one means, what is refused."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.reading.people import read_people
from companies.imports.reading.people_columns import COLUMNS, NEVER, People

NAME = "personnes.csv"
PERSON = {
    "matricule_cnss": "123456785",
    "cin": "AB123456",
    "nom": "Alami",
    "prenom": "Salma",
    "nationalite": "MA",
    "date_embauche": "2025-09-01",
    "date_depart": "2026-03-31",
    "type_contrat": "CDI",
    "date_contrat_stable": "2025-10-01",
    "derniere_declaration_meme_employeur": "2023-05-31",
    "revenu_brut_imposable": "120000.50",
    "mois_01": "10000.00",
    "mois_12": "0",
    "heures_formation": "7.5",
    "cout_formation": "900",
    "finance_par": "OFPPT",
}


def written(*people: dict[str, str], delimiter: str = ",", names: list[str] | None = None) -> bytes:
    out = io.StringIO()
    names = names or list(COLUMNS)
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(people)
    return out.getvalue().encode()


def read(data: bytes) -> People:
    return read_people(io.BytesIO(data), NAME)


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(data)
    return refused.value


def values(people: People) -> dict[str, object]:
    return {name: getattr(people, name) for name in People.__slots__}


def test_every_cell_of_a_full_row_is_typed():
    people = read(written(PERSON))

    assert (people.line, people.cnss_number, people.cin) == ([2], ["123456785"], ["AB123456"])
    assert (people.last_name, people.first_name) == (["Alami"], ["Salma"])
    assert (people.hired_on, people.left_on) == ([date(2025, 9, 1)], [date(2026, 3, 31)])
    assert (people.contract, people.stable_from) == (["CDI"], [date(2025, 10, 1)])
    assert people.last_same_employer_on == [date(2023, 5, 31)]
    assert people.taxable_income == [12_000_050]
    assert people.months == [[1_000_000, *[None] * 10, 0]]
    assert (people.training_minutes, people.training_cost) == ([450], [90_000])
    assert people.funded_by == ["OFPPT"]
    assert people.warnings == ()


def test_an_empty_cell_means_what_the_interface_says():
    people = read(written({"cin": "AB123456"}))

    assert (people.left_on, people.stable_from) == ([None], [None])
    assert people.last_same_employer_on == [NEVER]
    assert (people.funded_by, people.training_minutes, people.training_cost) == ([""], [0], [0])
    assert people.months == [[None] * 12]
    unknown = (people.nationality, people.hired_on, people.contract, people.taxable_income)
    assert unknown == ([None], [None], [None], [None])
    assert (people.cnss_number, people.cnss_shown) == ([None], [""])


@pytest.mark.parametrize("text", ["aucune", "Aucune", " AUCUNE "])
def test_no_earlier_declaration_may_be_said_in_words(text):
    person = PERSON | {"derniere_declaration_meme_employeur": text}

    assert read(written(person)).last_same_employer_on == [NEVER]


@given(st.permutations(list(COLUMNS)), st.sampled_from([",", ";"]), st.booleans())
def test_order_delimiter_and_mark_of_the_file_change_nothing(names, delimiter, has_mark):
    data = written(PERSON, delimiter=delimiter, names=names)

    people = read((b"\xef\xbb\xbf" if has_mark else b"") + data)

    assert values(people) == values(read(written(PERSON)))


def test_french_days_and_decimal_commas_are_read():
    person = PERSON | {"date_embauche": "01/09/2025", "revenu_brut_imposable": "120 000,50"}

    people = read(written(person, delimiter=";"))

    assert (people.hired_on, people.taxable_income) == ([date(2025, 9, 1)], [12_000_050])


@pytest.mark.parametrize("text", ["MA", "ma", "Marocaine", "MAROC", "marocain"])
def test_moroccan_may_be_said_in_several_ways(text):
    assert read(written(PERSON | {"nationalite": text})).nationality == ["MA"]


def test_another_nationality_is_kept_in_capitals():
    assert read(written(PERSON | {"nationalite": "Française"})).nationality == ["FRANÇAISE"]


@pytest.mark.parametrize("number", ["000000000", "999999999"])
def test_a_number_that_names_nobody_is_shown_and_is_no_number(number):
    people = read(written(PERSON | {"matricule_cnss": number}))

    assert (people.cnss_number, people.cnss_shown) == ([None], [number])


def test_several_people_may_wait_for_their_number():
    people = [PERSON | {"matricule_cnss": "0", "cin": cin} for cin in ("AB123456", "AB123457")]

    assert len(read(written(*people))) == 2


def test_a_person_may_have_one_row_a_year_where_the_file_has_years():
    rows = [PERSON | {"annee": year} for year in ("2025", "2026")]

    people = read(written(*rows, names=[*COLUMNS, "annee"]))

    assert people.year == [2025, 2026]


def test_blank_lines_are_skipped_and_lines_stay_those_of_the_file():
    header, row = written(PERSON).splitlines()

    assert read(b"\n".join([header, b"," * 26, row])).line == [3]


def test_a_cell_over_two_lines_moves_the_lines_that_follow():
    other = PERSON | {"cin": "AB123457", "matricule_cnss": "137586057"}

    assert read(written(PERSON | {"nom": "Al\nAmi"}, other)).line == [2, 4]


@pytest.mark.parametrize(
    ("changes", "code", "field", "found"),
    [
        ({"matricule_cnss": "123456786"}, "employee_number_key", "matricule_cnss", "123456786"),
        ({"cin": "P1234567890"}, "national_id_format", "cin", "P1234567890"),
        ({"cin": "", "matricule_cnss": ""}, "no_identifier", "cin", ""),
    ],
)
def test_a_doubtful_row_is_taken_with_a_warning(changes, code, field, found):
    people = read(written(PERSON | changes))

    assert people.warnings == (FileWarning(code, Place(NAME, 2, field), found),)


def test_a_column_nobody_knows_is_left_unread_with_a_warning():
    people = read(written(PERSON, names=[*COLUMNS, "service"]))

    assert people.warnings == (FileWarning("column_unknown", Place(NAME, 1, "service"), "service"),)


DAY = "a day such as 2026-01-31 or 31/01/2026"
AMOUNT = "an amount with at most two decimals, such as 1234.56"
HOURS = "a number of hours that makes whole minutes, such as 7.5"
BROKEN = [
    ("matricule_cnss", "12345678X", "employee_number_format", "9 digits"),
    ("matricule_cnss", "1234567850", "employee_number_format", "9 digits"),
    ("matricule_cnss", "1.23457E+08", "digits_lost_in_spreadsheet", "9 digits"),
    ("date_embauche", "2025-13-01", "date", DAY),
    ("date_depart", "31/02/2026", "date", DAY),
    ("date_depart", "2025-08-31", "departure_before_hire", "2025-09-01"),
    ("date_contrat_stable", "octobre", "date", DAY),
    ("derniere_declaration_meme_employeur", "jamais", "date", DAY),
    ("revenu_brut_imposable", "12O000", "amount", AMOUNT),
    ("revenu_brut_imposable", "120000.505", "amount", AMOUNT),
    ("revenu_brut_imposable", "-1", "amount_negative", "0 or more"),
    ("mois_07", "dix mille", "amount", AMOUNT),
    ("mois_12", "-0.01", "amount_negative", "0 or more"),
    ("heures_formation", "33.33", "hours", HOURS),
    ("heures_formation", "-2", "hours_negative", "0 or more"),
    ("cout_formation", "-900", "amount_negative", "0 or more"),
]


@pytest.mark.parametrize(("column", "text", "code", "expected"), BROKEN)
def test_a_wrong_cell_is_named_by_line_and_column(column, text, code, expected):
    other = {"cin": "K4567"}

    refused = refusal(written(other, PERSON | {column: text}))

    assert refused.problems == (Problem(code, Place(NAME, 3, column), text, expected),)


def test_leaving_on_the_day_of_hire_is_no_error():
    person = PERSON | {"date_depart": "2025-09-01"}

    assert read(written(person)).left_on == [date(2025, 9, 1)]


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        ({"matricule_cnss": "137586057", "cin": "ab-123456"}, "cin", "AB123456"),
        ({"matricule_cnss": "123 456 785", "cin": "K4567"}, "matricule_cnss", "123456785"),
    ],
)
def test_the_same_person_twice_is_refused(changes, column, found):
    refused = refusal(written(PERSON, PERSON | changes))

    assert refused.problems == (Problem("duplicate_person", Place(NAME, 3, column), found, "2"),)


def test_all_problems_of_the_file_are_found_in_the_order_of_its_lines():
    wrong = {"cin": "K4567", "date_embauche": "x", "mois_01": "y"}

    refused = refusal(written(wrong, PERSON, PERSON | {"cin": "J12345", "cout_formation": "-1"}))

    found = [(problem.place.line, problem.place.field) for problem in refused.problems]
    assert found == [
        (2, "date_embauche"),
        (2, "mois_01"),
        (4, "cout_formation"),
        (4, "matricule_cnss"),
    ]
    assert (refused.code, refused.place) == ("date", Place(NAME, 2, "date_embauche"))


def test_a_row_with_a_cell_too_many_is_refused():
    refused = refusal(written(PERSON).rstrip() + b",surplus\n")

    assert refused.problems == (Problem("cell_count", Place(NAME, 2), "27", "26"),)


def test_missing_columns_are_all_named():
    names = [name for name in COLUMNS if name not in {"cin", "mois_03"}]

    refused = refusal(written(PERSON, names=names))

    assert [problem.place for problem in refused.problems] == [
        Place(NAME, 1, "cin"),
        Place(NAME, 1, "mois_03"),
    ]
    assert refused.code == "column_missing"


def test_a_column_given_twice_is_refused():
    assert refusal(written(PERSON, names=[*COLUMNS, "cin"])).code == "column_twice"


def test_a_file_that_is_not_utf_8_is_refused_at_its_line():
    refused = refusal(written(PERSON | {"nom": "É"}).decode().encode("iso-8859-1"))

    assert (refused.code, refused.place, refused.found) == ("not_utf8", Place(NAME, 2), "c9")


def test_an_unclosed_quote_is_refused():
    assert refusal(written(PERSON) + b'"').code == "csv_broken"


def test_a_byte_of_zero_is_refused_at_its_line():
    refused = refusal(written(PERSON | {"cin": "AB\x0012"}))

    assert (refused.code, refused.place) == ("csv_broken", Place(NAME, 2))


def test_an_empty_file_is_refused():
    assert refusal(b"").code == "file_empty"
