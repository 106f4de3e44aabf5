"""The rows of an attendance sheet: somebody, and for how long."""

import re

from companies.imports.models import Import
from companies.imports.reading.fields import Field
from companies.imports.reading.people_checks import identity_told
from companies.imports.reading.people_words import folded
from companies.imports.reading.targets import Target
from companies.imports.reading.values import ValueRefused, read_minutes
from companies.imports.reading.workforce_columns import WORKFORCE_COLUMNS

HOURS = "heures"
MINUTES_MAX = 2_000 * 60
"""As long as a session can be."""
DURATION_EXPECTED = "hours such as 7.5, 7 h 30 or 7:30, or minutes such as 450 min"

_CLOCK = re.compile(r"(\d{1,4})\s*(?:h|:)\s*(\d{1,2})?\s*(?:min|mn|m)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,6})\s*(?:minutes?|min|mn)", re.IGNORECASE)
_TITLES = (
    "heures suivies, nombre d'heures, nb heures, heures de présence, heures de formation, durée,"
    "durée suivie, durée de présence, volume horaire, hours, hours attended, duration, attendance,"
    "الساعات, عدد الساعات, ساعات الحضور, مدة الحضور"
)


def read_attended(text: str) -> int:
    """Minutes of « 7,5 », « 7 h 30 », « 7:30 » or « 450 min »; raises `ValueRefused`."""
    plain = text.strip()
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes = int(clock[1]), int(clock[2] or 0)
        if minutes >= 60:
            raise ValueRefused("hours", DURATION_EXPECTED)
        attended = hours * 60 + minutes
    elif said := _MINUTES.fullmatch(plain):
        attended = int(said[1])
    else:
        attended = read_minutes(plain)
    if attended > MINUTES_MAX:
        raise ValueRefused("hours_absurd", DURATION_EXPECTED)
    return attended


_WHO = {each.name: each for each in WORKFORCE_COLUMNS}

ATTENDANCE = Target(
    Import.Target.ATTENDANCE,
    (
        *(_WHO[name] for name in ("matricule_cnss", "cin", "nom", "prenom")),
        Field(
            HOURS,
            read_attended,
            required=True,
            wanted=True,
            meaning="Hours attended",
            synonyms=frozenset(folded(title) for title in _TITLES.split(",")),
            kind="number",
        ),
    ),
    one_of=("matricule_cnss", "cin"),
    checks=(identity_told,),
)
