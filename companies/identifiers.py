"""The numbers by which firms, people and accounts are known in Morocco.

Each type parses what people type, checks its form and its key, and prints itself: `str(x)` is the
bare value that is stored, `x.grouped` the one shown. A wrong form is an error. A wrong key is
an error for the RIB and the IBAN only: the keys of the ICE and of the CNSS numbers were never
published officially, so one that fails there is a warning somebody can accept.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import ClassVar, Self, TypeVar

import numpy as np
import numpy.typing as npt
import yaml
from stdnum.iso7064 import mod_97_10

from accounts.errors import Refusal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
BANKS_FILE = Path(__file__).with_name("bank_codes.yaml")

# Capitals that nobody can tell from Latin ones: first those of Cyrillic, then those of Greek.
LOOK_ALIKES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTYXIJSABEZHIKMNOPTYX",
)
_SEPARATORS = re.compile(r"[\s.\-\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_SPREADSHEET_FLOAT = re.compile(r"(\d+)[.,]0")

Whole = TypeVar("Whole", int, npt.NDArray[np.int64])


class IdentifierError(Refusal):
    """Not an identifier of that kind; `expected` is an English message id."""

    def __init__(self, code: str, found: str, expected: str) -> None:
        super().__init__(code, found=found, expected=expected)
        self.found = found
        self.expected = expected


def bare(text: str) -> str:
    """What was meant: ASCII digits and capitals, without separators, invisible marks or
    letters of other scripts that look like ours."""
    if not text.isascii():
        text = "".join(map(_plain_character, unicodedata.normalize("NFKC", text)))
        text = text.upper().translate(LOOK_ALIKES)
    plain = text.strip()
    if whole := _SPREADSHEET_FLOAT.fullmatch(plain):
        plain = whole[1]
    return _SEPARATORS.sub("", plain).upper()


def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def cnss_check_digit(number: Whole, weighed_digits: int) -> Whole:
    """Key of a CNSS number: the digits left of the key weigh 2, 1, 2, 1, … from right to left.

    Works on one number or on a column of them. Source: e-BDS specification of CNSS, February 2006.
    """
    total = number * 0
    for rank in range(1, weighed_digits + 1):
        total = total + (2 if rank % 2 else 1) * (number // 10**rank % 10)
    return -total % 10


@cache
def bank_names() -> dict[str, str]:
    """Name by bank code, the first three digits of a RIB. Public lists disagree: never blocking."""
    names: dict[str, str] = yaml.safe_load(BANKS_FILE.read_text(encoding="utf-8"))
    return names


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A value in its bare form; made by `parse`."""

    value: str

    kind: ClassVar[str]
    form: ClassVar[re.Pattern[str]]
    expected: ClassVar[str]
    groups: ClassVar[tuple[int, ...]] = ()
    length: ClassVar[int] = 0
    length_min: ClassVar[int] = 0

    def __post_init__(self) -> None:
        if not self.form.fullmatch(self.value):
            raise IdentifierError(f"{self.kind}_format", self.value, self.expected)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what was typed; raises `IdentifierError`.

        Leading zeros that a spreadsheet dropped are put back where the length is fixed.
        """
        value = bare(text)
        if _SCIENTIFIC.fullmatch(text.strip()):
            raise IdentifierError("digits_lost_in_spreadsheet", text, cls.expected)
        if value.isdigit() and cls.length_min <= len(value) < cls.length:
            value = value.zfill(cls.length)
        if not cls.form.fullmatch(value):
            raise IdentifierError(f"{cls.kind}_format", text, cls.expected)
        return cls(value)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what looks wrong and does not stop."""
        return ()

    @property
    def grouped(self) -> str:
        """The value in groups held together by no-break spaces."""
        cuts = [0, *accumulate(self.groups)]
        parts = [self.value[start:end] for start, end in pairwise(cuts)]
        return NO_BREAK_SPACE.join(parts) or self.value

    def __str__(self) -> str:
        return self.value


class ICE(Identifier):
    """Identifiant commun de l'entreprise: firm 9, establishment 4, key 2."""

    __slots__ = ()
    kind = "ice"
    form = re.compile(r"[0-9]{15}")
    expected = "15 digits"
    groups = (9, 4, 2)
    length = 15
    length_min = 7

    @property
    def warnings(self) -> tuple[str, ...]:
        return () if mod_97_10.checksum(self.value) == 0 else ("ice_key",)


class FiscalId(Identifier):
    """Identifiant fiscal (IF): no public key."""

    __slots__ = ()
    kind = "fiscal_id"
    form = re.compile(r"[0-9]{7,8}")
    expected = "7 or 8 digits"


class EmployerNumber(Identifier):
    """CNSS « numéro d'affiliation » of a firm."""

    __slots__ = ()
    kind = "employer_number"
    form = re.compile(r"[0-9]{7}")
    expected = "7 digits"
    groups = (3, 4)
    length = 7
    length_min = 2

    @property
    def warnings(self) -> tuple[str, ...]:
        number = int(self.value)
        return () if number % 10 == cnss_check_digit(number, 6) else ("employer_number_key",)


class EmployeeNumber(Identifier):
    """CNSS « numéro d'immatriculation » of a person; two values stand for nobody in particular."""

    __slots__ = ()
    kind = "employee_number"
    form = re.compile(r"[0-9]{9}")
    expected = "9 digits"
    groups = (3, 3, 3)
    length = 9
    length_min = 1

    PENDING: ClassVar[str] = "000000000"
    OCCASIONAL: ClassVar[str] = "999999999"
    RESERVED: ClassVar[str] = "100000000"

    @property
    def is_pending(self) -> bool:
        """CNSS has not given the number yet: the CIN says who it is."""
        return self.value == self.PENDING

    @property
    def is_occasional(self) -> bool:
        """Occasional labour, declared together."""
        return self.value == self.OCCASIONAL

    @property
    def names_a_person(self) -> bool:
        return not (self.is_pending or self.is_occasional)

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.names_a_person:
            return ()
        number = int(self.value)
        doubts = {
            "employee_number_reserved": self.value == self.RESERVED,
            "employee_number_first_digit": self.value[0] != "1",
            "employee_number_key": number % 10 != cnss_check_digit(number, 7),
        }
        return tuple(code for code, doubted in doubts.items() if doubted)


class NationalId(Identifier):
    """CIN or CNIE of a Moroccan: one or two letters, then digits."""

    __slots__ = ()
    kind = "national_id"
    form = re.compile(r"(?=.{5,8}\Z)[A-Z]{1,2}[0-9]{4,7}")
    expected = "1 or 2 letters then 4 to 7 digits, 8 characters at most"

    @property
    def grouped(self) -> str:
        letters = self.value.rstrip("0123456789")
        return f"{letters}{NO_BREAK_SPACE}{self.value[len(letters) :]}"


class Rib(Identifier):
    """Bank account: bank 3, place 3, account 16, key 2. A key that fails is an error."""

    __slots__ = ()
    kind = "rib"
    form = re.compile(r"[0-9]{24}")
    expected = "24 digits"
    groups = (3, 3, 16, 2)
    length = 24
    length_min = 22

    def __post_init__(self) -> None:
        super().__post_init__()
        key = 97 - int(f"{self.value[:22]}00") % 97
        if self.value[22:] != f"{key:02}":
            raise IdentifierError("rib_key", self.value[22:], f"{key:02}")

    @property
    def bank_code(self) -> str:
        return self.value[:3]

    @property
    def bank_name(self) -> str | None:
        return bank_names().get(self.bank_code)

    @property
    def iban(self) -> "Iban":
        return Iban(f"MA{_iban_key(self.value)}{self.value}")

    @property
    def warnings(self) -> tuple[str, ...]:
        return () if self.bank_name else ("bank_unknown",)


class Iban(Identifier):
    """The RIB as ISO 13616 writes it; both keys are checked."""

    __slots__ = ()
    kind = "iban"
    form = re.compile(r"MA[0-9]{26}")
    expected = "MA then 26 digits"
    groups = (4, 4, 4, 4, 4, 4, 4)

    def __post_init__(self) -> None:
        super().__post_init__()
        expected = _iban_key(self.rib.value)
        if self.value[2:4] != expected:
            raise IdentifierError("iban_key", self.value[2:4], expected)

    @property
    def rib(self) -> Rib:
        return Rib(self.value[4:])


def _iban_key(rib: str) -> str:
    """Check digits of ISO 13616; « 2210 » is « MA » turned into figures."""
    return f"{98 - int(f'{rib}221000') % 97:02}"
