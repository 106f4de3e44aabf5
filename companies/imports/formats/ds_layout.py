"""Layout of the CNSS salary declarations (e-BDS, file exchange), specification of February 2006.

A file belongs to one family, the first letter of its records: A is the file CNSS pre-filled, B the
main declaration of a month, E a complementary one. Fields bear the names of the specification,
because those are the names that the maker of a payroll program can act on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

LINE_LENGTH = 260
DAYS_MAX = 26

PREFILLED, MAIN, COMPLEMENTARY = "A", "B", "E"

SITUATION_RANK: Mapping[str, int] = {
    "": 0,
    "SO": 1,
    "DE": 2,
    "IT": 3,
    "IL": 4,
    "AT": 5,
    "CS": 6,
    "MS": 7,
    "MP": 8,
}
UNPAID_SITUATIONS = frozenset({"CS", "MS"})


class Kind(Enum):
    NUMBER = "N"  # zero-padded on the left
    TEXT = "AN"  # space-padded on the right
    DAY = "D"  # AAAAMMJJ, zeros or spaces when unknown
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    start: int
    width: int
    kind: Kind

    @property
    def end(self) -> int:
        return self.start + self.width


Record = Mapping[str, Field]


def _record(*shape: tuple[str, int, Kind]) -> Record:
    starts = accumulate((width for _, width, _ in shape), initial=0)
    return {
        name: Field(name, start, width, kind)
        for start, (name, width, kind) in zip(starts, shape, strict=False)
    }


_TYPE = ("L_Type_Enreg", 3, Kind.TEXT)
_OWNER = (_TYPE, ("N_Num_Affilie", 7, Kind.NUMBER), ("L_Periode", 6, Kind.NUMBER))
_PERSON = (("N_Num_Assure", 9, Kind.NUMBER), ("L_Nom", 30, Kind.TEXT), ("L_Prenom", 30, Kind.TEXT))
_ALLOWANCES = (
    ("N_Enfants", 2, Kind.NUMBER),
    ("N_AF_A_Payer", 6, Kind.NUMBER),
    ("N_AF_A_Deduire", 6, Kind.NUMBER),
    ("N_AF_Net_A_Payer", 6, Kind.NUMBER),
)
_PAY = (
    ("N_Jours_Declares", 2, Kind.NUMBER),
    ("N_Salaire_Reel", 13, Kind.NUMBER),
    ("N_Salaire_Plaf", 9, Kind.NUMBER),
)
_CHECK = ("S_Ctr", 19, Kind.NUMBER)
_TOTAL_ALLOWANCES = (
    ("N_T_Enfants", 6, Kind.NUMBER),
    ("N_T_AF_A_Payer", 12, Kind.NUMBER),
    ("N_T_AF_A_Deduire", 12, Kind.NUMBER),
    ("N_T_AF_Net_A_Payer", 12, Kind.NUMBER),
)
_COUNT = ("N_Nbr_Salaries", 6, Kind.NUMBER)
_TOTAL_NUMBERS = ("N_T_Num_Imma", 15, Kind.NUMBER)
_TOTAL_PAY = (
    ("N_T_Jours_Declares", 6, Kind.NUMBER),
    ("N_T_Salaire_Reel", 15, Kind.NUMBER),
    ("N_T_Salaire_Plaf", 13, Kind.NUMBER),
    ("N_T_Ctr", 19, Kind.NUMBER),
)


def _filler(width: int) -> tuple[str, int, Kind]:
    return ("L_filler", width, Kind.FILLER)


_OPENING = _record(
    _TYPE, ("N_Identif_Transfert", 14, Kind.NUMBER), ("L_Cat", 2, Kind.TEXT), _filler(241)
)
_HEADER = _record(
    *_OWNER,
    ("L_Raison_Sociale", 40, Kind.TEXT),
    ("L_Activite", 40, Kind.TEXT),
    ("L_Adresse", 120, Kind.TEXT),
    ("L_Ville", 20, Kind.TEXT),
    ("C_Code_Postal", 6, Kind.TEXT),
    ("C_Code_Agence", 2, Kind.TEXT),
    ("D_Date_Emission", 8, Kind.DAY),
    ("D_Date_Exig", 8, Kind.DAY),
)
_RECAP = _record(*_OWNER, _COUNT, _TOTAL_NUMBERS, *_TOTAL_PAY, _filler(170))

_DECLARED: Mapping[str, Record] = {
    "00": _OPENING,
    "01": _HEADER,
    "02": _record(
        *_OWNER,
        *_PERSON,
        *_ALLOWANCES,
        ("N_AF_A_Reverser", 6, Kind.NUMBER),
        *_PAY,
        ("L_Situation", 2, Kind.TEXT),
        _CHECK,
        _filler(104),
    ),
    "03": _record(
        *_OWNER,
        _COUNT,
        *_TOTAL_ALLOWANCES,
        _TOTAL_NUMBERS,
        ("N_T_AF_A_Reverser", 12, Kind.NUMBER),
        *_TOTAL_PAY,
        _filler(116),
    ),
    "04": _record(*_OWNER, *_PERSON, ("L_Num_CIN", 8, Kind.TEXT), *_PAY, _CHECK, _filler(124)),
    "05": _RECAP,
    "06": _RECAP,
}
_PREFILLED: Mapping[str, Record] = {
    "00": _OPENING,
    "01": _HEADER,
    "02": _record(*_OWNER, *_PERSON, *_ALLOWANCES, _filler(155)),
    "03": _record(*_OWNER, _COUNT, *_TOTAL_ALLOWANCES, _TOTAL_NUMBERS, _filler(181)),
}
RECORDS: Mapping[str, Mapping[str, Record]] = {
    PREFILLED: _PREFILLED,
    MAIN: _DECLARED,
    COMPLEMENTARY: _DECLARED,
}
REPEATED = frozenset({"02", "04"})


def may_follow(family: str, previous: str) -> tuple[str, ...]:
    """Numbers of the records that may stand after `previous`; those of people may be absent."""
    numbers = tuple(RECORDS[family])
    following = numbers[numbers.index(previous) + 1 :]
    allowed = [previous] if previous in REPEATED else []
    for number in following:
        allowed.append(number)
        if number not in REPEATED:
            break
    return tuple(allowed)
