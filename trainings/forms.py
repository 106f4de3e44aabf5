"""What a firm declares of its trainings."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField, TypedNumberField
from companies.forms import DAY_WRONG
from companies.identifiers import ICE, IdentifierError
from trainings.actions import ProgrammeDeclaration, SessionDeclaration
from trainings.models import Provider

MINUTES_PER_HOUR = 60


class ProgrammeForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        error_messages={"required": gettext_lazy("Give the training a title.")},
    )
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        max_length=80,
        help_text=gettext_lazy("For example: languages, software, customer relations"),
        error_messages={"required": gettext_lazy("Say which domain the training belongs to.")},
    )
    provider = forms.ChoiceField(
        label=gettext_lazy("Provider"),
        choices=Provider.choices,
        help_text=gettext_lazy("Who teaches: your firm, your group or an outside organisation"),
    )
    provider_name = forms.CharField(
        label=gettext_lazy("Name of the outside provider (optional)"),
        max_length=120,
        required=False,
    )
    provider_ice = forms.CharField(
        label=gettext_lazy("ICE of the outside provider"),
        help_text=gettext_lazy(
            "15 digits, only for an outside provider; it stands on its invoices"
        ),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )

    def clean_provider_ice(self) -> str:
        typed = self.cleaned_data["provider_ice"]
        try:
            return str(ICE.parse(typed)) if typed else ""
        except IdentifierError:
            raise ValidationError(gettext_lazy("The ICE has 15 digits."), code="ice") from None

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        outside = given.get("provider") == Provider.EXTERNAL
        if outside and not given.get("provider_ice") and "provider_ice" not in self.errors:
            self.add_error("provider_ice", gettext_lazy("Write the ICE of the outside provider."))
        return given

    def declaration(self) -> ProgrammeDeclaration:
        return ProgrammeDeclaration(**self.cleaned_data)


class SessionForm(forms.Form):
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("day/month/year"),
        error_messages={"required": gettext_lazy("Write the first day."), "invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("In the same calendar year as the first"),
        error_messages={"required": gettext_lazy("Write the last day."), "invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    hours = TypedNumberField(
        label=gettext_lazy("Length in hours"),
        min_value=Decimal("0.25"),
        max_value=2_000,
        decimal_places=2,
        error_messages={
            "required": gettext_lazy("Write how many hours the session lasts."),
            "invalid": gettext_lazy("Write a number of hours, for example 7,5."),
            "min_value": gettext_lazy("A session lasts a quarter of an hour (0,25) at least."),
            "max_value": gettext_lazy("A session lasts 2 000 hours at most."),
            "max_decimal_places": gettext_lazy("Write two decimals at most, for example 7,25."),
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    cost = DirhamsField(
        label=gettext_lazy("Cost without tax, in dirhams (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext_lazy("The last day is before the first."))
        elif first and last and first.year != last.year:
            self.add_error("ends_on", gettext_lazy("A session stays within one calendar year."))
        return given

    def declaration(self) -> SessionDeclaration:
        given = self.cleaned_data
        return SessionDeclaration(
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            minutes=int(given["hours"] * MINUTES_PER_HOUR),
            cost=given["cost"],
        )


class AttendanceSheet(forms.Form):
    """Two fields a person: attended, and minutes; only the minutes of those ticked are read."""

    def __init__(self, possible: list[int], minutes: int, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.posted = data or QueryDict()
        self.possible = possible
        for pk in possible:
            self.fields[f"minutes-{pk}"] = forms.IntegerField(
                label=gettext_lazy("Minutes"),
                min_value=1,
                max_value=minutes,
                required=False,
                error_messages={
                    "invalid": gettext_lazy("Write whole minutes."),
                    "max_value": gettext_lazy(
                        "Write %(limit_value)s minutes at most: the session lasts no longer."
                    ),
                    "min_value": gettext_lazy("Write at least one minute."),
                },
                widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
            )
        self.session_minutes = minutes

    @property
    def present(self) -> set[int]:
        """The people ticked, among those who may be."""
        ticked = {int(text) for text in self.posted.getlist("present") if text.isdigit()}
        return ticked & set(self.possible)

    def attended(self) -> dict[int, int]:
        """Minutes by employee; an empty box means the whole session."""
        return {
            pk: self.cleaned_data[f"minutes-{pk}"] or self.session_minutes for pk in self.present
        }
