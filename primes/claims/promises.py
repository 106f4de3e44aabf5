"""What must stay true of claims, their rules and what the law said."""

import hashlib
from collections.abc import Iterator
from itertools import groupby

import numpy as np
from django.db.models import F, Q

from accounts.promises import Breach, Promise, by_query
from primes.claims.assessing import facts_of
from primes.claims.impact import stored_impact
from primes.claims.models.assessment import Assessment
from primes.claims.models.impact import ReleaseImpact
from primes.claims.models.paid_days import PaidDays
from primes.claims.models.rule_set import RuleSet
from primes.rules.cumulation import family_of
from primes.rules.engine import rules_of
from primes.rules.kept import replay
from primes.rules.parameters.loader import scheme_names

REPLAY_ROWS = 20_000
ANSWERS = {
    "failed": "failed",
    "unknown": "unknown",
    "warnings": "warned",
    "eligible": "eligible",
    "window_from": "w_from",
    "window_until": "w_until",
    "amount": "amount",
    "amounts": "amounts",
}
"""Column of the stored assessment, and its name in what the rules answer."""


def _rule_sets() -> Iterator[Breach]:
    for rule_set in RuleSet.objects.order_by("pk"):
        found = hashlib.sha256(bytes(rule_set.package)).hexdigest()
        if found != rule_set.package_sha256:
            yield Breach(
                "rule_set_unchanged", f"rule set {rule_set}", found, rule_set.package_sha256
            )


def _previews() -> Iterator[Breach]:
    for impact in ReleaseImpact.objects.select_related("rule_set").order_by("pk"):
        found = stored_impact(impact).sha256
        if found != impact.sha256:
            yield Breach(
                "release_preview_unchanged",
                f"preview {impact.pk} of {impact}",
                found,
                impact.sha256,
            )


def _replayed() -> Iterator[Breach]:
    """Every assessment again, by the bytes kept under its digest, in a child process."""
    rows = (
        Assessment.objects.select_related("line__claim")
        .order_by("rule_set_id", "scheme", "year", "pk")
        .iterator(chunk_size=REPLAY_ROWS)
    )
    packages: dict[int, bytes] = {}
    for (rule_set_id, scheme, year, _), group in groupby(rows, key=_BatchKey(REPLAY_ROWS)):
        if rule_set_id not in packages:
            packages[rule_set_id] = bytes(RuleSet.objects.get(pk=rule_set_id).package)
        assessments = list(group)
        answer = replay(packages[rule_set_id], facts_of(assessments), scheme, year)
        for stored, told in ANSWERS.items():
            again = getattr(answer, told)
            before = np.array([getattr(each, stored) for each in assessments])
            differs = (before != again).reshape(len(assessments), -1).any(axis=1)
            for position in np.flatnonzero(differs):
                each = assessments[position]
                yield Breach(
                    "assessment_replays_the_same",
                    f"assessment {each.pk} of {each.line}: {stored}",
                    str(before[position].tolist()),
                    str(again[position].tolist()),
                )


class _BatchKey:
    """Groups rows of the same rules, scheme and year, by bounded batches."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.seen = 0

    def __call__(self, row: Assessment) -> tuple[int, str, int, int]:
        self.seen += 1
        return row.rule_set_id, row.scheme, row.year, (self.seen - 1) // self.size


# Recounted from the columns that name people, without the table the triggers write.
_STOOD = """
WITH stood AS (
  SELECT c.id AS claim_id, w.user_id, w.duty FROM primes_claim c
  CROSS JOIN LATERAL (VALUES (c.created_by_id, 'prepare'), (c.filed_by_id, 'prepare'),
    (c.instructed_by_id, 'instruct')) AS w(user_id, duty)
  UNION SELECT claim_id, proposed_by_id, 'instruct' FROM primes_proposal
  UNION SELECT claim_id, decided_by_id, 'decide' FROM primes_decision
  UNION SELECT d.claim_id, unnest(ARRAY[r.author_id, r.approver_id]), 'rules'
  FROM primes_decision d
  JOIN primes_decisionline x ON x.decision_id = d.id
  JOIN primes_assessment a ON a.id = x.assessment_id
  JOIN primes_ruleset r ON r.id = a.rule_set_id
  UNION SELECT l.claim_id, w.user_id, w.duty
  FROM primes_paymentline x
  JOIN primes_claimline l ON l.id = x.line_id
  JOIN primes_payment p ON p.id = x.payment_id
  JOIN primes_paymentrun r ON r.id = p.run_id
  JOIN companies_bankaccount b ON b.id = p.bank_account_id
  CROSS JOIN LATERAL (VALUES (r.prepared_by_id, 'run'), (r.ordered_by_id, 'order'),
    (r.signed_by_id, 'pay'), (r.exported_by_id, 'pay'), (b.proposed_by_id, 'bank'),
    (b.confirmed_by_id, 'bank')) AS w(user_id, duty)
)
"""
_TWO_DUTIES = """
SELECT 'claim ' || c.reference || ' person ' || u.human_id, string_agg(DISTINCT s.duty, ' + '),
  'one duty'
FROM stood s
JOIN accounts_user u ON u.id = s.user_id
JOIN primes_claim c ON c.id = s.claim_id
GROUP BY c.reference, u.human_id
HAVING count(DISTINCT s.duty) > 1
"""
_UNWRITTEN = """
SELECT DISTINCT 'claim ' || c.reference || ' person ' || u.human_id, 'no duty written', s.duty
FROM stood s
JOIN accounts_user u ON u.id = s.user_id
JOIN primes_claim c ON c.id = s.claim_id
WHERE NOT EXISTS (
  SELECT FROM primes_duty d
  WHERE d.claim_id = s.claim_id AND d.human_id = u.human_id AND d.kind = s.duty)
"""


def _once() -> Iterator[Breach]:
    """Days of a scheme granted once in a firm name the firm, which the database then keeps."""
    for scheme in scheme_names():
        rules, _ = rules_of(scheme)
        rows = PaidDays.objects.filter(line__claim__scheme=scheme).order_by("pk")
        firm = F("line__claim__firm") if rules.once_a_firm else None
        named = Q(once_in=firm) if firm else Q(once_in__isnull=True)
        for days in rows.exclude(named).select_related("line__claim"):
            found = str(days.once_in_id)
            yield Breach("bonus_paid_once_names_its_firm", str(days.line), found, scheme)


def _families() -> Iterator[Breach]:
    for scheme in scheme_names():
        family = family_of(scheme)
        others = PaidDays.objects.filter(line__claim__scheme=scheme).exclude(family=family)
        for days in others.select_related("line__claim").order_by("pk"):
            yield Breach(
                "paid_days_are_of_the_family_of_their_scheme", str(days.line), days.family, family
            )


PROMISES = (
    Promise("rule_set_unchanged", _rule_sets),
    Promise("release_preview_unchanged", _previews),
    Promise("assessment_replays_the_same", _replayed),
    by_query(
        "filed_claim_line_is_assessed",
        """
        SELECT 'claim ' || c.reference || ' line ' || l.position, 'no assessment', 'at filing'
        FROM primes_claimline l JOIN primes_claim c ON c.id = l.claim_id
        WHERE c.filed_at IS NOT NULL AND NOT EXISTS (
          SELECT FROM primes_assessment a WHERE a.line_id = l.id AND a.purpose = 'filing')
        """,
    ),
    by_query("one_duty_a_person_and_claim", _STOOD + _TWO_DUTIES),
    by_query("duty_of_everybody_is_written", _STOOD + _UNWRITTEN),
    by_query(
        "claim_state_is_that_of_its_journal",
        """
        SELECT 'claim ' || c.reference, c.state, coalesce(told.state, 'no step in the journal')
        FROM primes_claim c LEFT JOIN LATERAL (
          SELECT coalesce(j.detail->>'to', 'draft') AS state FROM accounts_journalentry j
          WHERE j.stream = 'claim:' || c.public_id
            AND (j.action = 'claim.start' OR j.action LIKE 'claim.%' AND j.detail ? 'to')
          ORDER BY j.sequence DESC LIMIT 1) AS told ON true
        WHERE c.state IS DISTINCT FROM told.state
        """,
    ),
    by_query(
        "rule_set_state_is_that_of_its_journal",
        """
        SELECT 'rule set ' || left(r.digest, 12), r.state,
          coalesce(told.state, 'no step in the journal')
        FROM primes_ruleset r LEFT JOIN LATERAL (
          SELECT coalesce(j.detail->>'to', 'seen') AS state FROM accounts_journalentry j
          WHERE j.stream = 'rules:' || left(r.digest, 16)
          ORDER BY j.sequence DESC LIMIT 1) AS told ON true
        WHERE r.state IS DISTINCT FROM told.state
        """,
    ),
    by_query(
        "filed_claim_has_the_lines_it_was_filed_with",
        """
        SELECT 'claim ' || c.reference, count(l.id), j.detail->>'lines'
        FROM primes_claim c LEFT JOIN primes_claimline l ON l.claim_id = c.id
        JOIN accounts_journalentry j ON j.stream = 'claim:' || c.public_id
          AND j.action = 'claim.file'
        GROUP BY c.id, j.id HAVING count(l.id) <> (j.detail->>'lines')::bigint
        """,
    ),
    Promise("bonus_paid_once_names_its_firm", _once),
    Promise("paid_days_are_of_the_family_of_their_scheme", _families),
    by_query(
        "day_of_a_person_paid_once",
        """
        SELECT 'claim ' || c.reference || ' line ' || l.position, p.days, 'not line ' || q.line_id
        FROM primes_paiddays p
        JOIN primes_paiddays q ON q.person_id = p.person_id AND q.family = p.family
          AND q.id > p.id AND q.days && p.days AND q.live
        JOIN primes_claimline l ON l.id = p.line_id
        JOIN primes_claim c ON c.id = l.claim_id
        WHERE p.live
        """,
    ),
)
