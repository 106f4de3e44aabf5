"""What a firm types of one person: who they are, and what changed in their employment."""

from django import forms
from django.utils.translation import gettext_lazy

from companies.forms import DAY_WRONG
from companies.workforce.history import STABLE_CONTRACTS
from companies.workforce.models import ContractKind
from companies.workforce.names import NAME_LENGTH

DAY_REQUIRED = gettext_lazy("Write the day as day/month/year.")
CHOSEN = gettext_lazy("Choose the kind of contract.")


def _day(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": DAY_REQUIRED, "invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )


def _number(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr", "autocomplete": "off"}),
    )


def _contract(stable: bool) -> forms.ChoiceField:  # noqa: FBT001 - the two halves of one list
    kinds = [each for each in ContractKind.choices if (each[0] in STABLE_CONTRACTS) is stable]
    return forms.ChoiceField(
        label=gettext_lazy("New contract"), choices=kinds, error_messages={"required": CHOSEN}
    )


class NewEmployeeForm(forms.Form):
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write the last name.")},
    )
    first_name = forms.CharField(
        label=gettext_lazy("First name (optional)"), max_length=NAME_LENGTH, required=False
    )
    cin = _number(gettext_lazy("CIN"), gettext_lazy("As on the card, for example AB123456"))
    cnss_number = _number(
        gettext_lazy("CNSS number"), gettext_lazy("9 digits; one of the two numbers is enough")
    )
    hired_on = _day(gettext_lazy("Hired on"), help_text=gettext_lazy("For example 05/08/2026"))


class ConversionForm(forms.Form):
    on = _day(gettext_lazy("First day of the stable contract"))
    contract = _contract(stable=True)


class ContractChangeForm(forms.Form):
    on = _day(gettext_lazy("First day of the new contract"))
    contract = _contract(stable=False)


class LeaveForm(forms.Form):
    on = _day(gettext_lazy("First day of the leave"))
    until = _day(gettext_lazy("Last day of the leave (optional)"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Nature of the leave (optional)"),
        help_text=gettext_lazy("For example maternity, unpaid leave; no medical detail"),
        max_length=200,
        required=False,
    )


class DepartureForm(forms.Form):
    on = _day(gettext_lazy("Last day of work"))


class UnmaskForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why do you need the numbers?"),
        help_text=gettext_lazy("Your reason, your name and the hour are kept in the journal."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the reason in one sentence.")},
    )
