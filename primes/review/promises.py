"""What must stay true of decisions."""

from accounts.promises import by_query

PROMISES = (
    by_query(
        "decision_is_the_sum_of_its_lines",
        """
        SELECT 'decision ' || d.reference, d.amount, coalesce(sum(x.amount), 0)
        FROM primes_decision d LEFT JOIN primes_decisionline x ON x.decision_id = d.id
        GROUP BY d.id HAVING d.amount <> coalesce(sum(x.amount), 0)
        """,
    ),
    by_query(
        "decision_answers_every_line",
        """
        SELECT 'claim ' || c.reference || ' line ' || l.position, count(x.id), 'one live decision'
        FROM primes_claim c JOIN primes_claimline l ON l.claim_id = c.id
        LEFT JOIN primes_decisionline x ON x.line_id = l.id AND x.live
        WHERE c.state IN ('approved', 'partly_approved', 'rejected')
        GROUP BY c.id, l.id HAVING count(x.id) <> 1
        """,
    ),
    by_query(
        "decision_agrees_with_its_proposal",
        """
        SELECT 'decision ' || d.reference, d.outcome || ' ' || d.amount,
          p.outcome || ' ' || p.amount
        FROM primes_decision d JOIN primes_proposal p ON p.id = d.proposal_id
        WHERE (d.claim_id, d.outcome, d.amount, d.content_sha256)
          <> (p.claim_id, p.outcome, p.amount, p.content_sha256)
        """,
    ),
    by_query(
        "decision_stands_in_the_journal",
        """
        SELECT 'decision ' || d.reference, 'no such step', 'in the journal of ' || c.reference
        FROM primes_decision d JOIN primes_claim c ON c.id = d.claim_id
        WHERE NOT EXISTS (
          SELECT FROM accounts_journalentry j WHERE j.stream = 'claim:' || c.public_id
            AND j.action LIKE 'claim.%' AND j.actor_id = d.decided_by_id
            AND j.detail->>'decision' = d.reference
            AND j.detail->>'amount' = d.amount::text)
        """,
    ),
    by_query(
        "proposal_stands_in_the_journal",
        """
        SELECT 'proposals of claim ' || c.reference, count(p.id), (
          SELECT count(*) FROM accounts_journalentry j WHERE j.stream = 'claim:' || c.public_id
            AND j.action = 'claim.propose')
        FROM primes_claim c LEFT JOIN primes_proposal p ON p.claim_id = c.id
        GROUP BY c.id HAVING count(p.id) <> (
          SELECT count(*) FROM accounts_journalentry j WHERE j.stream = 'claim:' || c.public_id
            AND j.action = 'claim.propose')
        """,
    ),
    by_query(
        "paid_days_are_those_of_a_decision",
        """
        SELECT 'claim ' || c.reference || ' line ' || l.position, p.days, 'no granted line'
        FROM primes_paiddays p JOIN primes_claimline l ON l.id = p.line_id
        JOIN primes_claim c ON c.id = l.claim_id
        WHERE p.person_id <> l.person_id OR p.live AND NOT EXISTS (
          SELECT FROM primes_decisionline x WHERE x.line_id = l.id AND x.live AND x.granted)
        """,
    ),
    by_query(
        "decision_line_grants_what_the_law_said",
        """
        SELECT 'decision ' || d.reference || ' line ' || l.position, x.amount, a.amount
        FROM primes_decisionline x JOIN primes_decision d ON d.id = x.decision_id
        JOIN primes_claimline l ON l.id = x.line_id JOIN primes_assessment a ON a.id =
          x.assessment_id
        WHERE x.granted AND (x.amount <> a.amount OR NOT a.eligible) OR a.line_id <> x.line_id
           OR NOT x.granted AND x.amount <> 0
        """,
    ),
    by_query(
        "decision_line_pays_the_days_of_its_window",
        """
        SELECT 'decision ' || d.reference || ' line ' || l.position, coalesce(p.days::text, 'none'),
          a.window_from || '..' || a.window_until
        FROM primes_decisionline x JOIN primes_decision d ON d.id = x.decision_id
        JOIN primes_claimline l ON l.id = x.line_id JOIN primes_assessment a ON a.id =
          x.assessment_id
        LEFT JOIN primes_paiddays p ON p.line_id = l.id AND p.live
        WHERE x.granted AND x.live AND p.days IS DISTINCT FROM daterange(
          '1970-01-01'::date + a.window_from::integer,
          '1970-01-01'::date + a.window_until::integer, '[]')
        """,
    ),
    by_query(
        "decision_reserves_what_it_grants",
        """
        SELECT 'decision ' || d.reference || ' line ' || l.position, coalesce(sum(e.amount), 0),
          x.amount
        FROM primes_decisionline x JOIN primes_decision d ON d.id = x.decision_id
        JOIN primes_claimline l ON l.id = x.line_id
        LEFT JOIN primes_ledgerentry e ON e.line_id = l.id AND e.kind = 'reserve'
        WHERE x.live GROUP BY x.id, d.reference, l.position HAVING coalesce(sum(e.amount), 0) <>
          x.amount
        """,
    ),
    by_query(
        "claim_state_agrees_with_its_decision",
        """
        SELECT 'claim ' || c.reference, c.state, coalesce(d.outcome, 'no decision')
        FROM primes_claim c LEFT JOIN primes_decision d ON d.claim_id = c.id
        WHERE CASE c.state WHEN 'approved' THEN 'approve' WHEN 'partly_approved' THEN
          'approve_in_part'
          WHEN 'rejected' THEN 'refuse' END IS DISTINCT FROM d.outcome
        """,
    ),
)
