"""Every list and page opens, in French, to those who read; no form there writes a row."""

import pytest

from accounts.jobs.actions import ask_job
from accounts.models import StaffRole, User
from primes.admin.site import site
from primes.claims.windows import open_window
from tests.factories.agency import staff, superuser
from tests.factories.claims import AT, SCHEME, YEAR, draft_claim, settled_run
from tests.primes.admin.conftest import Visit

MODELS = sorted(f"{model._meta.app_label}/{model._meta.model_name}" for model in site._registry)


def all_rights() -> User:
    """A superuser who holds every role that one person may."""
    user = superuser()
    for role in set(StaffRole) - {StaffRole.PAYEUR}:
        staff(role, "superuser")
    return user


def a_row_of_everything() -> None:
    settled_run()
    open_window(
        scheme=SCHEME,
        year=YEAR,
        days=(AT.date(), AT.date()),
        reason="Prolongation.",
        acting_user=staff(StaffRole.ADMINISTRATEUR),
        at=AT,
    )
    ask_job(
        kind="import.check",
        subject="imp_1",
        firm="frm_1",
        total=10,
        acting_user=staff(StaffRole.ADMINISTRATEUR),
        at=AT,
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_list_and_its_rows_open_to_the_auditeur(visit: Visit, model: str) -> None:
    a_row_of_everything()
    auditeur = staff(StaffRole.AUDITEUR)

    listed = visit(auditeur, f"/admin/{model}/")
    rows = list(listed.context["cl"].result_list)
    pages = [visit(auditeur, f"/admin/{model}/{row.pk}/change/") for row in rows[:2]]

    assert rows
    assert {page.status_code for page in pages} == {200}


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted_added_or_edited_by_a_form(visit: Visit, model: str) -> None:
    a_row_of_everything()
    user = all_rights()
    listed = visit(user, f"/admin/{model}/")
    row = listed.context["cl"].result_list[0]

    answers = [
        visit(user, f"/admin/{model}/{row.pk}/delete/", {"post": "yes"}),
        visit(user, f"/admin/{model}/add/", {}),
        visit(user, f"/admin/{model}/{row.pk}/change/", {"_save": "1"}),
    ]

    assert all(answer.status_code in {403, 405} for answer in answers)
    assert listed.context["cl"].model_admin.get_actions(listed.wsgi_request) == {}
    assert listed.context["cl"].model.objects.filter(pk=row.pk).exists()


def test_the_administration_speaks_french_whatever_the_browser_asks(visit: Visit) -> None:
    page = visit(staff(StaffRole.INSTRUCTEUR), "/admin/")

    assert '<html lang="fr" dir="ltr">' in page.text


def test_a_draft_stays_with_its_firm(visit: Visit) -> None:
    claim = draft_claim()

    page = visit(staff(StaffRole.AUDITEUR), f"/admin/primes/claim/{claim.pk}/change/")

    assert page.status_code == 404


def test_no_page_shows_a_whole_rib_or_cin(visit: Visit) -> None:
    a_row_of_everything()
    auditeur = staff(StaffRole.AUDITEUR)
    addresses = ["companies/bankaccount", "companies/employee", "primes/payment"]

    texts = [visit(auditeur, f"/admin/{address}/").text for address in addresses]

    assert not any("230780" in text or "BE0" in text for text in texts)


@pytest.mark.parametrize(
    "address",
    ["assessment", "check", "decision", "ledgerentry", "payment"],
)
def test_a_page_that_is_only_read_shows_dirhams_words_and_no_dead_link(
    visit: Visit, address: str
) -> None:
    settled_run()
    auditeur = staff(StaffRole.AUDITEUR)
    rows = visit(auditeur, f"/admin/primes/{address}/").context["cl"].result_list

    page = visit(auditeur, f"/admin/primes/{address}/{rows[0].pk}/change/").text

    assert "centimes)" not in page
    assert "/history/" not in page
    assert "<code>" not in page


def test_checks_and_acts_are_named_in_words(visit: Visit) -> None:
    settled_run()
    auditeur = staff(StaffRole.AUDITEUR)

    checks = visit(auditeur, "/admin/primes/check/").text
    journal = visit(auditeur, "/admin/accounts/journalentry/").text

    assert "Salaires déclarés à la CNSS" in checks
    assert ">declared_to_cnss<" not in checks
    assert "Lot préparé" in journal
    assert ">run.prepare<" not in journal
