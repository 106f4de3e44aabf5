"""What the pages of claims receive."""

from django import forms
from django.utils.translation import gettext_lazy

from primes.views.exercise import SCHEME


class StartForm(forms.Form):
    """Scheme and year of a claim to start."""

    year = forms.IntegerField()

    def clean(self) -> dict[str, object]:
        return {**self.cleaned_data, "scheme": SCHEME}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw it?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why you withdraw the claim.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
