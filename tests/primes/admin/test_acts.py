"""What the buttons do: the form, the action, its message or its refusal in words."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts import formats
from accounts.models import StaffRole
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.models.window import FilingWindow
from primes.ledger.models import Convention, Envelope
from primes.payouts.models import BankReturnFile, PaymentRun, RunState
from primes.review.models import Outcome, ReviewItem
from primes.wording.words import sentence
from tests.factories.agency import staff
from tests.factories.claimants import YEAR, rib
from tests.factories.claims import (
    SCHEME,
    bank_answer,
    decided_claim,
    exported_run,
    filed_claim,
    ordered_run,
    prepared_run,
    proposed_claim,
    reviewed_claim,
    signed_run,
)
from tests.primes.admin.conftest import Visit

R = StaffRole


def send_return(visit: Visit, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("retour.xml", content)
    return visit(staff(R.PAYEUR), "/admin/primes/paymentrun/act/bank_return/", {"file": file})


def test_a_claim_is_taken_by_its_button(visit: Visit) -> None:
    claim = filed_claim()

    answer = visit(staff(R.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/act/take/", {})

    claim.refresh_from_db()
    assert answer.url == f"/admin/primes/claim/{claim.pk}/change/"
    assert (claim.state, claim.instructed_by) == (ClaimState.IN_REVIEW, staff(R.INSTRUCTEUR))


def test_a_proposal_says_its_outcome_and_its_reason(visit: Visit) -> None:
    claim = reviewed_claim()
    typed = {"outcome": Outcome.APPROVE, "reason": "Dossier complet."}

    visit(staff(R.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/act/propose/", typed)

    proposal = claim.proposals.get()
    assert (proposal.outcome, proposal.reason) == (Outcome.APPROVE, "Dossier complet.")


def test_an_act_without_its_reason_asks_for_it_and_does_nothing(visit: Visit) -> None:
    claim = reviewed_claim()
    typed = {"outcome": Outcome.APPROVE, "reason": " "}

    page = visit(staff(R.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/act/propose/", typed)

    assert page.status_code == 422
    assert "Écrivez le motif en une phrase." in page.text
    assert not claim.proposals.exists()


def test_who_has_not_the_role_is_refused_in_words(visit: Visit) -> None:
    claim = filed_claim()

    page = visit(staff(R.DECIDEUR), f"/admin/primes/claim/{claim.pk}/act/take/", {})

    claim.refresh_from_db()
    assert page.status_code == 422
    assert page.context["refusal"] == sentence("role_missing", {"roles": [R.INSTRUCTEUR]}, "fr")
    assert claim.state == ClaimState.SUBMITTED


def test_who_instructed_does_not_decide_even_with_the_role(visit: Visit) -> None:
    claim = proposed_claim()
    both = staff(R.DECIDEUR, R.INSTRUCTEUR)

    page = visit(both, f"/admin/primes/claim/{claim.pk}/act/approve/", {"reason": "Conforme."})

    claim.refresh_from_db()
    assert page.context["refusal"] == sentence("duty_one_a_person_and_claim", {}, "fr")
    assert claim.state == ClaimState.PROPOSED


def test_what_a_colleague_already_did_is_said(visit: Visit) -> None:
    claim = reviewed_claim()

    page = visit(staff(R.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/act/take/", {})

    expected = sentence("state_forbids", {"step": "take", "state": claim.state}, "fr")
    assert page.context["refusal"] == expected


def test_the_batch_review_leaves_work_and_nudges_a_worker(
    visit: Visit, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = filed_claim()
    nudged = []
    monkeypatch.setattr("primes.tasks.review_claims.delay", lambda: nudged.append(1))

    with django_capture_on_commit_callbacks(execute=True):
        visit(
            staff(R.INSTRUCTEUR),
            "/admin/primes/claim/act/review/",
            {"scheme": SCHEME, "year": YEAR},
        )

    assert ReviewItem.objects.get(claim=claim).state == ReviewItem.State.DUE
    assert nudged == [1]


def test_a_reader_without_the_role_cannot_ask_for_the_batch_review(visit: Visit) -> None:
    answer = visit(
        staff(R.AUDITEUR), "/admin/primes/claim/act/review/", {"scheme": SCHEME, "year": YEAR}
    )

    assert answer.status_code == 403


def test_a_run_goes_from_preparation_to_export_by_three_people(visit: Visit) -> None:
    decided_claim()
    prepared = visit(
        staff(R.PREPARATEUR), "/admin/primes/paymentrun/act/prepare/", {"scheme": SCHEME}
    )
    run = PaymentRun.objects.get()

    visit(staff(R.ORDONNATEUR), f"/admin/primes/paymentrun/{run.pk}/act/order/", {})
    visit(staff(R.PAYEUR), f"/admin/primes/paymentrun/{run.pk}/act/sign/", {})
    file = visit(staff(R.PAYEUR), f"/admin/primes/paymentrun/{run.pk}/act/export/", {})

    run.refresh_from_db()
    assert prepared.url == f"/admin/primes/paymentrun/{run.pk}/change/"
    assert run.state == RunState.EXPORTED
    assert file.content == bytes(run.file.content)
    assert file["Content-Disposition"] == f'attachment; filename="{run.file.name}"'


def test_a_run_shows_its_total_in_figures_and_in_words(visit: Visit) -> None:
    run = prepared_run()

    page = visit(staff(R.ORDONNATEUR), f"/admin/primes/paymentrun/{run.pk}/act/order/")

    assert formats.money(run.total, "fr") in page.text
    assert "huit mille quatre cent trente-cinq dirhams et quatre centimes" in page.text
    assert run.content_sha256 in page.text


def test_the_preparer_does_not_sign(visit: Visit) -> None:
    run = prepared_run()
    both = staff(R.ORDONNATEUR, R.PREPARATEUR)

    page = visit(both, f"/admin/primes/paymentrun/{run.pk}/act/order/", {})

    run.refresh_from_db()
    assert page.status_code == 422
    assert run.state == RunState.PREPARED


def test_an_unsigned_run_is_not_exported(visit: Visit) -> None:
    run = ordered_run()

    page = visit(staff(R.PAYEUR), f"/admin/primes/paymentrun/{run.pk}/act/export/", {})

    assert page.context["refusal"] == sentence(
        "state_forbids", {"step": "export", "state": run.state}, "fr"
    )


def test_a_second_download_gives_the_same_bytes_and_warns_of_the_first(visit: Visit) -> None:
    run = exported_run()
    payeur = staff(R.PAYEUR)

    asked = visit(payeur, f"/admin/primes/paymentrun/{run.pk}/act/download/")
    file = visit(payeur, f"/admin/primes/paymentrun/{run.pk}/act/download/", {})

    assert f"{payeur}, 07/04/2026 à 10:12" in asked.text
    assert file.content == bytes(run.file.content)


def test_a_run_is_cancelled_with_a_reason(visit: Visit) -> None:
    run = prepared_run()

    visit(
        staff(R.PREPARATEUR),
        f"/admin/primes/paymentrun/{run.pk}/act/cancel/",
        {"reason": "Compte à vérifier."},
    )

    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_a_bank_return_is_loaded_and_its_lines_are_shown(visit: Visit) -> None:
    run = exported_run()
    payment = run.payments.get()
    content = bank_answer(run, {payment.reference: "AC04"})

    answer = send_return(visit, content)
    page = visit(staff(R.PAYEUR), answer.url)

    assert BankReturnFile.objects.get().run == run
    assert payment.reference in page.text
    assert [row.said for row in page.context["answers"]] == ["Le compte est clôturé."]


def test_a_file_that_is_not_a_return_is_refused_in_words(visit: Visit) -> None:
    signed_run()

    page = send_return(visit, b"bonjour")

    assert page.status_code == 422
    assert page.context["refusal"].what


def test_an_administrateur_moves_the_filing_window(visit: Visit) -> None:
    typed = {
        "scheme": SCHEME, "year": YEAR, "opens_on": "01/03/2026", "closes_on": "31/07/2026",
        "reason": "Report.",
    }  # fmt: skip

    visit(staff(R.ADMINISTRATEUR), "/admin/primes/filingwindow/act/open/", typed)

    window = FilingWindow.objects.get()
    assert (window.closes_on.isoformat(), window.reason) == ("2026-07-31", "Report.")


def test_an_administrateur_adds_a_convention_and_its_credits(visit: Visit) -> None:
    admin = staff(R.ADMINISTRATEUR)
    terms = {
        "code": "CONV-1", "title": "Convention", "scheme": SCHEME, "signed_on": "01/01/2026",
        "ends_on": "31/12/2030", "payer_name": "AGENCE", "payer_rib": rib(5),
    }  # fmt: skip

    visit(admin, "/admin/primes/convention/act/open/", terms)
    convention = Convention.objects.get()
    credits_typed = {"convention": convention.pk, "year": 2026, "cap": "1000000,50"}
    visit(admin, "/admin/primes/envelope/act/open/", credits_typed)

    assert (convention.payer_rib, Envelope.objects.get().cap) == (rib(5), 100_000_050)


@pytest.mark.django_db
def test_an_act_is_never_taken_by_a_link() -> None:
    claim = filed_claim()
    client = Client()
    client.force_login(staff(R.INSTRUCTEUR))

    page = client.get(f"/admin/primes/claim/{claim.pk}/act/take/")

    assert page.status_code == 200
    assert Claim.objects.get().state == ClaimState.SUBMITTED


def test_the_same_bank_return_again_says_that_nothing_changes(visit: Visit) -> None:
    content = bank_answer(exported_run())
    said = []

    for _ in range(2):
        answer = send_return(visit, content)
        said += [str(message) for message in get_messages(answer.wsgi_request)]

    assert said[0] == "Le retour bancaire est chargé ; réponses à rapprocher : 0."
    assert said[1].endswith("rien ne change.")


def test_a_second_download_warns_of_a_second_payment(visit: Visit) -> None:
    run = exported_run()

    page = visit(staff(R.PAYEUR), f"/admin/primes/paymentrun/{run.pk}/act/download/")

    assert "il pourrait être payé deux fois" in page.text


def test_somebody_without_a_button_reads_who_may_act(visit: Visit) -> None:
    claim = proposed_claim()

    page = visit(staff(R.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/change/")

    assert page.context["acts"] == []
    assert page.context["awaited"] == ["Décideur"]
    assert "qui peut agir : Décideur." in page.text
