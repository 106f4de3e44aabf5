"""The application adds nothing to what the database kept of a load, and changes nothing of it."""

from django.db import migrations

APPLICATION = """
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'primes_app') THEN
    {rights};
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("primes", "0007_import_guards"), ("companies", "0006_what_a_load_kept")]
    operations = [
        migrations.RunSQL(
            APPLICATION.format(rights="REVOKE INSERT, UPDATE ON companies_loadchange FROM primes_app"),
            APPLICATION.format(rights="GRANT INSERT, UPDATE ON companies_loadchange TO primes_app"),
        ),
    ]
