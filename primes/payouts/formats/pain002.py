"""What the bank answers: ISO 20022 pain.002, a status for each transfer or for the whole message.

A status given higher up (payment information, group) holds for the lines below that have none. A
file may also name no line at all: `group_status` then speaks for every transfer of the order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import BinaryIO

from lxml import etree

from primes.payouts.formats.amounts import read_centimes
from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.incoming import elements, path

NAMESPACES = tuple(
    f"urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}" for version in ("03", "10")
)

_MESSAGE = "GrpHdr"
_GROUP = "OrgnlGrpInfAndSts"
_PAYMENT = "OrgnlPmtInfAndSts"
_LINE = "TxInfAndSts"
_IDENTIFIER_LENGTH = 35
# A published reason has four characters at most; anything else is the bank's own words.
_REASON_CODE = re.compile(r"[A-Z0-9]{1,4}")


class Outcome(StrEnum):
    """What a status means for the money. Accepted is not paid: only settlement is."""

    PAID = "paid"
    RETURNED = "returned"
    PENDING = "pending"


_OUTCOMES = {
    **dict.fromkeys(("ACSC", "ACCC"), Outcome.PAID),
    **dict.fromkeys(("RJCT", "CANC"), Outcome.RETURNED),
    **dict.fromkeys(
        ("RCVD", "PDNG", "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "PATC", "BLCK", "PART"),
        Outcome.PENDING,
    ),
}
# « Partly »: true of a group, of no single transfer.
_PARTLY = "PART"


def outcome(status: str) -> Outcome:
    """A status outside the published list is refused: money never moves on a guess."""
    if status not in _OUTCOMES:
        raise PayoutError(PayoutCode.STATUS_UNKNOWN, "status", status, sorted(_OUTCOMES))
    return _OUTCOMES[status]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """`amount_centimes` and `creditor_rib` are None where the bank does not repeat them.

    `reason_code` is a published code (`AC04`); a bank's own reason and its comments are in
    `reason_text`.
    """

    end_to_end_id: str
    status: str
    amount_centimes: int | None
    creditor_rib: str | None
    reason_code: str | None
    reason_text: str


@dataclass(frozen=True, slots=True)
class BankReturn:
    """`original_count`, `original_sum_centimes`: what the bank repeats of the order, if it does."""

    message_id: str
    original_message_id: str
    original_count: int | None
    original_sum_centimes: int | None
    group_status: str | None
    group_reason_code: str | None
    group_reason_text: str
    lines: tuple[ReturnLine, ...]


def read_pain002(stream: BinaryIO, name: str) -> BankReturn:
    """`name` is the file's, for the place of a refusal."""
    reading = _Reading(name)
    tags = (_MESSAGE, _GROUP, _PAYMENT, _LINE)
    for element in elements(stream, name, namespaces=NAMESPACES, tags=tags):
        reading.take(element)
    return reading.result()


class _Reading:
    def __init__(self, name: str) -> None:
        self._name = name
        self._read: BankReturn | None = None
        self._message_id: str | None = None
        self._lines: list[ReturnLine] = []
        self._unsettled: list[ReturnLine] = []
        self._payments: list[tuple[str | None, str | None, str]] = []

    def take(self, element: etree._Element) -> None:
        """Paths, not names alone: an element of the same name elsewhere says nothing."""
        match path(element).removeprefix("CstmrPmtStsRpt/"):
            case "GrpHdr":
                self._message_id = self._needed(element, "MsgId")
            case "OrgnlGrpInfAndSts":
                self._read = self._group(element)
            case "OrgnlPmtInfAndSts/TxInfAndSts":
                self._unsettled.append(self._line(element))
            case "OrgnlPmtInfAndSts":
                self._payment(element)

    def result(self) -> BankReturn:
        if self._read is None or self._message_id is None:
            missing = f"{_GROUP}/OrgnlMsgId" if self._read is None else f"{_MESSAGE}/MsgId"
            raise PayoutError(PayoutCode.VALUE_MISSING, self._name, None, missing)
        group = self._read
        # The order has one payment information: what is said of it is said of the whole.
        if len(self._payments) == 1 and self._payments[0][0]:
            status, code, text = self._payments[0]
            group = replace(
                group, group_status=status, group_reason_code=code, group_reason_text=text
            )
        _refuse_repeated(self._lines, self._name)
        _refuse_contradiction(
            (self._read.group_status, group.group_status), self._lines, self._name
        )
        return replace(group, message_id=self._message_id, lines=tuple(self._lines))

    def _group(self, element: etree._Element) -> BankReturn:
        if self._read is not None:
            place = self._place(element, _GROUP)
            raise PayoutError(PayoutCode.REFERENCE_REPEATED, place, _GROUP, "once")
        count = _text(element, "OrgnlNbOfTxs") or ""
        total = _text(element, "OrgnlCtrlSum")
        return BankReturn(
            "",
            self._needed(element, "OrgnlMsgId"),
            int(count) if count.isascii() and count.isdigit() else None,
            read_centimes(total, self._place(element, "OrgnlCtrlSum")) if total else None,
            self._status(element, "GrpSts"),
            *_reason(element),
            (),
        )

    def _payment(self, element: etree._Element) -> None:
        """Ends a payment information: its lines without a status take what was said above them."""
        above = (self._status(element, "PmtInfSts"), *_reason(element))
        self._payments.append(above)
        if above[0] is None and self._read is not None:
            group = self._read
            above = (group.group_status, group.group_reason_code, group.group_reason_text)
        for line in self._unsettled:
            settled = line if line.status else _settled(line, *above)
            if settled.status in {"", _PARTLY}:
                place = f"{self._name}:{line.end_to_end_id}"
                raise PayoutError(PayoutCode.VALUE_MISSING, place, settled.status, "TxSts")
            self._lines.append(settled)
        self._unsettled.clear()

    def _line(self, element: etree._Element) -> ReturnLine:
        return ReturnLine(
            self._needed(element, "OrgnlEndToEndId"),
            self._status(element, "TxSts") or "",
            self._amount(element),
            _text(element, "OrgnlTxRef/CdtrAcct/Id/Othr/Id"),
            *_reason(element),
        )

    def _amount(self, element: etree._Element) -> int | None:
        amounts = _found(element, "OrgnlTxRef/Amt/InstdAmt")
        if not amounts:
            return None
        amount = amounts[0]
        place = self._place(amount, "InstdAmt")
        if amount.get("Ccy") != "MAD":
            raise PayoutError(PayoutCode.CURRENCY_NOT_MAD, place, amount.get("Ccy"), "MAD")
        return read_centimes(_stripped(amount), place)

    def _status(self, element: etree._Element, tag: str) -> str | None:
        status = _text(element, tag)
        if status is not None and status not in _OUTCOMES:
            place = self._place(element, tag)
            raise PayoutError(PayoutCode.STATUS_UNKNOWN, place, status, sorted(_OUTCOMES))
        return status

    def _needed(self, element: etree._Element, tag: str) -> str:
        text = _text(element, tag)
        if text is None:
            raise PayoutError(PayoutCode.VALUE_MISSING, self._place(element, tag), None, tag)
        if len(text) > _IDENTIFIER_LENGTH:
            place, expected = self._place(element, tag), f"1-{_IDENTIFIER_LENGTH}"
            raise PayoutError(PayoutCode.TEXT_LENGTH, place, len(text), expected)
        return text

    def _place(self, element: etree._Element, tag: str) -> str:
        return f"{self._name}:{element.sourceline}:{tag}"


def _settled(line: ReturnLine, status: str | None, code: str | None, text: str) -> ReturnLine:
    return replace(
        line,
        status=status or "",
        reason_code=line.reason_code or code,
        reason_text=line.reason_text or text,
    )


def _found(element: etree._Element, tags: str) -> list[etree._Element]:
    namespace = etree.QName(element).namespace
    return element.findall("/".join(f"{{{namespace}}}{tag}" for tag in tags.split("/")))


def _stripped(element: etree._Element) -> str:
    return (element.text or "").strip()


def _text(element: etree._Element, tags: str) -> str | None:
    found = _found(element, tags)
    return _stripped(found[0]) or None if found else None


def _reason(element: etree._Element) -> tuple[str | None, str]:
    """The first published code; then the bank's own reasons and comments, in the order given."""
    codes = [_stripped(code) for code in _found(element, "StsRsnInf/Rsn/Cd")]
    published = [code for code in codes if _REASON_CODE.fullmatch(code)]
    texts = [code for code in codes if code not in published]
    for tags in ("StsRsnInf/Rsn/Prtry", "StsRsnInf/AddtlInf"):
        texts += [_stripped(text) for text in _found(element, tags)]
    return (published[0] if published else None), " ".join(texts)


def _refuse_repeated(lines: Iterable[ReturnLine], name: str) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.end_to_end_id in seen:
            place = f"{name}:{line.end_to_end_id}"
            raise PayoutError(PayoutCode.REFERENCE_REPEATED, place, line.end_to_end_id, "unique")
        seen.add(line.end_to_end_id)


def _refuse_contradiction(
    above: Iterable[str | None], lines: Iterable[ReturnLine], name: str
) -> None:
    """Paid as a whole and returned in part, or the reverse, is no answer: people ask the bank."""
    said = {outcome(status) for status in above if status}
    for line in lines:
        final = {*said, outcome(line.status)} - {Outcome.PENDING}
        if len(final) > 1:
            place = f"{name}:{line.end_to_end_id}"
            raise PayoutError(PayoutCode.STATUS_CONTRADICTS, place, line.status, sorted(said))
