"""Money, numbers, days and hours as people read them in French, Arabic and English.

One place for screens, letters, the texts of the API and the terminal; browsers and locale
databases disagree about Morocco. Arabic figures are isolated (U+2066 … U+2069) so that they keep
their order in a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_ISOLATE, _END_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_PERCENT_PLACES = 4


@dataclass(frozen=True, slots=True)
class Habits:
    """How one language writes; patterns take the figure already written."""

    group: str
    decimal: str
    money: str
    percent: str
    isolates: bool
    months: tuple[str, ...]


# fmt: off
HABITS = {
    "fr": Habits(
        NBSP, ",", f"{{}}{NBSP}DH", f"{{}}{NBSP}%", isolates=False,
        months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre", "novembre", "décembre"),
    ),
    "ar": Habits(
        ".", ",", f"{{}}{NBSP}درهم", "%{}", isolates=True,
        months=("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت",
                "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
    ),
    "en": Habits(
        ",", ".", f"MAD{NBSP}{{}}", "{}%", isolates=False,
        months=("January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December"),
    ),
}
# fmt: on


def money(centimes: int, language: str) -> str:
    """`123456` is « 1 234,56 DH »."""
    habits = HABITS[language]
    whole, cents = divmod(abs(centimes), 100)
    figure = _signed(_grouped(whole, habits) + f"{habits.decimal}{cents:02}", centimes < 0)
    return habits.money.format(_isolated(figure, habits))


def decimal(hundredths: int) -> str:
    """The same for machines in every language: `-1234` is « -12.34 »."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02}"


def number(value: int | Decimal, language: str) -> str:
    """A whole or decimal number with its groups; the decimals are those it came with."""
    habits = HABITS[language]
    whole, _, decimals = f"{abs(Decimal(value)):f}".partition(".")
    figure = _grouped(int(whole), habits) + (habits.decimal + decimals if decimals else "")
    return _isolated(_signed(figure, value < 0), habits)


def percent(share: int | Decimal | Fraction, language: str) -> str:
    """A share of one: `Fraction(7, 200)` is « 3,5 % ». Four decimals at most."""
    habits = HABITS[language]
    exact = Fraction(share) * 100
    written = f"{round(abs(exact) * 10**_PERCENT_PLACES)}".zfill(_PERCENT_PLACES + 1)
    whole, decimals = written[:-_PERCENT_PLACES], written[-_PERCENT_PLACES:].rstrip("0")
    figure = _signed(whole + (habits.decimal + decimals if decimals else ""), exact < 0)
    return _isolated(habits.percent.format(figure), habits)


def day(value: date, language: str) -> str:
    """« 05/08/2026 » in all three languages."""
    return _isolated(f"{value.day:02}/{value.month:02}/{value.year}", HABITS[language])


def long_day(value: date, language: str) -> str:
    """« 5 août 2026 », « 1er mars 2026 »."""
    rank = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return NBSP.join([rank, HABITS[language].months[value.month - 1], str(value.year)])


def hour(at: datetime, language: str) -> str:
    """« 14:07 », by the clock of Casablanca."""
    return _isolated(f"{at.astimezone(CASABLANCA):%H:%M}", HABITS[language])


def exact_hour(at: datetime, language: str) -> str:
    """« 14:07:09 », by the clock of Casablanca: what a receipt says."""
    return _isolated(f"{at.astimezone(CASABLANCA):%H:%M:%S}", HABITS[language])


def duration(minutes: int, language: str) -> str:
    """« 7 h 30 » of training."""
    hours, rest = divmod(minutes, 60)
    return _isolated(f"{hours}{NBSP}h" + (f"{NBSP}{rest:02}" if rest else ""), HABITS[language])


def _grouped(whole: int, habits: Habits) -> str:
    return f"{whole:,}".replace(",", habits.group)


def _signed(figure: str, negative: bool) -> str:  # noqa: FBT001 -- one private question
    return MINUS + figure if negative else figure


def _isolated(figure: str, habits: Habits) -> str:
    return f"{_ISOLATE}{figure}{_END_ISOLATE}" if habits.isolates else figure
