"""Role × button, generated from the tables: a page offers what the workflow opens, no more."""

from collections.abc import Callable

import pytest
from django.db.models import Model

from accounts.models import StaffRole
from accounts.workflow import Workflow
from primes.admin.claims import ClaimAdmin
from primes.admin.rules import RuleSetAdmin
from primes.admin.runs import PaymentRunAdmin
from primes.claims.actions import withdraw_claim
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import propose_release, see_rules
from primes.claims.states import CLAIM, RULE_SET
from primes.payouts.actions import cancel_run
from primes.payouts.models import PaymentRun, RunState
from primes.payouts.states import RUN
from primes.review.models import Outcome
from tests.factories.agency import staff
from tests.factories.claimants import signataire_of
from tests.factories.claims import (
    AT,
    decided_claim,
    exported_run,
    filed_claim,
    ordered_run,
    prepared_run,
    proposed_claim,
    released_rules,
    reviewed_claim,
    settled_run,
    signed_run,
)
from tests.primes.admin.conftest import Visit

BY_PROGRAM = {"settle"}
"""A step that the loading of a return takes by itself."""


def _withdrawn() -> Claim:
    claim = filed_claim()
    signataire = signataire_of(claim.firm)
    return withdraw_claim(claim_id=claim.pk, reason="Erreur.", acting_user=signataire, at=AT)


def _cancelled() -> PaymentRun:
    run = prepared_run()
    return cancel_run(
        run_id=run.pk, reason="Erreur.", acting_user=staff(StaffRole.PREPARATEUR), at=AT
    )


def _seen() -> RuleSet:
    return see_rules(acting_user=staff(StaffRole.ADMINISTRATEUR), at=AT)


def _proposed_rules() -> RuleSet:
    rules, first = _seen(), staff(StaffRole.ADMINISTRATEUR)
    return propose_release(rule_set_id=rules.pk, reason="Relue.", acting_user=first, at=AT)


CLAIMS: dict[str, Callable[[], Model]] = {
    ClaimState.SUBMITTED: filed_claim,
    ClaimState.IN_REVIEW: reviewed_claim,
    ClaimState.PROPOSED: proposed_claim,
    ClaimState.APPROVED: lambda: decided_claim().claim,
    ClaimState.PARTLY_APPROVED: lambda: decided_claim(filed_claim(ineligible=1)).claim,
    ClaimState.REJECTED: lambda: decided_claim(outcome=Outcome.REFUSE).claim,
    ClaimState.WITHDRAWN: _withdrawn,
}
RUNS: dict[str, Callable[[], Model]] = {
    RunState.PREPARED: prepared_run,
    RunState.ORDERED: ordered_run,
    RunState.SIGNED: signed_run,
    RunState.EXPORTED: exported_run,
    RunState.SETTLED: lambda: settled_run().run,
    RunState.CANCELLED: _cancelled,
}
RULES: dict[str, Callable[[], Model]] = {
    RuleSet.State.SEEN: _seen,
    RuleSet.State.PROPOSED: _proposed_rules,
    RuleSet.State.RELEASED: released_rules,
}
ROWS = [
    *((CLAIM, state, build) for state, build in CLAIMS.items()),
    *((RUN, state, build) for state, build in RUNS.items()),
    *((RULE_SET, state, build) for state, build in RULES.items()),
]


def expected(workflow: Workflow[Model], row: Model, role: str) -> set[str]:
    """The steps of the table, less the decisions not proposed, plus the file once more."""
    steps = {
        step.name
        for step in workflow.transitions
        if row.state in step.sources and role in step.roles
    }
    if row.state == ClaimState.PROPOSED:
        steps -= {"approve_in_part", "refuse"}
    if row.state in {RunState.EXPORTED, RunState.SETTLED} and role == StaffRole.PAYEUR:
        steps |= {"download"}
    return steps - BY_PROGRAM


@pytest.mark.parametrize(
    ("workflow", "state", "build"), ROWS, ids=[f"{flow.name}-{state}" for flow, state, _ in ROWS]
)
def test_each_role_is_offered_what_the_table_opens(
    visit: Visit, workflow: Workflow[Model], state: str, build: Callable[[], Model]
) -> None:
    row = build()
    address = f"/admin/primes/{row._meta.model_name}/{row.pk}/change/"

    offered = {}
    for role in StaffRole:
        page = visit(staff(role), address)
        acts = page.context["acts"] if page.status_code == 200 else []
        offered[role] = {act.name for act in acts}

    assert row.state == state
    assert offered == {role: expected(workflow, row, role) for role in StaffRole}


@pytest.mark.parametrize(
    ("workflow", "admin"), [(CLAIM, ClaimAdmin), (RUN, PaymentRunAdmin), (RULE_SET, RuleSetAdmin)]
)
def test_every_step_of_the_agency_has_its_button(
    workflow: Workflow[Model], admin: type[ClaimAdmin]
) -> None:
    steps = {step.name for step in workflow.transitions if step.roles & set(StaffRole.values)}

    assert steps - BY_PROGRAM <= {act.name for act in admin.acts}


def test_the_only_decision_offered_is_the_one_proposed(visit: Visit) -> None:
    claim = proposed_claim(outcome=Outcome.REFUSE)

    page = visit(staff(StaffRole.DECIDEUR), f"/admin/primes/claim/{claim.pk}/change/")

    assert {act.name for act in page.context["acts"]} == {"send_back", "refuse"}
