"""What looks wrong in the sessions of a firm: it warns beside the line and blocks nothing.

Nothing is stored: one statement over the years says it afresh, so that a hire date corrected
yesterday takes its flag away today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from django.db import connection

from companies.firms.models import Firm

MINUTES_A_DAY_MAX = 10 * 60
NAMES_SHOWN = 5


class FlagCode(StrEnum):
    SESSIONS_OVERLAP = "sessions_overlap"
    DAY_TOO_LONG = "training_day_too_long"
    BEFORE_HIRE = "attended_before_hire"
    AFTER_DEPARTURE = "attended_after_departure"
    LONGER_THAN_SESSION = "attended_longer_than_session"
    LONGER_THAN_PROGRAMME = "session_longer_than_programme"
    INVOICED_ABOVE_COST = "session_invoiced_above_cost"
    NO_ATTENDANCE_SHEET = "session_without_attendance_sheet"


@dataclass(frozen=True, slots=True)
class Flag:
    """One doubt about one session; `employees` and their `names` are of the firm, by name, and
    empty where the doubt is about the session itself.
    """

    code: str
    session_id: int
    employees: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def facts(self) -> Mapping[str, object]:
        """For the words of the code: how many people, and the first of them."""
        more = ("…",) if len(self.names) > NAMES_SHOWN else ()
        return {"count": len(self.names), "people": [*self.names[:NAMES_SHOWN], *more]}


_OF_PEOPLE: Mapping[FlagCode, str] = {
    # Two sessions with a day in common; each of the two is flagged.
    FlagCode.SESSIONS_OVERLAP: """
        SELECT DISTINCT a.session_id, a.employee_id FROM attended a
        JOIN attended b ON b.employee_id = a.employee_id AND b.session_id <> a.session_id
          AND b.starts_on <= a.ends_on AND b.ends_on >= a.starts_on""",
    # What somebody attended is spread evenly over the calendar days of the session, and the
    # sessions of a day add up. The heaviest of somebody's days is always the first day of one of
    # the sessions: that session is the one flagged. Rounding keeps an exact limit exact.
    FlagCode.DAY_TOO_LONG: """
        SELECT a.session_id, a.employee_id FROM attended a
        JOIN attended b ON b.employee_id = a.employee_id
          AND a.starts_on BETWEEN b.starts_on AND b.ends_on
        GROUP BY a.session_id, a.employee_id
        HAVING round(sum(b.minutes::numeric / (b.ends_on - b.starts_on + 1)), 6)
          > %(day_max)s""",
    # The first day lies outside every employment and one begins later.
    FlagCode.BEFORE_HIRE: """
        SELECT a.session_id, a.employee_id FROM attended a
        JOIN companies_employment m ON m.employee_id = a.employee_id
        GROUP BY a.session_id, a.employee_id, a.starts_on
        HAVING NOT bool_or(a.starts_on BETWEEN m.hired_on AND coalesce(m.left_on, 'infinity'))
          AND bool_or(m.hired_on > a.starts_on)""",
    # The last day lies outside every employment and one ended earlier.
    FlagCode.AFTER_DEPARTURE: """
        SELECT a.session_id, a.employee_id FROM attended a
        JOIN companies_employment m ON m.employee_id = a.employee_id
        GROUP BY a.session_id, a.employee_id, a.ends_on
        HAVING NOT bool_or(a.ends_on BETWEEN m.hired_on AND coalesce(m.left_on, 'infinity'))
          AND bool_or(m.left_on < a.ends_on)""",
    FlagCode.LONGER_THAN_SESSION: """
        SELECT a.session_id, a.employee_id FROM attended a WHERE a.minutes > a.length""",
}
_OF_SESSIONS: Mapping[FlagCode, str] = {
    FlagCode.LONGER_THAN_PROGRAMME: "c.minutes > c.planned_minutes",
    FlagCode.INVOICED_ABOVE_COST: """
        c.cost < (SELECT sum(h.amount) FROM trainings_invoiceshare h WHERE h.session_id = c.id)""",
    FlagCode.NO_ATTENDANCE_SHEET: """
        c.ends_on < %(on)s AND NOT EXISTS (
          SELECT FROM trainings_sessionpiece v JOIN companies_piece p ON p.id = v.piece_id
          WHERE v.session_id = c.id AND p.kind = 'attendance' AND p.state <> 'infected')""",
}
_A_DOUBT_OF_PEOPLE = "SELECT '{code}', q.session_id, q.employee_id FROM ({doubted}) AS q"
_A_DOUBT_OF_SESSIONS = (
    "SELECT '{code}', c.id, '{{}}'::bigint[], '{{}}'::text[] FROM course c WHERE {doubted}"
)
_STATEMENT = """
WITH course AS (
  SELECT s.*, g.planned_minutes FROM trainings_session s
  JOIN trainings_programme g ON g.id = s.programme_id
  WHERE g.firm_id = %(firm)s AND extract(year FROM s.starts_on) = ANY(%(years)s)
), attended AS (
  SELECT a.employee_id, a.minutes, c.id AS session_id, c.starts_on, c.ends_on, c.minutes AS length
  FROM trainings_attendance a JOIN course c ON c.id = a.session_id
), of_people (code, session_id, employee_id) AS ({of_people})
SELECT d.code, d.session_id, array_agg(e.id ORDER BY e.sort_key, e.id),
  array_agg(btrim(e.last_name || ' ' || e.first_name) ORDER BY e.sort_key, e.id)
FROM of_people d JOIN companies_employee e ON e.id = d.employee_id
GROUP BY d.code, d.session_id
UNION ALL {of_sessions}
"""


def flags_of(firm: Firm, years: Collection[int], on: date) -> list[Flag]:
    """Of the sessions of these civil years, in the order of `FlagCode`; `on` is today.

    No session lies in two years, so that a year by itself says all about its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(),
            {"firm": firm.pk, "years": list(years), "on": on, "day_max": MINUTES_A_DAY_MAX},
        )
        found = [
            Flag(code, session_id, tuple(employees), tuple(names))
            for code, session_id, employees, names in cursor.fetchall()
        ]
    order = list(FlagCode)
    return sorted(found, key=lambda flag: (order.index(FlagCode(flag.code)), flag.session_id))


def flags_by_session(firm: Firm, years: Collection[int], on: date) -> dict[int, list[Flag]]:
    found: dict[int, list[Flag]] = {}
    for flag in flags_of(firm, years, on):
        found.setdefault(flag.session_id, []).append(flag)
    return found


@cache
def _statement() -> str:
    return _STATEMENT.format(
        of_people=" UNION ALL ".join(
            _A_DOUBT_OF_PEOPLE.format(code=code, doubted=doubted)
            for code, doubted in _OF_PEOPLE.items()
        ),
        of_sessions=" UNION ALL ".join(
            _A_DOUBT_OF_SESSIONS.format(code=code, doubted=doubted)
            for code, doubted in _OF_SESSIONS.items()
        ),
    )
