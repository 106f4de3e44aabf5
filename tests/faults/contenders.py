"""What each racing process does: wait for the start, act once, say how it ended."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from accounts.errors import Refusal  # noqa: E402
from accounts.models import StaffRole  # noqa: E402
from companies.firms.actions import confirm_bank_account  # noqa: E402
from companies.firms.models import BankAccount  # noqa: E402
from primes.claims.actions import file_claim, start_claim  # noqa: E402
from primes.claims.models.claim import Claim  # noqa: E402
from primes.payouts.actions import export_run  # noqa: E402
from primes.payouts.models import PaymentRun  # noqa: E402
from primes.payouts.preparation import prepare_run  # noqa: E402
from primes.payouts.returns import load_bank_return  # noqa: E402
from primes.review.actions import decide_claim  # noqa: E402
from primes.review.models import Outcome  # noqa: E402
from tests.factories.agency import staff  # noqa: E402
from tests.factories.claimants import YEAR, firm, signataire_of  # noqa: E402
from tests.factories.claims import AT, SCHEME, bank_answer  # noqa: E402


def start(_rank: int) -> None:
    start_claim(firm=firm(), scheme=SCHEME, year=YEAR, acting_user=signataire_of(firm()), at=AT)


def file(_rank: int) -> None:
    file_claim(claim_id=Claim.objects.get().pk, acting_user=signataire_of(firm()), at=AT)


def decide_same(_rank: int) -> None:
    _decide(Claim.objects.get())


def decide_own(rank: int) -> None:
    _decide(Claim.objects.order_by("pk")[rank])


def _decide(claim: Claim) -> None:
    decide_claim(
        claim_id=claim.pk, outcome=Outcome.APPROVE, reason="Oui.",
        acting_user=staff(StaffRole.DECIDEUR), at=AT,
    )  # fmt: skip


def prepare(_rank: int) -> None:
    prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=AT)


def export_or_close(rank: int) -> None:
    """One exports the signed run, the other confirms the account that replaces the one it pays."""
    if rank:
        run = PaymentRun.objects.get()
        export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT)
    else:
        proposed = BankAccount.objects.get(state="proposed")
        confirm_bank_account(account_id=proposed.pk, acting_user=staff("qualite"), at=AT)


def load_return(_rank: int) -> None:
    content = bank_answer(PaymentRun.objects.get())
    payer = staff(StaffRole.PAYEUR)
    load_bank_return(name="retour.xml", content=content, acting_user=payer, at=AT)


def main(name: str, rank: str) -> None:
    connection.ensure_connection()
    _say("ready")
    sys.stdin.readline()
    try:
        globals()[name](int(rank))
    except Refusal as refusal:
        _say(refusal.code)
    else:
        _say("won")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
