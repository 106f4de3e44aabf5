"""Firms whose people are entitled, written as the rows that imports and forms leave behind."""

import hashlib
from datetime import UTC, date, datetime

from accounts.models import User
from accounts.sealing import fingerprint, seal
from companies.documents.models import ReceivedFile
from companies.firms.actions import propose_bank_account
from companies.firms.models import BankAccount, Branch, Certificate, Firm, FirmRole, Membership
from companies.identifiers import Rib, cnss_check_digit
from companies.workforce.models import Employee, Employment, PayYear, Person
from tests.factories.agency import account
from trainings.programmes.models import Programme
from trainings.providers.models import Provider, ProviderKind
from trainings.sessions.models import Attendance, Session

YEAR = 2025
BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When all of this was written: before any claim."""
INCOME = 12_050_050
"""Yearly gross taxable income of everybody, in centimes; the bonus is 3,5 % of it."""


def rib(rank: int) -> str:
    """A right RIB of an invented account."""
    body = f"230780{rank:016d}"
    return f"{body}{97 - int(f'{body}00') % 97:02}"


def firm(rank: int = 1) -> Firm:
    """A verified firm with its certificates, its signataire and an account that can be paid."""
    known = Firm.objects.filter(public_id=f"frm_{rank}").first()
    if known is not None:
        return known
    body, number = f"{999_000_000 + rank:09d}0000", 700_000 + rank
    made = Firm.objects.create(
        public_id=f"frm_{rank}",
        name=f"Entreprise {rank}",
        latin_name=f"ENTREPRISE {rank}",
        ice=f"{body}{97 - int(f'{body}00') % 97:02}",
        fiscal_id=f"{5_000_000 + rank}",
        employer_number=f"{number}{cnss_check_digit(number * 10, 6)}",
        branch=Branch.ITO,
        started_on=date(2020, 1, 1),
        verified_at=BEFORE,
        created_at=BEFORE,
    )
    for kind in Certificate.Kind:
        Certificate.objects.create(
            firm=made,
            kind=kind,
            number=f"{kind}-{rank}",
            valid_from=date(2025, 1, 1),
            valid_until=date(2026, 12, 31),
        )
    signataire_of(made)
    bank_account(made, rank)
    return made


def member(of: Firm, role: FirmRole, name: str) -> User:
    user = account(name)
    Membership.objects.get_or_create(user=user, firm=of, role=role, defaults={"started_at": BEFORE})
    return user


def signataire_of(of: Firm) -> User:
    return member(of, FirmRole.SIGNATAIRE, f"signataire-{of.public_id}")


def bank_account(of: Firm, rank: int) -> BankAccount:
    """The firm's active account; nobody of the agency stood on it."""
    number = rib(rank)
    made = BankAccount.objects.create(
        firm=of,
        rib_sealed=seal("rib", number),
        rib_fingerprint=fingerprint("rib", number),
        rib_last_digits=number[-4:],
        bank_code=number[:3],
        holder=of.latin_name,
        proposed_by=account(f"proposes-account-{of.public_id}"),
        proposed_at=BEFORE,
    )
    made.state = BankAccount.State.ACTIVE
    made.confirmed_by = account(f"confirms-account-{of.public_id}")
    made.confirmed_at = BEFORE
    made.usable_from = date(2026, 1, 12)
    made.save()
    return made


def another_account(of: Firm, proposer: str = "propose-encore") -> BankAccount:
    """Proposed to replace the active one; nobody confirmed it yet."""
    return propose_bank_account(
        firm=of,
        rib=Rib.parse(rib(77)),
        holder="SOCIÉTÉ 77",
        acting_user=member(of, FirmRole.ADMINISTRATEUR, proposer),
        at=BEFORE,
    )


def people(of: Firm, eligible: int, ineligible: int = 0) -> list[Employment]:
    """Hired on 1 September 2025 and trained; the ineligible ones are of another nationality."""
    source = _payroll(of)
    session = _session(of)
    first = Employee.objects.filter(firm=of).count() + 1
    return [
        _employment(of, rank, "MA" if rank < first + eligible else "FR", source, session)
        for rank in range(first, first + eligible + ineligible)
    ]


def _payroll(of: Firm) -> ReceivedFile:
    content = f"<TraitementEtSalaire firm='{of.pk}'/>".encode()
    source, _ = ReceivedFile.objects.get_or_create(
        firm=of,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "kind": ReceivedFile.Kind.ETAT_9421,
            "name": f"etat9421_{YEAR}.xml",
            "size": len(content),
            "content": content,
            "received_at": BEFORE,
            "received_by": signataire_of(of),
        },
    )
    return source


def _session(of: Firm) -> Session:
    provider, _ = Provider.objects.get_or_create(
        firm=of,
        kind=ProviderKind.INTERNAL,
        defaults={
            "public_id": f"prv_{of.pk}",
            "name": of.name,
            "declared_by": signataire_of(of),
            "declared_at": BEFORE,
        },
    )
    programme, _ = Programme.objects.get_or_create(
        firm=of,
        public_id=f"prg_{of.pk}",
        defaults={
            "title": "Accueil client",
            "domain": "Relation client",
            "provider": provider,
            "declared_by": signataire_of(of),
            "declared_at": BEFORE,
        },
    )
    session, _ = Session.objects.get_or_create(
        programme=programme,
        starts_on=date(YEAR, 10, 6),
        ends_on=date(YEAR, 10, 7),
        defaults={"minutes": 840, "cost": 500_000},
    )
    return session


def _employment(
    of: Firm, rank: int, nationality: str, source: ReceivedFile, session: Session
) -> Employment:
    cin, cnss = f"BE{of.pk % 1000:03d}{rank:03d}", f"1{of.pk % 1000:03d}{rank:04d}0"
    person = Person.objects.create(
        cin_fingerprint=fingerprint("cin", cin), cnss_fingerprint=fingerprint("cnss", cnss)
    )
    employee = Employee.objects.create(
        firm=of,
        person=person,
        last_name=f"Salarié {rank:03d}",
        sort_key=f"salarie {rank:03d}",
        cin_sealed=seal("cin", cin),
        cnss_sealed=seal("cnss", cnss),
        cin_last=cin[-3:],
        cnss_last=cnss[-3:],
        has_cnss_number=True,
        nationality=nationality,
    )
    PayYear.objects.create(
        employee=employee, year=YEAR, taxable_income=INCOME, source=source, line=rank
    )
    Attendance.objects.create(session=session, employee=employee, minutes=840)
    return Employment.objects.create(
        employee=employee,
        hired_on=date(YEAR, 9, 1),
        contract="CDI",
        stable_from=date(YEAR, 9, 1),
        earlier_declared=True,
        hired_source=source,
        hired_line=rank,
    )
