"""The shares of an invoice add up to it; what an import changes in an attendance list can be taken back."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trainings_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked bigint := (to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0])::bigint;
BEGIN
  IF EXISTS (
    SELECT FROM trainings_invoice i WHERE i.id = checked
      AND i.amount <> (SELECT coalesce(sum(s.amount), 0) FROM trainings_invoiceshare s WHERE s.invoice_id = i.id)
  ) THEN
    PERFORM primes_refuse('invoice_shares_add_up', checked::text);
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION trainings_check_shares() SET search_path = public, pg_temp;
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE ON trainings_invoice
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trainings_check_shares('id');
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE OR DELETE ON trainings_invoiceshare
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trainings_check_shares('invoice_id');

SELECT primes_keep_changes_of('trainings_attendance');
"""
REVERSE = """
DROP TRIGGER kept_insert ON trainings_attendance;
DROP TRIGGER kept_update ON trainings_attendance;
DROP TRIGGER kept_delete ON trainings_attendance;
DROP FUNCTION trainings_check_shares() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0004_invoices_and_evidence"), ("companies", "0004_import_guards")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
