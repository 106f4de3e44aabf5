"""Accounts, rule sets, firms and bank accounts: each act by its role, through the page."""

import pytest

from accounts.models import StaffRole, User
from accounts.roles import staff_roles
from companies.firms.models import BankAccount, Firm
from primes.claims.models.rule_set import RuleSet
from tests.factories.agency import account, staff
from tests.factories.claimants import BEFORE, firm, rib
from tests.primes.admin.conftest import Visit

R = StaffRole
PERSON = {
    "email": "nouvelle@primes.test",
    "full_name": "Nouvelle Personne",
    "password": "formation-2026-ok",
}


def proposed_account(of: Firm) -> BankAccount:
    return BankAccount.objects.create(
        firm=of,
        rib_sealed=b"x",
        rib_fingerprint=b"x",
        rib_last_digits=rib(7)[-4:],
        bank_code="230",
        holder="ENTREPRISE",
        proposed_by=account("administrateur-de-la-firme"),
        proposed_at=BEFORE,
    )


def test_an_administrateur_opens_an_account_and_gives_it_a_role(visit: Visit) -> None:
    admin = staff(R.ADMINISTRATEUR)

    opened = visit(admin, "/admin/accounts/user/act/create/", PERSON)
    user = User.objects.get(email=PERSON["email"])
    visit(admin, f"/admin/accounts/user/{user.pk}/act/grant/", {"role": R.QUALITE})

    assert opened.url == f"/admin/accounts/user/{user.pk}/change/"
    assert staff_roles(user) == {R.QUALITE}


def test_a_role_is_taken_away_and_stays_in_the_history(visit: Visit) -> None:
    user, admin = staff(R.QUALITE), staff(R.ADMINISTRATEUR)

    visit(admin, f"/admin/accounts/user/{user.pk}/act/revoke/", {"role": R.QUALITE})
    page = visit(admin, f"/admin/accounts/user/{user.pk}/change/")

    assert staff_roles(user) == frozenset()
    assert [row.act for row in page.context["history"]] == ["Rôle retiré"]


def test_incompatible_roles_are_refused_on_the_page(visit: Visit) -> None:
    user, admin = staff(R.PAYEUR), staff(R.ADMINISTRATEUR)

    page = visit(admin, f"/admin/accounts/user/{user.pk}/act/grant/", {"role": R.ORDONNATEUR})

    assert page.status_code == 422
    assert staff_roles(user) == {R.PAYEUR}


def test_no_page_of_an_account_shows_its_password(visit: Visit) -> None:
    admin = staff(R.ADMINISTRATEUR)
    opened = visit(admin, "/admin/accounts/user/act/create/", PERSON)

    page = visit(admin, opened.url)

    assert "pbkdf2" not in page.text
    assert PERSON["password"] not in page.text


def test_two_people_release_the_running_rules(visit: Visit) -> None:
    first, second = staff(R.ADMINISTRATEUR), staff(R.ADMINISTRATEUR, "administrateur-2")
    seen = visit(first, "/admin/primes/ruleset/act/see/", {})
    rules = RuleSet.objects.get()
    address = f"/admin/primes/ruleset/{rules.pk}/act"

    visit(first, f"{address}/propose/", {"reason": "Première version."})
    again = visit(first, f"{address}/release/", {"reason": "Relue."})
    visit(second, f"{address}/release/", {"reason": "Relue."})

    rules.refresh_from_db()
    assert seen.url == f"/admin/primes/ruleset/{rules.pk}/change/"
    assert again.status_code == 422
    assert (rules.state, rules.author, rules.approver) == (RuleSet.State.RELEASED, first, second)


def test_the_page_of_a_rule_set_lists_its_codes(visit: Visit) -> None:
    visit(staff(R.ADMINISTRATEUR), "/admin/primes/ruleset/act/see/", {})
    rules = RuleSet.objects.get()

    page = visit(staff(R.DIRECTION), f"/admin/primes/ruleset/{rules.pk}/change/")

    assert "nationality_moroccan" in page.text
    assert rules.digest in page.text


def test_qualite_confirms_an_account_that_a_firm_proposed(visit: Visit) -> None:
    bank_account = proposed_account(firm())
    address = f"/admin/companies/bankaccount/{bank_account.pk}"
    page = visit(staff(R.QUALITE), f"{address}/change/")

    visit(staff(R.QUALITE), f"{address}/act/confirm/", {})

    bank_account.refresh_from_db()
    assert [act.name for act in page.context["acts"]] == ["confirm"]
    assert (bank_account.state, bank_account.confirmed_by) == ("active", staff(R.QUALITE))


@pytest.mark.parametrize("role", [R.PREPARATEUR, R.ORDONNATEUR, R.PAYEUR, R.AUDITEUR])
def test_no_other_role_confirms_an_account(visit: Visit, role: str) -> None:
    bank_account = proposed_account(firm())

    page = visit(staff(role), f"/admin/companies/bankaccount/{bank_account.pk}/act/confirm/", {})

    bank_account.refresh_from_db()
    assert (page.status_code, bank_account.state) == (422, "proposed")


def test_a_firm_is_verified_once(visit: Visit) -> None:
    Firm.objects.filter(pk=firm().pk).update(verified_at=None)
    address = f"/admin/companies/firm/{firm().pk}"

    visit(staff(R.INSTRUCTEUR), f"{address}/act/verify/", {})
    page = visit(staff(R.INSTRUCTEUR), f"{address}/change/")

    assert firm().verified_at is not None
    assert page.context["acts"] == []


def test_an_administrateur_adds_a_certificate(visit: Visit) -> None:
    typed = {
        "kind": "p2i", "number": "P2I-77", "valid_from": "01/01/2027", "valid_until": "31/12/2027",
    }  # fmt: skip

    visit(staff(R.ADMINISTRATEUR), f"/admin/companies/firm/{firm().pk}/act/certificate/", typed)

    assert firm().certificates.filter(number="P2I-77").exists()
