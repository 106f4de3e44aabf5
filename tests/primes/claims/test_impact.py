"""The impact of the running rules on filed claims."""

import numpy as np
import pytest

from accounts.errors import Refusal
from primes.claims.actions import withdraw_claim
from primes.claims.assessing import facts_of
from primes.claims.gains import BY_BRANCH, BY_YEAR
from primes.claims.impact import facts_of_group, groups, impact_of_running_rules, read_group
from primes.claims.models.assessment import Assessment
from tests.factories.claimants import firm, signataire_of
from tests.factories.claims import AT, decided_claim, filed_claim, reviewed_claim
from tests.factories.releases import answered_before

pytestmark = pytest.mark.django_db
AMOUNT = 421_752
"""3,5 % of 120 500,50 DH, half up."""


def test_the_columns_read_are_the_facts_of_the_latest_assessments():
    reviewed_claim(filed_claim(eligible=2, ineligible=1))
    latest = Assessment.objects.latest_of_each_line()
    (group,) = groups()

    read = facts_of_group(group, read_group(group)).columns()

    assert (group.scheme, group.year, group.years, group.items) == ("paf-2025", 2025, 1, 0)
    for name, column in facts_of(list(latest)).columns().items():
        assert np.array_equal(read[name], column), name


def test_trainings_stored_with_their_lines_are_read_with_their_lines():
    filed_claim(eligible=3)
    items = ("first_day", "last_day", "notified_on", "minutes", "cost", "invoice")
    answered_before(", ".join(f"item_{name} = ARRAY[line_id, 7]" for name in items))
    (group,) = groups()

    facts = facts_of_group(group, read_group(group))

    assert facts.item_line.tolist() == [0, 0, 1, 1, 2, 2]
    assert facts.item_cost.tolist()[1::2] == [7, 7, 7]


def test_the_same_rules_change_nothing():
    filed_claim(eligible=2, ineligible=1)

    whole = impact_of_running_rules().whole

    assert (whole.people_gained, whole.people_lost, whole.people_unchanged) == (0, 0, 3)
    assert (whole.before, whole.after, whole.difference) == (2 * AMOUNT, 2 * AMOUNT, 0)


def test_a_changed_rate_gives_exact_figures_by_stage_and_branch():
    decided_claim(filed_claim(firm(1), eligible=2, ineligible=1))
    filed_claim(firm(2), eligible=3)
    answered_before("amount = amount + 1000 WHERE eligible")

    impact = impact_of_running_rules()

    assert [
        (f.stage, f.branch, f.people_lost, f.people_unchanged, f.firms_lost, f.before, f.lost)
        for f in impact.at(BY_BRANCH)
    ] == [
        ("decided", "ITO", 2, 1, 1, 2 * (AMOUNT + 1000), 2000),
        ("open", "ITO", 3, 0, 1, 3 * (AMOUNT + 1000), 3000),
    ]
    assert [(f.stage, f.scheme, f.year, f.difference) for f in impact.at(BY_YEAR)] == [
        ("decided", "paf-2025", 2025, -2000),
        ("open", "paf-2025", 2025, -3000),
    ]


def test_people_whom_the_earlier_rules_refused_are_newly_eligible():
    filed_claim(eligible=2, ineligible=1)
    answered_before("eligible = false, failed = 1, amount = 0 WHERE eligible")

    whole = impact_of_running_rules().whole

    assert (whole.people_newly_eligible, whole.people_no_longer_eligible) == (2, 0)
    assert (whole.gained, whole.people_gained, whole.people_unchanged) == (2 * AMOUNT, 2, 1)


def test_only_the_latest_answer_of_a_line_is_compared():
    reviewed_claim(filed_claim(eligible=2))
    answered_before("amount = 1 WHERE purpose = 'filing' AND eligible")

    assert impact_of_running_rules().whole.before == 2 * AMOUNT


def test_a_withdrawn_claim_is_not_counted():
    claim = filed_claim()
    withdraw_claim(
        claim_id=claim.pk, reason="Erreur.", acting_user=signataire_of(claim.firm), at=AT
    )

    assert impact_of_running_rules().figures == (impact_of_running_rules().whole,)


def test_a_claim_that_the_rules_no_longer_answer_is_named():
    filed_claim()
    answered_before("year = 1999")

    with pytest.raises(Refusal, match="impact_not_computed"):
        impact_of_running_rules()
