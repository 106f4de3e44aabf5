"""The firm's own page: papers, team, and a bank account that two people change."""

import pytest
from django.urls import reverse

from companies.firms.models import BankAccount, Firm, FirmRole
from tests.factories.browsers import signed_in
from tests.factories.claimants import member, rib
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
PROPOSED = {"rib": rib(77), "holder": "ENTREPRISE"}


def test_an_account_is_proposed_with_spaces_and_hyphens(enter: Enter, the_firm: Firm):
    number = PROPOSED["rib"]
    typed = {"rib": f"{number[:3]} {number[3:6]}-{number[6:]}", "holder": "ENTREPRISE"}

    enter(the_firm, FirmRole.ADMINISTRATEUR).post(reverse("firm"), typed)

    account = BankAccount.objects.get(state="proposed")
    assert account.rib_last_digits == number[-4:]


def test_a_wrong_key_is_told_apart_from_a_wrong_length(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.ADMINISTRATEUR)
    wrong_key = f"{int(PROPOSED['rib']) ^ 1:024}"

    answers = [
        client.post(reverse("firm"), PROPOSED | {"rib": typed}).context["form"].errors["rib"]
        for typed in (wrong_key, "123")
    ]

    assert answers == [
        [
            (
                "Vérifiez le RIB\N{NO-BREAK SPACE}: ses deux derniers chiffres "
                "ne correspondent pas aux autres."
            )
        ],
        ["Le RIB doit comporter 24 chiffres."],
    ]


def test_the_person_who_proposed_an_account_cannot_confirm_it(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.ADMINISTRATEUR)
    client.post(reverse("firm"), PROPOSED)
    account = BankAccount.objects.get(state="proposed")

    answer = client.post(reverse("confirm_account", args=[account.pk]))

    account.refresh_from_db()
    assert answer.status_code == 422
    assert account.state == "proposed"


def test_a_second_administrator_confirms_the_account(enter: Enter, the_firm: Firm):
    enter(the_firm, FirmRole.ADMINISTRATEUR).post(reverse("firm"), PROPOSED)
    account = BankAccount.objects.get(state="proposed")
    second = signed_in(member(the_firm, FirmRole.ADMINISTRATEUR, "second"))

    second.post(reverse("confirm_account", args=[account.pk]))

    account.refresh_from_db()
    assert account.state == "active"


def test_somebody_who_does_not_administer_cannot_propose_an_account(enter: Enter, the_firm: Firm):
    answer = enter(the_firm, FirmRole.REDACTEUR).post(reverse("firm"), PROPOSED)

    assert answer.context["refusal"].code == "role_missing"
    assert not BankAccount.objects.filter(state="proposed").exists()


def test_only_the_end_of_a_bank_account_is_shown(enter: Enter, the_firm: Firm):
    page = enter(the_firm).get(reverse("firm")).content.decode()

    assert rib(1)[-4:] in page
    assert rib(1)[:20] not in page
