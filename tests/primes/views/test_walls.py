"""Nobody reaches another firm's rows, and nobody learns that they exist."""

import pytest
from django.test import Client
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import FileLoad
from companies.space import SESSION_KEY
from companies.workforce.models import Employment
from primes.claims.models.claim import Claim
from tests.factories.browsers import signed_in
from tests.factories.claimants import BEFORE, firm, member, people, signataire_of
from tests.factories.claims import draft_claim, filed_claim
from tests.primes.views.conftest import Enter
from trainings.models import Programme, Session

READ = [
    "file_report", "complete_one", "new_session", "attendance", "edit_session", "programme",
    "edit_programme", "edit_provider", "new_invoice",
]  # fmt: skip
CLAIM_PAGES = ["claim", "claim_people", "claim_check", "claim_declare", "claim_receipt"]
CLAIM_ACTS = ["claim_hand_over", "claim_take_back", "claim_withdraw", "claim_declare"]


def keys_of(of: Firm) -> dict[str, object]:
    """What the addresses of one firm's rows carry."""
    employment = people(of, 1)[0]
    load = FileLoad.objects.create(
        file=employment.hired_source, period=BEFORE.date(), rows=1, created=1, updated=0,
        unchanged=0, left_out=0, loaded_at=BEFORE, loaded_by=signataire_of(of),
    )  # fmt: skip
    session = Session.objects.get(programme__firm=of)
    programme, provider = session.programme, session.programme.provider
    return {
        "file_report": load.pk,
        "complete_one": employment.pk,
        **dict.fromkeys(("new_session", "programme", "edit_programme"), programme.public_id),
        **dict.fromkeys(("attendance", "edit_session"), session.pk),
        **dict.fromkeys(("edit_provider", "new_invoice"), provider.public_id),
    }


@pytest.mark.parametrize("name", READ)
def test_a_row_of_another_firm_and_none_answer_alike(enter: Enter, the_firm: Firm, name: str):
    mine, theirs = keys_of(the_firm)[name], keys_of(firm(2))[name]
    missing = "prg_none" if isinstance(mine, str) else 10**9

    answers = [enter(the_firm).get(reverse(name, args=[key])) for key in (mine, theirs, missing)]

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert answers[1].content == answers[2].content


@pytest.mark.parametrize("name", CLAIM_PAGES)
def test_a_claim_of_another_firm_and_none_answer_alike(enter: Enter, the_firm: Firm, name: str):
    theirs = filed_claim(firm(2)).public_id

    answers = [enter(the_firm).get(reverse(name, args=[key])) for key in (theirs, "clm_none")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", CLAIM_ACTS)
def test_nobody_acts_on_the_claim_of_another_firm(enter: Enter, the_firm: Firm, name: str):
    theirs = draft_claim(firm(2))

    answer = enter(the_firm).post(reverse(name, args=[theirs.public_id]), {"reason": "Non"})

    assert answer.status_code == 404
    assert Claim.objects.get().state == "draft"


@pytest.mark.parametrize("name", ["duplicate_programme", "attach_piece", "detach_piece"])
def test_nobody_acts_on_the_trainings_of_another_firm(enter: Enter, the_firm: Firm, name: str):
    keys = keys_of(firm(2))
    key = keys["programme"] if name == "duplicate_programme" else keys["attendance"]

    answer = enter(the_firm).post(reverse(name, args=[key]), {"piece": "pie_none"})

    assert answer.status_code == 404
    assert Programme.objects.count() == 1


def test_nobody_completes_the_people_of_another_firm_in_a_sheet(enter: Enter, the_firm: Firm):
    theirs = people(firm(2), 1)[0]
    posted = {"employment": theirs.pk, f"{theirs.pk}-contract": "CDD"}

    enter(the_firm).post(reverse("complete_many"), posted)

    assert Employment.objects.get().contract == "CDI"


def test_nobody_confirms_the_account_of_another_firm(enter: Enter, the_firm: Firm):
    theirs = firm(2).bank_accounts.get()

    answer = enter(the_firm, FirmRole.ADMINISTRATEUR).post(
        reverse("confirm_account", args=[theirs.pk])
    )

    assert answer.status_code == 404


def test_somebody_of_two_firms_chooses_for_whom_they_act(the_firm: Firm):
    both = member(the_firm, FirmRole.REDACTEUR, "both")
    member(firm(2), FirmRole.LECTEUR, "both")
    client = signed_in(both)

    client.post(reverse("choose_firm"), {"firm": "frm_2"})

    assert client.get(reverse("dashboard")).context["space"].firm == firm(2)


def test_nobody_chooses_a_firm_that_gave_them_no_role(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    answer = client.post(reverse("choose_firm"), {"firm": firm(2).public_id})

    assert answer.status_code == 404
    assert SESSION_KEY not in client.session


def test_a_role_that_ended_opens_nothing_at_the_next_page(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    the_firm.memberships.update(ended_at=BEFORE)

    assert client.get(reverse("claims")).status_code == 404


@pytest.mark.parametrize("name", ["claims", "files", "programmes", "complete_many", "employees"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str):
    assert client.get(reverse(name)).status_code == 302


def test_a_reader_sees_no_form_that_writes(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.LECTEUR)

    assert 'type="file"' not in client.get(reverse("import_new")).content.decode()
    assert "Déclarer une formation" not in client.get(reverse("programmes")).content.decode()


def test_a_reader_who_posts_is_refused_and_nothing_changes(enter: Enter, the_firm: Firm):
    people(the_firm, 1)

    answer = enter(the_firm, FirmRole.LECTEUR).post(reverse("claims"), {"year": 2025})

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_only_an_administrator_of_the_firm_sees_the_form_of_the_account(
    enter: Enter, the_firm: Firm
):
    bank_account_form = 'name="rib"'

    assert bank_account_form not in enter(the_firm).get(reverse("firm")).content.decode()
    page = enter(the_firm, FirmRole.ADMINISTRATEUR).get(reverse("firm")).content.decode()
    assert bank_account_form in page
