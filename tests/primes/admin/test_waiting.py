"""The first page of the administration: what waits for the person, and where."""

import pytest

from accounts.models import StaffRole
from tests.factories.agency import staff
from tests.factories.claimants import firm
from tests.factories.claims import filed_claim, ordered_run, proposed_claim
from tests.primes.admin.conftest import Visit

R = StaffRole


def test_each_pile_leads_to_the_list_it_counts(visit: Visit) -> None:
    filed = [filed_claim(firm(rank)) for rank in (1, 2)]
    instructeur = staff(R.INSTRUCTEUR)

    pile = visit(instructeur, "/admin/").context["waiting"][0]

    assert (pile.text, pile.count) == ("Demandes à prendre en charge", "2")
    assert list(visit(instructeur, pile.url).context["cl"].result_list) == filed


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (R.DECIDEUR, {"Demandes à décider": "1"}),
        (R.ORDONNATEUR, {"Lots à signer comme ordonnateur": "0"}),
        (R.QUALITE, {"Comptes bancaires à confirmer": "0"}),
    ],
)
def test_everybody_sees_the_piles_of_their_role(
    visit: Visit, role: StaffRole, told: dict[str, str]
) -> None:
    proposed_claim()

    waiting = visit(staff(role), "/admin/").context["waiting"]

    assert {pile.text: pile.count for pile in waiting} == told


def test_a_run_signed_once_waits_for_the_payeur(visit: Visit) -> None:
    run = ordered_run()
    payeur = staff(R.PAYEUR)

    pile = visit(payeur, "/admin/").context["waiting"][0]

    assert list(visit(payeur, pile.url).context["cl"].result_list) == [run]


def test_a_role_that_only_reads_has_nothing_to_do(visit: Visit) -> None:
    page = visit(staff(R.AUDITEUR), "/admin/")

    assert page.context["waiting"] is None
    assert "À faire" not in page.text
