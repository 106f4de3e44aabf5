"""What web and workers may do: a role that can't rewrite what is only added.

Where the role can't be made (an outside server whose owner may not create roles), the triggers hold anyway and
`manage.py check --database default` says so.
"""

from django.db import migrations

ROLE = "primes_app"
ONLY_ADDED = (
    "accounts_journalentry", "companies_receivedfile", "companies_fileload", "primes_assessment", "primes_check",
    "primes_proposal", "primes_decision", "primes_ledgerentry", "primes_payoutfile", "primes_bankreturnfile",
    "primes_bankreturnline", "primes_paiddays", "primes_decisionline", "primes_paymentline", "primes_convention",
)
NEVER_DELETED = ("primes_claim", "primes_paymentrun", "primes_payment", "primes_ruleset", "primes_envelope",
                 "companies_bankaccount", "companies_membership", "accounts_staffassignment", "accounts_user",
                 "accounts_human")

FORWARD = f"""
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    BEGIN
      CREATE ROLE {ROLE} LOGIN;
    EXCEPTION
      WHEN insufficient_privilege THEN RETURN;
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  GRANT USAGE ON SCHEMA public TO {ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE};
  REVOKE UPDATE, DELETE ON {", ".join(ONLY_ADDED)} FROM {ROLE};
  REVOKE DELETE ON {", ".join(NEVER_DELETED)} FROM {ROLE};
  REVOKE INSERT, UPDATE, DELETE ON primes_duty, django_migrations FROM {ROLE};
  GRANT UPDATE (live) ON primes_paiddays, primes_decisionline, primes_paymentline TO {ROLE};
END $$;
"""
REVERSE = f"""
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE};
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {ROLE};
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("primes", "0002_guards"), ("trainings", "0001_initial"), ("accounts", "0003_machines"),
        ("sessions", "0001_initial"), ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"), ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
