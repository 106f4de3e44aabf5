"""Who teaches: declared once, found again, its account never readable."""

from dataclasses import replace

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from accounts.sealing import unseal
from companies.firms.models import Firm, FirmRole
from companies.identifiers import Rib
from tests.factories.claimants import firm as a_firm
from tests.factories.claimants import rib
from tests.factories.people import AT, member
from tests.factories.trainings import ice
from tests.factories.trainings import provider as a_provider
from trainings.providers.actions import (
    ProviderDeclaration,
    declare_provider,
    firm_as_provider,
    revise_provider,
)
from trainings.providers.models import Provider
from trainings.providers.phones import normal

pytestmark = pytest.mark.django_db

INSTITUTE = ProviderDeclaration(
    "external", "Institut", ice=ice(1), phone="05 22 00 00 00", rib=Rib(rib(5))
)


@pytest.fixture
def firm() -> Firm:
    return a_firm()


def test_an_account_is_sealed_and_only_its_end_is_told(firm):
    provider = declare_provider(firm=firm, declaration=INSTITUTE, acting_user=member(firm), at=AT)

    assert unseal("rib", provider.rib_sealed) == rib(5)
    assert JournalEntry.objects.latest("pk").detail["rib"] == rib(5)[-4:]


def test_an_account_that_is_not_said_again_is_kept(firm):
    provider = declare_provider(firm=firm, declaration=INSTITUTE, acting_user=member(firm), at=AT)
    renamed = replace(INSTITUTE, name="Institut de Rabat", rib=None)

    revise_provider(provider_id=provider.pk, declaration=renamed, acting_user=member(firm), at=AT)

    kept = Provider.objects.get()
    assert (kept.name, unseal("rib", kept.rib_sealed)) == ("Institut de Rabat", rib(5))
    assert JournalEntry.objects.filter(action="training.revise_provider").count() == 1


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        (ProviderDeclaration("external", "Institut"), "provider_external_has_an_ice"),
        (ProviderDeclaration("group", ""), "provider_has_a_name"),
        (ProviderDeclaration("group", "Groupe", phone="12"), "phone_format"),
    ],
)
def test_an_impossible_provider_is_refused_by_name(firm, declaration, code):
    with pytest.raises(Refusal) as refused:
        declare_provider(firm=firm, declaration=declaration, acting_user=member(firm), at=AT)

    assert refused.value.code == code


def test_one_ice_is_one_provider_of_a_firm(firm):
    a_provider(firm)

    with pytest.raises(Refusal, match="provider_ice_once"):
        a_provider(firm, name="Le même")


def test_two_firms_may_name_the_same_provider(firm):
    assert a_provider(firm).pk != a_provider(a_firm(2)).pk


def test_the_firm_itself_is_one_provider_however_often_it_is_asked_for(firm):
    found = {firm_as_provider(firm=firm, acting_user=member(firm), at=AT).pk for _ in range(3)}

    assert len(found) == 1
    assert JournalEntry.objects.filter(action="training.declare_provider").count() == 1


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_touches_no_provider(firm, role):
    provider, user = a_provider(firm), member(firm, role)
    acts = [
        lambda: declare_provider(firm=firm, declaration=INSTITUTE, acting_user=user, at=AT),
        lambda: revise_provider(
            provider_id=provider.pk, declaration=INSTITUTE, acting_user=user, at=AT
        ),
        lambda: firm_as_provider(firm=firm, acting_user=user, at=AT),
    ]

    for act in acts:
        with pytest.raises(Refusal, match="role_missing"):
            act()


@pytest.mark.parametrize(
    "text",
    ["0522000000", "05 22 00 00 00", "05.22-00/00.00", "+212 (0)5 22 00 00 00", "00212522000000"],
)
def test_a_telephone_number_has_one_form(text):
    assert normal(text) == "+212522000000"


@pytest.mark.parametrize(
    ("text", "kept"), [("", ""), (" ", ""), ("+33 1 23 45 67 89", "+33123456789")]
)
def test_a_number_from_abroad_and_none_at_all_are_kept(text, kept):
    assert normal(text) == kept


@pytest.mark.parametrize("text", ["12", "05220000", "téléphone", "0522000000000000"])
def test_what_is_no_telephone_number_is_refused(text):
    with pytest.raises(Refusal, match="phone_format"):
        normal(text)
