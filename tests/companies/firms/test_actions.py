"""A firm registered, joined, verified; its account proposed by one human, confirmed by another."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.errors import Refusal
from accounts.models import JournalEntry, User
from accounts.sealing import unseal
from companies.firms.actions import (
    FirmIdentity,
    add_certificate,
    add_establishment,
    confirm_bank_account,
    join_firm,
    propose_bank_account,
    register_firm,
    verify_firm,
)
from companies.firms.models import BankAccount, Certificate, Firm, FirmRole
from companies.identifiers import ICE, EmployerNumber, FiscalId, Rib
from tests.factories.agency import account, second_account, staff
from tests.factories.claimants import firm as a_firm
from tests.factories.claimants import rib
from tests.factories.people import member

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 8, 23, 30, tzinfo=UTC)
"""A Monday evening; at Casablanca, an hour ahead, Tuesday has begun."""
IDENTITY = FirmIdentity(
    name="Atlas Services",
    latin_name="ATLAS SERVICES",
    ice=ICE.parse("999000001000075"),
    fiscal_id=FiscalId.parse("51234567"),
    employer_number=EmployerNumber.parse("1234567"),
    branch="ITO",
    started_on=date(2024, 1, 1),
)


@pytest.fixture
def firm() -> Firm:
    """One whose account nobody has proposed yet."""
    return register_firm(identity=IDENTITY, acting_user=account("fondatrice"), at=AT)


def propose(firm: Firm, rank: int, user: User) -> BankAccount:
    return propose_bank_account(
        firm=firm, rib=Rib.parse(rib(rank)), holder="ATLAS SERVICES", acting_user=user, at=AT
    )


def admin(firm: Firm, name: str) -> User:
    return member(firm, FirmRole.ADMINISTRATEUR, name)


def test_a_firm_is_registered_with_its_numbers(firm):
    assert (firm.ice, firm.fiscal_id, firm.employer_number) == (
        "999000001000075",
        "51234567",
        "1234567",
    )
    assert JournalEntry.objects.get(stream=firm.journal_stream).action == "firm.register"


def test_a_number_belongs_to_one_firm(firm):
    with pytest.raises(Refusal) as refused:
        register_firm(identity=IDENTITY, acting_user=account("autre"), at=AT)

    assert "ice" in refused.value.code
    assert Firm.objects.count() == 1


def test_the_first_administrateur_names_themselves(firm):
    founder = account("fondatrice")

    made = join_firm(
        firm=firm, user=founder, role=FirmRole.ADMINISTRATEUR, acting_user=founder, at=AT
    )

    assert made.role == FirmRole.ADMINISTRATEUR


def test_nobody_enters_a_firm_that_has_people_by_themselves(firm):
    admin(firm, "fondatrice")
    intruder = account("intrus")

    with pytest.raises(Refusal) as refused:
        join_firm(
            firm=firm, user=intruder, role=FirmRole.ADMINISTRATEUR, acting_user=intruder, at=AT
        )

    assert refused.value.code == "role_missing"


def test_a_role_is_held_once(firm):
    chief = admin(firm, "fondatrice")

    with pytest.raises(Refusal) as refused:
        join_firm(firm=firm, user=chief, role=FirmRole.ADMINISTRATEUR, acting_user=chief, at=AT)

    assert refused.value.code == "membership_role_held_once"


@pytest.mark.parametrize("role", [FirmRole.REDACTEUR, FirmRole.SIGNATAIRE, FirmRole.LECTEUR])
def test_only_an_administrateur_admits_and_proposes_an_account(firm, role):
    user = member(firm, role)

    with pytest.raises(Refusal, match="role_missing"):
        join_firm(firm=firm, user=account("autre"), role=role, acting_user=user, at=AT)
    with pytest.raises(Refusal, match="role_missing"):
        propose(firm, 1, user)


def test_the_agency_verifies_and_the_firm_does_not(firm):
    with pytest.raises(Refusal, match="role_missing"):
        verify_firm(firm=firm, acting_user=admin(firm, "fondatrice"), at=AT)

    assert verify_firm(firm=firm, acting_user=staff("qualite"), at=AT).verified_at == AT


def test_papers_are_kept_by_those_who_write_for_the_firm(firm):
    user = member(firm)
    kind, days = Certificate.Kind.P2I, (date(2026, 1, 1), date(2026, 12, 31))

    add_establishment(
        firm=firm, name="Siège", site="Casanearshore", city="Casablanca", acting_user=user, at=AT
    )
    paper = add_certificate(
        firm=firm, kind=kind, number="P-1", valid_from=days[0], valid_until=days[1],
        acting_user=user, at=AT,
    )  # fmt: skip

    assert paper.covers(days[0])
    assert paper.covers(days[1])
    assert firm.establishments.get().city == "Casablanca"


def test_a_certificate_ends_after_it_begins(firm):
    with pytest.raises(Refusal) as refused:
        add_certificate(
            firm=firm, kind="p2i", number="P-1", valid_from=date(2026, 1, 2),
            valid_until=date(2026, 1, 1), acting_user=member(firm), at=AT,
        )  # fmt: skip

    assert refused.value.code == "certificate_ends_after_it_begins"


def test_a_proposed_rib_is_sealed_and_only_its_end_is_shown(firm):
    proposed = propose(firm, 7, admin(firm, "fondatrice"))

    assert unseal("rib", proposed.rib_sealed) == rib(7)
    assert (proposed.bank_code, proposed.rib_last_digits) == (rib(7)[:3], rib(7)[-4:])
    assert proposed.state == BankAccount.State.PROPOSED


def test_another_administrateur_confirms_and_the_account_waits_five_working_days(firm):
    proposed = propose(firm, 7, admin(firm, "fondatrice"))

    confirmed = confirm_bank_account(
        account_id=proposed.pk, acting_user=admin(firm, "gerante"), at=AT
    )

    assert confirmed.state == BankAccount.State.ACTIVE
    assert confirmed.usable_from == date(2026, 6, 16)


def test_quality_control_confirms_too(firm):
    proposed = propose(firm, 7, admin(firm, "fondatrice"))

    confirm_bank_account(account_id=proposed.pk, acting_user=staff("qualite"), at=AT)

    assert BankAccount.objects.get().state == BankAccount.State.ACTIVE


def test_the_same_human_does_not_confirm_even_from_another_account(firm):
    proposer = admin(firm, "fondatrice")
    proposed = propose(firm, 7, proposer)
    second = second_account(proposer)
    join_firm(firm=firm, user=second, role=FirmRole.ADMINISTRATEUR, acting_user=proposer, at=AT)

    with pytest.raises(Refusal) as refused:
        confirm_bank_account(account_id=proposed.pk, acting_user=second, at=AT)

    assert refused.value.code == "bank_account_active_is_confirmed_by_another"


def test_the_database_refuses_the_same_human_too(firm):
    proposer = admin(firm, "fondatrice")
    proposed = propose(firm, 7, proposer)

    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=proposed.pk).update(
            state="active", confirmed_by=proposer, confirmed_at=AT, usable_from=AT.date()
        )


def test_a_new_active_account_closes_the_former(firm):
    proposer, confirmer = admin(firm, "fondatrice"), admin(firm, "gerante")
    former = propose(firm, 7, proposer)
    confirm_bank_account(account_id=former.pk, acting_user=confirmer, at=AT)

    newer = propose(firm, 8, proposer)
    confirm_bank_account(account_id=newer.pk, acting_user=confirmer, at=AT)

    states = BankAccount.objects.order_by("pk").values_list("state", "closed_at")
    assert list(states) == [("closed", AT), ("active", None)]


def test_a_newer_proposal_closes_the_one_that_waits_and_it_cannot_be_confirmed(firm):
    proposer, confirmer = admin(firm, "fondatrice"), admin(firm, "gerante")
    older = propose(firm, 7, proposer)
    propose(firm, 8, proposer)

    with pytest.raises(Refusal) as refused:
        confirm_bank_account(account_id=older.pk, acting_user=confirmer, at=AT)

    assert refused.value.code == "state_forbids"


def test_the_administrateur_of_another_firm_confirms_nothing(firm):
    proposed = propose(firm, 7, admin(firm, "fondatrice"))
    stranger = member(a_firm(5), FirmRole.ADMINISTRATEUR)

    with pytest.raises(Refusal, match="role_missing"):
        confirm_bank_account(account_id=proposed.pk, acting_user=stranger, at=AT)
