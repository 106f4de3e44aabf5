"""The journal is only added to, and never stands without its author's hand."""

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
"""

REVERSE = """
DROP TRIGGER append_only ON accounts_journalentry;
DROP TRIGGER append_only_whole ON accounts_journalentry;
DROP FUNCTION primes_make_append_only(regclass);
DROP FUNCTION primes_refuse_change();
DROP FUNCTION primes_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [BtreeGistExtension(), migrations.RunSQL(FORWARD, REVERSE)]
