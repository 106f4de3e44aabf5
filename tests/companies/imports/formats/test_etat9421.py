# ruff: noqa: E501 - a table of cases reads better with one case a line
"""The yearly declaration of pay: what is read, what is refused and where."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.imports.errors import FileRefused, FileWarning, Place
from companies.imports.formats.etat9421 import Etat9421, read_etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff
from companies.imports.formats.etat9421_writer import write_etat9421

NAME = "9421_2026.xml"
STAFF = PermanentStaff(
    line=np.array([15, 23], np.int32),
    cnss_number=["123456785", None],
    cin=["AB123456", "K4567"],
    last_name=["ALAMI", "D'ÉTÉ & FILS"],
    first_name=["SALMA", "<YOUSSEF>"],
    taxable_income=np.array([12_000_050, 0]),
    hired_on=[date(2025, 9, 1), None],
)
ETAT = Etat9421(
    fiscal_id="40123456",
    employer_number="1234567",
    year=2026,
    name="OFFSHORE EXEMPLE",
    staff=STAFF,
    occasional_count=2,
    trainee_count=1,
)
DATA = write_etat9421(ETAT)


def read(data: bytes, **options: int) -> Etat9421:
    return read_etat9421(io.BytesIO(data), NAME, **options)


def changed(old: str, new: str) -> bytes:
    assert DATA.count(old.encode()) >= 1
    return DATA.replace(old.encode(), new.encode(), 1)


def as_rows(staff: PermanentStaff) -> list[tuple[object, ...]]:
    columns = (getattr(staff, name) for name in PermanentStaff.__slots__)
    return list(zip(*columns, strict=True))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z", "Cn"]), max_size=8
)


@st.composite
def staffs(draw: st.DrawFn) -> PermanentStaff:
    count = draw(st.integers(0, 5))
    several = {"min_size": count, "max_size": count}
    pending = draw(st.lists(st.booleans(), **several))
    return PermanentStaff(
        line=np.arange(count, dtype=np.int32) * 8 + 15,
        cnss_number=[None if no else f"1{rank:08}" for rank, no in enumerate(pending, 1)],
        cin=[f"AB{rank:06}" for rank in range(count)],
        last_name=draw(st.lists(TEXTS, **several)),
        first_name=draw(st.lists(TEXTS, **several)),
        taxable_income=np.array(draw(st.lists(st.integers(0, 10**14), **several)), np.int64),
        hired_on=draw(
            st.lists(st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)), **several)
        ),
    )


@given(staffs())
@settings(max_examples=50, deadline=None)
def test_what_was_written_is_read_back(staff):
    result = read(write_etat9421(replace(ETAT, staff=staff)))

    assert as_rows(result.staff) == as_rows(staff)


def test_the_header_says_who_and_which_year():
    result = read(DATA)

    assert (result.fiscal_id, result.employer_number) == ("40123456", "1234567")
    assert (result.year, result.name) == (2026, "OFFSHORE EXEMPLE")
    assert result.warnings == ()


def test_only_permanent_staff_is_listed_and_the_others_are_counted():
    result = read(DATA)

    assert (len(result.staff), result.occasional_count, result.trainee_count) == (2, 2, 1)


def test_windows_line_ends_change_no_line_number():
    assert read(DATA.replace(b"\n", b"\r\n")).staff.line.tolist() == [15, 23]


def test_lines_are_exact_past_the_sixteen_bits_of_the_parser():
    count = 9_000
    staff = PermanentStaff(
        line=np.arange(count, dtype=np.int32) * 8 + 15,
        cnss_number=[None] * count,
        cin=[f"AB{rank:06}" for rank in range(count)],
        last_name=[""] * count,
        first_name=["A"] * count,
        taxable_income=np.ones(count, np.int64),
        hired_on=[None] * count,
    )

    result = read(write_etat9421(replace(ETAT, staff=staff)))

    assert result.staff.line[-1] == 15 + 8 * 8_999
    assert result.staff.line.tolist() == staff.line.tolist()


def test_a_wrong_value_past_the_sixteen_bits_is_named_by_its_line():
    people = "".join(
        f"<PersonnelPermanent>\n<numCNI>AB{rank:06}</numCNI>\n<numCNSS/>\n"
        f"<mtRevenuBrutImposable>{'1,2,3' if rank == 19_999 else 1}</mtRevenuBrutImposable>\n"
        "</PersonnelPermanent>\n"
        for rank in range(20_000)
    )
    data = f"<TraitementEtSalaire><listPersonnelPermanent>\n{people}</listPersonnelPermanent></TraitementEtSalaire>"

    with pytest.raises(FileRefused) as refused:
        read(data.encode())

    assert refused.value.place == Place(NAME, 2 + 5 * 19_999 + 3, "mtRevenuBrutImposable")


def test_a_namespace_does_not_hide_anybody():
    data = changed("<TraitementEtSalaire>", '<TraitementEtSalaire xmlns="urn:exemple">')

    assert as_rows(read(data).staff) == as_rows(STAFF)


def test_accents_in_an_older_encoding_are_read():
    data = DATA.decode().replace('"UTF-8"', '"ISO-8859-1"').encode("iso-8859-1")

    assert read(data).staff.last_name[1] == "D'ÉTÉ & FILS"


AMOUNT = "an amount with at most two decimals, such as 1234.56"
DAY = "a day such as 2026-01-31 or 31/01/2026"
BROKEN = [
    ("three decimals", "Imposable>120000.50<", "Imposable>120000.505<", "amount", 20, "mtRevenuBrutImposable", "120000.505", AMOUNT),
    ("letters", "Imposable>120000.50<", "Imposable>120OOO.50<", "amount", 20, "mtRevenuBrutImposable", "120OOO.50", AMOUNT),
    ("power of ten", "Imposable>120000.50<", "Imposable>1.2E5<", "amount", 20, "mtRevenuBrutImposable", "1.2E5", AMOUNT),
    ("negative", "Imposable>120000.50<", "Imposable>-1.00<", "amount_negative", 20, "mtRevenuBrutImposable", "-1.00", "0 or more"),
    ("no income", "Imposable>120000.50<", "Imposable><", "value_missing", 20, "mtRevenuBrutImposable", "", "an amount"),
    ("31 June", "2025-09-01", "2025-06-31", "date", 21, "dateRecrutement", "2025-06-31", DAY),
    ("day in words", "2025-09-01", "septembre", "date", 21, "dateRecrutement", "septembre", DAY),
    ("CNSS letters", "123456785", "12345678X", "employee_number_format", 19, "numCNSS", "12345678X", "9 digits"),
    ("CNSS too long", "123456785", "1234567850", "employee_number_format", 19, "numCNSS", "1234567850", "9 digits"),
    ("nobody", "K4567", "", "pending_without_cin", 26, "numCNI", "", "the CIN of the person"),
    ("same CIN twice", "K4567", "ab 123456", "duplicate_person", 26, "numCNI", "AB123456", "15"),
    ("same number twice", "<numCNSS></numCNSS>", "<numCNSS>123456785</numCNSS>", "duplicate_person", 27, "numCNSS", "123456785", "15"),
    ("headcount", "Total>5<", "Total>6<", "total_differs", 9, "effectifTotal", "6", "5"),
    ("permanent staff", "Permanent>2<", "Permanent>3<", "total_differs", 10, "nbrPersoPermanent", "3", "2"),
    ("occasional staff", "Occasionnel>2<", "Occasionnel>1<", "total_differs", 11, "nbrPersoOccasionnel", "1", "2"),
    ("trainees", "Stagiaires>1<", "Stagiaires>0<", "total_differs", 12, "nbrStagiaires", "0", "1"),
    ("total income", "PP>120000.50", "PP>120000.51", "total_differs", 13, "totalMtRevenuBrutImposablePP", "120000.51", "120000.50"),
    ("count in words", "Permanent>2<", "Permanent>deux<", "not_a_number", 10, "nbrPersoPermanent", "deux", "a whole number"),
    ("total in words", "PP>120000.50", "PP>beaucoup", "amount", 13, "totalMtRevenuBrutImposablePP", "beaucoup", AMOUNT),
    ("year", "<annee>2026", "<annee>26", "not_a_number", 7, "annee", "26", "a year in four digits"),
    ("no year", "<annee>2026", "<annee>", "value_missing", 7, "annee", "", "a value"),
    ("fiscal id", "40123456", "4012", "fiscal_id_format", 3, "identifiantFiscal", "4012", "7 or 8 digits"),
    ("employer", "1234567<", "123456789<", "employer_number_format", 8, "numeroCNSS", "123456789", "7 digits"),
    ("no employer", "  <numeroCNSS>1234567</numeroCNSS>\n", "", "value_missing", None, "numeroCNSS", "", "a value"),
    ("encoding", '"UTF-8"', '"UTF-7"', "xml_encoding", 1, None, "UTF-7", "UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code", "line", "tag", "found", "expected"),
    [(changed(*case[1:3]), *case[3:]) for case in BROKEN],
    ids=[case[0] for case in BROKEN],
)
def test_a_wrong_value_is_refused_where_it_stands(data, code, line, tag, found, expected):
    with pytest.raises(FileRefused) as refused:
        read(data)

    answer = refused.value
    assert (answer.code, answer.place) == (code, Place(NAME, line, tag))
    assert (answer.found, answer.expected) == (found, expected)


def test_another_document_is_refused_by_its_root():
    with pytest.raises(FileRefused) as refused:
        read(b"<html>\n</html>")

    assert (refused.value.code, refused.value.found) == ("xml_root", "html")


@pytest.mark.parametrize("data", [b"", DATA[:-20], DATA.replace(b"</nom>", b"", 1)])
def test_xml_that_is_not_well_formed_is_refused(data):
    with pytest.raises(FileRefused) as refused:
        read(data)

    assert refused.value.code == "xml_broken"


HOSTILE = {
    "entity": '<!DOCTYPE t [<!ENTITY e "x">]>',
    "file": '<!DOCTYPE t [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "outer DTD": '<!DOCTYPE t SYSTEM "http://127.0.0.1/t.dtd">',
    "bare": "<!DOCTYPE t>",
}


@pytest.mark.parametrize("doctype", HOSTILE.values(), ids=HOSTILE)
def test_a_doctype_is_refused_before_it_is_parsed(doctype):
    with pytest.raises(FileRefused) as refused:
        read(changed("<TraitementEtSalaire>", f"{doctype}<TraitementEtSalaire>"))

    assert (refused.value.code, refused.value.place.line) == ("xml_doctype", 2)


@pytest.mark.parametrize("padding", range(32_750, 32_775))
def test_a_doctype_astride_two_reads_is_seen(padding):
    head = b'<?xml version="1.0"?>\n'
    comment = b"<!--" + b" " * (padding - len(head) - 7) + b"-->"

    with pytest.raises(FileRefused) as refused:
        read(head + comment + b"<!DOCTYPE t>\n<t/>")

    assert (refused.value.code, refused.value.place.line) == ("xml_doctype", 2)


def test_utf_16_that_would_hide_a_doctype_is_refused():
    with pytest.raises(FileRefused) as refused:
        read("<!DOCTYPE t><t/>".encode("utf-16"))

    assert refused.value.code == "xml_encoding"


def test_an_undeclared_entity_is_refused():
    with pytest.raises(FileRefused) as refused:
        read(changed("ALAMI", "&secret;"))

    assert refused.value.code == "xml_broken"


def test_a_file_of_the_largest_size_is_read():
    assert len(read(DATA, size_max=len(DATA)).staff) == 2


def test_a_file_one_byte_too_large_is_refused():
    with pytest.raises(FileRefused) as refused:
        read(DATA, size_max=len(DATA) - 1)

    assert refused.value.code == "file_too_large"


def test_a_cnss_key_that_fails_is_a_warning():
    result = read(changed("123456785", "123456786"))

    assert result.warnings == (
        FileWarning("employee_number_key", Place(NAME, 19, "numCNSS"), "123456786"),
    )


def test_a_pending_number_is_no_number():
    assert read(changed("123456785", "000000000")).staff.cnss_number == [None, None]
