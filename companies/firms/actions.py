"""What is done to a firm: registered, joined, verified, given papers and a bank account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.models import StaffRole, User
from accounts.public_ids import new_public_id
from accounts.roles import require_staff_role, staff_roles
from accounts.sealing import fingerprint, seal
from accounts.workflow import transition, transition_all
from companies.firms.journal import record_of
from companies.firms.models import (
    BankAccount,
    Certificate,
    Establishment,
    Firm,
    FirmRole,
    Membership,
)
from companies.firms.roles import WRITERS, firm_roles, require_firm_role
from companies.firms.states import BANK_ACCOUNT
from companies.firms.working_days import account_hold, add_working_days
from companies.identifiers import ICE, EmployerNumber, FiscalId, Rib

RIB_DIGITS_SHOWN = 4
VERIFIERS = (StaffRole.INSTRUCTEUR, StaffRole.QUALITE, StaffRole.ADMINISTRATEUR)


@dataclass(frozen=True, slots=True)
class FirmIdentity:
    """`latin_name` is the one banks read; `branch` a code of `Branch`."""

    name: str
    latin_name: str
    ice: ICE
    fiscal_id: FiscalId
    employer_number: EmployerNumber
    branch: str
    started_on: date


def register_firm(*, identity: FirmIdentity, acting_user: User, at: datetime) -> Firm:
    """Raises `Refusal` with the name of the constraint when an identifier is another firm's."""
    if not acting_user.is_active:
        raise Refusal("role_missing", roles=[])
    with named_refusals(), transaction.atomic():
        firm = Firm.objects.create(
            public_id=new_public_id("firm"),
            name=identity.name,
            latin_name=identity.latin_name,
            ice=str(identity.ice),
            fiscal_id=str(identity.fiscal_id),
            employer_number=str(identity.employer_number),
            branch=identity.branch,
            started_on=identity.started_on,
            created_at=at,
        )
        record_of(firm, "firm.register", acting_user, at, ice=firm.ice)
    return firm


def join_firm(
    *, firm: Firm, user: User, role: FirmRole, acting_user: User, at: datetime
) -> Membership:
    """Give a person a role in a firm.

    Only an administrateur of the firm may, or one of the agency; somebody may also name themselves
    administrateur of a firm that has nobody yet.
    """
    with named_refusals(), transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        if not _may_admit(firm, user, role, acting_user):
            raise Refusal("role_missing", roles=[FirmRole.ADMINISTRATEUR.value])
        membership = Membership.objects.create(firm=firm, user=user, role=role, started_at=at)
        record_of(firm, "firm.join", acting_user, at, user=user.pk, role=str(role))
    return membership


def _may_admit(firm: Firm, user: User, role: FirmRole, acting_user: User) -> bool:
    if FirmRole.ADMINISTRATEUR in firm_roles(firm, acting_user):
        return True
    if StaffRole.ADMINISTRATEUR in staff_roles(acting_user):
        return True
    founds = role == FirmRole.ADMINISTRATEUR and user == acting_user and acting_user.is_active
    return founds and not Membership.objects.filter(firm=firm).exists()


def verify_firm(*, firm: Firm, acting_user: User, at: datetime) -> Firm:
    """The agency has compared the firm's identity with its papers."""
    require_staff_role(acting_user, *VERIFIERS)
    with transaction.atomic():
        verified = Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        if verified.verified_at is None:
            verified.verified_at = at
            verified.save(update_fields=["verified_at"])
            record_of(verified, "firm.verify", acting_user, at)
    return verified


def add_establishment(
    *, firm: Firm, name: str, site: str, city: str, acting_user: User, at: datetime
) -> Establishment:
    """`site` is a P2I platform or « hors P2I »."""
    _require_keeper(firm, acting_user)
    with named_refusals(), transaction.atomic():
        establishment = Establishment.objects.create(firm=firm, name=name, site=site, city=city)
        record_of(firm, "firm.add_establishment", acting_user, at, name=name, site=site, city=city)
    return establishment


def add_certificate(  # noqa: PLR0913 - a paper is known by its kind, its number and its two days
    *,
    firm: Firm,
    kind: str,
    number: str,
    valid_from: date,
    valid_until: date,
    acting_user: User,
    at: datetime,
) -> Certificate:
    """`kind` is a code of `Certificate.Kind`; both days are included."""
    _require_keeper(firm, acting_user)
    with named_refusals(), transaction.atomic():
        certificate = Certificate.objects.create(
            firm=firm, kind=kind, number=number, valid_from=valid_from, valid_until=valid_until
        )
        record_of(
            firm,
            "firm.add_certificate",
            acting_user,
            at,
            kind=kind,
            number=number,
            valid_from=valid_from.isoformat(),
            valid_until=valid_until.isoformat(),
        )
    return certificate


def propose_bank_account(
    *, firm: Firm, rib: Rib, holder: str, acting_user: User, at: datetime
) -> BankAccount:
    """An account nobody is paid on until another human confirms it; earlier proposals close."""
    require_firm_role(firm, acting_user, FirmRole.ADMINISTRATEUR)
    with named_refusals(), transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        _close(firm, BankAccount.State.PROPOSED, acting_user=acting_user, at=at)
        account = BankAccount.objects.create(
            firm=firm,
            rib_sealed=seal("rib", str(rib)),
            rib_fingerprint=fingerprint("rib", str(rib)),
            rib_last_digits=str(rib)[-RIB_DIGITS_SHOWN:],
            bank_code=rib.bank_code,
            holder=holder,
            proposed_by=acting_user,
            proposed_at=at,
        )
        record_of(firm, "bank_account.propose", acting_user, at, account=account.pk)
    return account


def confirm_bank_account(*, account_id: int, acting_user: User, at: datetime) -> BankAccount:
    """Make a proposed account the active one, after a few working days; the former one closes.

    Raises `role_missing`, `state_forbids` or `bank_account_active_is_confirmed_by_another`.
    """
    with (
        named_refusals(),
        transition(BANK_ACCOUNT, "confirm", account_id, acting_user=acting_user, at=at) as move,
    ):
        account = move.row
        if account.proposed_by.human_id == acting_user.human_id:
            raise Refusal("bank_account_active_is_confirmed_by_another")
        _close(account.firm, BankAccount.State.ACTIVE, acting_user=acting_user, at=at)
        on = at.astimezone(CASABLANCA).date()
        account.confirmed_by, account.confirmed_at = acting_user, at
        account.usable_from = add_working_days(on, account_hold(on))
        move.detail |= {"account": account.pk, "usable_from": account.usable_from.isoformat()}
    return account


def _close(firm: Firm, state: BankAccount.State, *, acting_user: User, at: datetime) -> None:
    """What another account replaces."""
    replaced = list(firm.bank_accounts.filter(state=state).values_list("pk", flat=True))
    filled = {pk: {"closed_at": at} for pk in replaced}
    transition_all(BANK_ACCOUNT, "close", replaced, acting_user=acting_user, at=at, filled=filled)


def _require_keeper(firm: Firm, acting_user: User) -> None:
    """The firm keeps its own papers; the agency's administrateur may for it."""
    if StaffRole.ADMINISTRATEUR not in staff_roles(acting_user):
        require_firm_role(firm, acting_user, FirmRole.ADMINISTRATEUR, *WRITERS)
