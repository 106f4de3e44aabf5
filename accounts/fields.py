"""Numbers as people type them: « 96 000,50 », « 96000.50 », « 96.000,50 »."""

from decimal import Decimal

from django import forms

CENTIMES = 100


class TypedNumberField(forms.DecimalField):
    """A decimal with any grouping; the last comma or point is the decimal one."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as DecimalField does
        text = "".join(str(value or "").split()).replace(",", ".")
        whole, point, decimals = text.rpartition(".")
        return super().to_python(whole.replace(".", "") + point + decimals)


class DirhamsField(TypedNumberField):
    """Dirhams typed, centimes given; an empty optional amount is 0."""

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
