"""The table of a claim's life."""

from accounts.models import StaffRole, User
from accounts.roles import staff_roles
from accounts.workflow import Workflow, steps
from companies.firms.models import FirmRole
from companies.firms.roles import WRITERS, firm_roles
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.models.rule_set import RuleSet

S = ClaimState


def roles_on_claim(claim: Claim, user: User) -> frozenset[str]:
    return firm_roles(claim.firm, user) | staff_roles(user)


CLAIM = Workflow(
    name="claim",
    model=Claim,
    states=tuple(ClaimState.values),
    roles_held=roles_on_claim,
    transitions=steps(
        ("hand_over", (S.DRAFT,), S.READY_TO_SIGN, WRITERS, False),
        ("take_back", (S.READY_TO_SIGN,), S.DRAFT, WRITERS, False),
        ("file", (S.DRAFT, S.READY_TO_SIGN), S.SUBMITTED, (FirmRole.SIGNATAIRE,), False),
        (
            "withdraw",
            (S.DRAFT, S.READY_TO_SIGN, S.SUBMITTED),
            S.WITHDRAWN,
            (FirmRole.SIGNATAIRE,),
            True,
        ),
        ("take", (S.SUBMITTED,), S.IN_REVIEW, (StaffRole.INSTRUCTEUR,), False),
        ("propose", (S.IN_REVIEW,), S.PROPOSED, (StaffRole.INSTRUCTEUR,), True),
        ("send_back", (S.PROPOSED,), S.IN_REVIEW, (StaffRole.DECIDEUR,), True),
        ("approve", (S.PROPOSED,), S.APPROVED, (StaffRole.DECIDEUR,), True),
        ("approve_in_part", (S.PROPOSED,), S.PARTLY_APPROVED, (StaffRole.DECIDEUR,), True),
        ("refuse", (S.PROPOSED,), S.REJECTED, (StaffRole.DECIDEUR,), True),
    ),
)


def roles_on_rule_set(_rule_set: RuleSet, user: User) -> frozenset[str]:
    return staff_roles(user)


RULE_SET = Workflow(
    name="rules",
    model=RuleSet,
    states=tuple(RuleSet.State.values),
    roles_held=roles_on_rule_set,
    transitions=steps(
        (
            "propose",
            (RuleSet.State.SEEN,),
            RuleSet.State.PROPOSED,
            (StaffRole.ADMINISTRATEUR,),
            True,
        ),
        (
            "release",
            (RuleSet.State.PROPOSED,),
            RuleSet.State.RELEASED,
            (StaffRole.ADMINISTRATEUR,),
            True,
        ),
    ),
)
