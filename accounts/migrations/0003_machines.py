"""The accounts of programs: they sign journal entries and can never log in."""

from datetime import UTC, datetime

from django.db import migrations

MACHINES = {"review": "Calcul en lot"}


def create(apps, schema_editor):
    user = apps.get_model("accounts", "User")
    for name, full_name in MACHINES.items():
        user.objects.get_or_create(
            email=f"{name}@machine.invalid",
            defaults={
                "full_name": full_name, "kind": "machine", "password": "!", "is_active": False,
                "joined_at": datetime(2026, 1, 1, tzinfo=UTC),
            },
        )


def remove(apps, schema_editor):
    apps.get_model("accounts", "User").objects.filter(kind="machine").delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_guards")]
    operations = [migrations.RunPython(create, remove)]
