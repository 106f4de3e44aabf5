"""The data model's own rules: keys point downwards, nothing cascades, no migration is missing."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

LAYERS = ("accounts", "companies", "trainings", "primes")
ROOMS = ("claims", "ledger", "review", "payouts")
OURS = [model for label in LAYERS for model in apps.get_app_config(label).get_models()]
KEYS = [
    field
    for model in OURS
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in LAYERS
]


def _height(model: type[models.Model]) -> tuple[int, int]:
    parts = model.__module__.split(".")
    room = ROOMS.index(parts[1]) if parts[0] == "primes" else 0
    return LAYERS.index(model._meta.app_label), room


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_a_foreign_key_points_downwards(key: models.ForeignKey) -> None:
    assert _height(key.related_model) <= _height(key.model)


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_nothing_disappears_with_what_it_points_at(key: models.ForeignKey) -> None:
    assert key.remote_field.on_delete is models.RESTRICT


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_amount_is_a_float(model: type[models.Model]) -> None:
    kinds = {type(field) for field in model._meta.get_fields()}

    assert models.FloatField not in kinds
    assert models.DecimalField not in kinds


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
