"""Programmes: who may declare them, and last year's held again."""

from datetime import date

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.firms.models import Firm, FirmRole
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, member
from tests.factories.trainings import programme as a_programme
from tests.factories.trainings import provider, session
from trainings.programmes.actions import (
    ProgrammeDeclaration,
    declare_programme,
    duplicate_programme,
    revise_programme,
)
from trainings.programmes.models import Programme
from trainings.sessions.models import Attendance

pytestmark = pytest.mark.django_db

DECLARED = ProgrammeDeclaration("Anglais", "Langues")


@pytest.fixture
def firm() -> Firm:
    return a_firm()


def copied(source: Programme, *, with_sessions: bool = True) -> Programme:
    return duplicate_programme(
        programme_id=source.pk, with_sessions=with_sessions, acting_user=member(source.firm), at=AT
    )


def test_a_programme_without_a_provider_is_taught_by_the_firm_itself(firm):
    taught = a_programme(firm).provider

    assert (taught.kind, taught.name) == ("internal", firm.name)


def test_the_provider_of_another_firm_is_refused(firm):
    theirs = provider(a_firm(2))

    with pytest.raises(Refusal, match="provider_of_another_firm"):
        a_programme(firm, theirs)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"online": True, "city": "Fès"}, "programme_online_has_no_place"),
        ({"planned_minutes": 0}, "programme_plan_lasts"),
        ({"planned_cost": -1}, "programme_plan_cost_not_negative"),
    ],
)
def test_an_impossible_programme_is_refused_by_name(firm, told, code):
    with pytest.raises(Refusal, match=code):
        a_programme(firm, **told)


def test_a_programme_is_changed_as_a_whole(firm):
    changed = a_programme(firm, city="Fès", country="MA")
    told = ProgrammeDeclaration("Arabe", "Langues", online=True, language="ar")

    revise_programme(programme_id=changed.pk, declaration=told, acting_user=member(firm), at=AT)

    kept = Programme.objects.get()
    assert (kept.title, kept.online, kept.city, kept.language) == ("Arabe", True, "", "ar")
    assert JournalEntry.objects.filter(action="training.revise_programme").count() == 1


def test_a_copy_says_where_it_comes_from_and_keeps_everything_else(firm):
    source = a_programme(
        firm, provider(firm), city="Fès", country="MA", language="en", planned_minutes=600,
        planned_cost=1_000_00,
    )  # fmt: skip

    copy = copied(source)

    names = ("firm", "title", "provider", "city", "country", "language", "planned_minutes")
    assert [getattr(copy, name) for name in names] == [getattr(source, name) for name in names]
    assert copy.duplicated_from == source
    assert copy.public_id != source.public_id


def test_the_sessions_of_the_last_year_come_one_year_later_without_anybody(firm):
    source = a_programme(firm)
    session(source, date(2024, 2, 28), date(2024, 2, 29))
    session(source, date(2023, 5, 2), cost=7)

    copy = copied(source)

    days = list(copy.sessions.values_list("starts_on", "ends_on"))
    assert days == [(date(2025, 2, 28), date(2025, 2, 28))]
    assert not Attendance.objects.filter(session__programme=copy).exists()


@pytest.mark.parametrize("with_sessions", [True, False])
def test_a_programme_is_copied_with_no_session_where_there_is_none_to_bring(firm, with_sessions):
    source = a_programme(firm)
    if not with_sessions:
        session(source)

    assert not copied(source, with_sessions=with_sessions).sessions.exists()


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_touches_no_programme(firm, role):
    key, user = a_programme(firm).pk, member(firm, role)
    acts = [
        lambda: declare_programme(firm=firm, declaration=DECLARED, acting_user=user, at=AT),
        lambda: revise_programme(programme_id=key, declaration=DECLARED, acting_user=user, at=AT),
        lambda: duplicate_programme(programme_id=key, with_sessions=True, acting_user=user, at=AT),
    ]

    for act in acts:
        with pytest.raises(Refusal, match="role_missing"):
            act()
