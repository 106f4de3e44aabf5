"""The list of employees: eligible or not, why, and amounts that add up."""

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.workforce.models import Employment
from tests.factories.claimants import YEAR, people
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db


def test_everybody_has_an_amount_and_the_total_adds_up(enter: Enter, the_firm: Firm):
    people(the_firm, 3, 1)

    context = enter(the_firm).get(reverse("employees")).context

    assert [row.amount for row in context["page"]] == [421_752, 421_752, 421_752, 0]
    assert context["people"].total == context["kept_total"] == 3 * 421_752


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"etat": "eligibles"}, ["Salarié 001", "Salarié 002"]),
        ({"etat": "non-eligibles"}, ["Salarié 003"]),
        ({"etat": "a-completer"}, []),
        ({"q": "002"}, ["Salarié 002"]),
        ({"etat": "inconnu"}, ["Salarié 001", "Salarié 002", "Salarié 003"]),
    ],
)
def test_the_list_is_narrowed_by_state_and_by_name(
    enter: Enter, the_firm: Firm, asked: dict[str, str], names: list[str]
):
    people(the_firm, 2, 1)

    page = enter(the_firm).get(reverse("employees"), asked).context["page"]

    assert [str(row.employee) for row in page] == names


def test_the_year_to_file_now_comes_first_and_another_may_be_asked(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    assert client.get(reverse("employees")).context["exercise"].year == YEAR
    assert client.get(reverse("employees"), {"annee": "2027"}).context["exercise"].year == 2027
    assert client.get(reverse("employees"), {"annee": "1999"}).context["exercise"].year == YEAR


def test_somebody_who_lacks_an_answer_has_a_link_to_give_it(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]
    Employment.objects.update(contract="")

    page = enter(the_firm).get(reverse("employees")).content.decode()

    assert reverse("complete_one", args=[employment.pk]) in page
    assert "À compléter" in page


def test_a_reader_has_no_link_to_answer(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]
    Employment.objects.update(contract="")

    page = enter(the_firm, FirmRole.LECTEUR).get(reverse("employees")).content.decode()

    assert reverse("complete_one", args=[employment.pk]) not in page


def test_only_the_ends_of_identifiers_are_shown(enter: Enter, the_firm: Firm):
    employee = people(the_firm, 1)[0].employee

    page = enter(the_firm).get(reverse("employees")).content.decode()

    assert f"CNSS …{employee.cnss_last}" in page
    assert f"CIN …{employee.cin_last}" in page


def test_a_name_from_a_file_is_never_markup(enter: Enter, the_firm: Firm):
    employee = people(the_firm, 1)[0].employee
    employee.last_name = "<b>Gras</b>"
    employee.save()

    assert "<b>Gras" not in enter(the_firm).get(reverse("employees")).content.decode()


def test_an_answer_already_given_can_be_corrected(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]

    page = enter(the_firm).get(reverse("employees")).content.decode()

    assert reverse("complete_one", args=[employment.pk]) in page
    assert "Corriger<span" in page
