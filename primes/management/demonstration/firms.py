"""A firm of the sector enters: registered, verified, with its papers, its account, its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from companies.firms.actions import (
    FirmIdentity,
    add_certificate,
    add_establishment,
    confirm_bank_account,
    join_firm,
    propose_bank_account,
    register_firm,
    verify_firm,
)
from companies.firms.models import Certificate, FirmRole
from companies.firms.models import Firm as FirmRow
from companies.identifiers import Rib
from companies.workforce.models import Employment
from primes.management.demonstration import sector
from primes.management.demonstration.accounts import people_of
from primes.management.demonstration.moments import Calendar, Moment
from primes.management.demonstration.parts import CITIES, OUTSIDE, Part

PAPERS_VALID_FOR = timedelta(days=365)
LAPSED_ON = (9, 30)
EVE = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Entered:
    """A firm in the database, its part in the story, and the people who act for it.

    `keeper` looks after the account, `writer` loads and declares, `signatory` files.
    """

    row: FirmRow
    rank: int
    part: Part
    keeper: User
    writer: User
    signatory: User

    def recruits(self, year: int) -> QuerySet[Employment]:
        """Hired since the scheme began, or on its eve, and employed in the year."""
        return Employment.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=date(year, 1, 1)),
            employee__firm=self.row,
            hired_on__gte=EVE,
        ).order_by("employee_id")


def enter(plan: sector.Firm, calendar: Calendar, users: Mapping[str, User]) -> Entered:
    """Register the firm; its administrateur founds it and lets the others in."""
    at = calendar.at(Moment.FIRMS)
    people = {FirmRole(each.role): users[each.name] for each in people_of(plan.rank)}
    keeper, signatory = people[FirmRole.ADMINISTRATEUR], people[FirmRole.SIGNATAIRE]
    row = register_firm(identity=_identity(plan), acting_user=keeper, at=at)
    for role, user in people.items():
        join_firm(firm=row, user=user, role=role, acting_user=keeper, at=at)
    writer = people.get(FirmRole.REDACTEUR, signatory)
    firm = Entered(row, plan.rank, plan.part, keeper, writer, signatory)
    _add_papers(firm, calendar)
    if plan.account:
        _add_account(firm, plan.account, calendar, users["qualite"])
    verify_firm(firm=row, acting_user=users["instructeur"], at=at)
    return firm


def _identity(plan: sector.Firm) -> FirmIdentity:
    return FirmIdentity(
        name=plan.name,
        latin_name=plan.latin_name,
        ice=plan.identifier,
        fiscal_id=plan.fiscal_id,
        employer_number=plan.employer_number,
        branch=plan.part.branch,
        started_on=plan.started_on,
    )


def _add_papers(firm: Entered, calendar: Calendar) -> None:
    at, part = calendar.at(Moment.FIRMS), firm.part
    add_establishment(
        firm=firm.row,
        name="Siège",
        site=part.site,
        city=CITIES[part.site],
        acting_user=firm.keeper,
        at=at,
    )
    kind = Certificate.Kind.COMMITTEE if part.site == OUTSIDE else Certificate.Kind.P2I
    new_year = date(calendar.year, 1, 1)
    end = date(calendar.year, *LAPSED_ON) if part.lapsed else date(calendar.on.year, 12, 31)
    papers = {
        kind: (new_year, end),
        Certificate.Kind.CNSS: (at.date(), calendar.on + PAPERS_VALID_FOR),
        Certificate.Kind.TAX: (at.date(), calendar.on + PAPERS_VALID_FOR),
    }
    for paper, (valid_from, valid_until) in papers.items():
        add_certificate(
            firm=firm.row,
            kind=paper,
            number=f"{paper.upper()}-{calendar.year}-{firm.rank:04}",
            valid_from=valid_from,
            valid_until=valid_until,
            acting_user=firm.keeper,
            at=at,
        )


def _add_account(firm: Entered, rib: Rib, calendar: Calendar, checker: User) -> None:
    account = propose_bank_account(
        firm=firm.row,
        rib=rib,
        holder=firm.row.latin_name,
        acting_user=firm.keeper,
        at=calendar.at(Moment.FIRMS),
    )
    confirm_bank_account(
        account_id=account.pk, acting_user=checker, at=calendar.at(Moment.ACCOUNT_CONFIRMED)
    )
