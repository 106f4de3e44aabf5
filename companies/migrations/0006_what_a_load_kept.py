"""The same bytes are kept once a nature; what the database kept of a load is written by nobody else."""

from django.db import migrations, models

FORWARD = """
-- The application's role cannot add to this table: only this function can, in the name of its owner.
ALTER FUNCTION primes_keep_change() SECURITY DEFINER;

-- An undo writes back what stands here: whoever could change it would rewrite any row by it.
CREATE FUNCTION companies_guard_load_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM primes_refuse('append_only', 'companies_loadchange UPDATE');
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON companies_loadchange
  FOR EACH STATEMENT EXECUTE FUNCTION companies_guard_load_change();
"""
REVERSE = """
DROP FUNCTION companies_guard_load_change() CASCADE;
ALTER FUNCTION primes_keep_change() SECURITY INVOKER;
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0005_recruited_on")]
    operations = [
        migrations.RemoveConstraint(model_name="receivedfile", name="received_file_once_a_firm"),
        migrations.AddConstraint(
            model_name="receivedfile",
            constraint=models.UniqueConstraint(
                fields=["firm", "kind", "sha256"], name="received_file_once_a_firm"
            ),
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
