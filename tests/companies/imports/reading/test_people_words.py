"""The words and titles of people files, however they are written."""

from itertools import combinations

import pytest

from companies.imports.reading.people_columns import EVERY_COLUMN
from companies.imports.reading.people_titles import MONTH_TITLES, TITLES
from companies.imports.reading.people_words import folded
from companies.imports.reading.targets import PEOPLE, WORKFORCE
from companies.imports.reading.values import ValueRefused
from companies.imports.reading.workforce_columns import (
    CONTRACT_CODES,
    FUNDER_LENGTH,
    NAME_LENGTH,
    read_contract,
    read_nationality,
)
from companies.workforce.models import ContractKind, Employee, PayYear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Prénom_du  SALARIÉ ", "prenom du salarie"),
        ("N° C.N.S.S.", "n c n s s"),
        ("الجنسيّة", "الجنسيه"),
        ("إدماج", "ادماج"),
        ("تـــاريخ", "تاريخ"),
        ("٢٠٢٦", "2026"),
        ("d\u2019embauche", "d embauche"),
        ("\u200fنوع العقد\u200e", "نوع العقد"),
        ("°", ""),
    ],
)
def test_a_text_is_folded(text: str, expected: str):
    assert folded(text) == expected


def test_no_title_names_two_columns():
    titles = {**TITLES, **MONTH_TITLES}

    shared = {
        (one, other): titles[one] & titles[other]
        for one, other in combinations(titles, 2)
        if titles[one] & titles[other]
    }

    assert not shared


def test_titles_are_those_of_columns_that_exist():
    assert set(TITLES) | set(MONTH_TITLES) <= set(EVERY_COLUMN)
    assert all(field.meaning for target in (PEOPLE, WORKFORCE) for field in target.fields)


def test_the_register_and_its_reader_know_the_same_words_and_lengths():
    assert set(CONTRACT_CODES) == set(ContractKind.values)
    assert Employee._meta.get_field("last_name").max_length == NAME_LENGTH
    assert Employee._meta.get_field("first_name").max_length == NAME_LENGTH
    assert PayYear._meta.get_field("funded_by").max_length == FUNDER_LENGTH


@pytest.mark.parametrize("text", ["CDD puis CDI", "", "perm", "consultant"])
def test_words_that_name_no_one_kind_of_contract_are_refused(text: str):
    with pytest.raises(ValueRefused, match=r"^contract_unknown$"):
        read_contract(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Marocaine", "MA"), ("مغربية", "MA"), ("français", "FR"), ("br", "BR"), ("Ivoirienne", "CI")],
)
def test_nationalities_are_read(text: str, code: str):
    assert read_nationality(text) == code
