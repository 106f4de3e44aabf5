"""Identifiers with right keys that nobody holds.

They lie in blocks chosen to be recognised: firms from 999 000 001, employers from 900 001, CNSS
numbers from 190 000 000, identity cards with the letters ZZ, accounts at the place 999.
"""

import numpy as np
import numpy.typing as npt

from companies.identifiers import ICE, EmployerNumber, FiscalId, Rib, cnss_check_digit

SERIALS = range(1_000_000)
"""Serial numbers of people: first those employed by several firms, then firm by firm."""
SHARED = 1_000

FIRST_CNSS_NUMBER = 19_000_000


def ice(rank: int) -> ICE:
    body = f"{999_000_000 + rank:09}0000"
    return ICE(f"{body}{-int(body) * 100 % 97:02}")


def fiscal_id(rank: int) -> FiscalId:
    return FiscalId(f"{99_000_000 + rank}")


def employer_number(rank: int) -> EmployerNumber:
    number = (900_000 + rank) * 10
    return EmployerNumber(f"{number + cnss_check_digit(number, 6)}")


def employee_numbers(serials: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """CNSS numbers of people as integers, by serial number."""
    numbers = (FIRST_CNSS_NUMBER + serials) * 10
    keyed: npt.NDArray[np.int64] = numbers + cnss_check_digit(numbers, 7)
    return keyed


def national_ids(serials: npt.NDArray[np.int64]) -> npt.NDArray[np.bytes_]:
    """CIN of people, by serial number."""
    return np.array([f"ZZ{serial:06}" for serial in serials.tolist()], "S8")


def residence_permits(serials: npt.NDArray[np.int64]) -> npt.NDArray[np.bytes_]:
    """What foreigners show instead: not of the form of a CIN."""
    return np.array([f"R{serial:06}X" for serial in serials.tolist()], "S8")


def rib(bank_code: str, rank: int, ending: str) -> Rib:
    """An account whose number ends with four given digits, which the simulated bank may know."""
    body = f"{bank_code}9999999{rank:08}{ending}"
    return Rib(f"{body}{97 - int(f'{body}00') % 97:02}")
