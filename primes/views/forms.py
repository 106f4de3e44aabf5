"""What the pages of claims receive."""

from django import forms
from django.utils.translation import gettext_lazy

from primes.rules.parameters.loader import load_scheme
from primes.views.exercise import SCHEME


def _years() -> list[tuple[int, str]]:
    """The years the scheme knows; which of them is open is the action's answer."""
    life = load_scheme(SCHEME)
    return [(year, str(year)) for year in range(life.first_year, life.last_year + 1)]


class StartForm(forms.Form):
    """Scheme and year of a claim to start."""

    year = forms.TypedChoiceField(coerce=int, choices=_years)

    def clean(self) -> dict[str, object]:
        return {**self.cleaned_data, "scheme": SCHEME}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw it?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why you withdraw the claim.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
