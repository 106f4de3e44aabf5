"""The two payment runs of the demonstration, and what the simulated bank answers to the first."""

from collections.abc import Mapping

from accounts.models import User
from primes.management.demonstration.agency import SCHEME
from primes.management.demonstration.moments import Calendar, Moment
from primes.payouts.actions import export_run, order_run, sign_run
from primes.payouts.models import PaymentRun, PayoutFile
from primes.payouts.preparation import prepare_run
from primes.payouts.returns import load_bank_return
from primes.payouts.simulated_bank import answer


def prepare(calendar: Calendar, moment: Moment, users: Mapping[str, User]) -> PaymentRun:
    return prepare_run(scheme=SCHEME, acting_user=users["preparateur"], at=calendar.at(moment))


def sign_and_export(run: PaymentRun, calendar: Calendar, users: Mapping[str, User]) -> PayoutFile:
    """Two signatures by two people, and the file by the second."""
    order_run(
        run_id=run.pk,
        acting_user=users["ordonnateur"],
        at=calendar.at(Moment.FIRST_RUN_ORDERED),
    )
    payeur = users["payeur"]
    sign_run(run_id=run.pk, acting_user=payeur, at=calendar.at(Moment.FIRST_RUN_SIGNED))
    return export_run(run_id=run.pk, acting_user=payeur, at=calendar.at(Moment.FIRST_RUN_EXPORTED))


def answer_by_bank(payout: PayoutFile, calendar: Calendar, users: Mapping[str, User]) -> None:
    """The bank returns the transfers to accounts it knows as closed, and pays the others."""
    at = calendar.at(Moment.BANK_ANSWERED)
    reference = payout.run.reference
    content = answer(bytes(payout.content), returned={}, at=at, message_id=f"BANQUE-{reference}")
    load_bank_return(
        name=f"{reference}.pain.002.001.03.xml",
        content=content,
        acting_user=users["payeur"],
        at=at,
    )
