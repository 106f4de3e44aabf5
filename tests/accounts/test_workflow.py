"""The states as tables: every state × every step, generated from the tables themselves."""

from itertools import product
from types import SimpleNamespace

import pytest

from accounts.errors import Refusal
from accounts.workflow import Workflow, check_step
from companies.firms.states import BANK_ACCOUNT
from companies.imports.states import IMPORT
from primes.claims.states import CLAIM, RULE_SET
from primes.payouts.states import PAYMENT, RUN
from trainings.confirmations.states import CONFIRMATION

WORKFLOWS = (BANK_ACCOUNT, CLAIM, RULE_SET, RUN, PAYMENT, IMPORT, CONFIRMATION)
CASES = [
    pytest.param(workflow, state, step, id=f"{workflow.name}-{state}-{step.name}")
    for workflow in WORKFLOWS
    for state, step in product(workflow.states, workflow.transitions)
]


def _holding(workflow: Workflow, roles: frozenset[str]) -> Workflow:
    return Workflow(
        workflow.name,
        workflow.model,
        workflow.states,
        workflow.transitions,
        lambda _row, _user: roles,
    )


@pytest.mark.parametrize(("workflow", "state", "step"), CASES)
def test_a_step_is_open_from_its_sources_alone(workflow, state, step):
    row = SimpleNamespace(state=state)
    allowed = _holding(workflow, step.roles)

    if state in step.sources:
        assert check_step(allowed, step, row, acting_user=None, reason="parce que") == state
    else:
        with pytest.raises(Refusal) as refused:
            check_step(allowed, step, row, acting_user=None, reason="parce que")
        assert refused.value.code == "state_forbids"


@pytest.mark.parametrize(("workflow", "state", "step"), CASES)
def test_nobody_takes_a_step_without_its_role(workflow, state, step):
    others = frozenset({role for each in workflow.transitions for role in each.roles} - step.roles)
    row = SimpleNamespace(state=next(iter(step.sources)))

    with pytest.raises(Refusal) as refused:
        check_step(_holding(workflow, others), step, row, acting_user=None, reason="parce que")

    assert refused.value.code == "role_missing"


@pytest.mark.parametrize(
    ("workflow", "step"),
    [(workflow, step) for workflow in WORKFLOWS for step in workflow.transitions],
    ids=lambda each: each.name,
)
def test_a_reason_is_due_exactly_where_the_table_says(workflow, step):
    row = SimpleNamespace(state=next(iter(step.sources)))
    allowed = _holding(workflow, step.roles)

    if step.reason_required:
        with pytest.raises(Refusal) as refused:
            check_step(allowed, step, row, acting_user=None, reason="  ")
        assert refused.value.code == "reason_missing"
    else:
        assert check_step(allowed, step, row, acting_user=None, reason="")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_every_state_is_reached_or_is_the_first(workflow):
    reached = {step.target for step in workflow.transitions}

    assert set(workflow.states) - reached <= {workflow.states[0]}
