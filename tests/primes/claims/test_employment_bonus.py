"""PAE 2025 through the same acts as PAF: filed, reviewed, decided, and never twice in one firm."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection

from accounts.formats import CASABLANCA
from accounts.models import StaffRole
from companies.documents.models import ReceivedFile
from companies.firms.models import Certificate, Firm
from companies.workforce.models import Employee, Employment, PayYear
from primes.claims.actions import choose_lines, file_claim, start_claim
from primes.claims.assessing import facts_of, latest_assessments
from primes.claims.facts import LineRequest, gather
from primes.claims.models.claim import Claim
from primes.claims.models.paid_days import PaidDays
from primes.claims.preview import preview
from primes.ledger.models import Convention, Envelope
from primes.payouts.verification import verify
from primes.review.actions import Content, decide_claim, propose_claim, take_claim
from primes.review.batch import review_batch
from primes.review.models import Decision, Outcome
from tests.factories.agency import staff
from tests.factories.claimants import INCOME, firm, people, rib, signataire_of
from tests.factories.claims import released_rules

SCHEME, YEAR = "pae-2025", 2027
"""Hired on 1 September 2025, the stay of eighteen months ends on 28 February 2027."""
AT = datetime(2028, 4, 7, 10, tzinfo=CASABLANCA)
SECOND_INCOME = 36_500_000
BASE = INCOME + SECOND_INCOME * 243 // 365
AMOUNT = int(BASE * Fraction(17, 100) + Fraction(1, 2))

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Firm:
    """Two recruits in post since 2025 whose pay of both years is known; certificates renewed."""
    of = firm()
    employments = people(of, eligible=2)
    source = ReceivedFile.objects.get(firm=of)
    for line, employment in enumerate(employments, start=1):
        PayYear.objects.create(
            employee=employment.employee,
            year=2026,
            taxable_income=SECOND_INCOME,
            source=source,
            line=line,
        )
    Certificate.objects.filter(firm=of).update(valid_until=date(2028, 12, 31))
    return of


def filed(of: Firm, scheme: str = SCHEME) -> Claim:
    released_rules()
    signataire = signataire_of(of)
    claim = start_claim(firm=of, scheme=scheme, year=YEAR, acting_user=signataire, at=AT)
    everybody = Employee.objects.filter(firm=of).values_list("pk", flat=True)
    choose_lines(claim_id=claim.pk, employee_ids=everybody, acting_user=signataire, at=AT)
    return file_claim(claim_id=claim.pk, acting_user=signataire, at=AT)


def decided(claim: Claim) -> Decision:
    instructeur = staff(StaffRole.INSTRUCTEUR)
    convention = Convention.objects.create(
        code="CONV-PAE",
        title="Financement de la prime à l'emploi",
        scheme=SCHEME,
        signed_on=date(2027, 1, 4),
        ends_on=date(2032, 12, 31),
        payer_name="AGENCE DE PAIEMENT",
        payer_rib=rib(9_998),
    )
    Envelope.objects.create(convention=convention, year=AT.year, cap=100_000_000)
    take_claim(claim_id=claim.pk, acting_user=instructeur, at=AT)
    review_batch(limit=50, acting_user=instructeur, at=AT)
    outcome = Content(latest_assessments(claim.pk)).outcome
    asked = {"claim_id": claim.pk, "outcome": outcome, "reason": "Dossier complet.", "at": AT}
    propose_claim(**asked, acting_user=instructeur)
    return decide_claim(**asked, acting_user=staff(StaffRole.DECIDEUR))


def test_both_years_of_pay_make_the_bonus(employer: Firm) -> None:
    told = preview(firm=employer, scheme=SCHEME, year=YEAR, on=AT.date())

    assert [(row.base, row.amount) for row in told.rows] == [(BASE, AMOUNT)] * 2


@pytest.mark.parametrize("year", [2026, 2028])
def test_only_the_year_of_the_eighteenth_month_pays(employer: Firm, year: int) -> None:
    told = preview(firm=employer, scheme=SCHEME, year=year, on=AT.date())

    assert all("stayed_18_months" in row.reasons for row in told.rows)


def test_a_claim_is_decided_for_the_amount_of_the_law(employer: Firm) -> None:
    decision = decided(filed(employer))

    assert (decision.outcome, decision.amount) == (Outcome.APPROVE, 2 * AMOUNT)


def test_what_was_stored_is_what_the_law_was_told(employer: Firm) -> None:
    claim = filed(employer)

    stored = facts_of(latest_assessments(claim.pk))
    assert stored.income.tolist() == [[INCOME, SECOND_INCOME, 0]] * 2
    assert stored.income_known.tolist() == [[True, True, False]] * 2


def test_every_promise_holds_and_the_kept_rules_answer_the_same_again(employer: Firm) -> None:
    decided(filed(employer))

    assert [verdict.promise for verdict in verify() if verdict.breaches] == []


def test_a_bonus_granted_here_is_not_granted_again(employer: Firm) -> None:
    decided(filed(employer))
    employment = Employment.objects.filter(employee__firm=employer).earliest("pk")

    facts = gather([LineRequest(employment.pk, AT.date())], scheme=SCHEME, year=YEAR).facts

    assert (facts.granted_here.tolist(), facts.paid_elsewhere.tolist()) == ([True], [True])


@pytest.mark.parametrize("year", [2025, 2026])
def test_another_funder_of_a_year_that_is_paid_is_looked_at(employer: Firm, year: int) -> None:
    first, second = Employment.objects.filter(employee__firm=employer).order_by("pk")
    PayYear.objects.filter(employee=first.employee, year=year).update(funded_by="Région")
    requests = [LineRequest(employment.pk, AT.date()) for employment in (first, second)]

    facts = gather(requests, scheme=SCHEME, year=YEAR).facts

    assert facts.paid_elsewhere.tolist() == [True, False]


SECOND_BONUS = """
INSERT INTO primes_paiddays (line_id, person_id, family, days, once_in_id, live)
SELECT other.id, p.person_id, p.family, '[2029-01-01,2030-01-01)', p.once_in_id, true
FROM primes_paiddays p JOIN primes_claimline other
  ON other.person_id = p.person_id AND other.id <> p.line_id
"""


def test_the_database_refuses_a_second_bonus_on_other_days_of_the_same_firm(employer: Firm) -> None:
    decided(filed(employer))
    filed(employer, scheme="paf-2025")

    with (
        pytest.raises(IntegrityError, match="bonus_once_a_person_and_firm"),
        connection.cursor() as cursor,
    ):
        cursor.execute(SECOND_BONUS)


def test_days_of_a_bonus_paid_once_name_their_firm(employer: Firm) -> None:
    decided(filed(employer))

    assert set(PaidDays.objects.values_list("once_in", flat=True)) == {employer.pk}


def test_the_training_bonus_of_the_same_days_is_another_family(employer: Firm) -> None:
    decided(filed(employer))
    employment = Employment.objects.filter(employee__firm=employer).earliest("pk")

    facts = gather([LineRequest(employment.pk, AT.date())], scheme="paf-2025", year=2026).facts

    assert (facts.granted_here.tolist(), facts.paid_elsewhere.tolist()) == ([False], [False])
