"""What stands before the journey: a firm without a file, the agency, the law, the money."""

from datetime import date, datetime, timedelta

from accounts.models import StaffRole, User
from companies.firms.models import Certificate, Firm, FirmRole
from primes.claims.windows import open_window
from tests.factories.agency import staff
from tests.factories.claimants import firm, member, signataire_of
from tests.factories.claims import SCHEME, open_credits, released_rules
from tests.journeys.payroll import YEAR

PASSWORD = "une-phrase-de-passage-longue"
STAFF = (
    StaffRole.INSTRUCTEUR,
    StaffRole.DECIDEUR,
    StaffRole.PREPARATEUR,
    StaffRole.ORDONNATEUR,
    StaffRole.PAYEUR,
)


def open_the_house(now: datetime) -> Firm:
    """Everything dated so that the firm may file on the day of the test."""
    made = firm()
    released_rules()
    credits_opened = open_credits()
    type(credits_opened).objects.get_or_create(
        convention=credits_opened.convention, year=now.year, defaults={"cap": 100_000_000}
    )
    administrator = staff(StaffRole.ADMINISTRATEUR)
    open_window(
        scheme=SCHEME, year=YEAR, days=(now.date() - timedelta(days=7), now.date()),
        reason="Campagne de l'essai.", acting_user=administrator, at=now,
    )  # fmt: skip
    Certificate.objects.filter(firm=made).update(valid_until=date(now.year + 1, 12, 31))
    people = [signataire_of(made), member(made, FirmRole.REDACTEUR, "redacteur")]
    for user in [*people, *(staff(role) for role in STAFF)]:
        _give_password(user)
    return made


def _give_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
