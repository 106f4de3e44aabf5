"""What a load does is kept by the database, so that it can be undone; repairs, events and papers never change."""

from datetime import UTC, datetime

from django.db import migrations

TABLES = ("person", "employee", "employment", "paymonth", "payyear")

KEEP = """
-- While a load runs under `primes.load_of`, each statement leaves what is needed to take it back.
CREATE FUNCTION primes_keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  load_of bigint := nullif(current_setting('primes.load_of', true), '')::bigint;
BEGIN
  IF load_of IS NULL THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO companies_loadchange (of_id, "table", kind, created)
      SELECT load_of, TG_TABLE_NAME, 'insert', array_agg(id) FROM new_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO companies_loadchange (of_id, "table", kind, before)
      SELECT load_of, TG_TABLE_NAME, lower(TG_OP), jsonb_agg(to_jsonb(o)) FROM old_rows o HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION primes_keep_change() SET search_path = public, pg_temp;

CREATE FUNCTION primes_keep_changes_of(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER kept_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION primes_keep_change()', target);
  EXECUTE format('CREATE TRIGGER kept_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION primes_keep_change()', target);
  EXECUTE format('CREATE TRIGGER kept_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION primes_keep_change()', target);
END $$;
"""

GUARDS = """
SELECT primes_make_append_only('companies_repair');
SELECT primes_make_append_only('companies_employmentevent');

CREATE FUNCTION companies_guard_piece() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'companies_piece DELETE');
  END IF;
  IF (to_jsonb(OLD) - 'state' - 'scanned_at') IS DISTINCT FROM (to_jsonb(NEW) - 'state' - 'scanned_at')
     OR OLD.state <> NEW.state AND OLD.state NOT IN ('waiting', 'unscanned') THEN
    PERFORM primes_refuse('piece_never_changes', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION companies_guard_piece() SET search_path = public, pg_temp;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON companies_piece
  FOR EACH ROW EXECUTE FUNCTION companies_guard_piece();

-- Large files are read a slice at a time: kept whole and not compressed, a slice costs only itself.
ALTER TABLE companies_importfile ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE companies_receivedfile ALTER COLUMN content SET STORAGE EXTERNAL;
"""

FORWARD = KEEP + "".join(f"SELECT primes_keep_changes_of('companies_{name}');\n" for name in TABLES) + GUARDS

REVERSE = """
DROP FUNCTION companies_guard_piece() CASCADE;
DROP TRIGGER append_only ON companies_repair;
DROP TRIGGER append_only_whole ON companies_repair;
DROP TRIGGER append_only ON companies_employmentevent;
DROP TRIGGER append_only_whole ON companies_employmentevent;
DROP FUNCTION primes_keep_change() CASCADE;
DROP FUNCTION primes_keep_changes_of(regclass);
"""


def create_machine(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        email="imports@machine.invalid",
        defaults={
            "full_name": "Imports", "kind": "machine", "password": "!", "is_active": False,
            "joined_at": datetime(2026, 11, 24, tzinfo=UTC),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("companies", "0003_imports"), ("accounts", "0004_jobs")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(create_machine, migrations.RunPython.noop),
    ]
