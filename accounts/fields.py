"""Numbers as people type them: « 96 000,50 », « 96000.50 », « 96.000,50 »."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

CENTIMES = 100
KEY_DIGITS_MAX = 18
"""Any more, and the number may be none that the database can hold."""


def keys_sent(texts: Iterable[str]) -> list[int]:
    """Keys of rows as ticked boxes send them back; what no box of ours sends is left out."""
    return [
        int(text)
        for text in texts
        if text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS_MAX
    ]


class TypedNumberField(forms.DecimalField):
    """A decimal with any grouping; the last comma or point is the decimal one."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("Write a number, for example 7,5."),
    }

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as DecimalField does
        text = "".join(str(value or "").split()).replace(",", ".")
        whole, point, decimals = text.rpartition(".")
        return super().to_python(whole.replace(".", "") + point + decimals)


class DirhamsField(TypedNumberField):
    """Dirhams typed, centimes given; an empty optional amount is 0."""

    default_error_messages = {
        "required": gettext_lazy("Write an amount in dirhams."),
        "invalid": gettext_lazy("Write an amount in dirhams, for example 60 000,00."),
        "min_value": gettext_lazy("An amount can't be negative."),
        "max_value": gettext_lazy("This amount is too large: write it in dirhams."),
        "max_decimal_places": gettext_lazy("Write two decimals at most: the centimes."),
    }

    def __init__(self, **options: object) -> None:
        super().__init__(
            min_value=0,
            max_value=10**9,
            decimal_places=2,
            **options,  # type: ignore[arg-type]
        )

    def clean(self, value: object) -> int:
        dirhams = super().clean(value)
        return int((dirhams or 0) * CENTIMES)
