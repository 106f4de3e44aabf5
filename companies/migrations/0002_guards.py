"""Received files never change; a bank account is confirmed by another human and then never changes."""

from django.db import migrations

FORWARD = """
SELECT primes_make_append_only('companies_receivedfile');
SELECT primes_make_append_only('companies_fileload');

CREATE FUNCTION companies_guard_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'companies_bankaccount DELETE');
  END IF;
  IF (OLD.firm_id, OLD.rib_sealed, OLD.rib_fingerprint, OLD.holder, OLD.proposed_by_id, OLD.proposed_at)
     IS DISTINCT FROM
     (NEW.firm_id, NEW.rib_sealed, NEW.rib_fingerprint, NEW.holder, NEW.proposed_by_id, NEW.proposed_at)
     OR OLD.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id
     OR OLD.state = 'closed' THEN
    PERFORM primes_refuse('bank_account_never_changes', OLD.id::text);
  END IF;
  IF NEW.confirmed_by_id IS NOT NULL AND
     (SELECT human_id FROM accounts_user WHERE id = NEW.confirmed_by_id) IS NOT DISTINCT FROM
     (SELECT human_id FROM accounts_user WHERE id = NEW.proposed_by_id) THEN
    PERFORM primes_refuse('bank_account_active_is_confirmed_by_another', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON companies_bankaccount
  FOR EACH ROW EXECUTE FUNCTION companies_guard_bank_account();
"""

REVERSE = """
DROP TRIGGER guard ON companies_bankaccount;
DROP FUNCTION companies_guard_bank_account();
DROP TRIGGER append_only ON companies_receivedfile;
DROP TRIGGER append_only_whole ON companies_receivedfile;
DROP TRIGGER append_only ON companies_fileload;
DROP TRIGGER append_only_whole ON companies_fileload;
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial"), ("accounts", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
