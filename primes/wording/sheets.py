"""The sheets of the law in words: what a value is, in which unit, read on which day, how known."""

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from accounts import formats
from primes.rules.columns import date_of
from primes.rules.explain import ParameterRead, Shown
from primes.rules.parameters.sheets import (
    Certainty,
    DatedValue,
    Parameter,
    ReadOn,
    Words,
)
from primes.wording.explained_law import parameter_value
from primes.wording.explained_values import named
from primes.wording.explained_words import filled, joined

CERTAINTIES: Mapping[Certainty, Words] = {
    Certainty.TEXT: {"fr": "texte", "ar": "النص", "en": "text"},
    Certainty.PRESS: {"fr": "presse", "ar": "الصحافة", "en": "press"},
    Certainty.HYPOTHESIS: {"fr": "hypothèse", "ar": "فرضية", "en": "hypothesis"},
}
READ_ON: Mapping[ReadOn, Words] = {
    ReadOn.HIRE_DATE: {"fr": "jour de l'embauche", "ar": "يوم التوظيف", "en": "day of the hire"},
    ReadOn.CLAIM_YEAR_END: {
        "fr": "31 décembre de l'exercice",
        "ar": "31 دجنبر من السنة المعنية",
        "en": "31 December of the claim year",
    },
    ReadOn.FILING_DAY: {"fr": "jour du dépôt", "ar": "يوم الإيداع", "en": "day of filing"},
}
UNITS: Mapping[str, Words] = {
    "percent": {"fr": "pourcentage", "ar": "نسبة مئوية", "en": "percentage"},
    "dirhams": {"fr": "dirhams", "ar": "درهم", "en": "dirhams"},
    "years": {"fr": "années", "ar": "سنوات", "en": "years"},
    "months": {"fr": "mois", "ar": "أشهر", "en": "months"},
    "days": {"fr": "jours", "ar": "أيام", "en": "days"},
    "hours": {"fr": "heures", "ar": "ساعات", "en": "hours"},
    "date": {"fr": "date", "ar": "تاريخ", "en": "date"},
    "day_of_following_year": {
        "fr": "jour de l'année suivante",
        "ar": "يوم من السنة الموالية",
        "en": "day of the following year",
    },
    "boolean": {"fr": "oui ou non", "ar": "نعم أو لا", "en": "yes or no"},
    "codes": {"fr": "liste de mots", "ar": "لائحة كلمات", "en": "list of words"},
    "years_by_profile": {
        "fr": "années, par profil",
        "ar": "سنوات، حسب الصنف",
        "en": "years, by profile",
    },
    "dirhams_by_profile": {
        "fr": "dirhams, par profil",
        "ar": "درهم، حسب الصنف",
        "en": "dirhams, by profile",
    },
}
_OF_FOLLOWING_YEAR: Words = {
    "fr": "{day} {month} de l'année suivante",
    "ar": "{day} {month} من السنة الموالية",
    "en": "{day} {month} of the following year",
}


def value_texts(parameter: Parameter, dated: DatedValue, language: str) -> tuple[str, ...]:
    """One text; of a table, one a profile unless all read the same."""
    value = dated.value
    if not isinstance(value, Mapping):
        return (value_text(parameter, dated, language),)
    rows = {
        named("profile", profile, language): _text(parameter, dated, row, language)
        for profile, row in value.items()
    }
    if len(set(rows.values())) == 1:
        return (next(iter(rows.values())),)
    return tuple(
        filled("formula", "named", language, name=profile, value=text)
        for profile, text in rows.items()
    )


def value_text(parameter: Parameter, dated: DatedValue, language: str) -> str:
    """« 3,5 % », « 31/12/2031 », « 30 juin de l'année suivante »; a table on one line."""
    value = dated.value
    if isinstance(value, Mapping):
        return joined("items", value_texts(parameter, dated, language), language)
    if value is not None and parameter.unit == "day_of_following_year":
        return _day_of_following_year(cast("tuple[int, int]", value), language)
    if value is not None and parameter.unit == "date":
        return formats.day(date_of(cast("int", value)), language)
    if isinstance(value, Fraction):
        return formats.percent(value, language)
    return _text(parameter, dated, cast("Shown", value), language)


def _text(parameter: Parameter, dated: DatedValue, value: Shown, language: str) -> str:
    read = ParameterRead(
        name=parameter.name,
        value=value,
        since=dated.since.isoformat(),
        unit=parameter.unit,
        certainty=dated.certainty.value,
        reference=dated.reference,
    )
    return parameter_value(read, language)


def _day_of_following_year(value: tuple[int, int], language: str) -> str:
    month, day = value
    rank = "1er" if language == "fr" and day == 1 else str(day)
    name = formats.HABITS[language].months[month - 1]
    return _OF_FOLLOWING_YEAR[language].format(day=rank, month=name)
