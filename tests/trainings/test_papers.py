"""Forms of the old aid as PDF: who is on them, who may print them, that a print is told."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.errors import Refusal
from accounts.models import JournalEntry, User
from accounts.sealing import unseal
from companies.firms.models import Firm, FirmRole
from tests.factories import claimants
from tests.factories.attendance import attended
from tests.factories.trainings import AT
from trainings.models import Session, TraineeProfile
from trainings.papers.forms import _to_train, _trained, after_training, before_training
from trainings.profiles.actions import declare_profiles
from trainings.profiles.models import Profile

pytestmark = pytest.mark.django_db

YEAR = 2025


@pytest.fixture
def firm() -> Firm:
    return claimants.firm(1)


@pytest.fixture
def writer(firm: Firm) -> User:
    return claimants.signataire_of(firm)


@pytest.fixture
def session(firm: Firm) -> Session:
    return attended(firm, 2)


def _people(session: Session) -> list[int]:
    return list(session.attendances.order_by("pk").values_list("employee_id", flat=True))


@pytest.mark.parametrize("form", ["3-2", "3-3"])
def test_a_form_of_a_session_is_a_pdf_and_its_print_is_told(
    session: Session, writer: User, form: str
) -> None:
    made = before_training(session=session, form=form, acting_user=writer, at=AT)

    assert made.startswith(b"%PDF")
    told = JournalEntry.objects.get(action="training.print_form").detail
    assert told == {"form": form, "session": session.pk}


def test_a_lecteur_prints_no_list_of_people(firm: Firm, session: Session) -> None:
    reader = claimants.member(firm, FirmRole.LECTEUR, "reads")

    with pytest.raises(Refusal, match="role_missing"):
        before_training(session=session, form="3-3", acting_user=reader, at=AT)
    assert not JournalEntry.objects.filter(action="training.print_form").exists()


def test_the_list_of_people_has_the_whole_cin_and_room_to_sign(session: Session) -> None:
    rows = _to_train(session)["rows"]

    expected = {unseal("cin", each.employee.cin_sealed) for each in session.attendances.all()}
    assert {row[2] for row in rows} == expected
    assert {row[3] for row in rows} == {""}


def test_people_trained_are_listed_by_profile_in_the_order_of_the_scheme(
    firm: Firm, session: Session, writer: User
) -> None:
    first, second = _people(session)
    said = {first: Profile.BAC_CALL_CENTRE, second: Profile.MANAGEMENT}
    declare_profiles(firm=firm, profiles=said, acting_user=writer, at=AT)

    groups = _trained(firm, YEAR)["groups"]

    assert [group["profile"] for group in groups] == [
        Profile.MANAGEMENT.label,
        Profile.BAC_CALL_CENTRE.label,
    ]


def test_hours_of_another_year_are_not_on_the_list(firm: Firm, session: Session) -> None:
    assert _trained(firm, YEAR + 1)["groups"] == []


def test_the_list_of_a_year_is_told_too(firm: Firm, session: Session, writer: User) -> None:
    after_training(firm=firm, year=YEAR, acting_user=writer, at=AT)

    told = JournalEntry.objects.get(action="training.print_form").detail
    assert told == {"form": "3-4", "year": YEAR}


def test_only_what_changes_of_a_profile_is_written(
    firm: Firm, session: Session, writer: User
) -> None:
    said = dict.fromkeys(_people(session), Profile.ENGINEER_IT)

    first = declare_profiles(firm=firm, profiles=said, acting_user=writer, at=AT)
    again = declare_profiles(firm=firm, profiles=said, acting_user=writer, at=AT)

    assert (first, again) == (2, 0)
    assert TraineeProfile.objects.count() == 2


def test_a_profile_that_the_scheme_does_not_know_is_refused(
    firm: Firm, session: Session, writer: User
) -> None:
    said = dict.fromkeys(_people(session), "astronaut")

    with pytest.raises(Refusal, match="profile_unknown"):
        declare_profiles(firm=firm, profiles=said, acting_user=writer, at=AT)


def test_nobody_of_another_firm_takes_a_profile(session: Session) -> None:
    other = claimants.firm(2)
    said = dict.fromkeys(_people(session), Profile.ENGINEER_IT)

    with pytest.raises(Refusal, match="employee_of_another_firm"):
        declare_profiles(
            firm=other, profiles=said, acting_user=claimants.signataire_of(other), at=AT
        )


def test_the_page_keeps_profiles_and_prints(firm: Firm, session: Session, writer: User) -> None:
    first, second = _people(session)
    client = Client()
    client.force_login(writer)

    made = client.post(
        reverse("form_of_year", args=[YEAR]),
        {"person": [first, second], f"profile-{first}": Profile.MANAGEMENT, "print": "1"},
    )

    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"].startswith("attachment;")
    assert list(TraineeProfile.objects.values_list("employee_id", flat=True)) == [first]


def test_another_firm_does_not_print_this_session(session: Session) -> None:
    client = Client()
    client.force_login(claimants.signataire_of(claimants.firm(2)))

    answer = client.post(reverse("form_of_session", args=[session.pk, "3-3"]))

    assert answer.status_code == 404
