"""Lengths of time as people type them: decimal hours, minutes inside."""

from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import TypedNumberField

MINUTES_PER_HOUR = 60


class HoursField(TypedNumberField):
    """Hours typed, the nearest minutes given; None for an empty optional one."""

    default_error_messages = {
        "required": gettext_lazy("Write how many hours the session lasts."),
        "invalid": gettext_lazy("Write a number of hours, for example 7,5."),
        "min_value": gettext_lazy("A session lasts a quarter of an hour (0,25) at least."),
        "max_value": gettext_lazy("A session lasts 2 000 hours at most."),
        "max_decimal_places": gettext_lazy("Write two decimals at most, for example 7,25."),
    }

    def __init__(self, **options: object) -> None:
        super().__init__(
            min_value=Decimal("0.25"),
            max_value=2_000,
            decimal_places=2,
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
            **options,  # type: ignore[arg-type]
        )

    def clean(self, value: object) -> int | None:
        hours = super().clean(value)
        if hours is None:
            return None
        return int((hours * MINUTES_PER_HOUR).to_integral_value(ROUND_HALF_UP))


def hours_of(minutes: int | None) -> str:
    """Back to what is typed, with the two decimals that a minute needs to be found again."""
    if minutes is None:
        return ""
    hours = (Decimal(minutes) / MINUTES_PER_HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{hours:f}".rstrip("0").rstrip(".").replace(".", ",")
