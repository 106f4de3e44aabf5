"""What a firm types about who teaches."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.errors import Refusal
from companies.forms import RIB_FORM_WRONG, RIB_KEY_WRONG
from companies.identifiers import ICE, IdentifierError, Rib
from trainings.providers.actions import ProviderDeclaration
from trainings.providers.models import Provider, ProviderKind
from trainings.providers.phones import normal

KINDS = [each for each in ProviderKind.choices if each[0] != ProviderKind.INTERNAL]
NUMERIC = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}


class ProviderForm(forms.Form):
    """Of an outside organisation or one of the group; of the firm itself with `kind` left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=KINDS)
    name = forms.CharField(
        label=gettext_lazy("Name of the provider"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write the name of the provider.")},
    )
    ice = forms.CharField(
        label=gettext_lazy("ICE"),
        help_text=gettext_lazy("15 digits, as on its invoices; needed for an outside provider"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=NUMERIC),
    )
    address = forms.CharField(
        label=gettext_lazy("Address (optional)"), max_length=200, required=False
    )
    city = forms.CharField(label=gettext_lazy("City (optional)"), max_length=60, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone (optional)"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr", "class": "short"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address (optional)"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write an address such as nom@exemple.ma.")},
    )
    rib = forms.CharField(
        label=gettext_lazy("Bank details (RIB, optional)"),
        help_text=gettext_lazy("24 digits; left empty, those known are kept"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=NUMERIC),
    )

    def __init__(self, *args: object, of: Provider | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.is_internal = of is not None and of.kind == ProviderKind.INTERNAL
        if self.is_internal:
            del self.fields["kind"]

    def clean_ice(self) -> ICE | None:
        typed = self.cleaned_data["ice"]
        try:
            return ICE.parse(typed) if typed else None
        except IdentifierError:
            raise forms.ValidationError(
                gettext_lazy("The ICE has 15 digits."), code="ice"
            ) from None

    def clean_phone(self) -> str:
        try:
            return normal(self.cleaned_data["phone"])
        except Refusal as refused:
            raise forms.ValidationError(
                gettext_lazy("Write a telephone number, for example 05 22 00 00 00."),
                code=refused.code,
            ) from None

    def clean_rib(self) -> Rib | None:
        typed = self.cleaned_data["rib"]
        try:
            return Rib.parse(typed) if typed else None
        except IdentifierError as error:
            said = RIB_KEY_WRONG if error.code == "rib_key" else RIB_FORM_WRONG
            raise forms.ValidationError(said, code=error.code) from None

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        outside = given.get("kind") == ProviderKind.EXTERNAL
        if outside and not given.get("ice") and "ice" not in self.errors:
            self.add_error("ice", gettext_lazy("Write the ICE of the outside provider."))
        return given

    def declaration(self) -> ProviderDeclaration:
        return ProviderDeclaration(**{"kind": ProviderKind.INTERNAL.value} | self.cleaned_data)


def as_typed(provider: Provider) -> dict[str, object]:
    """A provider as its form would have been filled in; the RIB is never shown again."""
    names = ("kind", "name", "ice", "address", "city", "phone", "email")
    return {name: getattr(provider, name) for name in names}
