"""The official schema and the second reading."""

from io import BytesIO

import pytest

from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.schemas import RereadTransfer, reread_pain001, validate_pain001
from tests.primes.payouts.formats.orders import CREDITOR_RIB, order, transfer, written

BOMB = b'<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
BARE = b"<!DOCTYPE Document>"


def small() -> bytes:
    return written(order([transfer(1), transfer(2, creditor_rib=CREDITOR_RIB)]))


def with_doctype(content: bytes, doctype: bytes) -> bytes:
    hostile = content.replace(b"<Document", doctype + b"<Document", 1)
    if doctype == BARE:
        return hostile
    return hostile.replace(b"Prime", b"&a;")


def refusal(act: object, content: bytes) -> PayoutError:
    with pytest.raises(PayoutError) as refused:
        act(BytesIO(content))
    return refused.value


@pytest.mark.parametrize(
    ("right", "wrong", "blamed"),
    [
        (b"<PmtMtd>TRF</PmtMtd>", b"<PmtMtd>XXX</PmtMtd>", "PmtMtd"),
        (b'Ccy="MAD"', b'Ccy="dirham"', "InstdAmt"),
        (b"<CdtrAcct>", b"<Surprise/><CdtrAcct>", "Surprise"),
        (b"<NbOfTxs>2</NbOfTxs>", b"<NbOfTxs>two</NbOfTxs>", "NbOfTxs"),
    ],
)
def test_a_file_the_schema_does_not_accept_is_refused_by_element(
    right: bytes, wrong: bytes, blamed: str
) -> None:
    content = small()

    refused = refusal(validate_pain001, content.replace(right, wrong, 1))

    assert refused.code == PayoutCode.SCHEMA_REFUSED
    assert blamed in refused.found
    assert validate_pain001(BytesIO(content)) is None


def test_another_message_is_refused_before_the_schema_speaks() -> None:
    refused = refusal(validate_pain001, small().replace(b"pain.001.001.03", b"pain.001.001.09"))

    assert refused.code == PayoutCode.MESSAGE_UNKNOWN


@pytest.mark.parametrize("act", [validate_pain001, reread_pain001])
@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL, BARE])
def test_a_doctype_is_refused_by_both_parsers(act: object, doctype: bytes) -> None:
    refused = refusal(act, with_doctype(small(), doctype))

    assert refused.code == PayoutCode.DOCTYPE_REFUSED


@pytest.mark.parametrize("act", [validate_pain001, reread_pain001])
def test_a_doctype_in_another_encoding_is_refused_by_both_parsers(act: object) -> None:
    text = with_doctype(small(), BOMB).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')

    refused = refusal(act, text.encode("utf-16"))

    assert refused.code == PayoutCode.DOCTYPE_REFUSED


@pytest.mark.parametrize("act", [validate_pain001, reread_pain001])
@pytest.mark.parametrize(
    "content",
    [small()[:-30], small() + b"<x/>", small().replace(b"Prime", b"&"), b"", b"\x00"],
)
def test_a_malformed_file_is_refused_by_both_parsers(act: object, content: bytes) -> None:
    refused = refusal(act, content)

    assert refused.code == PayoutCode.XML_MALFORMED


def test_the_second_reading_gives_headers_and_transfers() -> None:
    reread = reread_pain001(BytesIO(small()))

    assert reread.message_id == "LOT-2026-0001"
    assert reread.announced_counts == (2, 2)
    assert reread.announced_sums == (200_003, 200_003)
    assert reread.ids == ("PAY-2026-000001", "PAY-2026-000002")
    assert reread.transfers[1] == RereadTransfer("PAY-2026-000002", 100_002, CREDITOR_RIB)
    assert reread.agrees


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<NbOfTxs>2</NbOfTxs>", b"<NbOfTxs>3</NbOfTxs>"),
        (b"<CtrlSum>2000.03</CtrlSum>", b"<CtrlSum>2000.04</CtrlSum>"),
        (b">1000.01</InstdAmt>", b">1000.02</InstdAmt>"),
        (b"PAY-2026-000002", b"PAY-2026-000001"),
    ],
)
def test_one_changed_figure_makes_the_second_reading_disagree(right: bytes, wrong: bytes) -> None:
    content = small()
    assert right in content

    reread = reread_pain001(BytesIO(content.replace(right, wrong, 1)))

    assert not reread.agrees


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        (b'Ccy="MAD"', b'Ccy="EUR"', PayoutCode.CURRENCY_NOT_MAD),
        (b">1000.01<", b">1000.011<", PayoutCode.AMOUNT_MALFORMED),
        (b">1000.01<", b">1e3<", PayoutCode.AMOUNT_MALFORMED),
        (b"<EndToEndId>PAY-2026-000001</EndToEndId>", b"", PayoutCode.VALUE_MISSING),
        (b"<NbOfTxs>2<", b"<NbOfTxs>-2<", PayoutCode.COUNT_DIFFERS),
    ],
)
def test_the_second_reading_guesses_nothing(right: bytes, wrong: bytes, code: PayoutCode) -> None:
    refused = refusal(reread_pain001, small().replace(right, wrong, 1))

    assert refused.code == code
