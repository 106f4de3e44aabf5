"""What happened to the sector, by the real actions and by the people whose duty each act is."""

from collections.abc import Callable, Mapping, Sequence

from django.db import connection, transaction

from accounts.models import User
from companies.imports.actions import load_files
from primes.management.demonstration.accounts import open_accounts
from primes.management.demonstration.agency import prepare_agency
from primes.management.demonstration.claims import (
    Filed,
    decide_claims,
    file_claims,
    propose_claims,
    review_claims,
    take_claims,
)
from primes.management.demonstration.courses import hold_courses
from primes.management.demonstration.files import NamedFile, files_of
from primes.management.demonstration.firms import Entered, enter
from primes.management.demonstration.moments import Calendar, Moment
from primes.management.demonstration.parts import Stage
from primes.management.demonstration.payments import answer_by_bank, prepare, sign_and_export
from primes.management.demonstration.sector import Firm, Sector

Keep = Callable[[Firm, Sequence[NamedFile]], None]
"""Told of the files of each firm as they are made."""


@transaction.atomic
def tell(sector: Sector, calendar: Calendar, keep: Keep) -> None:
    """All of it or nothing, so that an interrupted demonstration leaves no half of one."""
    users = open_accounts(sector.firm_count, calendar.at(Moment.ACCOUNTS))
    prepare_agency(sector.people_count, calendar, admin=users["admin"], admin2=users["admin2"])
    firms = [_settle(plan, calendar, users, keep) for plan in sector.firms()]
    _claims_and_money(firms, calendar, users)


def _settle(plan: Firm, calendar: Calendar, users: Mapping[str, User], keep: Keep) -> Entered:
    """A firm with its people, loaded from the files it would have sent."""
    firm = enter(plan, calendar, users)
    files = files_of(plan, calendar.year)
    keep(plan, files)
    load_files(firm=firm.row, files=files, acting_user=firm.writer, at=calendar.at(Moment.FILES))
    hold_courses(firm, plan.staff, calendar)
    # Foreign keys are checked at the end of a transaction: firm by firm, rather than all at once.
    connection.check_constraints()
    return firm


def _claims_and_money(
    firms: Sequence[Entered], calendar: Calendar, users: Mapping[str, User]
) -> None:
    """In the order of time: a first wave is paid, a second decided, a third reviewed, a last one
    waits.
    """
    instructeur, decideur = users["instructeur"], users["decideur"]
    first = file_claims(_of(firms, Stage.ANSWERED), calendar, Moment.FIRST_FILED)
    take_claims(first, calendar, Moment.FIRST_TAKEN, instructeur)
    review_claims(first, calendar, Moment.FIRST_REVIEWED)
    second = file_claims(_of(firms, Stage.DECIDED, Stage.IN_RUN), calendar, Moment.SECOND_FILED)
    propose_claims(first, calendar, Moment.FIRST_PROPOSED, instructeur)
    decide_claims(first, calendar, Moment.FIRST_DECIDED, decideur)
    # After the first decisions, so that people paid elsewhere are seen.
    take_claims(second, calendar, Moment.SECOND_TAKEN, instructeur)
    review_claims(second, calendar, Moment.SECOND_REVIEWED)
    propose_claims(second, calendar, Moment.SECOND_PROPOSED, instructeur)
    first_run = prepare(calendar, Moment.FIRST_RUN_PREPARED, users)
    payout = sign_and_export(first_run, calendar, users)
    decide_claims(second, calendar, Moment.SECOND_DECIDED, decideur)
    # Before the bank answers, so that what it returns is not in this run.
    prepare(calendar, Moment.SECOND_RUN_PREPARED, users)
    answer_by_bank(payout, calendar, users)
    _unfinished(firms, calendar, instructeur)


def _unfinished(firms: Sequence[Entered], calendar: Calendar, instructeur: User) -> None:
    """What is left for the visitor to do."""
    third = file_claims(_of(firms, Stage.REVIEWED, Stage.PROPOSED), calendar, Moment.THIRD_FILED)
    take_claims(third, calendar, Moment.THIRD_TAKEN, instructeur)
    review_claims(third, calendar, Moment.THIRD_REVIEWED)
    proposed: list[Filed] = [each for each in third if each.firm.part.stage is Stage.PROPOSED]
    propose_claims(proposed, calendar, Moment.THIRD_PROPOSED, instructeur)
    file_claims(_of(firms, Stage.FILED), calendar, Moment.LAST_FILED)


def _of(firms: Sequence[Entered], *stages: Stage) -> list[Entered]:
    return [firm for firm in firms if firm.part.stage in stages]
