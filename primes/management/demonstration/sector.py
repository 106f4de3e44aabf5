"""A synthetic sector: invented firms, the people they employ, and the part each firm plays.

Pure and seeded: the same number of firms and people, year and seed give the same sector, firm by
firm, whatever is done with it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from companies.identifiers import ICE, EmployerNumber, FiscalId, Rib
from primes.management.demonstration import invented
from primes.management.demonstration.hiring import hire_staff
from primes.management.demonstration.names import FIRM_WORDS, TRADES
from primes.management.demonstration.parts import PARTS, Bank, Mixture, Part
from primes.management.demonstration.staff import Staff

FIRMS_MIN = len(PARTS)
PEOPLE_MIN = 15
PEOPLE_MIN_WITH_EVERY_CASE = 45

WEIGHTS = (40, 161)
ORDINARY_ENDING = "0001"
BANKS = ("007", "011", "013", "021", "022", "101", "127", "145", "157", "190", "225", "230", "350")


@dataclass(frozen=True, slots=True, eq=False)
class Firm:
    """One invented firm; `rank` from 1. The first is that of the demonstration accounts."""

    rank: int
    part: Part
    name: str
    identifier: ICE
    fiscal_id: FiscalId
    employer_number: EmployerNumber
    started_on: date
    account: Rib | None
    staff: Staff

    @property
    def latin_name(self) -> str:
        """Capitals without accents, as CNSS and the bank write it."""
        return plain_capitals(self.name)


@dataclass(frozen=True, slots=True)
class Sector:
    """What is asked for. `firms()` makes them one at a time, so that a large sector fits in
    memory.
    """

    firm_count: int
    people_count: int
    year: int
    seed: int

    def __post_init__(self) -> None:
        if self.firm_count < FIRMS_MIN:
            raise ValueError(f"at least {FIRMS_MIN} firms, one a part")
        if self.people_count < (needed := sum(self._people_needed())):
            raise ValueError(f"at least {needed} people for {self.firm_count} firms")
        if self.people_count + invented.SHARED > len(invented.SERIALS):
            raise ValueError(f"at most {len(invented.SERIALS) - invented.SHARED} people")

    def firms(self) -> Iterator[Firm]:
        first_serial = invented.SHARED
        for rank, headcount in enumerate(self.headcounts(), start=1):
            yield self._firm(rank, headcount, first_serial)
            first_serial += headcount

    def headcounts(self) -> list[int]:
        """People of each firm: unequal shares that add up to `people_count`."""
        weights = np.random.default_rng([self.seed, 0]).integers(*WEIGHTS, self.firm_count)
        needed = self._people_needed()
        ends = (self.people_count - sum(needed)) * weights.cumsum() // weights.sum()
        counts: list[int] = (np.array(needed) + np.diff(ends, prepend=0)).tolist()
        return counts

    def _people_needed(self) -> list[int]:
        mixtures = [part_of(rank).mixture for rank in range(1, self.firm_count + 1)]
        return [
            PEOPLE_MIN_WITH_EVERY_CASE if mixture is Mixture.ALL else PEOPLE_MIN
            for mixture in mixtures
        ]

    def _firm(self, rank: int, headcount: int, first_serial: int) -> Firm:
        random = np.random.default_rng([self.seed, self.year, rank])
        part = part_of(rank)
        return Firm(
            rank=rank,
            part=part,
            name=_name(rank, part.branch),
            identifier=invented.ice(rank),
            fiscal_id=invented.fiscal_id(rank),
            employer_number=invented.employer_number(rank),
            started_on=date(2008 + int(random.integers(0, 14)), int(random.integers(1, 13)), 1),
            account=_account(rank, part.bank),
            staff=hire_staff(
                part,
                random,
                year=self.year,
                serials=np.arange(first_serial, first_serial + headcount),
                shared_serial=turn_of(rank),
            ),
        )


def part_of(rank: int) -> Part:
    """The twelve parts in turn; the first one, ready to file, is played once."""
    return PARTS[0] if rank == 1 else PARTS[1 + (rank - 2) % (len(PARTS) - 1)]


def turn_of(rank: int) -> int:
    """How many times all the parts were played before."""
    return max(rank - 2, 0) // (len(PARTS) - 1)


def plain_capitals(text: str) -> str:
    """Latin capitals without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()


def _name(rank: int, branch: str) -> str:
    turn, word = divmod(rank - 1, len(FIRM_WORDS))
    again, trade = divmod(turn, len(TRADES[branch]))
    number = f" {again + 1}" if again else ""
    return f"{FIRM_WORDS[word]} {TRADES[branch][trade]}{number}"


def _account(rank: int, bank: Bank) -> Rib | None:
    if bank is Bank.NONE:
        return None
    ending = bank.value or ORDINARY_ENDING
    return invented.rib(BANKS[rank % len(BANKS)], rank, ending)
