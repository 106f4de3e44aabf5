"""The people of the demonstration and their accounts: invented, and refused in production."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actions import grant_staff_role
from accounts.journal import record
from accounts.models import Human, StaffAssignment, StaffRole, User
from companies.firms.models import FirmRole

PASSWORD = "primes-demo"  # noqa: S105 -- invented, printed, refused in production
DOMAIN = "primes.test"


class DemonstrationRefusedError(Exception):
    """Demonstration accounts have a password everybody knows."""

    code = "demonstration-refused"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    full_name: str
    role: StaffRole | FirmRole
    is_superuser: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"

    @property
    def is_staff(self) -> bool:
        return isinstance(self.role, StaffRole)


FIRST_ADMINISTRATOR = Account(
    "admin", "Hakima Ouazzani", StaffRole.ADMINISTRATEUR, is_superuser=True
)
STAFF = (
    Account("admin2", "Driss Benkirane", StaffRole.ADMINISTRATEUR),
    Account("instructeur", "Samira Tahiri", StaffRole.INSTRUCTEUR),
    Account("decideur", "Khalid Bennis", StaffRole.DECIDEUR),
    Account("qualite", "Nora Filali", StaffRole.QUALITE),
    Account("preparateur", "Youssef Mrabet", StaffRole.PREPARATEUR),
    Account("ordonnateur", "Leila Skalli", StaffRole.ORDONNATEUR),
    Account("payeur", "Omar Chraibi", StaffRole.PAYEUR),
    Account("auditeur", "Mounia Sefrioui", StaffRole.AUDITEUR),
    Account("direction", "Rachid Lahlou", StaffRole.DIRECTION),
)
FIRST_FIRM = (
    Account("administrateur", "Imane Kettani", FirmRole.ADMINISTRATEUR),
    Account("redacteur", "Anas Belghiti", FirmRole.REDACTEUR),
    Account("signataire", "Meryem Alami", FirmRole.SIGNATAIRE),
    Account("lecteur", "Saad Zniber", FirmRole.LECTEUR),
)


def people_of(rank: int) -> tuple[Account, ...]:
    """The first firm has one person a role; the others one who keeps the account, one who signs."""
    if rank == 1:
        return FIRST_FIRM
    return (
        Account(f"administrateur-{rank:02}", f"Administrateur {rank:02}", FirmRole.ADMINISTRATEUR),
        Account(f"signataire-{rank:02}", f"Signataire {rank:02}", FirmRole.SIGNATAIRE),
    )


def open_accounts(firm_count: int, at: datetime) -> dict[str, User]:
    """Every account of the demonstration by its name, the agency's with their roles.

    The accounts are written here because their password is known to everybody and would be refused
    to anybody else; roles are given by the ordinary action, but for the first administrator's, whom
    nobody was there to name.
    """
    if settings.PRODUCTION:
        raise DemonstrationRefusedError
    firm_people = [person for rank in range(1, firm_count + 1) for person in people_of(rank)]
    users = _write([FIRST_ADMINISTRATOR, *STAFF, *firm_people], at)
    first = users[FIRST_ADMINISTRATOR.name]
    StaffAssignment.objects.create(user=first, role=FIRST_ADMINISTRATOR.role, granted_at=at)
    record(
        stream="demonstration",
        action="demonstration.accounts",
        acting_user=first,
        at=at,
        detail={"accounts": len(users)},
    )
    for person in STAFF:
        grant_staff_role(
            user_id=users[person.name].pk,
            role=StaffRole(person.role),
            acting_user=first,
            at=at,
        )
    return users


def _write(people: Sequence[Account], at: datetime) -> dict[str, User]:
    """A human for each; the password is hashed once, because hashing is slow on purpose."""
    password = make_password(PASSWORD)
    humans = Human.objects.bulk_create(Human(created_at=at) for _ in people)
    users = User.objects.bulk_create(
        User(
            email=person.email,
            full_name=person.full_name,
            human=human,
            password=password,
            is_staff=person.is_staff,
            is_superuser=person.is_superuser,
            is_demonstration=True,
            joined_at=at,
        )
        for person, human in zip(people, humans, strict=True)
    )
    return {person.name: user for person, user in zip(people, users, strict=True)}
