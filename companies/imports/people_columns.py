"""Columns of the people file: name in the file, how a cell is read, what an empty one means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from companies.identifiers import EmployeeNumber, bare
from companies.imports.errors import FileWarning
from companies.imports.values import read_amount, read_day, read_minutes

NEVER: Literal["never"] = "never"
MONTHS = tuple(f"mois_{month:02}" for month in range(1, 13))
OPTIONAL = frozenset(
    {"annee", "profil", "diplome", "date_notification", "debut_formation", "deja_accorde"}
)
MOROCCAN = frozenset({"MA", "MAR", "MAROC", "MAROCAIN", "MAROCAINE", "MOROCCO", "MOROCCAN"})
NOBODY_WORDS = frozenset({"AUCUNE", "AUCUN"})


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One row a person, columns of equal length, in the order of the file.

    `None` is unknown, except in `left_on` (still in post) and `stable_from` (the hire date, when
    the contract is stable). `last_same_employer_on` is a day or `NEVER`. Amounts are centimes;
    `months` has twelve of them a row. `cnss_number` holds numbers of persons only; `cnss_shown` is
    what the file had, in nine digits, pending and occasional ones included. `extra` holds the
    columns of other schemes, as text.
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
    extra: Mapping[str, list[str]] = field(default_factory=dict)
    warnings: tuple[FileWarning, ...] = ()

    def __len__(self) -> int:
        return len(self.line)


@dataclass(frozen=True, slots=True)
class Column:
    """`read` gets a cell that is not empty and raises `ValueRefused` or `IdentifierError`."""

    attribute: str
    read: Callable[[str], object]
    empty: object = None


def _capitals(text: str) -> str:
    return " ".join(text.upper().split())


def _nationality(text: str) -> str:
    said = _capitals(text)
    return "MA" if said in MOROCCAN else said


def _day_or_never(text: str) -> date | Literal["never"]:
    return NEVER if _capitals(text) in NOBODY_WORDS else read_day(text)


COLUMNS: Mapping[str, Column] = {
    "matricule_cnss": Column("cnss_number", EmployeeNumber.parse),
    "cin": Column("cin", bare),
    "nom": Column("last_name", str, empty=""),
    "prenom": Column("first_name", str, empty=""),
    "nationalite": Column("nationality", _nationality),
    "date_embauche": Column("hired_on", read_day),
    "date_depart": Column("left_on", read_day),
    "type_contrat": Column("contract", _capitals),
    "date_contrat_stable": Column("stable_from", read_day),
    "derniere_declaration_meme_employeur": Column(
        "last_same_employer_on", _day_or_never, empty=NEVER
    ),
    "revenu_brut_imposable": Column("taxable_income", read_amount),
    **{name: Column(name, read_amount) for name in MONTHS},
    "heures_formation": Column("training_minutes", read_minutes, empty=0),
    "cout_formation": Column("training_cost", read_amount, empty=0),
    "finance_par": Column("funded_by", str, empty=""),
}
