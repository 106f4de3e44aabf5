"""Which aids may pay the same day of one person: the matrix of `parameters/cumulation.yaml`.

The schemes of this system stand in families. Two schemes of a family never pay the same day, nor
does one scheme twice; two of different families do as their pair says. Aids outside this system are
paired with each of its schemes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations

from primes.rules.errors import UnknownScheme
from primes.rules.parameters import form
from primes.rules.parameters.form import Sheet, require, require_keys
from primes.rules.parameters.loader import read_sheet, scheme_names
from primes.rules.parameters.sheets import Certainty, Reference, Words

_SHEET = "cumulation.yaml"


class Cumulates(StrEnum):
    """Whether two aids may pay the same day; UNKNOWN refuses nothing and is to be looked at."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pair:
    """What is held of two aids, in the order of their names; `title` says it in a sentence."""

    aids: tuple[str, str]
    cumulates: Cumulates
    title: Words
    certainty: Certainty
    reference: Reference


@dataclass(frozen=True)
class Matrix:
    last_checked_on: date
    families: Mapping[str, tuple[str, ...]]
    """The schemes of each family."""
    titles: Mapping[str, Words]
    """Of the families and of the aids outside this system."""
    outside: tuple[str, ...]
    pairs: Mapping[frozenset[str], Pair]

    @property
    def family_by_scheme(self) -> dict[str, str]:
        return {scheme: name for name, schemes in self.families.items() for scheme in schemes}

    def answer(self, a: str, b: str) -> Cumulates:
        """Raise `UnknownScheme` when neither is a scheme, or one is no aid of the sheet."""
        if a == b and a in self.family_by_scheme:
            return Cumulates.NO
        pair = self.pairs.get(frozenset({a, b}))
        if pair is None:
            unknown = b if a in self.family_by_scheme else a
            raise UnknownScheme(unknown, tuple(self.family_by_scheme))
        return pair.cumulates


@cache
def matrix() -> Matrix:
    """The matrix, read once a process; raise `ParameterRefused`."""
    return read_matrix(files("primes.rules.parameters").joinpath(_SHEET), scheme_names())


def family_of(scheme: str) -> str:
    """The family of a scheme; raise `UnknownScheme`."""
    families = matrix().family_by_scheme
    if scheme not in families:
        raise UnknownScheme(scheme, tuple(families))
    return families[scheme]


def may_cumulate(a: str, b: str) -> Cumulates:
    """Whether two aids, one of them a scheme, may pay the same day of a person."""
    return matrix().answer(a, b)


def pairs() -> tuple[Pair, ...]:
    """Every pair, in the order of the names."""
    return tuple(sorted(matrix().pairs.values(), key=lambda pair: pair.aids))


def read_matrix(file: Traversable, schemes: tuple[str, ...]) -> Matrix:
    """The matrix of these schemes: each in one family, every pair once; raise `ParameterRefused`.

    A sheet that forgets a scheme, or one of its pairs, is refused.
    """
    sheet = read_sheet(file)
    require_keys(sheet, {"last_checked_on", "families", "outside", "pairs"}, _SHEET)
    families = {name: _schemes(name, entry) for name, entry in sheet["families"].items()}
    placed = sorted(scheme for members in families.values() for scheme in members)
    require(placed == sorted(schemes), f"{_SHEET}: families", placed, f"each of {schemes} once")
    matrix = Matrix(
        last_checked_on=form.day(sheet["last_checked_on"], _SHEET),
        families=families,
        titles=dict(_titles(sheet["families"] | sheet["outside"])),
        outside=tuple(sheet["outside"]),
        pairs={frozenset(pair.aids): pair for pair in _pairs(sheet["pairs"])},
    )
    _require_every_pair(matrix)
    return matrix


def _schemes(name: str, entry: Sheet) -> tuple[str, ...]:
    require_keys(entry, {"title", "schemes"}, f"{_SHEET}: {name}")
    return tuple(entry["schemes"])


def _titles(entries: Sheet) -> Iterator[tuple[str, Words]]:
    for name, entry in entries.items():
        place = f"{_SHEET}: {name}"
        require(isinstance(entry, dict) and "title" in entry, place, entry, "a title")
        yield name, form.words(entry["title"], place)


def _pairs(entries: Sheet) -> Iterator[Pair]:
    for first, others in entries.items():
        for second, entry in others.items():
            place = f"{_SHEET}: {first} and {second}"
            require(first < second, place, first, "the earlier name first")
            require_keys(entry, {"cumulates", "title", "certainty", "reference"}, place)
            yield Pair(
                aids=(first, second),
                cumulates=form.member(Cumulates, entry["cumulates"], place),
                title=form.words(entry["title"], place),
                certainty=form.member(Certainty, entry["certainty"], place),
                reference=form.reference(entry["reference"], place),
            )


def _require_every_pair(matrix: Matrix) -> None:
    schemes = sorted(matrix.family_by_scheme)
    expected = {frozenset(pair) for pair in combinations(schemes, 2)}
    expected |= {frozenset({scheme, aid}) for scheme in schemes for aid in matrix.outside}
    differing = sorted(sorted(pair) for pair in expected ^ matrix.pairs.keys())
    require(not differing, f"{_SHEET}: pairs", differing, "every pair once and no other")
    for members in matrix.families.values():
        for pair in combinations(members, 2):
            answer = matrix.answer(*pair)
            place = f"{_SHEET}: {' and '.join(sorted(pair))}"
            require(answer is Cumulates.NO, place, answer.value, "no, within a family")
