"""The columns of a people file as the register takes them: stricter words, looser writing.

A simulation takes any word for a contract; a register holds only those it knows.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from companies.identifiers import EmployeeNumber, bare
from companies.imports.reading.fields import Field
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN
from companies.imports.reading.people_words import CONTRACTS, NATIONALITIES, folded
from companies.imports.reading.values import ValueRefused

NAME_LENGTH = 60
FUNDER_LENGTH = 120
CONTRACT_CODES = tuple(dict.fromkeys(CONTRACTS.values()))
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
NATIONALITY_EXPECTED = "a country code of two letters, such as MA"
DIGITS_EXPECTED = "9 digits"


def read_employee_number(text: str) -> EmployeeNumber:
    """A shorter number is not completed in silence: its zeros are proposed where the key is right.

    Raises `IdentifierError` or `ValueRefused`.
    """
    number = EmployeeNumber.parse(text)
    if number.names_a_person and number.value[0] == "0" and bare(text) != number.value:
        is_right = "employee_number_key" not in number.warnings
        raise ValueRefused("zeros_lost", number.value if is_right else DIGITS_EXPECTED)
    return number


def read_contract(text: str) -> str:
    """« CDI temps plein » is a CDI; words that name two kinds are refused, as unknown ones."""
    said = folded(text)
    if said in CONTRACTS:
        return CONTRACTS[said]
    named = {CONTRACTS[word] for word in said.split() if word in CONTRACTS}
    if len(named) != 1:
        raise ValueRefused("contract_unknown", " ".join(CONTRACT_CODES))
    return named.pop()


def read_nationality(text: str) -> str:
    code = NATIONALITIES.get(folded(text), text.strip().upper())
    if not COUNTRY_CODE.fullmatch(code):
        raise ValueRefused("nationality_unknown", NATIONALITY_EXPECTED)
    return code


def read_name(text: str) -> str:
    return _short(text, NAME_LENGTH)


def read_funder(text: str) -> str:
    return _short(text, FUNDER_LENGTH)


def _short(text: str, length: int) -> str:
    if len(text) > length:
        raise ValueRefused("text_too_long", str(length))
    return text


_READ_ANEW: Mapping[str, Field] = {
    "matricule_cnss": replace(COLUMNS["matricule_cnss"], read=read_employee_number),
    "nom": replace(COLUMNS["nom"], read=read_name),
    "prenom": replace(COLUMNS["prenom"], read=read_name),
    "nationalite": replace(COLUMNS["nationalite"], read=read_nationality, words=NATIONALITIES),
    "type_contrat": replace(COLUMNS["type_contrat"], read=read_contract, words=CONTRACTS),
    "finance_par": replace(COLUMNS["finance_par"], read=read_funder),
}

WORKFORCE_COLUMNS: tuple[Field, ...] = tuple(
    _READ_ANEW.get(name, EVERY_COLUMN[name]) for name in (*COLUMNS, "annee")
)
