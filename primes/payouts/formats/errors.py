"""Why a payout file or a bank's return is refused."""

from enum import StrEnum

from accounts.errors import Refusal


class PayoutCode(StrEnum):
    """Every refusal of this package; the words of each are in the catalogue."""

    RIB_NOT_24_DIGITS = "payout_rib_not_24_digits"
    RIB_KEY_WRONG = "payout_rib_key_wrong"
    AMOUNT_OUT_OF_RANGE = "payout_amount_out_of_range"
    AMOUNT_MALFORMED = "payout_amount_malformed"
    CURRENCY_NOT_MAD = "payout_currency_not_mad"
    IDENTIFIER_NOT_ALLOWED = "payout_identifier_not_allowed"
    CHARACTER_NOT_ALLOWED = "payout_character_not_allowed"
    TEXT_LENGTH = "payout_text_length"
    REFERENCE_REPEATED = "payout_reference_repeated"
    REFERENCE_OUT_OF_ORDER = "payout_reference_out_of_order"
    REFERENCE_UNKNOWN = "payout_reference_unknown"
    ORDER_EMPTY = "payout_order_empty"
    COUNT_DIFFERS = "payout_count_differs"
    SUM_DIFFERS = "payout_sum_differs"
    TIME_WITHOUT_ZONE = "payout_time_without_zone"
    SCHEMA_MISSING = "payout_schema_missing"
    SCHEMA_REFUSED = "payout_schema_refused"
    XML_MALFORMED = "payout_xml_malformed"
    DOCTYPE_REFUSED = "payout_doctype_refused"
    FILE_TOO_LARGE = "payout_file_too_large"
    MESSAGE_UNKNOWN = "payout_message_unknown"
    VALUE_MISSING = "payout_value_missing"
    STATUS_UNKNOWN = "payout_status_unknown"
    STATUS_CONTRADICTS = "payout_status_contradicts"


class PayoutError(Refusal):
    """`place` is a path in the order (`PAY-1/creditor_rib`) or the file (`name:line:element`)."""

    def __init__(self, code: PayoutCode, place: str, found: object, expected: object) -> None:
        super().__init__(code, place=place, found=found, expected=expected)
        self._reason = code
        self.place = place
        self.found = found
        self.expected = expected

    def inside(self, owner: str) -> "PayoutError":
        """The same refusal, placed in what holds it."""
        return PayoutError(self._reason, f"{owner}/{self.place}", self.found, self.expected)
