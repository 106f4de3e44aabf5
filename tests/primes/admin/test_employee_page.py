"""The agency's page of a person: the calendar, and the aids of every firm."""

import pytest
from django.urls import reverse

from accounts.models import StaffRole
from companies.workforce.models import Employee
from tests.factories.agency import staff
from tests.factories.browsers import signed_in
from tests.factories.claimants import firm, people
from tests.factories.claims import filed_claim

pytestmark = pytest.mark.django_db


def page_of(employee: Employee, role: StaffRole) -> str:
    address = reverse("admin:companies_employee_change", args=[employee.pk])
    return signed_in(staff(role)).get(address).content.decode()


def test_the_agency_sees_the_aids_of_every_firm_for_one_person() -> None:
    here = people(firm(1), 1)[0].employee
    people(firm(2), 1)
    Employee.objects.filter(firm=firm(2)).update(person=here.person)
    filed_claim(firm(1))
    filed_claim(firm(2))

    page = page_of(here, StaffRole.INSTRUCTEUR)

    assert "Prime à la formation (PAF 2025)" in page
    assert "Ensemble des aides pour cette personne" in page
    assert "Entreprise 2" in page
    assert "/espace/" not in page


def test_somebody_without_an_employment_still_has_a_page() -> None:
    employee = people(firm(1), 1)[0].employee
    employee.employments.all().delete()

    assert "Aucune demande" in page_of(employee, StaffRole.AUDITEUR)
