"""The template with the employees known already: only what is missing is left to write."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.sealing import unseal
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.outgoing.template import Person, template_version, template_workbook
from companies.workforce.models import Employee, Employment

EARLIER = "derniere_declaration_meme_employeur"
NO_EARLIER = "aucune"
"""What the people file says where the firm answered that there was no earlier employment."""
CHUNK = 2_000


def export_people(*, firm: Firm, acting_user: User, at: datetime) -> BinaryIO:
    """The filled template, one row a person; raises `role_missing`.

    Numbers of people leave in clear: the journal says who took them.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    with transaction.atomic():
        known = Employee.objects.filter(firm=firm)
        detail = {"people": known.count(), "version": template_version()}
        record_of(firm, "import.export_people", acting_user, at, **detail)
        unanswered = Employment.objects.filter(employee__firm=firm, earlier_declared=False)
        # An empty cell of this column says « aucune »: nobody is to say so by sending a file back.
        without = [EARLIER] if unanswered.exists() else []
        return template_workbook(at=at, people=_people(known), without=without)


def _people(employees: QuerySet[Employee]) -> Iterator[Person]:
    """By name; of several employments the latest is said."""
    by_day = Prefetch("employments", Employment.objects.order_by("hired_on"))
    in_order = employees.order_by("sort_key", "pk").prefetch_related(by_day)
    for employee in in_order.iterator(chunk_size=CHUNK):
        employments = list(employee.employments.all())
        yield _who(employee) | (_hired(employments[-1]) if employments else {})


def _who(employee: Employee) -> dict[str, str | date]:
    return {
        "matricule_cnss": unseal("cnss", employee.cnss_sealed),
        "cin": unseal("cin", employee.cin_sealed),
        "nom": employee.last_name,
        "prenom": employee.first_name,
        # Small letters: nobody said it, the form of a CIN let it be supposed.
        "nationalite": employee.nationality if employee.nationality.isupper() else "",
    }


def _hired(employment: Employment) -> dict[str, str | date]:
    earlier = employment.last_same_employer_on or NO_EARLIER * employment.earlier_declared
    return {
        "date_embauche": employment.hired_on,
        "date_depart": employment.left_on or "",
        "type_contrat": employment.contract,
        "date_contrat_stable": employment.stable_from or "",
        EARLIER: earlier,
    }
