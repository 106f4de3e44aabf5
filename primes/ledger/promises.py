"""What must stay true of the ledger, recounted from the entries alone."""

from accounts.promises import by_query

PROMISES = (
    by_query(
        "envelope_is_the_sum_of_its_reservations",
        """
        SELECT 'envelope ' || v.code || ' ' || e.year, e.reserved, coalesce(sum(x.amount), 0)
        FROM primes_envelope e JOIN primes_convention v ON v.id = e.convention_id
        LEFT JOIN primes_ledgerentry x ON x.envelope_id = e.id AND x.kind = 'reserve'
        GROUP BY e.id, v.code HAVING e.reserved <> coalesce(sum(x.amount), 0)
        """,
    ),
    by_query(
        "envelope_never_overspent",
        """
        SELECT 'envelope ' || v.code || ' ' || e.year, sum(x.amount), 'at most ' || e.cap
        FROM primes_envelope e JOIN primes_convention v ON v.id = e.convention_id
        JOIN primes_ledgerentry x ON x.envelope_id = e.id AND x.kind = 'reserve'
        GROUP BY e.id, v.code HAVING sum(x.amount) > e.cap
        """,
    ),
    by_query(
        "ledger_follows_its_due",
        """
        SELECT 'ledger entry ' || x.id || ' ' || x.kind || ' ' || x.reference, x.amount, due.amount
        FROM primes_ledgerentry x JOIN primes_ledgerentry due ON due.id = x.due_id
        WHERE (x.amount, x.line_id, x.envelope_id) <> (due.amount, due.line_id, due.envelope_id)
           OR due.kind <> 'reserve'
        """,
    ),
    by_query(
        "ledger_due_stands_on_one_account",
        """
        SELECT 'due ' || due.id || ' ' || due.reference,
          'ordered ' || o.ordered || ', paid ' || o.paid || ', returned ' || o.returned,
          'ordered - paid - returned in 0..1'
        FROM primes_ledgerentry due JOIN (
          SELECT due_id, count(*) FILTER (WHERE kind = 'order') AS ordered, count(*) FILTER (WHERE
            kind = 'pay')
            AS paid, count(*) FILTER (WHERE kind = 'return') AS returned
          FROM primes_ledgerentry WHERE due_id IS NOT NULL GROUP BY due_id) AS o ON o.due_id =
            due.id
        WHERE o.ordered - o.paid - o.returned NOT IN (0, 1) OR o.paid > 1
        """,
    ),
)
