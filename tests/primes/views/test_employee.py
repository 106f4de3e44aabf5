"""The page of one employee: masked numbers, the source of each fact, what the firm declares."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import JournalEntry
from accounts.sealing import unseal
from companies.firms.models import Firm, FirmRole
from companies.workforce.circumstances import declare_leave
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import Employee, Employment, PayMonth
from tests.factories.browsers import queries
from tests.factories.claimants import BEFORE, firm, people, signataire_of
from tests.factories.people import cin, number
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def employment(the_firm: Firm) -> Employment:
    employment = people(the_firm, 1)[0]
    Employment.objects.update(contract="CDD", stable_from=None)
    return employment


def address(employment: Employment) -> str:
    return reverse("employee", args=[employment.employee_id])


def send(client: Client, employment: Employment, kind: str, **typed: str):
    """One of the forms of the page, as a browser sends it."""
    posted = {f"{kind}-{employment.pk}-{name}": text for name, text in typed.items()}
    return client.post(reverse("declare_event", args=[employment.pk, kind]), posted)


def paid(employment: Employment, months: int) -> None:
    for month in range(1, months + 1):
        PayMonth.objects.create(
            employee=employment.employee, month=date(2026, month, 1), real_salary=700_000,
            capped_salary=600_000, days=26, source=employment.hired_source, line=month,
        )  # fmt: skip


def test_numbers_are_masked_and_facts_name_their_line(enter: Enter, the_firm: Firm, employment):
    paid(employment, 1)
    employee = Employee.objects.get()

    page = enter(the_firm).get(address(employment)).content.decode()

    assert f"…{employee.cin_last}" in page
    assert unseal("cin", employee.cin_sealed) not in page
    assert unseal("cnss", employee.cnss_sealed) not in page
    assert page.count("<bdi>etat9421_2025.xml</bdi>, ligne 1") == 3
    assert reverse("employee_calendar", args=[employment.pk]) in page


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("conversion", {"on": "01/03/2026", "contract": "CDI"}, ("conversion", "CDI")),
        ("contrat", {"on": "01/03/2026", "contract": "IDMAJ"}, ("contract", "IDMAJ")),
        ("conge", {"on": "01/03/2026", "until": "", "note": "Sans solde"}, ("leave", "")),
        ("depart", {"on": "31/03/2026"}, ("departure", "")),
    ],
)
def test_each_change_is_declared_on_the_page(
    enter: Enter, the_firm: Firm, employment, kind: str, typed: dict[str, str], told: tuple
):
    answer = send(enter(the_firm), employment, kind, **typed)

    event = EmploymentEvent.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, address(employment))
    assert (event.kind, event.contract) == told


def test_a_refused_change_keeps_what_was_typed_and_says_why(
    enter: Enter, the_firm: Firm, employment
):
    answer = send(enter(the_firm), employment, "depart", on="31/08/2025")

    page = answer.content.decode()
    assert (answer.status_code, answer.context["refusal"].code) == (422, "event_before_hire")
    assert 'value="31/08/2025"' in page
    assert not EmploymentEvent.objects.exists()


def test_a_day_that_does_not_exist_is_named_at_its_field(enter: Enter, the_firm: Firm, employment):
    answer = send(enter(the_firm), employment, "depart", on="31/02/2026")

    assert answer.status_code == 422
    assert f'href="#id_depart-{employment.pk}-on"' in answer.content.decode()


def test_a_declaration_made_by_mistake_is_cancelled_and_stays_readable(
    enter: Enter, the_firm: Firm, employment
):
    client = enter(the_firm)
    send(client, employment, "depart", on="31/03/2026")
    event = EmploymentEvent.objects.get()

    client.post(reverse("cancel_event", args=[event.pk]))

    assert Employment.objects.get().left_on is None
    assert "<s>Départ</s>" in client.get(address(employment)).content.decode()


def test_the_whole_numbers_are_shown_once_and_kept_by_nobody(
    enter: Enter, the_firm: Firm, employment
):
    employee = Employee.objects.get()
    asked = reverse("unmask", args=[employee.pk])

    answer = enter(the_firm).post(asked, {"reason": "Appel de la CNSS"})

    assert unseal("cin", employee.cin_sealed) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert JournalEntry.objects.get(action="employee.unmask").detail["employee"] == employee.pk


def test_the_numbers_are_asked_by_a_form_and_with_a_reason(
    enter: Enter, the_firm: Firm, employment
):
    client, asked = enter(the_firm), reverse("unmask", args=[employment.employee_id])

    assert client.get(asked).status_code == 405
    assert client.post(asked, {"reason": " "}).status_code == 422
    assert not JournalEntry.objects.filter(action="employee.unmask").exists()


def test_a_reader_sees_the_facts_and_no_form(enter: Enter, the_firm: Firm, employment):
    client = enter(the_firm, FirmRole.LECTEUR)

    page = client.get(address(employment)).content.decode()

    assert reverse("unmask", args=[employment.employee_id]) not in page
    assert "declarer" not in page
    assert send(client, employment, "depart", on="31/03/2026").status_code == 422


def test_people_and_events_of_another_firm_answer_as_if_there_were_none(
    enter: Enter, the_firm: Firm
):
    theirs = people(firm(2), 1)[0]
    event = declare_leave(
        employment_id=theirs.pk, on=date(2026, 1, 1), until=None, note="",
        acting_user=signataire_of(firm(2)), at=BEFORE,
    )  # fmt: skip
    client = enter(the_firm)

    answers = [
        client.get(address(theirs)),
        client.post(reverse("unmask", args=[theirs.employee_id]), {"reason": "x"}),
        client.post(reverse("cancel_event", args=[event.pk])),
        send(client, theirs, "depart", on="31/03/2026"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert EmploymentEvent.objects.count() == 1


def test_somebody_is_added_by_hand(enter: Enter, the_firm: Firm):
    typed = {
        "last_name": "Alami",
        "cin": cin(7),
        "cnss_number": number(7),
        "hired_on": "05/01/2026",
    }

    answer = enter(the_firm).post(reverse("employee_new"), typed, follow=True)

    assert answer.redirect_chain == [(address(Employment.objects.get()), 302)]
    assert Employment.objects.get().hired_on == date(2026, 1, 5)


def test_a_person_known_elsewhere_is_to_be_checked_and_nothing_of_there_is_shown(
    enter: Enter, the_firm: Firm
):
    typed = {"last_name": "Alami", "cin": cin(7), "cnss_number": "", "hired_on": "05/01/2026"}
    enter(firm(2)).post(reverse("employee_new"), typed | {"last_name": "Secret"})
    client = enter(the_firm)

    page = client.post(reverse("employee_new"), typed, follow=True).content.decode()

    assert "Cette personne est aussi connue dans une autre entreprise." in page
    assert "Secret" not in page
    again = client.get(address(Employment.objects.latest("pk"))).content.decode()
    assert "aussi connue" not in again


def test_the_page_asks_as_much_for_a_long_story_as_for_a_short_one(
    enter: Enter, the_firm: Firm, employment
):
    client = enter(the_firm)
    send(client, employment, "conversion", on="01/03/2026", contract="CDI")
    paid(employment, 1)
    before = queries(client, address(employment))
    PayMonth.objects.all().delete()
    paid(employment, 12)
    for day in ("01/03/2026", "02/03/2026", "03/03/2026"):
        send(client, employment, "conge", on=day, until=day)

    assert queries(client, address(employment)) == before <= 15
