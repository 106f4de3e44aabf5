"""What a firm types about its files and its people."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from companies.identifiers import IdentifierError, Rib
from companies.workforce.models import ContractKind

NONE_WORDS = frozenset({"aucune", "aucun", "non", "none", "لا"})
DAY_WRONG = gettext_lazy("Write a day that exists as day/month/year, for example 05/08/2026.")
MEGABYTE = 1024 * 1024
RIB_KEY_WRONG = gettext_lazy("Check the RIB: its last two digits do not match the others.")
RIB_FORM_WRONG = gettext_lazy("The RIB has 24 digits.")


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files; each is checked, the first refusal names its file."""

    widget = SeveralFilesInput

    def clean(self, data: object, initial: object = None) -> "list[UploadedFile[bytes]]":
        files = data if isinstance(data, list) and data else [data or None]
        cleaned = [super(SeveralFilesField, self).clean(each, initial) for each in files]
        for each in cleaned:
            if not each.size:
                raise forms.ValidationError(
                    gettext_lazy("The file %(name)s is empty."),
                    code="empty",
                    params={"name": each.name},
                )
            if each.size > settings.MAX_UPLOAD_BYTES:
                raise forms.ValidationError(
                    gettext_lazy("The file %(name)s is larger than %(limit)s MB."),
                    code="too_large",
                    params={"name": each.name, "limit": settings.MAX_UPLOAD_BYTES // MEGABYTE},
                )
        return cleaned


class EarlierField(forms.CharField):
    """A day, or None for « aucune »; empty is no answer."""

    default_error_messages = {
        "required": gettext_lazy("Write « aucune », or the last day of the earlier employment."),
        "day": gettext_lazy("Write « aucune » or a date as day/month/year."),
    }

    def clean(self, value: object) -> date | None:
        text = super().clean(value)
        if not text or text.casefold() in NONE_WORDS:
            return None
        try:
            return forms.DateField().clean(text)  # type: ignore[no-any-return]  # Django leaves it untyped
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["day"], code="day") from None


class CompletionForm(forms.Form):
    """What the files cannot say of one employment; left wholly empty in a sheet, it is skipped."""

    contract = forms.ChoiceField(
        label=gettext_lazy("Contract"),
        choices=[("", gettext_lazy("Choose")), *ContractKind.choices],
        error_messages={"required": gettext_lazy("Choose the kind of contract.")},
    )
    stable_from = forms.DateField(
        label=gettext_lazy("Start of the stable contract (optional)"),
        help_text=gettext_lazy("Only when it began after the hire date, for example a conversion."),
        required=False,
        error_messages={"invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    earlier = EarlierField(
        label=gettext_lazy("Earlier employment with your firm"),
        help_text=gettext_lazy("« aucune », or its last day: 31/12/2023"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    nationality = forms.RegexField(
        regex=r"^[A-Za-z]{2}$",
        label=gettext_lazy("Nationality"),
        help_text=gettext_lazy("Country code of two letters: MA for Morocco"),
        error_messages={
            "required": gettext_lazy("Write the country code, MA for Morocco."),
            "invalid": gettext_lazy("A country code has two letters, MA for Morocco."),
        },
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )

    def clean_nationality(self) -> str:
        return str(self.cleaned_data["nationality"]).upper()


class PrefillForm(forms.Form):
    """Answers that hold for most of the people of a sheet."""

    contract = forms.ChoiceField(
        label=gettext_lazy("Contract"),
        choices=[("", gettext_lazy("As it is")), *ContractKind.choices],
        required=False,
    )
    earlier = forms.ChoiceField(
        label=gettext_lazy("Earlier employment"),
        choices=[("", gettext_lazy("As it is")), ("aucune", gettext_lazy("None"))],
        required=False,
    )
    nationality = forms.ChoiceField(
        label=gettext_lazy("Nationality"),
        choices=[("", gettext_lazy("As it is")), ("MA", gettext_lazy("Moroccan"))],
        required=False,
    )

    def answers(self) -> dict[str, str]:
        """The answers chosen; none when the address carries something else."""
        return (
            {name: text for name, text in self.cleaned_data.items() if text}
            if self.is_valid()
            else {}
        )


class FirmChoiceForm(forms.Form):
    firm = forms.CharField(max_length=40)


class BankAccountForm(forms.Form):
    rib = forms.CharField(
        label=gettext_lazy("Bank details (RIB)"),
        help_text=gettext_lazy("24 digits; spaces do not matter"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write the 24 digits of the RIB.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )
    holder = forms.CharField(
        label=gettext_lazy("Account holder, in Latin letters"),
        max_length=70,
        error_messages={"required": gettext_lazy("Write the name of the account holder.")},
    )

    def clean_rib(self) -> Rib:
        try:
            return Rib.parse(self.cleaned_data["rib"])
        except IdentifierError as error:
            said = RIB_KEY_WRONG if error.code == "rib_key" else RIB_FORM_WRONG
            raise forms.ValidationError(said, code=error.code) from None
