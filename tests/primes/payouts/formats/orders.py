"""Payment orders for the tests of the file formats."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from primes.payouts.formats.pain001 import PaymentOrder, Transfer, write_pain001

DEBTOR_RIB = "310810101402900442310133"
CREDITOR_RIB = "001810007800020110620318"


def rib(account: int, *, bank: int = 7, city: int = 780) -> str:
    """A RIB with its right key; `account` is the 16 digits of the account number."""
    body = f"{bank:03d}{city:03d}{account:016d}"
    return f"{body}{97 - int(body + '00') % 97:02d}"


def transfer(number: int = 1, **changes: object) -> Transfer:
    made = Transfer(
        end_to_end_id=f"PAY-2026-{number:06d}",
        amount_centimes=100_000 + number,
        creditor_name=f"SOCIÉTÉ ATLAS & FILS {number}",
        creditor_rib=rib(number),
        remittance="Prime à la formation 2026",
    )
    return replace(made, **changes)


def order(transfers: Iterable[Transfer], **changes: object) -> PaymentOrder:
    """An order that announces what its transfers add up to, unless `changes` say otherwise."""
    held = list(transfers)
    made = PaymentOrder(
        message_id="LOT-2026-0001",
        created_at=datetime(2026, 11, 23, 9, 30, 15, 999_999, tzinfo=UTC),
        execution_on=date(2026, 11, 24),
        debtor_name="AGENCE DE LA PRIME À LA FORMATION",
        debtor_rib=DEBTOR_RIB,
        transfers=held,
        count=len(held),
        control_sum=sum(one.amount_centimes for one in held),
    )
    return replace(made, **changes)


def written(made: PaymentOrder) -> bytes:
    out = BytesIO()
    write_pain001(made, out)
    return out.getvalue()
