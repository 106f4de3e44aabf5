"""What people type, what is understood, what is refused and what is only doubted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.identifiers import (
    ICE,
    EmployeeNumber,
    EmployerNumber,
    FiscalId,
    Iban,
    IdentifierError,
    NationalId,
    Rib,
    bare,
    cnss_check_digit,
)

PUBLISHED_ICE = [
    "001561191000066",
    "001527456000081",
    "002163624000014",
    "000039557000028",
    "000030205000041",
    "002968168000088",
    "001781980000092",
    "000036794000036",
]
PUBLISHED_RIB = ["001810007800020110620318", "310810101402900442310133", "011519000001205000534921"]
EMPLOYERS = ["1234567", "2000016", "9876501", "7560594"]
EMPLOYEES = ["123456785", "100000018", "183920192", "137586057"]
SAMPLES = [
    *((ICE, value) for value in PUBLISHED_ICE),
    *((Rib, value) for value in PUBLISHED_RIB),
    *((EmployerNumber, value) for value in EMPLOYERS),
    *((EmployeeNumber, value) for value in EMPLOYEES),
    (FiscalId, "40123456"),
    (FiscalId, "1234567"),
    (NationalId, "AB123456"),
    (NationalId, "J4567"),
    (Iban, "MA64001810007800020110620318"),
]
SEPARATORS = ["", " ", ".", "-", "\u00a0", "\u202f", "\u2009", "\u2013", "\u200f", "\t"]
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def with_key(body: str) -> str:
    return f"{body}{97 - int(body + '00') % 97:02}"


@pytest.mark.parametrize("value", PUBLISHED_ICE)
def test_a_published_ice_raises_no_doubt(value):
    assert ICE.parse(value).warnings == ()


def test_an_ice_whose_key_fails_is_kept_with_a_warning():
    ice = ICE.parse("001526374000085")

    assert str(ice) == "001526374000085"
    assert ice.warnings == ("ice_key",)


@pytest.mark.parametrize("value", ["000030205000041", "000036794000036"])
def test_an_ice_gets_back_the_zeros_a_spreadsheet_dropped(value):
    assert ICE.parse(value.lstrip("0")) == ICE(value)


@pytest.mark.parametrize("value", EMPLOYERS)
def test_an_employer_number_with_its_key_raises_no_doubt(value):
    assert EmployerNumber.parse(value).warnings == ()


def test_an_employer_number_whose_key_fails_is_kept_with_a_warning():
    assert EmployerNumber.parse("1234568").warnings == ("employer_number_key",)


@pytest.mark.parametrize("value", EMPLOYEES)
def test_an_employee_number_with_its_key_raises_no_doubt(value):
    assert EmployeeNumber.parse(value).warnings == ()


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("123456786", ("employee_number_key",)),
        ("223456785", ("employee_number_first_digit",)),
        ("100000000", ("employee_number_reserved",)),
    ],
)
def test_a_doubtful_employee_number_says_why(value, codes):
    assert EmployeeNumber.parse(value).warnings == codes


def test_a_pending_number_names_nobody_and_raises_no_doubt():
    number = EmployeeNumber.parse("0")

    assert number.is_pending
    assert not number.names_a_person
    assert number.warnings == ()


def test_the_number_of_occasional_labour_names_nobody():
    number = EmployeeNumber.parse("999999999")

    assert number.is_occasional
    assert not number.names_a_person


def test_the_cnss_key_of_a_column_is_that_of_each_number():
    numbers = [int(value) for value in EMPLOYEES] + [123456786, 0, 999999999]

    keys = cnss_check_digit(np.array(numbers, dtype=np.int64), 7)

    assert keys.tolist() == [cnss_check_digit(number, 7) for number in numbers]


@pytest.mark.parametrize("value", PUBLISHED_RIB)
def test_a_published_rib_is_accepted(value):
    assert str(Rib.parse(value)) == value


def test_a_rib_with_a_wrong_key_is_refused_and_the_right_key_said():
    with pytest.raises(IdentifierError) as refused:
        Rib.parse("001810007800020110620319")

    assert (refused.value.code, refused.value.found, refused.value.expected) == (
        "rib_key",
        "19",
        "18",
    )


@given(st.from_regex(r"[0-9]{22}", fullmatch=True), st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_in_a_rib_is_always_refused(body, place, shift):
    value = with_key(body)
    wrong = str((int(value[place]) + shift) % 10)

    with pytest.raises(IdentifierError):
        Rib.parse(value[:place] + wrong + value[place + 1 :])


@given(st.from_regex(r"[0-9]{22}", fullmatch=True))
def test_a_rib_and_its_iban_lead_to_each_other(body):
    rib = Rib.parse(with_key(body))

    assert Iban.parse(rib.iban.grouped).rib == rib


def test_the_iban_of_a_published_account_is_the_published_one():
    assert str(Rib.parse("001810007800020110620318").iban) == "MA64001810007800020110620318"


def test_an_iban_with_wrong_check_digits_is_refused():
    with pytest.raises(IdentifierError) as refused:
        Iban.parse("MA65001810007800020110620318")

    assert (refused.value.code, refused.value.expected) == ("iban_key", "64")


def test_a_known_bank_is_named():
    assert Rib.parse("001810007800020110620318").bank_name == "Bank Al-Maghrib"


def test_an_unknown_bank_code_is_a_warning_only():
    assert Rib.parse(with_key("9998100078000201106203")).warnings == ("bank_unknown",)


@given(st.sampled_from(SAMPLES), st.data())
def test_every_way_of_typing_gives_the_same_value(sample, data):
    kind, value = sample
    typed = "".join(data.draw(st.sampled_from(SEPARATORS)) + character for character in value)
    if data.draw(st.booleans()):
        typed = typed.translate(ARABIC_INDIC)
    if data.draw(st.booleans()):
        typed = typed.lower()

    assert kind.parse(f" {typed}\u00a0") == kind(value)


@pytest.mark.parametrize(("kind", "value"), SAMPLES)
def test_the_shown_form_is_read_back_as_the_same_value(kind, value):
    assert kind.parse(kind(value).grouped) == kind(value)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (ICE, "001561191000066", "001561191 0000 66"),
        (FiscalId, "40123456", "40123456"),
        (EmployerNumber, "1234567", "123 4567"),
        (EmployeeNumber, "123456785", "123 456 785"),
        (NationalId, "AB123456", "AB 123456"),
        (Rib, "001810007800020110620318", "001 810 0078000201106203 18"),
        (Iban, "MA64001810007800020110620318", "MA64 0018 1000 7800 0201 1062 0318"),
    ],
)
def test_an_identifier_is_shown_in_groups(kind, value, shown):
    assert kind.parse(value).grouped == shown.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (ICE, "12345", "ice_format"),
        (ICE, "0015611910000660", "ice_format"),
        (ICE, "00156119100006X", "ice_format"),
        (FiscalId, "123456", "fiscal_id_format"),
        (FiscalId, "123456789", "fiscal_id_format"),
        (EmployerNumber, "12345678", "employer_number_format"),
        (EmployeeNumber, "1234567850", "employee_number_format"),
        (EmployeeNumber, "", "employee_number_format"),
        (NationalId, "ABC12345", "national_id_format"),
        (NationalId, "AB1234567", "national_id_format"),
        (NationalId, "A123", "national_id_format"),
        (NationalId, "12345", "national_id_format"),
        (Rib, "00181000780002011062031", "rib_key"),
        (Rib, "0018100078000201106203181", "rib_format"),
        (Iban, "FR64001810007800020110620318", "iban_format"),
    ],
)
def test_a_wrong_form_is_refused_with_its_code(kind, typed, code):
    with pytest.raises(IdentifierError) as refused:
        kind.parse(typed)

    assert refused.value.code == code


def test_a_national_id_of_eight_characters_is_the_longest():
    assert str(NationalId.parse("A1234567")) == "A1234567"


def test_a_number_turned_into_a_power_of_ten_is_named_as_such():
    with pytest.raises(IdentifierError) as refused:
        Rib.parse("1.8100078E+21")

    assert refused.value.code == "digits_lost_in_spreadsheet"


def test_the_decimal_a_spreadsheet_added_is_dropped():
    assert bare("36794000036.0") == "36794000036"


def test_a_bare_value_in_the_wrong_form_cannot_be_built():
    with pytest.raises(IdentifierError):
        EmployeeNumber("12345678")


def test_the_same_digits_of_two_kinds_are_not_equal():
    assert FiscalId("1234567") != EmployerNumber("1234567")


@pytest.mark.parametrize(
    "typed", ["\u0410\u0412123456", "\u0391\u0392123456", "\u0430\u0432123456"]
)
def test_letters_of_other_scripts_that_look_like_ours_make_no_second_person(typed):
    assert bare(typed) == "AB123456"
