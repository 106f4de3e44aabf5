"""Programmes, sessions, and who attended."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from companies.firms.models import Firm, FirmRole
from tests.factories.claimants import people
from tests.factories.trainings import ice, piece, programme, session
from tests.primes.views.conftest import Enter
from trainings.forms.sessions import SessionForm
from trainings.models import Attendance, Invoice, Programme, Provider, Session

pytestmark = pytest.mark.django_db
PROGRAMME = {"title": "Anglais", "domain": "Langues", "provider": "internal"}
INSTITUTE = {
    "kind": "external", "name": "Institut", "ice": ice(1).grouped, "phone": "05 22 00 00 00"
}  # fmt: skip
SESSION = {"starts_on": "04/05/2026", "ends_on": "06/05/2026", "hours": "7,5", "cost": "12 000,50"}


def test_a_programme_leads_to_its_first_session(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("new_programme"), PROGRAMME)

    assert answer.url == reverse("new_session", args=[Programme.objects.get().public_id])


def test_an_outside_provider_gives_its_ice(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("new_provider"), INSTITUTE | {"ice": ""})

    assert list(answer.context["form"].errors) == ["ice"]
    assert not Provider.objects.exists()


def test_numbers_are_read_as_people_type_them(enter: Enter, the_firm: Firm):
    enter(the_firm).post(reverse("new_provider"), INSTITUTE)

    provider = Provider.objects.get()
    assert (provider.ice, provider.phone) == (str(ice(1)), "+212522000000")


def test_a_wrong_key_of_an_ice_only_warns(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    client.post(reverse("new_provider"), INSTITUTE | {"ice": f"{int(str(ice(1))) + 1}"})

    rows = client.get(reverse("providers")).context["rows"]

    assert [each["code"] for _, warnings in rows for each in warnings] == ["ice_key"]


def test_the_firm_itself_is_changed_without_a_nature(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME)
    itself = Provider.objects.get()

    client.post(reverse("edit_provider", args=[itself.public_id]), {"name": "Nous", "phone": ""})

    itself.refresh_from_db()
    assert (itself.kind, itself.name) == ("internal", "Nous")


def test_what_is_on_line_has_no_place(enter: Enter, the_firm: Firm):
    placed = {"where": "online", "city": "Fès", "country": "ma"}

    enter(the_firm).post(reverse("new_programme"), PROGRAMME | placed)

    kept = Programme.objects.get()
    assert (kept.online, kept.city, kept.country) == (True, "", "")


def test_a_page_opened_to_change_saves_what_it_shows(enter: Enter, the_firm: Firm):
    planned = {"where": "site", "city": "Fès", "country": "MA", "planned_hours": "0,33"}
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME | planned)
    address = reverse("edit_programme", args=[Programme.objects.get().public_id])

    shown = client.get(address).context["form"].initial
    client.post(address, {name: value for name, value in shown.items() if value is not None})

    kept = Programme.objects.get()
    assert (kept.city, kept.country, kept.planned_minutes) == ("Fès", "MA", 20)


def test_a_copied_training_is_opened_to_be_changed(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    source = Programme.objects.get()

    answer = enter(the_firm).post(
        reverse("duplicate_programme", args=[source.public_id]), {"sessions": "on"}
    )

    copy = Programme.objects.exclude(pk=source.pk).get()
    assert answer.url == reverse("edit_programme", args=[copy.public_id])
    assert copy.sessions.get().starts_on.isoformat() == "2026-10-06"


def test_the_list_shows_the_year_asked_for(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    session(programme(the_firm), date(2024, 5, 6))

    answer = enter(the_firm).get(reverse("programmes"), {"annee": "2024"})

    assert answer.context["years"] == [2025, 2024]
    assert [each.title for each in answer.context["programmes"]] == ["Anglais"]


def test_a_doubt_stands_beside_its_session(enter: Enter, the_firm: Firm):
    people(the_firm, 1)

    page = enter(the_firm).get(reverse("programmes")).content.decode()

    assert "La feuille d’émargement de cette session manque." in page


def test_an_invoice_of_the_only_session_needs_no_share(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    typed = {"number": "F-1", "dated_on": "31/10/2025", "amount": "5 000,00", "vat": "1 000"}
    address = reverse("new_invoice", args=[Provider.objects.get().public_id])

    enter(the_firm).post(address, typed)

    invoice = Invoice.objects.get()
    assert (invoice.amount, invoice.vat, invoice.shares.get().amount) == (500_000, 100_000, 500_000)


def test_shares_that_miss_the_amount_are_said(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    share = f"share-{Session.objects.get().pk}"
    typed = {"number": "F-1", "dated_on": "31/10/2025", "amount": "5 000,00", share: "4 999"}
    address = reverse("new_invoice", args=[Provider.objects.get().public_id])

    answer = enter(the_firm).post(address, typed)

    assert answer.context["refusal"].code == "invoice_shares_add_up"


def test_a_paper_of_the_vault_proves_a_session(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    sheet, held = piece(the_firm), Session.objects.get()
    client = enter(the_firm)

    client.post(reverse("attach_piece", args=[held.pk]), {"piece": sheet.public_id})
    shown = client.get(reverse("attendance", args=[held.pk])).context

    assert shown["evidence"] == [sheet]
    assert shown["flags"] == []


def test_who_only_reads_is_told_so(enter: Enter, the_firm: Firm):
    people(the_firm, 1)
    address = reverse("duplicate_programme", args=[Programme.objects.get().public_id])

    answer = enter(the_firm, FirmRole.LECTEUR).post(address)

    assert answer.status_code == 422
    assert Programme.objects.count() == 1


def test_a_session_counts_minutes_and_centimes(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    client.post(reverse("new_programme"), PROGRAMME)

    client.post(reverse("new_session", args=[Programme.objects.get().public_id]), SESSION)

    held = Session.objects.get()
    assert (held.minutes, held.cost) == (450, 12_000_50)


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
    held = Session.objects.get()
    typed = {"present": [first, second], f"minutes-{first}": "", f"minutes-{second}": "60"}

    enter(the_firm).post(reverse("attendance", args=[held.pk]), typed | {f"minutes-{third}": "840"})

    minutes = dict(Attendance.objects.values_list("employee_id", "minutes"))
    assert minutes == {first: 840, second: 60}


def test_nobody_attends_longer_than_the_session(enter: Enter, the_firm: Firm):
    employee = people(the_firm, 1)[0].employee_id
    held = Session.objects.get()

    answer = enter(the_firm).post(
        reverse("attendance", args=[held.pk]),
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
