"""The repair page: what is wrong grouped by what is to be done, then cell by cell."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from companies.firms.models import Firm
from companies.imports.models import Import
from tests.factories.imports import an_import, wrong
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
DATES = "date~date_embauche"


def opened(client: Client, row: Import, group: str = DATES) -> str:
    answer = client.get(reverse("import_repair", args=[row.public_id]), {"probleme": group})
    return answer.content.decode()


def test_the_title_counts_the_rows_to_correct(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, good=322)
    for line in range(2, 28):
        wrong(row, line, "date_embauche", "date", "hier")

    page = opened(enter(the_firm), row)

    assert "<title>26 lignes à corriger sur 348" in page


def test_problems_are_grouped_by_repair_the_most_frequent_first(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 2, "date_embauche", "date", "hier")
    for line in (3, 4):
        wrong(row, line, "type_contrat", "contract_unknown", "stagiaire")

    answer = enter(the_firm).get(reverse("import_repair", args=[row.public_id]))

    groups = [(each.column, each.group.cells) for each in answer.context["blocking"]]
    assert groups == [("Contrat", 2), ("Date d'entrée", 1)]


def test_warnings_stand_apart_and_keep_nothing_waiting(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, good=1)
    wrong(row, 2, "matricule_cnss", "employee_number_key", "123456789", blocks=False)

    answer = enter(the_firm).get(reverse("import_repair", args=[row.public_id]))

    assert answer.context["blocking"] == []
    assert len(answer.context["warning"]) == 1


def test_an_open_group_says_line_column_found_and_what_to_do(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 12, "date_embauche", "date", "31/02/2026", expected="a day that exists")

    page = opened(enter(the_firm), row)

    assert 'data-label="Ligne">12<' in page
    assert 'value="31/02/2026"' in page
    assert "Date d&#x27;entrée, ligne 12</label>" in page
    assert "Écrivez-la par exemple 31/01/2026." in page


def test_what_is_wrong_with_a_whole_row_has_no_field_to_write_in(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 12, "", "duplicate_person", expected="7")

    page = opened(enter(the_firm), row, "duplicate_person~")

    assert 'name="cell-' not in page
    assert "figure déjà à la ligne 7" in page
    assert 'name="skip"' in page


def test_the_first_button_of_the_rows_saves_and_skips_nothing(enter: Enter, the_firm: Firm):
    """The Enter key presses the first one."""
    row = an_import(the_firm)
    wrong(row, 12, "date_embauche", "date", "hier")

    rows = opened(enter(the_firm), row).split("novalidate>")[1]

    assert re.findall(r'<button[^>]* name="(\w+)"', rows)[:2] == ["save", "skip"]


def test_fifty_rows_are_shown_at_once(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    for line in range(2, 62):
        wrong(row, line, "date_embauche", "date", "hier")
    address = reverse("import_repair", args=[row.public_id])

    pages = [
        enter(the_firm).get(address, {"probleme": DATES, "page": page}).context["opened"]
        for page in (1, 2)
    ]

    assert [len(page.cells) for page in pages] == [50, 10]
    assert pages[1].address.endswith("&page=2")


def test_a_group_that_does_not_exist_opens_nothing(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 2, "date_embauche", "date", "hier")

    answer = enter(the_firm).get(
        reverse("import_repair", args=[row.public_id]), {"probleme": "nothing~at all"}
    )

    assert answer.context["opened"] is None


@pytest.mark.parametrize(
    ("field", "code", "cells", "remedies"),
    [
        ("matricule_cnss", "zeros_lost", [("12345672", "012345672")], {"rewriter": "zeros"}),
        ("matricule_cnss", "zeros_lost", [("12345678", "9 digits")], {"rewriter": ""}),
        ("cin", "national_id_format", [("be 123456", "")], {"rewriter": "capitals"}),
        ("date_embauche", "date", [("", ""), ("", "")], {"all_empty": True}),
        ("cin", "no_identifier", [("", ""), ("", "")], {"all_empty": False}),
        ("type_contrat", "contract_unknown", [("stage", "")], {"words": ("stage",)}),
        ("date_depart", "date", [("hier", "")], {"may_be_empty": True}),
    ],
)
def test_a_whole_column_is_offered_what_would_repair_it(
    enter: Enter,
    the_firm: Firm,
    field: str,
    code: str,
    cells: list[tuple[str, str]],
    remedies: dict[str, object],
):
    row = an_import(the_firm)
    for line, (found, expected) in enumerate(cells, 2):
        wrong(row, line, field, code, found, expected=expected)

    address = reverse("import_repair", args=[row.public_id])
    answer = enter(the_firm).get(address, {"probleme": f"{code}~{field}"})

    offered = answer.context["opened"].remedies
    assert {name: getattr(offered, name) for name in remedies} == remedies


def test_an_import_that_is_not_checked_has_no_repair_page(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, Import.State.ABANDONED)

    answer = enter(the_firm).get(reverse("import_repair", args=[row.public_id]))

    assert answer.headers["Location"] == reverse("import_result", args=[row.public_id])
