"""Wrong cells written anew in the page: one by one, all of a column, or their rows set aside."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from companies.firms.models import Firm
from companies.imports.models import Import, Repair
from companies.imports.staged import StagedProblem
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import COLUMNS, hand_over, table

pytestmark = pytest.mark.django_db
NUMBERS = ("123456785", "123456793", "123456801")
DATES = "date~date_embauche"
PAY = "amount~revenu_brut_imposable"


def imported(client: Client, *rows: dict[str, str]) -> Import:
    """One person a row, with what is changed of each."""
    lines = [
        [*(COLUMNS | {"matricule_cnss": NUMBERS[rank], "cin": f"BE{rank}23456"} | row).values()]
        for rank, row in enumerate(rows)
    ]
    hand_over(client, table("salaries.csv", list(COLUMNS), *lines))
    return Import.objects.get()


def press(client: Client, row: Import, group: str, **posted: str) -> HttpResponse:
    """A button of the open group; keys of cells are told by their line."""
    file = row.files.get().pk
    sent = {name.replace("line_", f"cell-{file}-"): text for name, text in posted.items()}
    address = f"{reverse('import_repair', args=[row.public_id])}?probleme={group}"
    answer = client.post(address, sent, follow=True)
    row.refresh_from_db()
    return answer


def test_several_cells_are_corrected_at_once_and_the_count_falls(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"}, {"date_embauche": "x"}, {})

    answer = press(client, row, DATES, line_2="01/09/2025", line_3="02/09/2025", save="cells")

    assert (row.good, row.bad) == (3, 0)
    assert "2 cellules sont corrigées." in answer.content.decode()
    assert "Aucune ligne à corriger" in answer.content.decode()


def test_a_cell_that_was_not_touched_is_not_a_correction(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"}, {"date_embauche": "x"})

    press(client, row, DATES, line_2="01/09/2025", line_3="x", save="cells")

    assert [repair.line for repair in Repair.objects.all()] == [2]
    assert (row.good, row.bad) == (1, 1)


def test_a_correction_that_is_wrong_too_stays_in_its_group(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"})

    answer = press(client, row, DATES, line_2="demain", save="cells")

    assert row.bad == 1
    assert 'value="demain"' in answer.content.decode()


def test_a_row_is_ignored(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"}, {})

    press(client, row, DATES, skip=f"{row.files.get().pk}-2")

    assert (row.good, row.bad, row.skipped) == (1, 0, 1)


def test_all_the_rows_of_a_group_are_ignored(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"}, {"date_embauche": "x"}, {})

    answer = press(client, row, DATES, skip_all="all")

    assert (row.good, row.skipped) == (1, 2)
    assert "2 lignes sont ignorées." in answer.content.decode()


def test_zeros_that_a_spreadsheet_lost_come_back_to_a_whole_column(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"matricule_cnss": "14003016"}, {"matricule_cnss": "14003024"}, {})

    press(client, row, "zeros_lost~matricule_cnss", rewrite="zeros")

    assert (row.good, row.bad) == (3, 0)


def test_a_word_is_replaced_everywhere(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"revenu_brut_imposable": "néant"}, {"revenu_brut_imposable": "néant"})

    press(client, row, PAY, replace="word", found="néant", value="0")

    assert (row.good, row.bad) == (2, 0)


def test_a_whole_column_is_emptied_where_it_may_be(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_depart": "en poste"}, {"date_depart": "-"})

    press(client, row, "date~date_depart", clear="all")

    assert (row.good, row.bad) == (2, 0)


@pytest.mark.parametrize(
    "posted",
    [
        {"skip": "x-y"}, {"skip": "1-999999999999999999999"}, {"rewrite": "nothing"},
        {"fill": "all"}, {"replace": "word"}, {"cell-0-2": "1"}, {"nothing": "at all"},
    ],
)  # fmt: skip
def test_what_no_button_sends_changes_nothing(enter: Enter, the_firm: Firm, posted: dict[str, str]):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"})

    press(client, row, DATES, **posted)

    assert not Repair.objects.exists()
    assert StagedProblem.objects.count() == 1


def test_a_row_of_another_import_is_not_set_aside(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    row = imported(client, {"date_embauche": "hier"})

    answer = press(client, row, DATES, skip=f"{10**9}-2")

    assert answer.status_code == 422
    assert answer.context["refusal"].code == "cell_unknown"
