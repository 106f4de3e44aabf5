"""The calendar of one employee: its words, its walls, its queries."""

from datetime import date

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.workforce.models import Employee, Employment
from tests.factories.browsers import queries
from tests.factories.claimants import firm, people
from tests.factories.claims import decided_claim, filed_claim, settled_run
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
BUDGET = 15
NBSP = "\N{NO-BREAK SPACE}"


def address(employment: Employment) -> str:
    return reverse("employee_calendar", args=[employment.pk])


def test_the_page_shows_each_year_of_each_right(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]

    answer = enter(the_firm).get(address(employment))

    page = answer.content.decode()
    assert [each.scheme for each in answer.context["calendar"].schemes] == ["paf-2025", "pae-2025"]
    assert "À déposer" in page
    assert "4 conditions encore à remplir" in page
    assert "La paie d’un jour est celle de 2025" in page


def test_an_estimate_is_marked_as_one_and_a_known_amount_is_not(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]

    page = enter(the_firm).get(address(employment)).content.decode()

    first, second = page.split("<strong>2026</strong>")[:2]
    assert f"4{NBSP}217,52{NBSP}DH" in first.split("<strong>2025</strong>")[1]
    assert "estimation" not in first.split("<strong>2025</strong>")[1]
    assert "estimation" in second.split("</tr>")[0]


def test_a_claimed_year_leads_to_its_line(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)
    employment = Employment.objects.get()

    page = enter(the_firm).get(address(employment)).content.decode()

    assert reverse("line_explained", args=[claim.public_id, 1]) in page
    assert "Déposée, en attente de décision" in page


def test_somebody_without_any_right_is_told_why(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 0, 1)[0]

    page = enter(the_firm).get(address(employment)).content.decode()

    assert "Rien n’ouvre droit" in page
    assert "Nationalité marocaine non établie" in page


def test_the_list_and_the_explanation_lead_to_the_calendar(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)
    client, wanted = enter(the_firm), address(Employment.objects.get())

    assert wanted in client.get(reverse("employees")).content.decode()
    explained = client.get(reverse("line_explained", args=[claim.public_id, 1]))
    assert wanted in explained.content.decode()
    assert "Ensemble des aides pour cette personne" in explained.content.decode()


def test_the_matrix_is_shown_in_its_own_words(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]

    page = enter(the_firm).get(address(employment)).content.decode()

    assert "deux mesures parallèles" in page
    assert "Non tranché" in page


def test_an_employment_of_another_firm_and_none_answer_alike(enter: Enter, the_firm: Firm):
    theirs = people(firm(2), 1)[0]
    client = enter(the_firm)

    answers = [client.get(reverse("employee_calendar", args=[key])) for key in (theirs.pk, 10**9)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_claim_of_another_firm_for_the_same_person_is_not_shown(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]
    people(firm(2), 1)
    Employee.objects.filter(firm=firm(2)).update(person=employment.employee.person)
    other = filed_claim(firm(2))

    page = enter(the_firm).get(address(employment)).content.decode()

    assert other.reference not in page
    assert "Entreprise 2" not in page


def test_a_reader_sees_the_calendar_and_a_visitor_signs_in(enter: Enter, the_firm: Firm, client):
    employment = people(the_firm, 1)[0]

    assert enter(the_firm, FirmRole.LECTEUR).get(address(employment)).status_code == 200
    assert client.get(address(employment)).status_code == 302


def test_the_queries_do_not_grow_with_what_was_decided_and_paid(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 2)[0]
    claim = filed_claim(the_firm)
    before = queries(enter(the_firm), address(employment))
    decided_claim(claim)
    settled_run()
    people(the_firm, 5)

    after = queries(enter(the_firm), address(employment))

    assert after <= before <= BUDGET


def test_the_queries_do_not_grow_with_the_years_of_the_right(enter: Enter, the_firm: Firm):
    employment = people(the_firm, 1)[0]
    client, wanted = enter(the_firm), address(employment)
    before = queries(client, wanted)
    Employment.objects.update(hired_on=date(2029, 10, 1), stable_from=date(2029, 10, 1))

    assert queries(client, wanted) <= before <= BUDGET
