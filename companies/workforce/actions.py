"""What the firm declares of an employment that its files cannot say."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import ContractKind, Employment

COUNTRY_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class DeclaredFacts:
    """`stable_from` None: the hire date, when the contract is stable.

    `last_same_employer_on` None is an answer: « aucune ». `nationality` is a country code of two
    capitals.
    """

    contract: str
    stable_from: date | None
    last_same_employer_on: date | None
    nationality: str


def declare_employment(
    *, employment_id: int, facts: DeclaredFacts, acting_user: User, at: datetime
) -> Employment:
    """Write the answers, and keep them as an event: answers given before stay readable.

    Raises `role_missing`, `contract_unknown` or `nationality_unknown`.
    """
    _check(facts)
    with named_refusals(), transaction.atomic():
        employment = (
            Employment.objects.select_for_update(of=("self", "employee"), no_key=True)
            .select_related("employee__firm")
            .get(pk=employment_id)
        )
        employee = employment.employee
        require_firm_role(employee.firm, acting_user, *WRITERS)
        employment.contract = facts.contract
        employment.stable_from = facts.stable_from
        employment.earlier_declared = True
        employment.last_same_employer_on = facts.last_same_employer_on
        employment.declared_by = acting_user
        employment.declared_at = at
        employment.save()
        employee.nationality = facts.nationality
        employee.save(update_fields=["nationality"])
        _keep(employment, acting_user, at)
        record_of(
            employee.firm,
            "employment.declare",
            acting_user,
            at,
            employment=employment.pk,
            contract=facts.contract,
            stable_from=str(facts.stable_from or ""),
            last_same_employer_on=str(facts.last_same_employer_on or ""),
            nationality=facts.nationality,
        )
    return employment


def _keep(employment: Employment, acting_user: User, at: datetime) -> None:
    """The answers as an event; its note is the last day of the earlier employment, if any."""
    earlier = employment.last_same_employer_on
    EmploymentEvent.objects.create(
        employment=employment,
        kind=EmploymentEvent.Kind.ANSWERS,
        on=employment.stable_from or employment.hired_on,
        contract=employment.contract,
        note=earlier.isoformat() if earlier else "",
        declared_by=acting_user,
        declared_at=at,
    )


def _check(facts: DeclaredFacts) -> None:
    if facts.contract not in ContractKind.values:
        raise Refusal("contract_unknown", found=facts.contract, expected=list(ContractKind.values))
    if not COUNTRY_CODE.fullmatch(facts.nationality):
        raise Refusal("nationality_unknown", found=facts.nationality)
