"""What two people signed, transfer by transfer, and whether a file says the same."""

import hashlib
import io

from accounts.errors import Refusal
from accounts.sealing import UnsealError, fingerprint, unseal
from primes.payouts.formats.schemas import reread_pain001
from primes.payouts.models import Payment, PaymentRun, PayoutFile

NOT_THE_SIGNED_ACCOUNT = ""


def signed_transfers(run: PaymentRun) -> set[tuple[str, int, str]]:
    """(reference, centimes, RIB) of each payment of the run."""
    return {
        (payment.reference, payment.amount, signed_rib(payment)) for payment in run.payments.all()
    }


def signed_rib(payment: Payment) -> str:
    """The sealed number, if it is the one whose fingerprint stands in the hash that was signed."""
    try:
        rib = unseal("rib", payment.rib_sealed)
    except UnsealError:
        return NOT_THE_SIGNED_ACCOUNT
    is_signed = fingerprint("rib", rib) == bytes(payment.rib_fingerprint)
    return rib if is_signed else NOT_THE_SIGNED_ACCOUNT


def is_whole(payout: PayoutFile) -> bool:
    """The bytes are those that were hashed, and they pay what was signed and nothing else."""
    content = bytes(payout.content)
    if hashlib.sha256(content).hexdigest() != payout.sha256:
        return False
    try:
        reread = reread_pain001(io.BytesIO(content))
    except Refusal:
        return False
    return reread.agrees and set(reread.transfers) == signed_transfers(payout.run)
