"""Received files never change; a bank account begins as a proposal, is confirmed by another human after which
nothing of it changes; who may act for a firm is ended, never erased; nobody moves from one firm to another.
"""

from django.db import migrations

FORWARD = """
SELECT primes_make_append_only('companies_receivedfile');
SELECT primes_make_append_only('companies_fileload');

CREATE FUNCTION companies_guard_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'companies_bankaccount DELETE');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      PERFORM primes_refuse('bank_account_begins_as_a_proposal', NEW.firm_id::text);
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.firm_id, OLD.rib_sealed, OLD.rib_fingerprint, OLD.rib_last_digits, OLD.bank_code, OLD.holder,
      OLD.proposed_by_id, OLD.proposed_at)
     IS DISTINCT FROM
     (NEW.firm_id, NEW.rib_sealed, NEW.rib_fingerprint, NEW.rib_last_digits, NEW.bank_code, NEW.holder,
      NEW.proposed_by_id, NEW.proposed_at)
     OR OLD.confirmed_by_id IS NOT NULL AND (OLD.confirmed_by_id, OLD.confirmed_at, OLD.usable_from)
     IS DISTINCT FROM (NEW.confirmed_by_id, NEW.confirmed_at, NEW.usable_from)
     OR (OLD.state, NEW.state) NOT IN (('proposed', 'active'), ('proposed', 'closed'), ('active', 'closed')) THEN
    PERFORM primes_refuse('bank_account_never_changes', OLD.id::text);
  END IF;
  IF NEW.state = 'active' AND NEW.usable_from <= (NEW.confirmed_at AT TIME ZONE 'Africa/Casablanca')::date THEN
    PERFORM primes_refuse('bank_account_waits_before_it_is_paid', OLD.id::text);
  END IF;
  IF NEW.confirmed_by_id IS NOT NULL AND
     (SELECT human_id FROM accounts_user WHERE id = NEW.confirmed_by_id) IS NOT DISTINCT FROM
     (SELECT human_id FROM accounts_user WHERE id = NEW.proposed_by_id) THEN
    PERFORM primes_refuse('bank_account_active_is_confirmed_by_another', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON companies_bankaccount
  FOR EACH ROW EXECUTE FUNCTION companies_guard_bank_account();

CREATE FUNCTION companies_guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'companies_membership DELETE');
  END IF;
  IF OLD.ended_at IS NOT NULL OR (OLD.user_id, OLD.firm_id, OLD.role, OLD.started_at)
     IS DISTINCT FROM (NEW.user_id, NEW.firm_id, NEW.role, NEW.started_at) THEN
    PERFORM primes_refuse('role_only_ends', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON companies_membership
  FOR EACH ROW EXECUTE FUNCTION companies_guard_membership();

CREATE FUNCTION companies_guard_employee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.firm_id <> NEW.firm_id THEN
    PERFORM primes_refuse('employee_stays_in_their_firm', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OF firm_id ON companies_employee
  FOR EACH ROW EXECUTE FUNCTION companies_guard_employee();

-- A guard that reads tables reads the real ones: a temporary table of the same name would come first.
ALTER FUNCTION companies_guard_bank_account() SET search_path = public, pg_temp;
ALTER FUNCTION companies_guard_membership() SET search_path = public, pg_temp;
ALTER FUNCTION companies_guard_employee() SET search_path = public, pg_temp;
"""

REVERSE = """
DROP FUNCTION companies_guard_employee() CASCADE;
DROP FUNCTION companies_guard_membership() CASCADE;
DROP FUNCTION companies_guard_bank_account() CASCADE;
DROP TRIGGER append_only ON companies_receivedfile;
DROP TRIGGER append_only_whole ON companies_receivedfile;
DROP TRIGGER append_only ON companies_fileload;
DROP TRIGGER append_only_whole ON companies_fileload;
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial"), ("accounts", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
