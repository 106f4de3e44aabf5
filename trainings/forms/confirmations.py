"""What a provider types behind its link: hours of each person, and who says so."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from accounts.fields import TypedNumberField
from trainings.confirmations.actions import Answer
from trainings.confirmations.models import ConfirmationLine
from trainings.forms.hours import MINUTES_PER_HOUR, hours_of


class AnswerForm(forms.Form):
    """A field a line, filled with what was declared: left as it is, it is confirmed."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    function = forms.CharField(
        label=gettext_lazy("Your function in the organisation"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write your function.")},
    )

    def __init__(
        self, lines: Sequence[ConfirmationLine], longest: int, data: object = None
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or nothing
        self.lines = lines
        for line in lines:
            self.fields[self._name(line)] = TypedNumberField(
                label=gettext_lazy("Hours"),
                min_value=0,
                max_value=Decimal(longest) / MINUTES_PER_HOUR,
                decimal_places=2,
                initial=hours_of(line.declared_minutes),
                error_messages={
                    "required": gettext_lazy("Write the hours, 0 for somebody who did not come."),
                    "invalid": gettext_lazy("Write a number of hours, for example 7,5."),
                    "min_value": gettext_lazy("Hours can't be negative."),
                    "max_value": gettext_lazy("The session lasts no longer than that."),
                    "max_decimal_places": gettext_lazy("Write two decimals at most."),
                },
                widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
            )

    @staticmethod
    def _name(line: ConfirmationLine) -> str:
        return f"hours-{line.pk}"

    @property
    def rows(self) -> list[tuple[ConfirmationLine, BoundField]]:
        return [(line, self[self._name(line)]) for line in self.lines]

    def answer(self) -> Answer:
        """The nearest minutes: two decimals of an hour tell every minute from its neighbours."""
        minutes = {
            line.pk: int(
                (self.cleaned_data[self._name(line)] * MINUTES_PER_HOUR).to_integral_value(
                    ROUND_HALF_UP
                )
            )
            for line in self.lines
        }
        return Answer(minutes, self.cleaned_data["name"], self.cleaned_data["function"])
