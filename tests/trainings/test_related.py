"""Signs that an outside provider is no stranger: the agency sees which, the firm only that."""

from datetime import date

import pytest

from companies.firms.models import Firm, FirmRole, Membership
from companies.identifiers import ICE, Rib
from companies.workforce.models import Employee, Employment
from tests.factories.agency import second_account
from tests.factories.claimants import BEFORE, people, rib, signataire_of
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT
from tests.factories.trainings import ice
from tests.factories.trainings import provider as a_provider
from trainings.providers.actions import (
    ProviderDeclaration,
    firm_as_provider,
    revise_provider,
)
from trainings.related import Sign, providers_to_check, related_parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Firm:
    return a_firm()


def signs(firm: Firm) -> list[tuple[str, int]]:
    return [(each.code, each.count) for each in related_parties(firm)]


def same_firm(ice_of: str) -> ICE:
    """Another establishment of the firm that has this ICE."""
    body = f"{ice_of[:9]}0042"
    return ICE(f"{body}{-int(body) * 100 % 97:02}")


def told_of_itself(firm: Firm, **told: object) -> None:
    user = signataire_of(firm)
    itself = firm_as_provider(firm=firm, acting_user=user, at=AT)
    declaration = ProviderDeclaration(**{"kind": "internal", "name": firm.name} | told)
    revise_provider(provider_id=itself.pk, declaration=declaration, acting_user=user, at=AT)


def test_a_stranger_shows_no_sign(firm):
    a_provider(firm, phone="0522000000", email="contact@institut.ma", rib=Rib(rib(50)))
    told_of_itself(firm, phone="0522000001")

    assert signs(firm) == []
    assert providers_to_check(firm) == frozenset()


def test_the_ice_of_the_firm_itself_is_a_sign_whatever_the_establishment(firm):
    provider = a_provider(firm, ice=same_firm(firm.ice))

    assert signs(firm) == [(Sign.ICE_OF_FIRM, 1)]
    assert providers_to_check(firm) == {provider.pk}


def test_the_ice_of_an_entity_of_the_group_is_a_sign(firm):
    a_provider(firm, 3, kind="group", name="Maison mère")
    a_provider(firm, ice=ice(3, establishment=7))

    assert signs(firm) == [(Sign.ICE_OF_GROUP, 1)]


def test_the_account_of_the_firm_is_a_sign(firm):
    a_provider(firm, rib=Rib(rib(1)))

    assert signs(firm) == [(Sign.SAME_RIB, 1)]


def test_the_account_of_the_group_is_a_sign(firm):
    a_provider(firm, 3, kind="group", rib=Rib(rib(60)))
    a_provider(firm, rib=Rib(rib(60)))

    assert signs(firm) == [(Sign.SAME_RIB, 1)]


def test_the_telephone_of_the_firm_is_a_sign_however_it_is_written(firm):
    told_of_itself(firm, phone="05 22 00 00 00")
    a_provider(firm, phone="+212522000000")

    assert signs(firm) == [(Sign.SAME_PHONE, 1)]


def test_the_address_of_a_member_is_a_sign_while_they_act_for_the_firm(firm):
    a_provider(firm, email=signataire_of(firm).email.upper())
    assert signs(firm) == [(Sign.EMAIL_OF_MEMBER, 1)]

    Membership.objects.update(ended_at=AT)

    assert signs(firm) == []


def test_somebody_who_acts_for_both_is_a_sign_under_any_account(firm):
    other = a_firm(2)
    Membership.objects.create(
        user=second_account(signataire_of(firm)), firm=other, role=FirmRole.LECTEUR,
        started_at=BEFORE,
    )  # fmt: skip
    a_provider(firm, ice=same_firm(other.ice))

    assert signs(firm) == [(Sign.MEMBER_OF_BOTH, 1)]


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [(date(2025, 9, 1), [(Sign.PERSON_ON_BOTH_PAYROLLS, 1)]), (date(2025, 8, 31), [])],
)
def test_somebody_on_both_payrolls_on_one_day_is_a_sign(firm, left_on, expected):
    """Hired by the firm on 1 September 2025."""
    other, mine = a_firm(2), people(firm, 2)[0].employee
    theirs = Employee.objects.create(
        firm=other, person=mine.person, last_name="Autre nom", sort_key="autre nom"
    )
    Employment.objects.create(employee=theirs, hired_on=date(2024, 1, 1), left_on=left_on)
    a_provider(firm, ice=same_firm(other.ice))

    assert signs(firm) == expected


def test_the_providers_of_another_firm_are_not_looked_at(firm):
    a_provider(a_firm(2), ice=same_firm(a_firm(2).ice))

    assert signs(firm) == []
