"""The journal is only added to; an account stays the same person's; a role is ended, never erased."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

FORWARD = """
CREATE FUNCTION primes_refuse(code text, place text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: %', code, place USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = code;
END $$;

CREATE FUNCTION primes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM primes_refuse('append_only', TG_TABLE_NAME || ' ' || TG_OP);
  RETURN NULL;
END $$;

CREATE FUNCTION primes_make_append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s'
    ' FOR EACH ROW EXECUTE FUNCTION primes_refuse_change()', target);
  EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %s'
    ' FOR EACH STATEMENT EXECUTE FUNCTION primes_refuse_change()', target);
END $$;

SELECT primes_make_append_only('accounts_journalentry');

-- Whoever could give an account another human would stand twice on the same money.
CREATE FUNCTION accounts_guard_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.human_id, OLD.kind) IS DISTINCT FROM (NEW.id, NEW.human_id, NEW.kind) THEN
    PERFORM primes_refuse('user_stays_the_same_person', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON accounts_user FOR EACH ROW EXECUTE FUNCTION accounts_guard_user();

CREATE FUNCTION accounts_guard_staff_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'accounts_staffassignment DELETE');
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.revoked_at IS NOT NULL
     OR (OLD.user_id, OLD.role, OLD.granted_at, OLD.granted_by_id)
     IS DISTINCT FROM (NEW.user_id, NEW.role, NEW.granted_at, NEW.granted_by_id)) THEN
    PERFORM primes_refuse('role_only_ends', OLD.id::text);
  END IF;
  IF NEW.revoked_at IS NULL AND NEW.role IN ('ordonnateur', 'payeur') THEN
    -- Two accounts of one human take these roles one after the other, and see each other.
    PERFORM FROM accounts_human h JOIN accounts_user u ON u.human_id = h.id
      WHERE u.id = NEW.user_id FOR NO KEY UPDATE OF h;
    IF EXISTS (
      SELECT FROM accounts_staffassignment a JOIN accounts_user u ON u.id = a.user_id
      WHERE a.id <> NEW.id AND a.revoked_at IS NULL AND a.role IN ('ordonnateur', 'payeur') AND a.role <> NEW.role
        AND u.human_id = (SELECT human_id FROM accounts_user WHERE id = NEW.user_id)) THEN
      PERFORM primes_refuse('staff_orders_or_pays_never_both', NEW.user_id::text);
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON accounts_staffassignment
  FOR EACH ROW EXECUTE FUNCTION accounts_guard_staff_assignment();

-- A guard that reads tables reads the real ones: a temporary table of the same name would come first.
ALTER FUNCTION accounts_guard_user() SET search_path = public, pg_temp;
ALTER FUNCTION accounts_guard_staff_assignment() SET search_path = public, pg_temp;
"""

REVERSE = """
DROP FUNCTION accounts_guard_staff_assignment() CASCADE;
DROP FUNCTION accounts_guard_user() CASCADE;
DROP TRIGGER append_only ON accounts_journalentry;
DROP TRIGGER append_only_whole ON accounts_journalentry;
DROP FUNCTION primes_make_append_only(regclass);
DROP FUNCTION primes_refuse_change();
DROP FUNCTION primes_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [BtreeGistExtension(), migrations.RunSQL(FORWARD, REVERSE)]
