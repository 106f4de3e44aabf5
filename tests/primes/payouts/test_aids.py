"""The sum of aids of a person: asked, granted, paid, and never another firm's to a firm."""

import pytest

from accounts.models import StaffRole
from companies.workforce.models import Employee
from primes.payouts.aids import Aids, aids_of
from primes.payouts.returns import load_bank_return
from tests.factories.agency import staff
from tests.factories.claimants import firm, people
from tests.factories.claims import (
    AT,
    bank_answer,
    decided_claim,
    draft_claim,
    exported_run,
    filed_claim,
    settled_run,
)

pytestmark = pytest.mark.django_db
BONUS = 421_752


def aids_here() -> Aids:
    return aids_of(Employee.objects.earliest("pk").person_id, of_firm=firm())


def test_nothing_was_asked_of_a_claim_in_preparation() -> None:
    draft_claim(eligible=1)

    (aid,) = aids_here().rows

    assert (aid.assessment, aid.asked, aid.granted, aid.paid) == (None, 0, 0, 0)


def test_the_sum_goes_from_asked_to_granted_to_paid() -> None:
    claim = filed_claim(eligible=1)
    asked = aids_here()
    decided_claim(claim)
    granted = aids_here()
    settled_run()
    paid = aids_here()

    assert (asked.asked, asked.granted, asked.paid) == (BONUS, 0, 0)
    assert (granted.asked, granted.granted, granted.paid) == (BONUS, BONUS, 0)
    assert (paid.asked, paid.granted, paid.paid) == (BONUS, BONUS, BONUS)


def test_a_returned_payment_is_not_paid() -> None:
    decided_claim(filed_claim(eligible=1))
    run = exported_run()
    load_bank_return(
        name="retour.xml",
        content=bank_answer(run, {run.payments.get().reference: "AC04"}),
        acting_user=staff(StaffRole.PAYEUR),
        at=AT,
    )

    (aid,) = aids_here().rows

    assert aid.is_granted
    assert not aid.is_paid


def test_a_refused_line_is_refused_and_grants_nothing() -> None:
    decided_claim(filed_claim(eligible=0, ineligible=1))

    (aid,) = aids_here().rows

    assert aid.is_refused
    assert (aid.asked, aid.granted) == (0, 0)


def test_another_firm_is_shown_to_the_agency_only() -> None:
    person = people(firm(1), 1)[0].employee.person_id
    people(firm(2), 1)
    Employee.objects.filter(firm=firm(2)).update(person=person)
    filed_claim(firm(1))
    filed_claim(firm(2))

    of_firm, of_all = aids_of(person, of_firm=firm(1)), aids_of(person, of_firm=None)

    assert [aid.claim.firm for aid in of_firm.rows] == [firm(1)]
    assert {aid.claim.firm for aid in of_all.rows} == {firm(1), firm(2)}
    assert of_all.asked == 2 * of_firm.asked == 2 * BONUS


def test_a_withdrawn_claim_counts_nothing() -> None:
    claim = draft_claim(eligible=1)
    type(claim).objects.filter(pk=claim.pk).update(state="withdrawn", withdrawn_at=claim.created_at)

    assert aids_here().rows == ()
