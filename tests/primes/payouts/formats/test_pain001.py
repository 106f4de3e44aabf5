"""The order to the bank, as written."""

import tracemalloc
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from primes.payouts.formats.amounts import AMOUNT_MAX
from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.pain001 import PaymentOrder, Transfer, write_pain001
from primes.payouts.formats.schemas import reread_pain001, validate_pain001
from tests.primes.payouts.formats.orders import CREDITOR_RIB, order, rib, transfer, written

GOLDEN = Path(__file__).parents[3] / "golden" / "pain001.xml"
INSIDE = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.03}"

LATIN = "ABCXYZabcxyzÀÉÇéèçœŒÿ0123456789/-?:().,'+&"
texts = st.text(alphabet=LATIN + " ", min_size=1, max_size=70).filter(
    lambda text: text == text.strip() and text
)
ids = st.text(alphabet="ABCdef0123456789-?:().,'+", min_size=1, max_size=35)
transfers = st.builds(
    Transfer,
    end_to_end_id=ids,
    amount_centimes=st.integers(1, 10**12),
    creditor_name=texts,
    creditor_rib=st.integers(0, 10**16 - 1).map(rib),
    remittance=texts,
)


class Nowhere(RawIOBase):
    """Counts the bytes and keeps none."""

    def __init__(self) -> None:
        self.bytes_written = 0

    def write(self, data: bytes) -> int:
        self.bytes_written += len(data)
        return len(data)


def refusal(made: PaymentOrder) -> PayoutError:
    with pytest.raises(PayoutError) as refused:
        write_pain001(made, Nowhere())
    return refused.value


def test_a_small_order_is_written_as_the_golden_file() -> None:
    made = order([transfer(1, creditor_rib=CREDITOR_RIB), transfer(2)])

    content = written(made)

    assert content == GOLDEN.read_bytes()


def test_what_is_returned_is_the_count_sum_and_hash_of_the_bytes() -> None:
    out = BytesIO()

    result = write_pain001(order([transfer(1), transfer(2)]), out)

    assert (result.count, result.control_sum_centimes) == (2, 200_003)
    assert result.sha256 == sha256(out.getvalue()).hexdigest()


def test_the_same_order_gives_the_same_bytes_whatever_the_order_of_its_transfers() -> None:
    ascending = [transfer(number) for number in range(1, 1_200)]

    first = written(order(ascending))

    assert written(order(ascending)) == first
    assert written(order(ascending[::-1])) == first


def test_the_creation_time_is_written_in_utc_and_whole_seconds() -> None:
    rabat = timezone(timedelta(hours=1))
    at = datetime(2026, 11, 23, 0, 30, 59, 999_999, tzinfo=rabat)

    content = written(order([transfer()], created_at=at))

    assert b"<CreDtTm>2026-11-22T23:30:59Z</CreDtTm>" in content


def test_an_iterator_in_order_gives_the_bytes_of_the_list() -> None:
    made = order([transfer(1), transfer(2)])

    content = written(replace(made, transfers=iter(made.transfers)))

    assert content == written(made)


def test_no_service_level_is_written_and_accounts_are_basic_account_numbers() -> None:
    content = written(order([transfer(1)]))

    document = etree.fromstring(content)
    assert document.findall(f".//{INSIDE}SvcLvl") == []
    assert [code.text for code in document.iter(f"{INSIDE}Cd")] == ["BBAN", "BBAN"]
    assert {amount.get("Ccy") for amount in document.iter(f"{INSIDE}InstdAmt")} == {"MAD"}


def test_an_ampersand_in_a_name_stays_text() -> None:
    content = written(order([transfer(creditor_name="A &amp, B & C", remittance="D & E")]))

    document = etree.fromstring(content)
    names = [name.text for name in document.iter(f"{INSIDE}Nm")]
    assert names[-1] == "A &amp, B & C"
    assert document.findtext(f".//{INSIDE}Ustrd") == "D & E"


@settings(max_examples=60, deadline=None)
@given(st.lists(transfers, min_size=1, max_size=8, unique_by=lambda one: one.end_to_end_id))
def test_any_valid_order_passes_the_schema_and_reads_back_the_same(made: list[Transfer]) -> None:
    content = written(order(made))

    validate_pain001(BytesIO(content))
    reread = reread_pain001(BytesIO(content))
    assert reread.agrees
    assert {tuple(one) for one in reread.transfers} == {
        (one.end_to_end_id, one.amount_centimes, one.creditor_rib) for one in made
    }
    names = [name.text for name in etree.fromstring(content).iter(f"{INSIDE}Nm")][2:]
    assert sorted(names) == sorted(one.creditor_name for one in made)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("creditor_rib", CREDITOR_RIB[:-1], PayoutCode.RIB_NOT_24_DIGITS),
        ("creditor_rib", CREDITOR_RIB + "0", PayoutCode.RIB_NOT_24_DIGITS),
        ("creditor_rib", "٠" * 24, PayoutCode.RIB_NOT_24_DIGITS),
        ("creditor_rib", CREDITOR_RIB[:-2] + "19", PayoutCode.RIB_KEY_WRONG),
        ("amount_centimes", 0, PayoutCode.AMOUNT_OUT_OF_RANGE),
        ("amount_centimes", -1, PayoutCode.AMOUNT_OUT_OF_RANGE),
        ("amount_centimes", AMOUNT_MAX + 1, PayoutCode.AMOUNT_OUT_OF_RANGE),
        ("amount_centimes", 100.0, PayoutCode.AMOUNT_OUT_OF_RANGE),
        ("creditor_name", "", PayoutCode.TEXT_LENGTH),
        ("creditor_name", "A" * 71, PayoutCode.TEXT_LENGTH),
        ("creditor_name", "شركة الأطلس", PayoutCode.CHARACTER_NOT_ALLOWED),
        ("creditor_name", "A</Nm><Amt>", PayoutCode.CHARACTER_NOT_ALLOWED),
        ("creditor_name", "ATLAS\n", PayoutCode.CHARACTER_NOT_ALLOWED),
        ("creditor_name", "ATLAS ", PayoutCode.CHARACTER_NOT_ALLOWED),
        ("creditor_name", "E\u0301TOILE", PayoutCode.CHARACTER_NOT_ALLOWED),
        ("remittance", "R" * 141, PayoutCode.TEXT_LENGTH),
        ("remittance", '"prime"', PayoutCode.CHARACTER_NOT_ALLOWED),
    ],
)
def test_a_transfer_that_a_bank_could_misread_is_refused_by_field(
    field: str, value: object, code: PayoutCode
) -> None:
    made = order([transfer(1), transfer(2)])
    bad = replace(made, transfers=[transfer(1), transfer(2, **{field: value})])

    refused = refusal(bad)

    assert (refused.code, refused.place) == (code, f"PAY-2026-000002/{field}")


@pytest.mark.parametrize("reference", ["", "A" * 36, "/A", "A/", "A//B", "É", "A B", "A<B", "A\n"])
def test_a_reference_a_bank_could_alter_is_refused(reference: str) -> None:
    refused = refusal(order([transfer(end_to_end_id=reference)]))

    assert refused.code == PayoutCode.IDENTIFIER_NOT_ALLOWED


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"message_id": "A" * 36}, PayoutCode.IDENTIFIER_NOT_ALLOWED, "order/message_id"),
        ({"created_at": datetime(2026, 1, 1)}, PayoutCode.TIME_WITHOUT_ZONE, "order/created_at"),  # noqa: DTZ001
        ({"debtor_name": "A" * 71}, PayoutCode.TEXT_LENGTH, "order/debtor_name"),
        ({"debtor_rib": "1" * 24}, PayoutCode.RIB_KEY_WRONG, "order/debtor_rib"),
        ({"count": 0}, PayoutCode.ORDER_EMPTY, "order/count"),
        ({"count": 1}, PayoutCode.COUNT_DIFFERS, "order/count"),
        ({"count": 3}, PayoutCode.COUNT_DIFFERS, "order/count"),
        ({"control_sum": 200_002}, PayoutCode.SUM_DIFFERS, "order/control_sum"),
        ({"control_sum": 200_004}, PayoutCode.SUM_DIFFERS, "order/control_sum"),
        ({"control_sum": 0}, PayoutCode.AMOUNT_OUT_OF_RANGE, "order/control_sum"),
    ],
)
def test_an_order_that_is_not_what_was_signed_is_refused(
    changes: dict[str, object], code: PayoutCode, place: str
) -> None:
    refused = refusal(order([transfer(1), transfer(2)], **changes))

    assert (refused.code, refused.place) == (code, place)


@pytest.mark.parametrize(
    ("changes"),
    [
        {"creditor_name": "A" * 70},
        {"remittance": "R" * 140},
        {"end_to_end_id": "A" * 35},
        {"amount_centimes": 1},
        {"amount_centimes": AMOUNT_MAX},
    ],
)
def test_the_last_value_allowed_is_written_and_passes_the_schema(
    changes: dict[str, object],
) -> None:
    content = written(order([transfer(**changes)]))

    validate_pain001(BytesIO(content))
    assert reread_pain001(BytesIO(content)).agrees


def test_a_repeated_reference_is_refused() -> None:
    refused = refusal(order([transfer(1), transfer(2), transfer(1)]))

    assert refused.code == PayoutCode.REFERENCE_REPEATED
    assert refused.found == "PAY-2026-000001"


def test_an_iterator_out_of_order_is_refused() -> None:
    made = order([transfer(1), transfer(2)])

    refused = refusal(replace(made, transfers=iter([transfer(2), transfer(1)])))

    assert refused.code == PayoutCode.REFERENCE_OUT_OF_ORDER


def test_a_refused_account_is_not_shown_and_the_right_key_is() -> None:
    refused = refusal(order([transfer(creditor_rib=CREDITOR_RIB[:-2] + "19")]))

    assert (refused.found, refused.expected) == ("19", "18")
    assert CREDITOR_RIB[:-2] not in str(refused)


def test_memory_stays_flat_over_a_hundred_thousand_transfers() -> None:
    count = 100_000
    made = replace(
        order([]),
        transfers=(transfer(number, creditor_rib=CREDITOR_RIB) for number in range(count)),
        count=count,
        control_sum=sum(100_000 + number for number in range(count)),
    )
    out = Nowhere()

    tracemalloc.start()
    write_pain001(made, out)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert out.bytes_written > 30_000_000
    assert peak < 2 * 1024 * 1024
