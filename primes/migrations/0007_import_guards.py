"""What a sent claim rests on is not taken back; repairs and events are only added."""

from django.db import migrations

ONLY_ADDED = "companies_repair, companies_employmentevent"
APPLICATION = """
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'primes_app') THEN
    {rights};
  END IF;
END $$;
"""
FORWARD = """
CREATE FUNCTION primes_guard_import() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    WITH touched AS (
      SELECT h."table", r.id FROM companies_loadchange h
      CROSS JOIN LATERAL (
        SELECT unnest(h.created) AS id
        UNION ALL SELECT (b ->> 'id')::bigint FROM jsonb_array_elements(h.before) AS b
      ) AS r
      WHERE h.of_id = NEW.id AND h."table" IN ('companies_employee', 'companies_employment')
    )
    SELECT FROM primes_claimline l JOIN primes_claim c ON c.id = l.claim_id
    WHERE c.firm_id = NEW.firm_id AND c.state NOT IN ('draft', 'ready_to_sign', 'withdrawn')
      AND (l.employee_id IN (SELECT id FROM touched WHERE "table" = 'companies_employee')
        OR l.employment_id IN (SELECT id FROM touched WHERE "table" = 'companies_employment'))
  ) THEN
    PERFORM primes_refuse('import_used_in_claim', NEW.public_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_undone BEFORE UPDATE OF state ON companies_import
  FOR EACH ROW WHEN (NEW.state = 'undone' AND OLD.state <> 'undone') EXECUTE FUNCTION primes_guard_import();
"""
REVERSE = "DROP FUNCTION primes_guard_import() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("primes", "0006_once_a_firm"), ("companies", "0004_import_guards")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunSQL(
            APPLICATION.format(rights=f"REVOKE UPDATE, DELETE ON {ONLY_ADDED} FROM primes_app"),
            APPLICATION.format(rights=f"GRANT UPDATE, DELETE ON {ONLY_ADDED} TO primes_app"),
        ),
    ]
