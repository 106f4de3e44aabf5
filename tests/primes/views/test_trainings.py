"""Programmes, sessions, and who attended."""

import pytest
from django.urls import reverse
from django.utils import translation

from companies.firms.models import Firm
from tests.factories.claimants import people
from tests.primes.views.conftest import Enter
from trainings.forms import SessionForm
from trainings.models import Attendance, Programme, Session

pytestmark = pytest.mark.django_db
PROGRAMME = {"title": "Anglais", "domain": "Langues", "provider": "internal"}
SESSION = {"starts_on": "04/05/2026", "ends_on": "06/05/2026", "hours": "7,5", "cost": "12 000,50"}


def test_a_programme_leads_to_its_first_session(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("new_programme"), PROGRAMME)

    assert answer.url == reverse("new_session", args=[Programme.objects.get().public_id])


def test_an_outside_provider_gives_its_ice(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("new_programme"), PROGRAMME | {"provider": "external"})

    assert list(answer.context["form"].errors) == ["provider_ice"]
    assert not Programme.objects.exists()


def test_an_ice_is_read_as_people_type_it(enter: Enter, the_firm: Firm):
    outside = {"provider": "external", "provider_ice": "999 000 001 0000 76"}

    enter(the_firm).post(reverse("new_programme"), PROGRAMME | outside)

    assert Programme.objects.get().provider_ice == "999000001000076"


def test_a_session_counts_minutes_and_centimes(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME)

    client.post(reverse("new_session", args=[Programme.objects.get().public_id]), SESSION)

    session = Session.objects.get()
    assert (session.minutes, session.cost) == (450, 12_000_50)


@pytest.mark.parametrize("last_day", ["03/05/2026", "04/05/2027"])
def test_a_session_ends_after_it_begins_in_the_same_year(
    enter: Enter, the_firm: Firm, last_day: str
):
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME)
    address = reverse("new_session", args=[Programme.objects.get().public_id])

    answer = client.post(address, SESSION | {"ends_on": last_day})

    assert list(answer.context["form"].errors) == ["ends_on"]


def test_a_session_of_one_day_ends_the_day_it_begins(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME)
    address = reverse("new_session", args=[Programme.objects.get().public_id])

    client.post(address, SESSION | {"ends_on": SESSION["starts_on"]})

    assert Session.objects.count() == 1


def test_only_those_ticked_attended_for_the_whole_session_unless_said(enter: Enter, the_firm: Firm):
    first, second, third = (each.employee_id for each in people(the_firm, 3))
    session = Session.objects.get()
    typed = {"present": [first, second], f"minutes-{first}": "", f"minutes-{second}": "60"}

    enter(the_firm).post(
        reverse("attendance", args=[session.pk]), typed | {f"minutes-{third}": "840"}
    )

    minutes = dict(Attendance.objects.values_list("employee_id", "minutes"))
    assert minutes == {first: 840, second: 60}


def test_nobody_attends_longer_than_the_session(enter: Enter, the_firm: Firm):
    employee = people(the_firm, 1)[0].employee_id
    session = Session.objects.get()

    answer = enter(the_firm).post(
        reverse("attendance", args=[session.pk]),
        {"present": [employee], f"minutes-{employee}": "841"},
    )

    assert answer.status_code == 422
    assert 'value="841"' in answer.content.decode()
    assert Attendance.objects.get().minutes == 840


def test_everybody_can_be_ticked_with_one_link(enter: Enter, the_firm: Firm):
    people(the_firm, 2)
    Attendance.objects.all().delete()
    address = reverse("attendance", args=[Session.objects.get().pk])

    rows = enter(the_firm).get(address, {"tous": ""}).context["rows"]

    assert [(row["ticked"], row["minutes"]) for row in rows] == [(True, 840)] * 2


def test_somebody_who_left_before_is_not_listed(enter: Enter, the_firm: Firm):
    gone, present = people(the_firm, 2)
    gone.left_on = "2025-10-05"
    gone.save()

    rows = (
        enter(the_firm).get(reverse("attendance", args=[Session.objects.get().pk])).context["rows"]
    )

    assert [row["person"] for row in rows] == [present.employee]


def test_the_list_counts_the_people_of_each_session(enter: Enter, the_firm: Firm):
    people(the_firm, 4)

    programmes = enter(the_firm).get(reverse("programmes")).context["programmes"]

    assert [session.people for session in programmes[0].sessions.all()] == [4]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hours", "0", "Une session dure au moins un quart d’heure : 0,25."),
        ("hours", "2001", "Une session dure 2 000 heures au plus."),
        ("hours", "une", "Écrivez un nombre d’heures, par exemple 7,5."),
        ("cost", "-1", "Écrivez un montant positif ou nul."),
        ("cost", "cher", "Écrivez un montant en dirhams, par exemple 60 000,00."),
        ("cost", "1,234", "Écrivez deux décimales au plus : les centimes."),
    ],
)
def test_a_wrong_number_is_answered_in_plain_words(field: str, typed: str, said: str):
    form = SessionForm(
        {"starts_on": "01/09/2025", "ends_on": "01/09/2025", "hours": "7", field: typed}
    )

    with translation.override("fr"):
        assert [str(error) for error in form.errors[field]] == [said]
