"""When a claim may be filed: the agency's own window for a year, else the dates of the law."""

from datetime import date, datetime

from django.db import transaction

from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import StaffRole, User
from accounts.roles import require_staff_role
from primes.claims.models.window import FilingWindow
from primes.rules.deadlines import filing_window
from primes.rules.parameters.loader import load_scheme


def window_of(scheme: str, year: int, on: date) -> tuple[date, date]:
    """First and last day of filing, both included."""
    own = FilingWindow.objects.filter(scheme=scheme, year=year).first()
    return (own.opens_on, own.closes_on) if own else filing_window(scheme, year, on)


def is_open(scheme: str, year: int, on: date) -> bool:
    opens_on, closes_on = window_of(scheme, year, on)
    return opens_on <= on <= closes_on


def open_years(scheme: str, on: date) -> list[int]:
    """Claim years that may be filed on a day, the latest first."""
    life = load_scheme(scheme)
    years = range(life.first_year, life.last_year + 1)
    return [year for year in reversed(years) if is_open(scheme, year, on)]


@transaction.atomic
def open_window(
    *, scheme: str, year: int, days: tuple[date, date], reason: str, acting_user: User, at: datetime
) -> FilingWindow:
    """Set or move the agency's window; `days` are the first and the last, both included."""
    require_staff_role(acting_user, StaffRole.ADMINISTRATEUR)
    load_scheme(scheme).require_year(year)
    if not reason.strip():
        raise Refusal("reason_missing", step="open_window")
    opens_on, closes_on = days
    window, _ = FilingWindow.objects.update_or_create(
        scheme=scheme,
        year=year,
        defaults={
            "opens_on": opens_on,
            "closes_on": closes_on,
            "reason": reason,
            "set_by": acting_user,
            "set_at": at,
        },
    )
    record(
        stream=f"window:{scheme}:{year}",
        action="window.open",
        acting_user=acting_user,
        at=at,
        detail={"opens_on": str(opens_on), "closes_on": str(closes_on), "reason": reason},
    )
    return window
