"""An employment on a contract that has an end, and what its firm declares of it."""

from datetime import UTC, date, datetime

from companies.firms.models import Firm
from companies.workforce.circumstances import (
    cancel_event,
    declare_contract_change,
    declare_conversion,
    declare_departure,
    declare_leave,
)
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import Employee, Employment
from tests.factories.claimants import firm, people, signataire_of

HIRED_ON = date(2025, 9, 1)
AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)


def fixed_term(of: Firm | None = None) -> Employment:
    """Hired on a CDD, as a file told; no event yet."""
    employment = people(of or firm(), 1)[0]
    Employment.objects.filter(pk=employment.pk).update(contract="CDD", stable_from=None)
    return Employment.objects.select_related("employee__firm").get(pk=employment.pk)


def rehired(employment: Employment, on: date) -> Employment:
    return Employment.objects.create(employee=employment.employee, hired_on=on)


def convert(employment: Employment, on: date, contract: str = "CDI") -> EmploymentEvent:
    return declare_conversion(on=on, contract=contract, **_act(employment))


def change(employment: Employment, on: date, contract: str) -> EmploymentEvent:
    return declare_contract_change(on=on, contract=contract, **_act(employment))


def leave(employment: Employment, on: date, until: date | None, note: str = "") -> EmploymentEvent:
    return declare_leave(on=on, until=until, note=note, **_act(employment))


def depart(employment: Employment, on: date) -> EmploymentEvent:
    return declare_departure(on=on, **_act(employment))


def cancel(event: EmploymentEvent) -> EmploymentEvent:
    employee = Employee.objects.select_related("firm").get(employments=event.employment_id)
    return cancel_event(event_id=event.pk, acting_user=signataire_of(employee.firm), at=AT)


def standing(employment: Employment) -> tuple[str, date | None, date | None]:
    """Contract, first day of the stable one, last day, as the columns have them."""
    kept = Employment.objects.get(pk=employment.pk)
    return kept.contract, kept.stable_from, kept.left_on


def _act(employment: Employment) -> dict[str, object]:
    user = signataire_of(employment.employee.firm)
    return {"employment_id": employment.pk, "acting_user": user, "at": AT}
