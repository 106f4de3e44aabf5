"""What the bank answers, as read."""

from collections.abc import Iterable
from io import BytesIO

import pytest

from primes.payouts.formats import incoming
from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.pain002 import BankReturn, Outcome, ReturnLine, outcome, read_pain002

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"
REJECTED = "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>compte clos</AddtlInf></StsRsnInf>"
REFERENCE = (
    '<OrgnlTxRef><Amt><InstdAmt Ccy="MAD">1500.50</InstdAmt></Amt><CdtrAcct><Id><Othr>'
    "<Id>001810007800020110620318</Id></Othr></Id></CdtrAcct></OrgnlTxRef>"
)


def line(reference: str, status: str, more: str = "") -> str:
    status = f"<TxSts>{status}</TxSts>" if status else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId>{status}{more}</TxInfAndSts>"
    )


def answer(lines: Iterable[str] = (), *, group: str = "", payment: str = "") -> str:
    """`group` and `payment` are what stands in them beside the identifiers."""
    body = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>LOT-1</OrgnlPmtInfId>{payment}{''.join(lines)}"
    return (
        f'<Document xmlns="{NAMESPACE}"><CstmrPmtStsRpt><GrpHdr><MsgId>BANK-1</MsgId>'
        "<CreDtTm>2026-11-24T10:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>"
        "<OrgnlMsgId>LOT-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>"
        f"{group}</OrgnlGrpInfAndSts>{body}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )


def read(text: str) -> BankReturn:
    return read_pain002(BytesIO(text.encode()), "retour.xml")


def refusal(text: str) -> PayoutError:
    with pytest.raises(PayoutError) as refused:
        read(text)
    return refused.value


def test_each_line_carries_its_status_amount_account_and_reason() -> None:
    content = answer([line("PAY-1", "RJCT", REJECTED + REFERENCE), line("PAY-2", "ACSC")])

    result = read(content)

    assert (result.message_id, result.original_message_id) == ("BANK-1", "LOT-1")
    rib = "001810007800020110620318"
    assert result.lines == (
        ReturnLine("PAY-1", "RJCT", 150_050, rib, "AC04", "compte clos"),
        ReturnLine("PAY-2", "ACSC", None, None, None, ""),
    )


def test_version_10_reads_the_same() -> None:
    content = answer([line("PAY-1", "RJCT", REJECTED + REFERENCE)])

    assert read(content.replace("002.001.03", "002.001.10")) == read(content)


def test_a_group_status_without_lines_is_exposed_with_what_the_bank_repeats() -> None:
    group = "<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>12.5</OrgnlCtrlSum><GrpSts>RJCT</GrpSts>"

    result = read(answer(group=group + REJECTED))

    assert (result.group_status, result.group_reason_code) == ("RJCT", "AC04")
    assert (result.original_count, result.original_sum_centimes) == (3, 1_250)
    assert result.lines == ()


def test_a_payment_status_is_that_of_the_whole_order() -> None:
    result = read(answer(group="<GrpSts>ACCP</GrpSts>", payment="<PmtInfSts>ACSC</PmtInfSts>"))

    assert result.group_status == "ACSC"


@pytest.mark.parametrize(
    ("group", "payment"),
    [("<GrpSts>RJCT</GrpSts>" + REJECTED, ""), ("", "<PmtInfSts>RJCT</PmtInfSts>" + REJECTED)],
)
def test_a_line_without_a_status_takes_the_one_above_with_its_reason(
    group: str, payment: str
) -> None:
    result = read(answer([line("PAY-1", "")], group=group, payment=payment))

    assert result.lines == (ReturnLine("PAY-1", "RJCT", None, None, "AC04", "compte clos"),)


@pytest.mark.parametrize("group", ["", "<GrpSts>PART</GrpSts>"])
def test_a_line_without_any_status_is_refused(group: str) -> None:
    refused = refusal(answer([line("PAY-1", "")], group=group))

    assert (refused.code, refused.place) == (PayoutCode.VALUE_MISSING, "retour.xml:PAY-1")


def test_a_bank_reason_of_its_own_is_text_and_not_a_code() -> None:
    reason = "<StsRsnInf><Rsn><Prtry>MOTIF 12</Prtry></Rsn></StsRsnInf>"

    result = read(answer([line("PAY-1", "RJCT", reason)]))

    assert (result.lines[0].reason_code, result.lines[0].reason_text) == (None, "MOTIF 12")


def test_a_comment_inside_a_reference_does_not_shorten_it() -> None:
    result = read(answer([line("PAY-1<!-- -->0", "ACSC")]))

    assert result.lines[0].end_to_end_id == "PAY-10"


def test_a_line_in_a_foreign_place_says_nothing() -> None:
    hidden = f"<SplmtryData><Envlp>{line('PAY-2', 'ACSC')}</Envlp></SplmtryData>"

    result = read(answer([line("PAY-1", "RJCT"), hidden]))

    assert [one.end_to_end_id for one in result.lines] == ["PAY-1"]


def test_a_line_of_a_foreign_namespace_says_nothing() -> None:
    foreign = line("PAY-2", "ACSC").replace("<TxInfAndSts>", '<TxInfAndSts xmlns="urn:other">')

    result = read(answer([line("PAY-1", "RJCT"), foreign]))

    assert [one.end_to_end_id for one in result.lines] == ["PAY-1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (answer([line("PAY-1", "ACSC"), line("PAY-1", "RJCT")]), PayoutCode.REFERENCE_REPEATED),
        (answer([line("PAY-1", "OKAY")]), PayoutCode.STATUS_UNKNOWN),
        (answer(group="<GrpSts>OKAY</GrpSts>"), PayoutCode.STATUS_UNKNOWN),
        (answer([line("PAY-1", "PART")]), PayoutCode.VALUE_MISSING),
        (answer([line("", "ACSC")]), PayoutCode.VALUE_MISSING),
        (answer([line("A" * 36, "ACSC")]), PayoutCode.TEXT_LENGTH),
        (answer().replace("<OrgnlMsgId>LOT-1</OrgnlMsgId>", ""), PayoutCode.VALUE_MISSING),
        (answer().replace("<MsgId>BANK-1</MsgId>", ""), PayoutCode.VALUE_MISSING),
        (answer().replace("002.001.03", "002.001.99"), PayoutCode.MESSAGE_UNKNOWN),
        ("<Document/>", PayoutCode.MESSAGE_UNKNOWN),
        ("<html></html>", PayoutCode.MESSAGE_UNKNOWN),
        (f'<Document xmlns="{NAMESPACE}"/>', PayoutCode.VALUE_MISSING),
        ("", PayoutCode.XML_MALFORMED),
        ("PAY-1;ACSC", PayoutCode.XML_MALFORMED),
        (answer()[:-20], PayoutCode.XML_MALFORMED),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(content: str, code: PayoutCode) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ('Ccy="MAD"', 'Ccy="EUR"', PayoutCode.CURRENCY_NOT_MAD),
        ("1500.50", "1500.505", PayoutCode.AMOUNT_MALFORMED),
        ("1500.50", "-1500.50", PayoutCode.AMOUNT_MALFORMED),
        ("1500.50", "", PayoutCode.AMOUNT_MALFORMED),
    ],
)
def test_an_amount_is_exact_dirhams_or_refused_by_place(
    right: str, wrong: str, code: PayoutCode
) -> None:
    refused = refusal(answer([line("PAY-1", "ACSC", REFERENCE.replace(right, wrong))]))

    assert (refused.code, refused.place) == (code, "retour.xml:1:InstdAmt")


@pytest.mark.parametrize(
    "content",
    [
        answer([line("PAY-1", "RJCT")], group="<GrpSts>ACSC</GrpSts>"),
        answer([line("PAY-1", "ACSC")], payment="<PmtInfSts>RJCT</PmtInfSts>"),
        answer(
            [line("PAY-1", "PDNG")],
            group="<GrpSts>RJCT</GrpSts>",
            payment="<PmtInfSts>ACSC</PmtInfSts>",
        ),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(content: str) -> None:
    assert refusal(content).code == PayoutCode.STATUS_CONTRADICTS


def test_a_second_group_in_the_file_is_refused() -> None:
    group = "<OrgnlGrpInfAndSts><OrgnlMsgId>LOT-2</OrgnlMsgId></OrgnlGrpInfAndSts>"

    refused = refusal(answer().replace("</CstmrPmtStsRpt>", group + "</CstmrPmtStsRpt>"))

    assert refused.code == PayoutCode.REFERENCE_REPEATED


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Document>",
        '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Document [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/evil.dtd">',
    ],
)
def test_a_doctype_is_refused(doctype: str) -> None:
    reference = "&b;" if "ENTITY b" in doctype else "PAY-1"

    refused = refusal(doctype + answer([line(reference, "ACSC")]))

    assert refused.code == PayoutCode.DOCTYPE_REFUSED


@pytest.mark.parametrize(("spare", "refused"), [(-1, True), (0, False)])
def test_a_file_longer_than_the_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch, spare: int, refused: bool
) -> None:
    content = answer([line("PAY-1", "ACSC")])
    monkeypatch.setattr(incoming, "BYTES_MAX", len(content) + spare)

    if refused:
        assert refusal(content).code == PayoutCode.FILE_TOO_LARGE
    else:
        assert len(read(content).lines) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("ACSC", Outcome.PAID),
        ("ACCC", Outcome.PAID),
        ("RJCT", Outcome.RETURNED),
        ("CANC", Outcome.RETURNED),
        ("ACCP", Outcome.PENDING),
        ("ACSP", Outcome.PENDING),
        ("PDNG", Outcome.PENDING),
        ("PART", Outcome.PENDING),
    ],
)
def test_only_settlement_pays_and_only_rejection_returns(status: str, expected: Outcome) -> None:
    assert outcome(status) is expected


def test_a_status_outside_the_list_has_no_outcome() -> None:
    with pytest.raises(PayoutError) as refused:
        outcome("ZZZZ")

    assert refused.value.code == PayoutCode.STATUS_UNKNOWN
