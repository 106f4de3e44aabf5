"""Columns of the people file: name in the file, how a cell is read, what an empty one means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from companies.identifiers import EmployeeNumber, bare
from companies.imports.errors import FileWarning
from companies.imports.reading.fields import Field
from companies.imports.reading.people_titles import MONTH_TITLES, TITLES
from companies.imports.reading.people_words import (
    MOROCCAN,
    NOBODY_WORDS,
    PROFILES,
    capitals,
    folded,
)
from companies.imports.reading.values import (
    YEARS,
    ValueRefused,
    read_amount,
    read_day,
    read_minutes,
)

NEVER: Literal["never"] = "never"
MONTHS = tuple(f"mois_{month:02}" for month in range(1, 13))

AMOUNT_MAX = 100_000_000_000
"""Centimes: a thousand million dirhams. Nobody earns more; a comma was lost."""
MINUTES_MAX = 366 * 24 * 60
STUDY_YEARS = range(16)
YEAR_EXPECTED = "a year in four digits"
AMOUNT_MAX_EXPECTED = "at most 1 000 000 000 dirhams"
HOURS_MAX_EXPECTED = "no more hours than a year has"
STUDY_EXPECTED = "years of study after the bac, such as bac, bac+2 or 5"
CIN_EXPECTED = "the CIN as the card has it"

_YEAR = re.compile(r"[0-9]{4}")
_STUDY = re.compile(r"(?:BAC)?(?:\+?([0-9]{1,2})(?:ANS?)?)?")
# « 1.178E+22 »: what a spreadsheet leaves of a long number; its digits are gone.
_DIGITS_LOST = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One row a person, or a person and year; columns of equal length, in the order of the file.

    `None` is unknown, except in `left_on` (still in post) and `stable_from` (the hire date, when
    the contract is stable). `last_same_employer_on` is a day or `NEVER`. Amounts are centimes;
    `months` has twelve of them a row. `cnss_number` holds numbers of persons only; `cnss_shown` is
    what the file had, in nine digits, pending and occasional ones included. `degree_years` counts
    from the baccalauréat.
    """

    line: list[int]
    cnss_number: list[str | None]
    cnss_shown: list[str]
    cin: list[str | None]
    last_name: list[str]
    first_name: list[str]
    nationality: list[str | None]
    hired_on: list[date | None]
    left_on: list[date | None]
    contract: list[str | None]
    stable_from: list[date | None]
    last_same_employer_on: list[date | Literal["never"]]
    taxable_income: list[int | None]
    months: list[list[int | None]]
    training_minutes: list[int]
    training_cost: list[int]
    funded_by: list[str]
    year: list[int | None]
    profile: list[str | None]
    degree_years: list[int | None]
    notified_on: list[date | None]
    training_from: list[date | None]
    granted: list[int]
    warnings: tuple[FileWarning, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.line)


def _nationality(text: str) -> str:
    said = capitals(text)
    return "MA" if said in MOROCCAN else said


def _day_or_never(text: str) -> date | Literal["never"]:
    return NEVER if capitals(text) in NOBODY_WORDS else read_day(text)


def _cin(text: str) -> str:
    if _DIGITS_LOST.fullmatch(text.strip()):
        raise ValueRefused("digits_lost_in_spreadsheet", CIN_EXPECTED)
    return bare(text)


def _amount(text: str) -> int:
    amount = read_amount(text)
    if amount > AMOUNT_MAX:
        raise ValueRefused("amount_absurd", AMOUNT_MAX_EXPECTED)
    return amount


def _minutes(text: str) -> int:
    minutes = read_minutes(text)
    if minutes > MINUTES_MAX:
        raise ValueRefused("hours_absurd", HOURS_MAX_EXPECTED)
    return minutes


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text) or int(text) not in YEARS:
        raise ValueRefused("year", YEAR_EXPECTED)
    return int(text)


def _profile(text: str) -> str:
    profile = PROFILES.get(folded(text))
    if profile is None:
        raise ValueRefused("profile_unknown", " ".join(dict.fromkeys(PROFILES.values())))
    return profile


def _degree(text: str) -> int:
    """Years of study after the baccalauréat: « Bac+5 » and « 5 » are 5, « bac » is 0."""
    said = _STUDY.fullmatch("".join(capitals(text).split()))
    if said is None or int(said[1] or 0) not in STUDY_YEARS:
        raise ValueRefused("degree", STUDY_EXPECTED)
    return int(said[1] or 0)


def _field(name: str, meaning: str, **others: object) -> Field:
    return Field(name, meaning=meaning, synonyms=TITLES.get(name, frozenset()), **others)  # type: ignore[arg-type]  # as `Field` has them


COLUMNS: Mapping[str, Field] = {
    each.name: each
    for each in (
        _field(
            "matricule_cnss",
            "CNSS number of the employee",
            read=EmployeeNumber.parse,
            kind="identifier",
            digits=EmployeeNumber.length,
            wanted=True,
        ),
        _field("cin", "Identity card (CIN)", read=_cin, kind="identifier", wanted=True),
        _field("nom", "Last name", read=str, empty="", wanted=True),
        _field("prenom", "First name", read=str, empty="", wanted=True),
        _field("nationalite", "Nationality", read=_nationality, kind="word", wanted=True),
        _field("date_embauche", "Hire date", read=read_day, kind="day", wanted=True),
        _field("date_depart", "Departure date", read=read_day, kind="day"),
        _field("type_contrat", "Kind of contract", read=capitals, kind="word", wanted=True),
        _field("date_contrat_stable", "Start of the stable contract", read=read_day, kind="day"),
        _field(
            "derniere_declaration_meme_employeur",
            "Last declared by the same employer before",
            read=_day_or_never,
            empty=NEVER,
            kind="day",
        ),
        _field(
            "revenu_brut_imposable",
            "Gross taxable income of the year",
            read=_amount,
            kind="amount",
            wanted=True,
        ),
        *(
            Field(
                name,
                _amount,
                meaning="Pay of one month",
                synonyms=MONTH_TITLES[name],
                kind="amount",
            )
            for name in MONTHS
        ),
        _field("heures_formation", "Hours of training", read=_minutes, empty=0, kind="number"),
        _field("cout_formation", "Cost of training", read=_amount, empty=0, kind="amount"),
        _field("finance_par", "Other funding of the same days", read=str, empty=""),
    )
}
"""The columns that every people file has."""

SCHEME_COLUMNS: Mapping[str, Field] = {
    each.name: each
    for each in (
        _field("annee", "Year of the amounts", read=_year, kind="number"),
        _field("profil", "Profile of the training aid of 2007", read=_profile),
        _field("diplome", "Years of study after the bac", read=_degree),
        _field("date_notification", "Day the training was notified", read=read_day, kind="day"),
        _field("debut_formation", "First day of training", read=read_day, kind="day"),
        _field("deja_accorde", "Already granted", read=_amount, empty=0, kind="amount"),
    )
}
"""Those that some schemes add; a file without one says nothing there."""

EVERY_COLUMN: Mapping[str, Field] = {**COLUMNS, **SCHEME_COLUMNS}
