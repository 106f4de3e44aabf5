"""Rule sets: a digest seen for the first time decides nothing until two different people release
it, each having seen what it changes in dirhams.
"""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import User
from accounts.workflow import transition
from primes.claims.impact import Impact, impact_of_running_rules, stored_impact
from primes.claims.models.impact import ReleaseImpact, ReleaseImpactRow
from primes.claims.models.rule_set import RuleSet
from primes.claims.states import RULE_SET
from primes.rules.columns import Facts
from primes.rules.digest import package_bytes, rule_digest
from primes.rules.engine import assess, rules_of
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
    no_facts = Facts.told(0, years=rules_of(scheme)[0].years)
    years = range(life.first_year, life.last_year + 1)
    answers = {str(year): assess(no_facts, scheme, year) for year in years}
    answer = answers[str(life.first_year)]
    return {
        "conditions": answer.conditions,
        "warnings": answer.warnings,
        "rows": {year: each.rows for year, each in answers.items()},
    }


def propose_release(*, rule_set_id: int, reason: str, acting_user: User, at: datetime) -> RuleSet:
    """First of the two people: says why this version should decide; what it changes is kept.

    Raises `rules_not_running` for a version other than the one in service.
    """
    with (
        named_refusals(),
        transition(
            RULE_SET, "propose", rule_set_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        move.row.author, move.row.proposed_at = acting_user, at
        impact = _previewed(move.row)
        _keep(impact, rule_set=move.row, acting_user=acting_user, at=at)
        move.detail |= {"digest": move.row.digest, "impact": impact.totals}
    return move.row


def approve_release(
    *, rule_set_id: int, reason: str, preview: str = "", acting_user: User, at: datetime
) -> RuleSet:
    """Second person; `preview` is the fingerprint of the impact they confirm, if it has moved.

    Raises `rule_set_released_by_two_people` when it is the first one again, `impact_moved` when the
    figures are neither those of the proposal nor those confirmed, `rules_not_running`.
    """
    with (
        named_refusals(),
        transition(
            RULE_SET, "release", rule_set_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        _require_another_person(move.row, acting_user)
        impact = _previewed(move.row)
        _require_seen(impact, proposed=proposed_impact(move.row), preview=preview)
        move.row.approver, move.row.released_at = acting_user, at
        _keep(impact, rule_set=move.row, acting_user=acting_user, at=at)
        move.detail |= {
            "digest": move.row.digest,
            "author": str(move.row.author),
            "approver": str(acting_user),
            "impact": impact.totals,
        }
    return move.row


def proposed_impact(rule_set: RuleSet) -> Impact | None:
    """What the author saw; None before the proposal, and for one older than previews."""
    return _kept(rule_set, by=rule_set.author_id, at=rule_set.proposed_at)


def released_impact(rule_set: RuleSet) -> Impact | None:
    """What the second person saw."""
    return _kept(rule_set, by=rule_set.approver_id, at=rule_set.released_at)


def _kept(rule_set: RuleSet, *, by: int | None, at: datetime | None) -> Impact | None:
    if by is None or at is None:
        return None
    kept = ReleaseImpact.objects.filter(rule_set=rule_set, asked_by_id=by, computed_at=at)
    impact = kept.order_by("-pk").first()
    return stored_impact(impact) if impact else None


def _require_another_person(rule_set: RuleSet, approver: User) -> None:
    """The database holds it too; said first, since no figure matters to who may not release."""
    if rule_set.author and rule_set.author.human_id == approver.human_id:
        raise Refusal("rule_set_released_by_two_people")


def _previewed(rule_set: RuleSet) -> Impact:
    """Only the rules of this very process can say what they change."""
    if rule_set.digest != rule_digest():
        raise Refusal("rules_not_running", digest=rule_digest()[:12])
    return impact_of_running_rules()


def _require_seen(impact: Impact, *, proposed: Impact | None, preview: str) -> None:
    expected = {preview} | ({proposed.sha256} if proposed else set())
    if impact.sha256 not in expected:
        raise Refusal("impact_moved", difference=impact.whole.difference)


def _keep(impact: Impact, *, rule_set: RuleSet, acting_user: User, at: datetime) -> None:
    kept = ReleaseImpact.objects.create(
        rule_set=rule_set, sha256=impact.sha256, asked_by=acting_user, computed_at=at
    )
    ReleaseImpactRow.objects.bulk_create(
        ReleaseImpactRow(impact=kept, **asdict(figures)) for figures in impact.figures
    )


def released_rules() -> RuleSet:
    """The rule set of the running code, if two people released it; raises `rules_not_released`."""
    rule_set = RuleSet.objects.released().filter(digest=rule_digest()).defer("package").first()
    if rule_set is None:
        raise Refusal("rules_not_released", digest=rule_digest()[:12])
    return rule_set
