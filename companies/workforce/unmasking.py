"""The identifiers of one person in clear: shown once, for a reason, and told to the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole, User
from accounts.roles import staff_roles
from accounts.sealing import unseal
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employee

ACTION = "employee.unmask"
UNMASKED_MAX = 60
"""People that one account may unmask in an hour."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Empty where the number is not known."""

    cin: str
    cnss_number: str

    def __repr__(self) -> str:
        """Neither of them in a log or a trace."""
        return "Identifiers(…)"


def unmask_identifiers(
    *, employee_id: int, reason: str, acting_user: User, at: datetime
) -> Identifiers:
    """For those who write for the firm, and for the agency's instructeurs.

    The journal tells who, when, why and about whom, by the employee's key and never by a number.
    Raises `role_missing`, `reason_missing` or `unmasked_too_many`.
    """
    with transaction.atomic():
        # Two requests of one account wait for one another, so that the count is true.
        User.objects.select_for_update(no_key=True).get(pk=acting_user.pk)
        employee = Employee.objects.select_related("firm").get(pk=employee_id)
        _require_right(employee.firm, acting_user)
        if not reason.strip():
            raise Refusal("reason_missing", step="unmask")
        recent = JournalEntry.objects.filter(actor=acting_user, action=ACTION, at__gt=at - HOUR)
        if recent.count() >= UNMASKED_MAX:
            raise Refusal("unmasked_too_many", limit=UNMASKED_MAX)
        told = {"employee": employee.pk, "reason": reason.strip()}
        record_of(employee.firm, ACTION, acting_user, at, **told)
    return Identifiers(unseal("cin", employee.cin_sealed), unseal("cnss", employee.cnss_sealed))


def _require_right(firm: Firm, acting_user: User) -> None:
    if StaffRole.INSTRUCTEUR not in staff_roles(acting_user):
        require_firm_role(firm, acting_user, *WRITERS)
