"""What changes between two steps of a payment: the account, the people, the bank's word."""

import pytest

from accounts.errors import Refusal
from accounts.models import StaffRole
from companies.firms.actions import confirm_bank_account, propose_bank_account
from companies.firms.models import BankAccount, Firm, FirmRole
from companies.identifiers import Rib
from primes.payouts.actions import cancel_run, export_run, order_run, sign_run
from primes.payouts.models import BankReturnLine, Payment, PaymentState
from primes.payouts.preparation import prepare_run
from primes.payouts.returns import load_bank_return
from primes.payouts.verification import verify
from tests.factories.agency import staff
from tests.factories.claimants import another_account, firm, member, rib, signataire_of
from tests.factories.claims import (
    AT,
    SCHEME,
    bank_answer,
    decided_claim,
    exported_run,
    filed_claim,
    ordered_run,
    prepared_run,
    signed_run,
)

pytestmark = pytest.mark.django_db
ACTS = {
    "order": (prepared_run, order_run, StaffRole.ORDONNATEUR),
    "sign": (ordered_run, sign_run, StaffRole.PAYEUR),
    "export": (signed_run, export_run, StaffRole.PAYEUR),
}


def _breaches() -> list[str]:
    return [str(breach) for verdict in verify() for breach in verdict.breaches]


def _another_account(of: Firm, proposer: str = "propose-encore") -> BankAccount:
    proposed = another_account(of, proposer)
    return confirm_bank_account(account_id=proposed.pk, acting_user=staff("qualite"), at=AT)


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_account_is_neither_signed_nor_exported(act):
    reach, do, role = ACTS[act]
    run = reach()
    _another_account(firm())

    with pytest.raises(Refusal) as refused:
        do(run_id=run.pk, acting_user=staff(role), at=AT)

    assert refused.value.code == "run_pays_a_closed_account"


def test_the_run_of_a_closed_account_is_given_up_and_its_money_waits():
    run = signed_run()
    _another_account(firm())

    cancel_run(run_id=run.pk, reason="Compte fermé", acting_user=staff("ordonnateur"), at=AT)

    with pytest.raises(Refusal, match="nothing_to_pay"):
        prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=AT)
    assert Payment.objects.get().state == PaymentState.CANCELLED
    assert _breaches() == []


def test_an_account_changed_by_the_signataire_keeps_its_own_firm_waiting_alone():
    decided_claim(filed_claim(firm(1), eligible=1))
    decided_claim(filed_claim(firm(2), eligible=1))
    BankAccount.objects.filter(firm=firm(2)).update(state="closed")
    signataire_of(firm(2))
    account = _another_account(firm(2), "signataire-frm_2")

    later = AT.replace(month=5)
    run = prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=later)

    assert account.usable_from <= later.date()
    assert [payment.firm_id for payment in run.payments.all()] == [firm(1).pk]


@pytest.mark.parametrize("name", ["شركة أطلس", "ATLAS ", "ATLAS <SA>", "A\nB", ""])
def test_a_name_no_bank_takes_is_refused_before_it_stops_the_file_of_everybody(name):
    proposer = member(firm(), FirmRole.ADMINISTRATEUR, "propose-encore")

    with pytest.raises(Refusal) as refused:
        propose_bank_account(
            firm=firm(), rib=Rib.parse(rib(5)), holder=name, acting_user=proposer, at=AT
        )

    assert refused.value.code == "bank_account_holder_in_latin_letters"


def test_a_return_that_announces_another_total_moves_nothing():
    run = exported_run()
    content = bank_answer(run).replace(b"<OrgnlCtrlSum>8435.04<", b"<OrgnlCtrlSum>8435.05<")

    with pytest.raises(Refusal) as refused:
        load_bank_return(name="r.xml", content=content, acting_user=staff("payeur"), at=AT)

    assert refused.value.code == "return_totals_unlike_the_run"
    assert Payment.objects.get().state == PaymentState.SENT


def test_a_payment_returned_then_paid_waits_for_people():
    run = exported_run()
    refusal = bank_answer(run, {run.payments.get().reference: "AC04"})
    load_bank_return(name="rejet.xml", content=refusal, acting_user=staff("payeur"), at=AT)

    load_bank_return(name="ok.xml", content=bank_answer(run), acting_user=staff("payeur"), at=AT)

    last = BankReturnLine.objects.latest("pk")
    assert (last.effect, last.quarantine_code) == ("quarantined", "answer_contradicts")
    assert Payment.objects.get().state == PaymentState.RETURNED
    assert _breaches() == []


def test_a_return_of_a_run_not_exported_yet_is_refused():
    run = exported_run()
    early = bank_answer(run).replace(run.reference.encode(), b"L-2026-999999")

    with pytest.raises(Refusal) as refused:
        load_bank_return(name="r.xml", content=early, acting_user=staff("payeur"), at=AT)

    assert refused.value.code == "return_of_an_unknown_run"


def test_a_word_for_the_whole_message_answers_every_payment():
    run = exported_run()
    whole = bank_answer(run)
    start, end = whole.index(b"<OrgnlPmtInfAndSts>"), whole.index(b"</OrgnlPmtInfAndSts>")
    said = whole[:start] + whole[end + len(b"</OrgnlPmtInfAndSts>") :]

    load_bank_return(name="r.xml", content=said, acting_user=staff("payeur"), at=AT)

    assert Payment.objects.get().state == PaymentState.PAID
    assert _breaches() == []


def test_an_answer_for_an_unknown_payment_moves_nothing():
    run = exported_run()
    content = bank_answer(run).replace(run.payments.get().reference.encode(), b"P-2026-999999")

    load_bank_return(name="r.xml", content=content, acting_user=staff("payeur"), at=AT)

    assert BankReturnLine.objects.get().quarantine_code == "payment_unknown"
    assert Payment.objects.get().state == PaymentState.SENT
    assert _breaches() == []
