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
