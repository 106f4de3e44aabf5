"""The employees of a firm in the template: what was declared of them, and who took it away."""

import io
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from accounts.sealing import seal
from companies.firms.models import Firm, FirmRole
from companies.imports.outgoing.filled_template import export_people
from companies.imports.reading.people import sift_people
from companies.imports.reading.people_columns import NEVER, People
from companies.imports.reading.people_table import Tolerance
from companies.workforce.models import Employment
from tests.factories.claimants import firm as another_firm
from tests.factories.claimants import member, people, signataire_of

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def exported(firm: Firm) -> People:
    with closing(export_people(firm=firm, acting_user=signataire_of(firm), at=AT)) as book:
        sifted = sift_people(io.BytesIO(book.read()), "modele.xlsx", Tolerance(lacking=True))
    assert not sifted.problems
    return sifted.people


def test_a_person_has_the_whole_numbers_and_what_was_declared(firm: Firm):
    employment = people(firm, 1)[0]
    employment.employee.cin_sealed = seal("cin", "AB123456")
    employment.employee.cnss_sealed = seal("cnss", "012345673")
    employment.employee.save()

    known = exported(firm)

    assert (known.cin, known.cnss_number) == (["AB123456"], ["012345673"])
    assert known.last_name == [employment.employee.last_name]
    assert (known.hired_on, known.left_on) == ([employment.hired_on], [employment.left_on])
    assert (known.contract, known.nationality) == ([employment.contract], ["MA"])


def test_of_several_employments_the_latest_is_said(firm: Firm):
    employment = people(firm, 1)[0]
    Employment.objects.create(
        employee=employment.employee, hired_on=date(2020, 1, 1), left_on=date(2020, 6, 30)
    )

    assert exported(firm).hired_on == [employment.hired_on]


def test_no_earlier_employment_is_told_as_none(firm: Firm):
    people(firm, 1)
    Employment.objects.update(earlier_declared=True, last_same_employer_on=None)

    assert exported(firm).last_same_employer_on == [NEVER]


def test_a_nationality_that_nobody_said_stays_unsaid(firm: Firm):
    employee = people(firm, 1)[0].employee
    employee.nationality = "ma"
    employee.save()

    assert exported(firm).nationality == [None]


def test_nobody_of_another_firm_is_in_it(firm: Firm):
    people(firm, 1)
    people(another_firm(2), 3)

    assert len(exported(firm)) == 1


def test_the_journal_says_who_took_how_many_people(firm: Firm):
    people(firm, 2)

    exported(firm)

    entry = JournalEntry.objects.get(action="import.export_people")
    assert (entry.firm, entry.actor) == (firm.public_id, signataire_of(firm))
    assert entry.detail["people"] == 2


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_only_those_who_write_for_the_firm_take_its_people_away(firm: Firm, role: FirmRole):
    reader = member(firm, role, "lecteur")

    with pytest.raises(Refusal, match="role_missing"):
        export_people(firm=firm, acting_user=reader, at=AT)

    assert not JournalEntry.objects.filter(action="import.export_people").exists()
