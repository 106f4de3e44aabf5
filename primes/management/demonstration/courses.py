"""What the firms of the demonstration taught their people in the year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accounts.sealing import fingerprints
from companies.workforce.models import Employment
from primes.management.demonstration.cases import Case
from primes.management.demonstration.firms import Entered
from primes.management.demonstration.invented import ice
from primes.management.demonstration.moments import Calendar, Moment
from primes.management.demonstration.staff import Staff
from trainings.programmes.actions import ProgrammeDeclaration, declare_programme
from trainings.providers.actions import ProviderDeclaration, declare_provider
from trainings.providers.models import ProviderKind
from trainings.sessions.actions import SessionDeclaration, declare_session, record_attendance

WELCOME_DAYS, WELCOME_MINUTES = (22, 24), 3 * 7 * 60
WELCOME = ProgrammeDeclaration(
    "Parcours d'intégration",
    "Accueil des recrues",
    city="Casablanca",
    country="MA",
    language="fr",
    planned_minutes=WELCOME_MINUTES,
)
INSTITUTE = ProviderDeclaration(
    ProviderKind.EXTERNAL, "Institut d'exemple", ice=ice(900_000), city="Rabat"
)
LANGUAGE_DAYS, LANGUAGE_MINUTES, LANGUAGE_COST = ((11, 10), (11, 14)), 20 * 60, 45_000_00
"""The course costs the firm what it costs in centimes, whatever the number of people."""
LANGUAGE = ProgrammeDeclaration(
    "Anglais professionnel",
    "Langues",
    online=True,
    language="en",
    planned_minutes=LANGUAGE_MINUTES,
    planned_cost=LANGUAGE_COST,
)
ONE_IN = 3


def hold_courses(firm: Entered, staff: Staff, calendar: Calendar) -> None:
    """A welcome course each month for those hired since the one before, and a language course from
    outside for some of them.
    """
    trained = _trained(firm, staff, calendar.year)
    welcome = _programme(firm, WELCOME, calendar)
    previous = date.min
    for month in range(1, 13):
        first, last = (date(calendar.year, month, day) for day in WELCOME_DAYS)
        newcomers = [each for each in trained if previous <= each.hired_on < first]
        previous = first
        session = SessionDeclaration(first, last, WELCOME_MINUTES)
        _hold(firm, welcome, session, newcomers, calendar)
    first, last = (date(calendar.year, *day) for day in LANGUAGE_DAYS)
    session = SessionDeclaration(first, last, LANGUAGE_MINUTES, LANGUAGE_COST)
    institute = declare_provider(
        firm=firm.row,
        declaration=INSTITUTE,
        acting_user=firm.writer,
        at=calendar.at(Moment.TRAININGS),
    )
    language = _programme(firm, replace(LANGUAGE, provider_id=institute.pk), calendar)
    _hold(firm, language, session, trained[::ONE_IN], calendar)


def _trained(firm: Entered, staff: Staff, year: int) -> list[Employment]:
    untrained = staff.cin[staff.case == Case.UNTRAINED].tolist()
    hashes = fingerprints("cin", [cin.decode() for cin in untrained])
    return list(firm.recruits(year).exclude(employee__person__cin_fingerprint__in=hashes))


def _programme(firm: Entered, declaration: ProgrammeDeclaration, calendar: Calendar) -> int:
    programme = declare_programme(
        firm=firm.row,
        declaration=declaration,
        acting_user=firm.writer,
        at=calendar.at(Moment.TRAININGS),
    )
    return programme.pk


def _hold(
    firm: Entered,
    programme_id: int,
    session: SessionDeclaration,
    employments: Sequence[Employment],
    calendar: Calendar,
) -> None:
    """Those in post on every day of the course attend it whole; nobody, no course."""
    attending = {
        each.employee_id: session.minutes
        for each in employments
        if each.hired_on <= session.starts_on
        and (each.left_on is None or each.left_on >= session.ends_on)
    }
    if not attending:
        return
    at = calendar.at(Moment.TRAININGS)
    declared = declare_session(
        programme_id=programme_id, session=session, acting_user=firm.writer, at=at
    )
    record_attendance(session_id=declared.pk, minutes=attending, acting_user=firm.writer, at=at)
