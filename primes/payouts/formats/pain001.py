"""The order to the bank: ISO 20022 pain.001.001.03, dirhams, accounts as 24-digit RIB in `Othr/Id`.

The same order gives the same bytes: transfers by reference, creation time as stored, fixed
prefixes, nothing left to a library. Every transfer is checked on its way, so memory stays flat;
what was written before a refusal is to be thrown away by the caller. No service level is written:
`SEPA` is not for domestic dirhams.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from operator import attrgetter
from typing import BinaryIO
from xml.sax.saxutils import escape

from primes.payouts.formats.amounts import AMOUNT_MAX, written
from primes.payouts.formats.charset import check_identifier, check_latin
from primes.payouts.formats.errors import PayoutCode, PayoutError

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
NAME_LENGTH = 70
REMITTANCE_LENGTH = 140
RIB_LENGTH = 24

_TRANSFERS_IN_A_WRITE = 500
_REFERENCE = attrgetter("end_to_end_id")
_AMOUNT = attrgetter("amount_centimes")
_FOOTER = "</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n"


@dataclass(frozen=True, slots=True)
class Transfer:
    end_to_end_id: str
    amount_centimes: int
    creditor_name: str
    creditor_rib: str
    remittance: str


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """`count` and `control_sum` (centimes) are what people signed; transfers must add up to them.

    A sequence of transfers may come in any order. An iterator must come by ascending reference
    already, compared by code point: putting it in order would hold the whole of it.
    """

    message_id: str
    created_at: datetime
    execution_on: date
    debtor_name: str
    debtor_rib: str
    transfers: Iterable[Transfer]
    count: int
    control_sum: int


@dataclass(frozen=True, slots=True)
class Written:
    count: int
    control_sum_centimes: int
    sha256: str


def write_pain001(order: PaymentOrder, out: BinaryIO) -> Written:
    digest = sha256()
    for piece in _pieces(order):
        data = piece.encode("utf-8")
        digest.update(data)
        out.write(data)
    return Written(order.count, order.control_sum, digest.hexdigest())


def _pieces(order: PaymentOrder) -> Iterator[str]:
    _check_order(order)
    yield _header(order)
    count = total = 0
    transfers = _by_reference(order.transfers)
    while batch := list(islice(transfers, _TRANSFERS_IN_A_WRITE)):
        yield "".join(map(_transfer, batch))
        count += len(batch)
        total += sum(map(_AMOUNT, batch))
    if count != order.count:
        raise PayoutError(PayoutCode.COUNT_DIFFERS, "order/count", count, order.count)
    if total != order.control_sum:
        raise PayoutError(PayoutCode.SUM_DIFFERS, "order/control_sum", total, order.control_sum)
    yield _FOOTER


def _by_reference(transfers: Iterable[Transfer]) -> Iterator[Transfer]:
    """Strictly ascending, so that a repeated reference shows without remembering them all."""
    if isinstance(transfers, Sequence):
        transfers = sorted(transfers, key=_REFERENCE)
    previous = ""
    for transfer in transfers:
        current = transfer.end_to_end_id
        if current <= previous:
            _refuse_reference(current, previous)
        previous = current
        yield transfer


def _refuse_reference(current: str, previous: str) -> None:
    place = f"{current}/end_to_end_id"
    check_identifier(current, place)
    if current == previous:
        raise PayoutError(PayoutCode.REFERENCE_REPEATED, place, current, "unique")
    raise PayoutError(PayoutCode.REFERENCE_OUT_OF_ORDER, place, current, f"> {previous}")


def _check_order(order: PaymentOrder) -> None:
    check_identifier(order.message_id, "order/message_id")
    if order.created_at.tzinfo is None:
        place = "order/created_at"
        raise PayoutError(PayoutCode.TIME_WITHOUT_ZONE, place, order.created_at, "UTC")
    check_latin(order.debtor_name, "order/debtor_name", NAME_LENGTH)
    check_rib(order.debtor_rib, "order/debtor_rib")
    if order.count < 1:
        raise PayoutError(PayoutCode.ORDER_EMPTY, "order/count", order.count, "≥ 1")
    _check_amount(order.control_sum, "order/control_sum")


def check_rib(rib: str, place: str) -> None:
    """24 digits, as one number divisible by 97; a refusal never shows the account."""
    if len(rib) != RIB_LENGTH or not (rib.isascii() and rib.isdigit()):
        found = f"{len(rib)} characters"
        raise PayoutError(PayoutCode.RIB_NOT_24_DIGITS, place, found, f"{RIB_LENGTH} digits")
    if int(rib) % 97:
        key = 97 - int(rib[:-2] + "00") % 97
        raise PayoutError(PayoutCode.RIB_KEY_WRONG, place, rib[-2:], f"{key:02d}")


def _check_amount(centimes: int, place: str) -> None:
    if type(centimes) is not int or not 0 < centimes <= AMOUNT_MAX:
        raise PayoutError(PayoutCode.AMOUNT_OUT_OF_RANGE, place, centimes, f"1-{AMOUNT_MAX}")


def _check_transfer(transfer: Transfer) -> None:
    """Each check names its field; only a refusal pays for naming the transfer too."""
    try:
        check_identifier(transfer.end_to_end_id, "end_to_end_id")
        _check_amount(transfer.amount_centimes, "amount_centimes")
        check_latin(transfer.creditor_name, "creditor_name", NAME_LENGTH)
        check_rib(transfer.creditor_rib, "creditor_rib")
        check_latin(transfer.remittance, "remittance", REMITTANCE_LENGTH)
    except PayoutError as refused:
        raise refused.inside(transfer.end_to_end_id) from None


def _transfer(transfer: Transfer) -> str:
    _check_transfer(transfer)
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>{transfer.end_to_end_id}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="MAD">{written(transfer.amount_centimes)}</InstdAmt></Amt>'
        f"<Cdtr><Nm>{escape(transfer.creditor_name)}</Nm></Cdtr>"
        f"<CdtrAcct><Id><Othr><Id>{transfer.creditor_rib}</Id>"
        "<SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id></CdtrAcct>"
        f"<RmtInf><Ustrd>{escape(transfer.remittance)}</Ustrd></RmtInf></CdtTrfTxInf>\n"
    )


def _header(order: PaymentOrder) -> str:
    name = escape(order.debtor_name)
    created_at = order.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    totals = f"<NbOfTxs>{order.count}</NbOfTxs><CtrlSum>{written(order.control_sum)}</CtrlSum>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{NAMESPACE}">\n<CstmrCdtTrfInitn>\n'
        f"<GrpHdr><MsgId>{order.message_id}</MsgId><CreDtTm>{created_at}</CreDtTm>{totals}"
        f"<InitgPty><Nm>{name}</Nm></InitgPty></GrpHdr>\n"
        f"<PmtInf><PmtInfId>{order.message_id}</PmtInfId><PmtMtd>TRF</PmtMtd>{totals}\n"
        f"<ReqdExctnDt>{order.execution_on.isoformat()}</ReqdExctnDt>"
        f"<Dbtr><Nm>{name}</Nm></Dbtr>\n"
        f"<DbtrAcct><Id><Othr><Id>{order.debtor_rib}</Id>"
        "<SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id><Ccy>MAD</Ccy></DbtrAcct>\n"
        "<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>\n"
    )
