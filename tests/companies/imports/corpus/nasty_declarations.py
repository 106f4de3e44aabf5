"""Nasty official files: DS and états 9421 cut, mixed, of somebody else, or that unfold for ever."""

from codecs import BOM_UTF16_LE
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from companies.imports.formats.declaration import Declaration
from companies.imports.formats.ds_layout import COMPLEMENTARY, PREFILLED
from companies.imports.formats.ds_writer import write_declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.formats.etat9421_staff import PermanentRow, columns_of
from companies.imports.formats.etat9421_writer import write_etat9421
from tests.companies.imports.formats.declarations import (
    HEADER,
    joined,
    lines_of,
    sample,
    with_field,
)

ANOTHER_FIRM = replace(HEADER, employer_number="7654321", name="AUTRE ENTREPRISE")
LAUGHS = 9
"""Each entity is ten of the one before it: the last one is a thousand million letters."""


def _declaration(**header: object) -> bytes:
    return write_declaration(sample(replace(HEADER, **header)))


def _prefilled() -> bytes:
    rows = sample().rows
    in_post = type(rows).of(
        number=rows.number[:2], last_name=rows.last_name[:2], first_name=rows.first_name[:2]
    )
    return write_declaration(Declaration(replace(HEADER, family=PREFILLED), in_post))


def _total_wrong() -> bytes:
    return joined(with_field(lines_of(sample()), 5, "N_T_Salaire_Reel", f"{999:015}"))


def _check_sum_wrong() -> bytes:
    return joined(with_field(lines_of(sample()), 3, "S_Ctr", f"{12345:019}"))


def _two_firms() -> bytes:
    """A line of another firm among those of the first."""
    return joined(with_field(lines_of(sample()), 4, "N_Num_Affilie", ANOTHER_FIRM.employer_number))


def _one_after_the_other() -> bytes:
    return joined([*lines_of(sample()), *lines_of(sample(ANOTHER_FIRM))])


def _of_a_firm(fiscal_id: str = "5000001", employer_number: str = "1234567") -> Etat9421:
    row = PermanentRow(
        line=0,
        last_name="Alami",
        first_name="Salma",
        cin="BK234567",
        cnss_number="123456785",
        taxable_income=12_000_050,
        hired_on=date(2025, 9, 1),
    )
    return Etat9421(
        fiscal_id=fiscal_id,
        employer_number=employer_number,
        year=2025,
        name="OFFSHORE EXEMPLE",
        staff=columns_of([row]),
    )


def _etat(before: bytes = b"", name: bytes = b"Alami") -> bytes:
    """`before` stands between the first line and the root."""
    content = write_etat9421(_of_a_firm()).replace(b">Alami<", b">" + name + b"<")
    opening, _, rest = content.partition(b"\n")
    return opening + b"\n" + before + rest


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">\n' for at in range(1, LAUGHS + 1))
    doctype = f'<!DOCTYPE TraitementEtSalaire [<!ENTITY e0 "ha">\n{entities}]>\n'
    return _etat(doctype.encode(), b"&e%d;" % LAUGHS)


def _external_entity() -> bytes:
    doctype = b'<!DOCTYPE TraitementEtSalaire [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    return _etat(doctype, b"&x;")


def _hidden_in_utf16() -> bytes:
    text = _external_entity().decode().replace("UTF-8", "UTF-16")
    return BOM_UTF16_LE + text.encode("utf-16-le")


def _total_of_etat_wrong() -> bytes:
    right = b"<totalMtRevenuBrutImposablePP>120000.50<"
    return _etat().replace(right, right.replace(b"120000.50", b"120000.51"))


DECLARATIONS: Mapping[str, Callable[[], bytes]] = {
    "ds_lf.txt": lambda: joined(lines_of(sample())),
    "ds_crlf.txt": lambda: joined(lines_of(sample()), b"\r\n"),
    "ds_cr.txt": lambda: joined(lines_of(sample()), b"\r"),
    "dsc.txt": lambda: _declaration(family=COMPLEMENTARY, supplement=1),
    "ds_prefilled.txt": _prefilled,
    "ds_cut_in_a_line.txt": lambda: joined(lines_of(sample()))[:-100],
    "ds_cut_after_a_line.txt": lambda: joined(lines_of(sample())[:-1]),
    "ds_total_wrong.txt": _total_wrong,
    "ds_check_sum_wrong.txt": _check_sum_wrong,
    "ds_two_firms.txt": _two_firms,
    "ds_one_after_the_other.txt": _one_after_the_other,
    "etat9421.xml": _etat,
    "etat9421_of_another_firm.xml": lambda: write_etat9421(_of_a_firm("5999999", "7654321")),
    "etat9421_laughs.xml": _laughs,
    "etat9421_external_entity.xml": _external_entity,
    "etat9421_hidden_in_utf16.xml": _hidden_in_utf16,
    "etat9421_total_wrong.xml": _total_of_etat_wrong,
    "etat9421_cut.xml": lambda: _etat()[:-40],
    "bank_return.xml": lambda: b"<?xml version='1.0'?><Document><BkToCstmrStmt/></Document>",
}
