"""What is loaded after a claim was filed: the claim keeps the facts it was filed with."""

from datetime import date

import pytest

from companies.workforce.models import PayYear
from primes.models import Assessment
from tests.factories.claimants import YEAR, firm
from tests.factories.claims import filed_claim
from tests.factories.people import etat, load

pytestmark = pytest.mark.django_db


def test_another_income_and_hire_date_change_nothing_of_a_filed_claim():
    claim = filed_claim(firm(1), eligible=1)
    line = claim.lines.get()
    filed = claim.lines.values().get()
    before = Assessment.objects.filter(line=line).values().get()
    person = f"BE{claim.firm.pk % 1000:03d}001", f"1{claim.firm.pk % 1000:03d}00010"
    said = {"rank": 1, "cin": person[0], "number": person[1], "income": 99}

    load(claim.firm, etat(claim.firm, YEAR, [said | {"hired_on": date(2025, 3, 1)}]))

    assert PayYear.objects.get(employee=line.employee, year=YEAR).taxable_income == 99
    assert Assessment.objects.filter(line=line).values().get() == before
    assert claim.lines.values().get() == filed
