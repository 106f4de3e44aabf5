"""What a provider answered stays; the program that signs for whoever holds a link."""

from datetime import UTC, datetime

from django.db import migrations

FORWARD = """
CREATE FUNCTION trainings_guard_confirmation_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.answered_minutes IS NOT NULL
     OR (OLD.confirmation_id, OLD.employee_id, OLD.declared_minutes)
     IS DISTINCT FROM (NEW.confirmation_id, NEW.employee_id, NEW.declared_minutes) THEN
    PERFORM primes_refuse('confirmation_never_changes', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION trainings_guard_confirmation_line() SET search_path = public, pg_temp;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON trainings_confirmationline
  FOR EACH ROW EXECUTE FUNCTION trainings_guard_confirmation_line();

CREATE FUNCTION trainings_guard_confirmation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'asked' OR (OLD.session_id, OLD.provider_id, OLD.public_id, OLD.asked_by_id,
      OLD.asked_at, OLD.lapses_at) IS DISTINCT FROM (NEW.session_id, NEW.provider_id, NEW.public_id, NEW.asked_by_id,
      NEW.asked_at, NEW.lapses_at) THEN
    PERFORM primes_refuse('confirmation_never_changes', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION trainings_guard_confirmation() SET search_path = public, pg_temp;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON trainings_confirmation
  FOR EACH ROW EXECUTE FUNCTION trainings_guard_confirmation();
"""
REVERSE = """
DROP FUNCTION trainings_guard_confirmation() CASCADE;
DROP FUNCTION trainings_guard_confirmation_line() CASCADE;
"""


def create_machine(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        email="providers@machine.invalid",
        defaults={
            "full_name": "Organisme de formation, par lien signé", "kind": "machine", "password": "!",
            "is_active": False, "joined_at": datetime(2026, 11, 24, tzinfo=UTC),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("trainings", "0006_confirmations_and_profiles"), ("accounts", "0004_jobs")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(create_machine, migrations.RunPython.noop),
    ]
