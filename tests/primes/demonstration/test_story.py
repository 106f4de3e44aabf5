"""Where the demonstration leaves each firm, and that all the promises hold on it."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from accounts.models import StaffAssignment, StaffRole, User
from companies.firms.models import BankAccount, Firm, FirmRole, Membership
from companies.workforce.completion import incomplete_employments
from companies.workforce.models import Employment
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.claims.models.duty import Duty
from primes.claims.preview import preview
from primes.claims.windows import is_open
from primes.ledger.balances import balances
from primes.ledger.models import Envelope
from primes.management.demonstration.accounts import PASSWORD
from primes.payouts.models import Payment, PaymentRun
from primes.payouts.preparation import prepare_run
from primes.review.models import Check, Decision, ReviewItem

SCHEME = "paf-2025"
FIRST = "999000001000075"

pytestmark = pytest.mark.usefixtures("demonstration_database")


def _year() -> int:
    return Claim.objects.values_list("year", flat=True).distinct().get()


def _states() -> dict[str, int]:
    return dict(Claim.objects.values_list("state").annotate(Count("pk")).order_by())


def test_claims_stand_at_every_stage():
    assert _states() == {
        "submitted": 2,
        "in_review": 2,
        "proposed": 1,
        "approved": 3,
        "partly_approved": 2,
        "rejected": 1,
    }


def test_every_promise_holds(capsys):
    call_command("verify")

    assert "Tout concorde." in capsys.readouterr().out


def test_today_is_a_day_of_filing():
    assert is_open(SCHEME, _year(), timezone.localdate())


def test_the_first_firm_is_ready_to_file_and_has_a_few_people_to_complete():
    firm = Firm.objects.get(ice=FIRST)
    seen = preview(firm=firm, scheme=SCHEME, year=_year(), on=timezone.localdate())

    assert not firm.claims.exists()
    assert incomplete_employments(firm).count() == 4
    assert seen.eligible_count > 20
    assert seen.total > 0


def test_the_first_firm_shows_every_reason_about_a_person():
    firm = Firm.objects.get(ice=FIRST)
    seen = preview(firm=firm, scheme=SCHEME, year=_year(), on=timezone.localdate())

    reasons = {reason for row in seen.rows for reason in row.reasons}
    warnings = {warning for row in seen.rows for warning in row.warnings}

    assert reasons == {
        "nationality_moroccan",
        "hired_in_period",
        "new_recruit",
        "stable_contract",
        "within_bonus_window",
        "declared_to_cnss",
        "income_positive",
        "trained_in_year",
        "not_funded_elsewhere",
    }
    assert {"income_gap", "salary_outside_employment"} <= warnings


def test_in_one_firm_every_recruit_is_entitled():
    firm = Firm.objects.get(ice="999000002000048")
    recruits = Employment.objects.filter(employee__firm=firm, hired_on__gte=date(2025, 7, 1))

    lines = Assessment.objects.filter(line__claim__firm=firm)

    assert lines.count() == recruits.count() > 0
    assert all(line.eligible for line in lines)


def test_claims_just_filed_wait_for_the_batch_review():
    waiting = Claim.objects.filter(state="submitted")

    assert not ReviewItem.objects.filter(claim__in=waiting, state="done").exists()
    assert not Assessment.objects.filter(line__claim__in=waiting, purpose="review").exists()


def test_one_claim_is_held_by_a_check():
    held = Check.objects.get(line__isnull=True, result=Check.Result.FAIL)

    assert (held.code, held.claim.state) == ("account_usable", "in_review")
    assert not BankAccount.objects.filter(firm=held.claim.firm).exists()


def test_a_refusal_comes_from_a_certificate_that_lapsed():
    decision = Decision.objects.get(outcome="refuse")

    assert all("certificate_valid" in line.assessment.reasons for line in decision.lines.all())


def test_decisions_in_part_leave_somebody_paid_elsewhere_out():
    left_out = Assessment.objects.filter(decision_lines__granted=False).select_related("rule_set")

    assert any("not_funded_elsewhere" in each.reasons for each in left_out)


def test_one_run_is_settled_and_one_waits_for_its_first_signature():
    runs = {run.state: run for run in PaymentRun.objects.all()}

    assert set(runs) == {"settled", "prepared"}
    assert set(runs["settled"].payments.values_list("state", "return_code")) == {
        ("paid", ""),
        ("returned", "AC04"),
    }
    assert set(runs["prepared"].payments.values_list("state", flat=True)) == {"pending"}


def test_what_the_bank_returned_is_due_again():
    returned = Payment.objects.get(state="returned")
    preparateur = User.objects.get(email="preparateur@primes.test")

    again = prepare_run(scheme=SCHEME, acting_user=preparateur, at=timezone.now())

    assert again.total == returned.amount


def test_the_envelope_holds_what_was_decided():
    decided = sum(Decision.objects.values_list("amount", flat=True))
    paid = sum(Payment.objects.filter(state="paid").values_list("amount", flat=True))
    envelopes = Envelope.objects.all()

    standing = [balances(envelope.pk, envelope.cap) for envelope in envelopes]

    assert sum(envelope.reserved for envelope in envelopes) == decided
    assert sum(each["paid"] for each in standing) == paid > 0


def test_people_who_stand_on_a_paid_claim_are_all_different():
    for claim in Claim.objects.filter(firm__payments__state="paid"):
        duties = Duty.objects.filter(claim=claim).values_list("kind", "human")

        assert {kind for kind, _ in duties} == {str(kind) for kind in Duty.Kind}
        assert len({human for _, human in duties}) == len(duties)


def test_the_accounts_of_the_demonstration_open():
    for role in (*StaffRole, *FirmRole):
        name = role.removeprefix("firm_")
        email = "admin@primes.test" if role is StaffRole.ADMINISTRATEUR else f"{name}@primes.test"
        user = authenticate(username=email, password=PASSWORD)

        assert user is not None, email
        assert user.is_demonstration


def test_each_member_of_the_agency_holds_the_role_of_its_name():
    held = StaffAssignment.objects.in_force().values_list("user__email", "role")

    assert dict(held) == {
        f"{role}@primes.test": role for role in StaffRole if role != "administrateur"
    } | {
        "admin@primes.test": "administrateur",
        "admin2@primes.test": "administrateur",
    }


def test_the_first_firm_has_one_person_a_role():
    held = Membership.objects.filter(firm__ice=FIRST).values_list("user__email", "role")

    assert dict(held) == {f"{role.removeprefix('firm_')}@primes.test": role for role in FirmRole}
