"""What a person types to try a value of the law: up to three drafts, and what is assumed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django import forms

from accounts.fields import TypedNumberField
from primes.admin.sheets import by_title
from primes.admin.typed_values import as_sheet
from primes.claims.what_if.assumptions import Assumptions
from primes.rules.columns import day_of
from primes.rules.drafts import DraftValue, drafted
from primes.rules.errors import DraftRefused, YearOutsideScheme
from primes.rules.parameters.sheets import Parameter, SchemeText
from primes.wording.sheets import value_text
from primes.wording.words import sentence

DRAFTS_MAX = 3
HIRES_MAX = 5_000
"""A month: twice what the whole sector hires in its best one."""
VALUE_LENGTH_MAX = 60


class ShareField(TypedNumberField):
    """A percentage typed, from 0 to 100, an exact share of one given; nothing typed is 0."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            initial=0,
            min_value=0,
            max_value=100,
            decimal_places=2,
            error_messages={
                "invalid": "Écrivez un pourcentage, par exemple 2,5.",
                "min_value": "Écrivez un pourcentage de 0 à 100.",
                "max_value": "Écrivez un pourcentage de 0 à 100.",
                "max_decimal_places": "Écrivez deux décimales au plus.",
            },
        )

    def to_python(self, value: object) -> Decimal | None:
        return super().to_python(str(value or "").strip().removesuffix("%"))

    def clean(self, value: object) -> Fraction:
        return Fraction(super().clean(value) or 0) / 100


class AssumptionsForm(forms.Form):
    pay_growth = ShareField(label="Hausse des rémunérations, % par an")
    leavers = ShareField(label="Départs, % par an")
    hires_per_month = forms.IntegerField(
        label="Embauches par mois",
        required=False,
        initial=0,
        min_value=0,
        max_value=HIRES_MAX,
        error_messages={
            "invalid": "Écrivez un nombre entier de personnes.",
            "min_value": "Écrivez un nombre de personnes, 0 ou plus.",
            "max_value": f"Écrivez {HIRES_MAX} personnes par mois au plus.",
        },
    )
    until = forms.IntegerField(
        label="Dernier exercice",
        required=False,
        error_messages={"invalid": "Écrivez une année en quatre chiffres, par exemple 2027."},
    )

    def __init__(self, data: Mapping[str, str] | None, *, text: SchemeText) -> None:
        super().__init__(data)
        self._text = text
        self.fields["until"].initial = text.last_year

    def clean_until(self) -> int:
        until: int = self.cleaned_data["until"] or self._text.last_year
        try:
            self._text.require_year(until)
        except YearOutsideScheme as refused:
            facts = vars(refused) | {"scheme": self._text.title["fr"]}
            raise forms.ValidationError(_said(refused.code, **facts)) from refused
        return until

    def assumed(self) -> Assumptions:
        typed = self.cleaned_data
        hires = typed["hires_per_month"] or 0
        return Assumptions(typed["pay_growth"], typed["leavers"], hires)


class DraftForm(forms.Form):
    """One value to try; `draft` is None until it was read, and when the row is left empty."""

    name = forms.ChoiceField(
        label="Paramètre, et sa valeur d'aujourd'hui",
        required=False,
        error_messages={"invalid_choice": "Choisissez un paramètre de ce dispositif."},
    )
    value = forms.CharField(
        label="Valeur à essayer",
        required=False,
        max_length=VALUE_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = forms.DateField(
        label="À partir du",
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "jj/mm/aaaa"}),
        error_messages={"invalid": "Écrivez un jour, par exemple 01/01/2027."},
    )

    def __init__(
        self, data: Mapping[str, str] | None, *, text: SchemeText, on: date, rank: int
    ) -> None:
        super().__init__(data, prefix=f"draft{rank}")
        self.draft: DraftValue | None = None
        self.rank = rank
        self._text = text
        self.fields["name"].choices = [("", "Aucun"), *_parameters(text, on)]

    def clean(self) -> None:
        """A value is read even where its day was refused: both are said at once."""
        typed = self.cleaned_data
        if {"name", "value"} & set(self.errors) or not (self.errors or any(typed.values())):
            return
        if not typed["name"]:
            self.add_error("name", "Choisissez le paramètre à essayer.")
        elif not typed["value"]:
            self.add_error("value", "Écrivez la valeur à essayer.")
        else:
            self._read(self._text.parameters[typed["name"]], typed["value"], typed.get("since"))

    def _read(self, parameter: Parameter, value: str, since: date | None) -> None:
        draft = DraftValue(self._text.name, parameter.name, as_sheet(value, parameter.unit), since)
        try:
            drafted(self._text, [draft])
        except DraftRefused as refused:
            if since and refused.found == since.isoformat():
                self._refuse("since", since, self._text.in_force_from)
            else:
                self._refuse("value", value, refused.expected)
            return
        self.draft = draft

    def _refuse(self, field: str, found: object, expected: object) -> None:
        place = self._text.parameters[self.cleaned_data["name"]].title["fr"]
        self.add_error(field, _said("draft_refused", place=place, found=found, expected=expected))


def _parameters(text: SchemeText, on: date) -> list[tuple[str, str]]:
    """(name, « Taux de la prime : 3,5 % »); a table is not tried cell by cell."""
    return [
        (each.name, f"{each.title['fr']} : {value_text(each, each.on(day_of(on)), 'fr')}")
        for each in by_title(text)
        if not each.unit.endswith("_by_profile")
    ]


def _said(code: str, **facts: object) -> str:
    said = sentence(code, facts)
    return f"{said.what} {said.do}"
