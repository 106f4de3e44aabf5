"""What the files cannot say, given one by one or for everybody at once."""

from datetime import date

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.workforce.models import Employee, Employment
from tests.factories.claimants import people
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db


def unanswered(of: Firm, count: int) -> list[Employment]:
    employments = people(of, count)
    Employment.objects.update(contract="", stable_from=None, earlier_declared=False)
    Employee.objects.update(nationality="")
    return employments


def rows(*employments: Employment, **answers: str) -> dict[str, object]:
    """A sheet in which these people get the same answers."""
    typed = {f"{each.pk}-{name}": text for each in employments for name, text in answers.items()}
    return {"employment": [each.pk for each in employments], **typed}


def test_one_person_is_completed(enter: Enter, the_firm: Firm):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDI", "stable_from": "", "earlier": "aucune", "nationality": "ma"}

    enter(the_firm).post(reverse("complete_one", args=[employment.pk]), answers)

    employment = Employment.objects.select_related("employee").get()
    assert (employment.contract, employment.earlier_declared) == ("CDI", True)
    assert employment.last_same_employer_on is None
    assert employment.employee.nationality == "MA"


@pytest.mark.parametrize("typed", ["31/12/2023", "2023-12-31", " 31.12.2023 "])
def test_an_earlier_employment_is_a_day(enter: Enter, the_firm: Firm, typed: str):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDI", "earlier": typed, "nationality": "MA"}

    enter(the_firm).post(reverse("complete_one", args=[employment.pk]), answers)

    assert Employment.objects.get().last_same_employer_on == date(2023, 12, 31)


def test_an_empty_answer_is_not_none(enter: Enter, the_firm: Firm):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDI", "earlier": "", "nationality": "MA"}

    answer = enter(the_firm).post(reverse("complete_one", args=[employment.pk]), answers)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["earlier"]
    assert Employment.objects.get().earlier_declared is False


def test_what_was_typed_stays_when_a_field_is_wrong(enter: Enter, the_firm: Firm):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDD", "earlier": "hier", "nationality": "MA"}

    page = enter(the_firm).post(reverse("complete_one", args=[employment.pk]), answers)

    assert 'value="hier"' in page.content.decode()
    assert '<a href="#id_earlier">' in page.content.decode()
    assert "<title>Erreur" in page.content.decode()


def test_a_reader_is_refused_and_nothing_is_written(enter: Enter, the_firm: Firm):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDI", "earlier": "aucune", "nationality": "MA"}
    client = enter(the_firm, FirmRole.LECTEUR)

    answer = client.post(reverse("complete_one", args=[employment.pk]), answers)

    assert answer.context["refusal"].code == "role_missing"
    assert Employment.objects.get().contract == ""


def test_a_sheet_is_filled_with_what_holds_for_most(enter: Enter, the_firm: Firm):
    unanswered(the_firm, 2)
    chosen = {"contract": "CDI", "earlier": "aucune", "nationality": "MA"}

    sheet = enter(the_firm).get(reverse("complete_many"), chosen).context["sheet"]

    assert [form.initial for _, form in sheet] == [chosen, chosen]


def test_filling_a_sheet_keeps_what_is_known(enter: Enter, the_firm: Firm):
    unanswered(the_firm, 1)
    Employment.objects.update(contract="CDD")

    sheet = enter(the_firm).get(reverse("complete_many"), {"contract": "CDI"}).context["sheet"]

    assert sheet[0][1].initial == {"contract": "CDD"}


def test_everybody_is_completed_at_once(enter: Enter, the_firm: Firm):
    everybody = unanswered(the_firm, 3)
    posted = rows(*everybody, contract="CDI", earlier="aucune", nationality="MA")

    enter(the_firm).post(reverse("complete_many"), posted)

    assert Employment.objects.filter(contract="CDI", earlier_declared=True).count() == 3


def test_a_row_that_was_not_touched_stays_for_later(enter: Enter, the_firm: Firm):
    first, second = unanswered(the_firm, 2)
    posted = rows(first, contract="CDI", earlier="aucune", nationality="MA")
    posted |= rows(second, contract="", earlier="", nationality="")
    posted["employment"] = [first.pk, second.pk]

    enter(the_firm).post(reverse("complete_many"), posted)

    assert list(Employment.objects.order_by("pk").values_list("contract", flat=True)) == ["CDI", ""]


def test_one_wrong_row_saves_nothing_and_names_the_person(enter: Enter, the_firm: Firm):
    first, second = unanswered(the_firm, 2)
    posted = rows(first, contract="CDI", earlier="aucune", nationality="MA")
    posted |= rows(second, contract="CDI", earlier="", nationality="Maroc")
    posted["employment"] = [first.pk, second.pk]

    answer = enter(the_firm).post(reverse("complete_many"), posted)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_{second.pk}-nationality">' in page
    assert "<title>Erreur" in page
    assert not Employment.objects.exclude(contract="").exists()


def test_people_completed_leave_the_sheet(enter: Enter, the_firm: Firm):
    everybody = unanswered(the_firm, 2)
    client = enter(the_firm)
    posted = rows(everybody[0], contract="CDI", earlier="aucune", nationality="MA")

    client.post(reverse("complete_many"), posted)

    context = client.get(reverse("complete_many")).context
    assert [employment.pk for employment, _ in context["sheet"]] == [everybody[1].pk]
    assert context["remaining"] == 1


def test_a_country_is_never_cut_to_another_one(enter: Enter, the_firm: Firm):
    employment = unanswered(the_firm, 1)[0]
    answers = {"contract": "CDI", "earlier": "aucune", "nationality": "Mali"}
    client = enter(the_firm)

    page = client.get(reverse("complete_one", args=[employment.pk])).content.decode()
    answer = client.post(reverse("complete_one", args=[employment.pk]), answers)

    assert "maxlength" not in page
    assert list(answer.context["form"].errors) == ["nationality"]


def test_a_sheet_nobody_touched_says_that_nothing_is_saved(enter: Enter, the_firm: Firm):
    posted = rows(*unanswered(the_firm, 1), contract="", earlier="", nationality="")

    answer = enter(the_firm).post(reverse("complete_many"), posted, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert "rien n’est enregistré" in answer.content.decode()


def test_when_nothing_is_missing_the_page_leads_to_the_claims(enter: Enter, the_firm: Firm):
    people(the_firm, 1)

    page = enter(the_firm).get(reverse("complete_many")).content.decode()

    assert "Il ne manque rien" in page
    assert f'<a class="button" href="{reverse("claims")}">' in page
