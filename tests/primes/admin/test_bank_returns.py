"""A line of a return that moves nothing waits in view, first, with its cause in words."""

import pytest

from accounts.models import StaffRole
from primes.admin.return_lines import QUARANTINE
from primes.payouts.formats.amounts import written
from primes.payouts.models import BankReturnFile, PaymentRun
from primes.payouts.returns import load_bank_return
from tests.factories.agency import staff
from tests.factories.claimants import rib
from tests.factories.claims import AT, bank_answer, exported_run
from tests.primes.admin.conftest import Visit


def another_reference(run: PaymentRun) -> bytes:
    return bank_answer(run).replace(run.payments.get().reference.encode(), b"P-2026-999999")


def another_amount(run: PaymentRun) -> bytes:
    """The totals of the order are repeated as they were: only the payment disagrees."""
    told = f"{written(run.total)}</InstdAmt>"
    return bank_answer(run).replace(told.encode(), b"1.00</InstdAmt>")


def another_account(run: PaymentRun) -> bytes:
    return bank_answer(run).replace(rib(1).encode(), rib(2).encode())


def the_contrary(run: PaymentRun) -> bytes:
    load(bank_answer(run))
    return bank_answer(run, {run.payments.get().reference: "AC04"})


def load(content: bytes) -> BankReturnFile:
    payeur = staff(StaffRole.PAYEUR)
    return load_bank_return(name="retour.xml", content=content, acting_user=payeur, at=AT)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (another_reference, "payment_unknown"),
        (another_amount, "amount_differs"),
        (another_account, "account_differs"),
        (the_contrary, "answer_contradicts"),
    ],
)
def test_what_waits_says_why(visit: Visit, told: object, code: str) -> None:
    file = load(told(exported_run()))

    page = visit(staff(StaffRole.PAYEUR), f"/admin/primes/bankreturnfile/{file.pk}/change/")

    (row,) = page.context["answers"]
    assert (row.line.effect, row.line.quarantine_code) == ("quarantined", code)
    assert row.said == QUARANTINE[code]


def test_the_run_leads_to_its_returns(visit: Visit) -> None:
    run = exported_run()
    file = load(bank_answer(run))

    page = visit(staff(StaffRole.PAYEUR), f"/admin/primes/paymentrun/{run.pk}/change/")

    assert f'href="/admin/primes/bankreturnfile/{file.pk}/change/"' in page.text
