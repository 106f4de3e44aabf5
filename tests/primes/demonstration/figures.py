"""What two demonstrations must have in common: figures, names and references, never row numbers."""

import hashlib
import json

from django.db import connection

STATEMENTS = {
    "accounts": """
        SELECT email, full_name, is_staff, is_superuser, joined_at FROM accounts_user
        ORDER BY email""",
    "people": """
        SELECT f.ice, e.last_name, e.first_name, e.cin_last, e.cnss_last, e.nationality,
          m.hired_on, m.left_on, m.contract, m.stable_from, m.last_same_employer_on,
          y.taxable_income,
          (SELECT sum(p.real_salary) FROM companies_paymonth p WHERE p.employee_id = e.id),
          (SELECT sum(a.minutes) FROM trainings_attendance a WHERE a.employee_id = e.id)
        FROM companies_employment m JOIN companies_employee e ON e.id = m.employee_id
        JOIN companies_firm f ON f.id = e.firm_id
        LEFT JOIN companies_payyear y ON y.employee_id = e.id
        ORDER BY f.ice, e.sort_key, e.cnss_last, m.hired_on""",
    "claims": """
        SELECT c.reference, f.ice, c.state, c.receipt_number, c.filed_at, l.position,
          e.last_name, a.purpose, a.failed, a.amounts, a.amount
        FROM primes_claim c JOIN companies_firm f ON f.id = c.firm_id
        JOIN primes_claimline l ON l.claim_id = c.id
        JOIN companies_employee e ON e.id = l.employee_id
        LEFT JOIN primes_assessment a ON a.line_id = l.id
        ORDER BY c.reference, l.position, a.id""",
    "money": "SELECT reference, kind, amount, at FROM primes_ledgerentry ORDER BY id",
    "payments": """
        SELECT reference, amount, state, return_code FROM primes_payment ORDER BY reference""",
    "files": "SELECT name, sha256 FROM companies_receivedfile ORDER BY sha256",
}


def figures() -> dict[str, str]:
    """A hash a subject, of the database that the default connection points at."""
    hashes = {}
    with connection.cursor() as cursor:
        for subject, statement in STATEMENTS.items():
            cursor.execute(statement)
            rows = cursor.fetchall()
            assert rows, subject
            text = json.dumps(rows, default=str)
            hashes[subject] = hashlib.sha256(text.encode()).hexdigest()
    return hashes
