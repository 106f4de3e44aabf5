"""A bank for demonstrations and tests: it answers an order at once, by a file like a real one.

Everything is settled but the transfers named in `returned`, and those whose account number (the 16
digits before the key) ends with 9901, 9904 or 9906: returned AC01, AC04 and AC06.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from primes.payouts.formats.amounts import written
from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.pain002 import NAMESPACES
from primes.payouts.formats.schemas import Reread, RereadTransfer, reread_pain001

RETURNED_ACCOUNTS = {"9901": "AC01", "9904": "AC04", "9906": "AC06"}


def answer(
    pain001_bytes: bytes, *, returned: Mapping[str, str], at: datetime, message_id: str
) -> bytes:
    """The pain.002.001.03 of an order; `returned` gives the reason code of each end-to-end id."""
    order = reread_pain001(BytesIO(pain001_bytes))
    unknown = sorted(set(returned) - set(order.ids))
    if unknown:
        raise PayoutError(PayoutCode.REFERENCE_UNKNOWN, order.message_id, unknown, "in the order")
    reasons = [_reason(transfer, returned) for transfer in order.transfers]
    lines = "".join(map(_line, order.transfers, reasons))
    created_at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{NAMESPACES[0]}">\n<CstmrPmtStsRpt>\n'
        f"<GrpHdr><MsgId>{escape(message_id)}</MsgId><CreDtTm>{created_at}</CreDtTm></GrpHdr>\n"
        f"{_group(order, reasons)}"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{escape(order.message_id)}</OrgnlPmtInfId>\n{lines}"
        "</OrgnlPmtInfAndSts>\n</CstmrPmtStsRpt>\n</Document>\n"
    ).encode()


def _reason(transfer: RereadTransfer, returned: Mapping[str, str]) -> str | None:
    account = transfer.creditor_rib[:-2]
    return returned.get(transfer.end_to_end_id, RETURNED_ACCOUNTS.get(account[-4:]))


def _group(order: Reread, reasons: Iterable[str | None]) -> str:
    said = {bool(reason) for reason in reasons}
    status = "PART" if len(said) > 1 else "RJCT" if True in said else "ACSC"
    return (
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{escape(order.message_id)}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId><OrgnlNbOfTxs>{order.count}</OrgnlNbOfTxs>"
        f"<OrgnlCtrlSum>{written(order.sum_centimes)}</OrgnlCtrlSum>"
        f"<GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts>\n"
    )


def _line(transfer: RereadTransfer, reason: str | None) -> str:
    status = "RJCT" if reason else "ACSC"
    why = f"<StsRsnInf><Rsn><Cd>{escape(reason)}</Cd></Rsn></StsRsnInf>" if reason else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{escape(transfer.end_to_end_id)}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>{why}"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="MAD">{written(transfer.amount_centimes)}</InstdAmt></Amt>'
        f"<CdtrAcct><Id><Othr><Id>{escape(transfer.creditor_rib)}</Id></Othr></Id></CdtrAcct>"
        "</OrgnlTxRef></TxInfAndSts>\n"
    )
