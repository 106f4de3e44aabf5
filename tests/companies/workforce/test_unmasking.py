"""Identifiers in clear: for whom, for what reason, how often; and what the journal keeps."""

from datetime import timedelta

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole, User
from companies.firms.models import FirmRole
from companies.workforce.models import Employee
from companies.workforce.unmasking import UNMASKED_MAX, Identifiers, unmask_identifiers
from tests.companies.workforce.employments import AT
from tests.factories.agency import staff
from tests.factories.claimants import firm, member, people, signataire_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def employee() -> Employee:
    return people(firm(), 1)[0].employee


def unmask(employee: Employee, user: User, reason: str = "Contrôle", at=AT) -> Identifiers:
    return unmask_identifiers(employee_id=employee.pk, reason=reason, acting_user=user, at=at)


def test_the_firm_reads_both_numbers_and_the_journal_tells_it_without_them(employee: Employee):
    user = signataire_of(employee.firm)

    shown = unmask(employee, user)

    told = JournalEntry.objects.get(action="employee.unmask")
    assert (shown.cin[-3:], shown.cnss_number[-3:]) == (employee.cin_last, employee.cnss_last)
    assert told.detail == {"employee": employee.pk, "reason": "Contrôle"}
    assert told.actor == user


def test_an_instructeur_of_the_agency_may(employee: Employee):
    assert unmask(employee, staff(StaffRole.INSTRUCTEUR)).cin


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_others_of_the_firm_may_not(employee: Employee, role: FirmRole):
    with pytest.raises(Refusal, match="role_missing"):
        unmask(employee, member(employee.firm, role, "other"))

    assert not JournalEntry.objects.filter(action="employee.unmask").exists()


def test_another_firm_and_other_agents_may_not(employee: Employee):
    for user in (signataire_of(firm(2)), staff(StaffRole.DECIDEUR)):
        with pytest.raises(Refusal, match="role_missing"):
            unmask(employee, user)


def test_without_a_reason_nothing_is_shown(employee: Employee):
    with pytest.raises(Refusal, match="reason_missing"):
        unmask(employee, signataire_of(employee.firm), " ")


@pytest.mark.parametrize(("minutes", "refused"), [(59, True), (60, False), (61, False)])
def test_one_account_reads_a_limited_number_in_an_hour(
    employee: Employee, minutes: int, refused: bool
):
    user = signataire_of(employee.firm)
    for _ in range(UNMASKED_MAX):
        unmask(employee, user)
    later = AT + timedelta(minutes=minutes)

    if not refused:
        assert unmask(employee, user, at=later).cin
        return

    with pytest.raises(Refusal, match="unmasked_too_many"):
        unmask(employee, user, at=later)


def test_a_trace_shows_no_number(employee: Employee):
    shown = unmask(employee, signataire_of(employee.firm))

    assert shown.cin not in repr(shown)
    assert shown.cnss_number not in repr(shown)
