"""Rule sets: a digest seen for the first time decides nothing until two different people release
it.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import User
from accounts.workflow import transition
from primes.claims.facts import gather
from primes.claims.models.rule_set import RuleSet
from primes.claims.states import RULE_SET
from primes.rules.digest import package_bytes, rule_digest
from primes.rules.engine import assess
from primes.rules.parameters.loader import load_scheme, scheme_names


@transaction.atomic
def see_rules(*, acting_user: User, at: datetime) -> RuleSet:
    """The rule set of the running code, registered with its bytes when met for the first time."""
    package = package_bytes()
    rule_set, is_new = RuleSet.objects.get_or_create(
        digest=rule_digest(),
        defaults={
            "package": package,
            "package_sha256": hashlib.sha256(package).hexdigest(),
            "codes": {scheme: _codes(scheme) for scheme in scheme_names()},
            "seen_at": at,
        },
    )
    if is_new:
        record(
            stream=rule_set.journal_stream,
            action="rules.see",
            acting_user=acting_user,
            at=at,
            detail={"digest": rule_set.digest, "package_sha256": rule_set.package_sha256},
        )
    return rule_set


def _codes(scheme: str) -> dict[str, object]:
    """What each bit and each amount column means, from an assessment of nobody."""
    life = load_scheme(scheme)
    no_facts = gather([], scheme=scheme, year=life.first_year).facts
    years = range(life.first_year, life.last_year + 1)
    answers = {str(year): assess(no_facts, scheme, year) for year in years}
    answer = answers[str(life.first_year)]
    return {
        "conditions": answer.conditions,
        "warnings": answer.warnings,
        "rows": {year: each.rows for year, each in answers.items()},
    }


def propose_release(*, rule_set_id: int, reason: str, acting_user: User, at: datetime) -> RuleSet:
    """First of the two people: says why this version should decide."""
    with transition(
        RULE_SET, "propose", rule_set_id, acting_user=acting_user, at=at, reason=reason
    ) as move:
        move.row.author, move.row.proposed_at = acting_user, at
        move.detail["digest"] = move.row.digest
    return move.row


def approve_release(*, rule_set_id: int, reason: str, acting_user: User, at: datetime) -> RuleSet:
    """Second person; raises `rule_set_released_by_two_people` when it is the first one again."""
    with (
        named_refusals(),
        transition(
            RULE_SET, "release", rule_set_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        move.row.approver, move.row.released_at = acting_user, at
        move.detail["digest"] = move.row.digest
    return move.row


def released_rules() -> RuleSet:
    """The rule set of the running code, if two people released it; raises `rules_not_released`."""
    rule_set = RuleSet.objects.released().filter(digest=rule_digest()).defer("package").first()
    if rule_set is None:
        raise Refusal("rules_not_released", digest=rule_digest()[:12])
    return rule_set
