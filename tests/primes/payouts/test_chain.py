"""From a filed claim to the bank's answer: the same centimes at every stage."""

import hashlib

import pytest

from accounts.errors import Refusal
from accounts.models import StaffRole
from primes.claims.models.claim import ClaimState
from primes.ledger.balances import balances
from primes.ledger.models import Envelope
from primes.payouts.actions import cancel_run, export_run, order_run
from primes.payouts.models import BankReturnLine, Payment, PaymentState, PayoutFile, RunState
from primes.payouts.preparation import prepare_run
from primes.payouts.returns import load_bank_return
from primes.payouts.verification import verify
from tests.factories.agency import staff
from tests.factories.claimants import INCOME, firm
from tests.factories.claims import (
    AT,
    SCHEME,
    bank_answer,
    decided_claim,
    exported_run,
    filed_claim,
    ordered_run,
    prepared_run,
    settled_run,
    signed_run,
)
from tests.factories.tampering import behind_its_back

pytestmark = pytest.mark.django_db
BONUS = 421_752
"""3,5 % of 120 500,50 DH is 4 217,5175 DH, half up to the centime."""


def _standing() -> dict[str, int]:
    envelope = Envelope.objects.get()
    return balances(envelope.pk, envelope.cap)


def _breaches() -> list[str]:
    return [str(breach) for verdict in verify() for breach in verdict.breaches]


def test_the_amount_is_the_same_from_the_decision_to_the_bank():
    loaded = settled_run()

    payment = Payment.objects.get()
    assert INCOME == 12_050_050
    assert payment.amount == 2 * BONUS == loaded.run.total == loaded.run.file.control_sum
    assert payment.state == PaymentState.PAID
    assert loaded.run.state == RunState.SETTLED
    assert _standing()["paid"] == 2 * BONUS
    assert _breaches() == []


def test_only_eligible_lines_are_paid():
    claim = filed_claim(eligible=2, ineligible=1)

    decision = decided_claim(claim)

    claim.refresh_from_db()
    assert claim.state == ClaimState.PARTLY_APPROVED
    assert decision.amount == 2 * BONUS
    assert list(decision.lines.order_by("line__position").values_list("granted", flat=True)) == [
        True,
        True,
        False,
    ]


def test_money_moves_from_account_to_account_and_none_appears():
    cap = 100_000_000
    run = prepared_run()
    reserved = _standing()
    ordered_run(run)
    ordered = _standing()

    assert reserved["reserved"] == 2 * BONUS
    assert (ordered["reserved"], ordered["ordered"]) == (0, 2 * BONUS)
    assert sum(reserved.values()) == sum(ordered.values()) == cap


def test_exporting_twice_gives_the_same_bytes():
    run = exported_run()
    first = bytes(run.file.content)

    again = export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT)

    assert bytes(again.content) == first
    assert hashlib.sha256(first).hexdigest() == again.sha256
    assert PayoutFile.objects.count() == 1


@pytest.mark.parametrize("stage", [prepared_run, ordered_run])
def test_exporting_an_unsigned_run_is_refused(stage):
    run = stage()

    with pytest.raises(Refusal) as refused:
        export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT)

    assert refused.value.code == "state_forbids"
    assert not PayoutFile.objects.exists()


def test_loading_the_same_return_twice_changes_nothing():
    loaded = settled_run()
    before = _standing()

    again = load_bank_return(
        name="autre-nom.xml",
        content=bytes(loaded.content),
        acting_user=staff(StaffRole.PAYEUR),
        at=AT,
    )

    assert again.pk == loaded.pk
    assert _standing() == before
    assert BankReturnLine.objects.count() == 1


def test_the_same_answer_in_another_file_is_known_already():
    run = exported_run()
    payer = staff(StaffRole.PAYEUR)
    content = bank_answer(run)
    load_bank_return(name="a.xml", content=content, acting_user=payer, at=AT)
    before = _standing()

    other = content.replace(b"R-" + run.reference.encode(), b"R2-" + run.reference.encode())
    load_bank_return(name="b.xml", content=other, acting_user=payer, at=AT)

    assert other != content
    assert _standing() == before
    assert BankReturnLine.objects.filter(effect="repeated").count() == 1
    assert _breaches() == []


def test_a_returned_payment_is_due_again_in_a_new_payment():
    run = exported_run()
    payment = run.payments.get()
    load_bank_return(
        name="rejet.xml",
        content=bank_answer(run, {payment.reference: "AC04"}),
        acting_user=staff(StaffRole.PAYEUR),
        at=AT,
    )

    again = prepared_run()

    payment.refresh_from_db()
    assert (payment.state, payment.return_code) == (PaymentState.RETURNED, "AC04")
    assert again.total == run.total
    assert again.payments.get().reference != payment.reference
    assert _standing()["reserved"] == run.total
    assert _breaches() == []


def test_what_is_paid_is_due_no_more():
    settled_run()

    with pytest.raises(Refusal) as refused:
        prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=AT)

    assert refused.value.code == "nothing_to_pay"


def test_an_answer_for_another_amount_moves_nothing():
    run = exported_run()
    content = bank_answer(run).replace(b"8435.04</InstdAmt>", b"8435.05</InstdAmt>")

    load_bank_return(name="faux.xml", content=content, acting_user=staff(StaffRole.PAYEUR), at=AT)

    line = BankReturnLine.objects.get()
    assert (line.effect, line.quarantine_code) == ("quarantined", "amount_differs")
    assert Payment.objects.get().state == PaymentState.SENT


def test_a_cancelled_run_gives_its_dues_back():
    run = ordered_run()
    cancel_run(
        run_id=run.pk, reason="Erreur de lot", acting_user=staff(StaffRole.ORDONNATEUR), at=AT
    )

    assert _standing()["reserved"] == run.total
    assert prepared_run().total == run.total
    assert _breaches() == []


def test_a_signed_run_is_given_up_before_its_file_is_written():
    run = signed_run()
    cancel_run(
        run_id=run.pk, reason="Compte fermé", acting_user=staff(StaffRole.ORDONNATEUR), at=AT
    )

    again = prepared_run()

    assert again.total == run.total
    assert _standing()["reserved"] == run.total
    assert _breaches() == []


def test_an_exported_run_is_cancelled_no_more():
    run = exported_run()

    with pytest.raises(Refusal) as refused:
        cancel_run(
            run_id=run.pk, reason="Trop tard", acting_user=staff(StaffRole.ORDONNATEUR), at=AT
        )

    assert refused.value.code == "state_forbids"


def test_firms_of_one_run_are_paid_apart():
    decided_claim(filed_claim(firm(1)))
    decided_claim(filed_claim(firm(2), eligible=1))

    run = prepared_run()

    assert list(run.payments.order_by("firm_id").values_list("amount", flat=True)) == [
        2 * BONUS,
        BONUS,
    ]


def test_nobody_signs_what_changed_since_the_preparation():
    run = prepared_run()
    behind_its_back("UPDATE primes_payment SET amount = amount + 1", "primes_payment")

    with pytest.raises(Refusal) as refused:
        order_run(run_id=run.pk, acting_user=staff(StaffRole.ORDONNATEUR), at=AT)

    assert refused.value.code == "content_changed"
