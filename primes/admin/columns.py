"""Columns of lists that show a stored figure as people read it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import admin
from django.db import models

from accounts import formats


def money_column(field: str, description: str) -> Callable[[admin.ModelAdmin, models.Model], str]:
    """Centimes shown as dirhams."""

    @admin.display(description=description, ordering=field)
    def shown(_self: admin.ModelAdmin, row: models.Model) -> str:
        return formats.money(getattr(row, field), "fr")

    return shown


def instant(at: datetime) -> str:
    """« 07/04/2026 à 10:12 », by the clock of Casablanca."""
    here = at.astimezone(formats.CASABLANCA)
    return f"{formats.day(here.date(), 'fr')} à {formats.hour(at, 'fr')}"
