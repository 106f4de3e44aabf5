"""The two questions of the simulator: some recruits on average, or one person."""

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField, TypedNumberField
from companies.forms import DAY_WRONG
from companies.workforce.models import ContractKind
from primes.rules.parameters.loader import load_scheme
from primes.views.exercise import SCHEME
from primes.views.simulated import SimulatedPerson

PEOPLE_MAX = 100_000


def claim_years() -> list[tuple[str, str]]:
    life = load_scheme(SCHEME)
    return [(str(year), str(year)) for year in range(life.first_year, life.last_year + 1)]


def _year() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Year"),
        coerce=int,
        choices=claim_years,
        widget=forms.Select(attrs={"class": "short"}),
    )


def _pay(label: Promise) -> DirhamsField:
    return DirhamsField(
        label=label,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )


def _day(label: Promise, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]  # the stubs know one private kind of Promise only
        help_text=gettext_lazy("day/month/year"),
        required=required,
        error_messages={"required": DAY_WRONG, "invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )


class RecruitsForm(forms.Form):
    """So many recruits, employed all year on a stable contract and trained."""

    year = _year()
    people = TypedNumberField(
        label=gettext_lazy("Number of recruits"),
        min_value=1,
        max_value=PEOPLE_MAX,
        decimal_places=0,
        error_messages={
            "required": gettext_lazy("Write how many recruits."),
            "invalid": gettext_lazy("Write a whole number of recruits."),
            "max_decimal_places": gettext_lazy("Write a whole number of recruits."),
            "min_value": gettext_lazy("Write at least one recruit."),
            "max_value": gettext_lazy("Write 100 000 recruits at most."),
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    pay = _pay(gettext_lazy("Average gross taxable pay of the year, in dirhams"))

    def person(self) -> SimulatedPerson:
        """The average recruit, in post for all of the year that may count."""
        first_day = date(self.cleaned_data["year"], 1, 1)
        hired_on = max(first_day, load_scheme(SCHEME).in_force_from)
        return SimulatedPerson(hired_on, self.cleaned_data["pay"])


class PersonForm(forms.Form):
    year = _year()
    hired_on = _day(gettext_lazy("Hired on"), required=True)
    left_on = _day(gettext_lazy("Left on (optional)"), required=False)
    contract = forms.ChoiceField(label=gettext_lazy("Contract"), choices=ContractKind.choices)
    stable_from = _day(gettext_lazy("Start of the stable contract (optional)"), required=False)
    income = _pay(gettext_lazy("Gross taxable pay of the year, in dirhams"))
    nationality = forms.ChoiceField(
        label=gettext_lazy("Nationality"),
        choices=[("MA", gettext_lazy("Moroccan")), ("XX", gettext_lazy("Other"))],
    )
    trained = forms.TypedChoiceField(
        label=gettext_lazy("Trained in the year"),
        choices=[("1", gettext_lazy("Yes")), ("", gettext_lazy("No"))],
        initial="1",
        coerce=bool,
        empty_value="",
        required=False,
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        hired_on, left_on = given.get("hired_on"), given.get("left_on")
        if hired_on and left_on and left_on < hired_on:
            self.add_error("left_on", gettext_lazy("The departure is before the hire date."))
        return given

    def person(self) -> SimulatedPerson:
        given = self.cleaned_data
        return SimulatedPerson(
            hired_on=given["hired_on"],
            income=given["income"],
            contract=given["contract"],
            stable_from=given["stable_from"],
            left_on=given["left_on"],
            nationality=given["nationality"],
            trained=bool(given["trained"]),
        )
