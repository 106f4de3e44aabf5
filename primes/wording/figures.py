"""An amount in French words, as a payment order says it beside the figures.

Traditional spelling: hyphens below one hundred only; « cent » and « vingt » take their s when they
end the number or stand before a noun (million, milliard), not before « mille ».
"""

# fmt: off
_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
# fmt: on
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_NOUNS = ((10**9, "milliard"), (10**6, "million"))
LIMIT = 10**12
"""Dirhams that can be said; far beyond any envelope."""


def amount_in_words(centimes: int) -> str:
    """`123456` is « mille deux cent trente-quatre dirhams et cinquante-six centimes »."""
    dirhams, cents = divmod(centimes, 100)
    said = f"{number_in_words(dirhams)} {_of_dirhams(dirhams)}"
    if cents:
        said += f" et {number_in_words(cents)} centime{_plural(cents)}"
    return said


def number_in_words(number: int) -> str:
    """A whole number from 0 to 999 999 999 999; raises ValueError outside."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is not between 0 and {LIMIT - 1}")
    if number == 0:
        return _UNITS[0]
    parts = []
    for size, noun in _NOUNS:
        count, number = divmod(number, size)
        if count:
            parts.append(f"{_hundreds(count, ends=True)} {noun}{_plural(count)}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_hundreds(thousands, ends=False)} mille")
    if rest:
        parts.append(_hundreds(rest, ends=True))
    return " ".join(parts)


def _of_dirhams(dirhams: int) -> str:
    """« un million de dirhams », but « un million un dirhams »."""
    link = "de " if dirhams and dirhams % 10**6 == 0 else ""
    return f"{link}dirham{_plural(dirhams)}"


def _plural(count: int) -> str:
    return "s" if count > 1 else ""


def _hundreds(number: int, *, ends: bool) -> str:
    """1 to 999; `ends` tells whether the number stops here or meets a noun."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _tens(rest, ends=ends)
    head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent"
    if rest:
        return f"{head} {_tens(rest, ends=ends)}"
    return head + ("s" if ends and hundreds > 1 else "")


def _tens(number: int, *, ends: bool) -> str:
    """1 to 99."""
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        tens, unit = tens - 1, unit + 10
    if tens == 8:
        return f"quatre-vingt-{_UNITS[unit]}" if unit else "quatre-vingt" + ("s" if ends else "")
    if not unit:
        return _TENS[tens]
    link = " et " if unit in (1, 11) else "-"
    return f"{_TENS[tens]}{link}{_UNITS[unit]}"
