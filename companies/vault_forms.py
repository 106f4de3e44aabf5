"""What a firm says of a paper it hands over."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from companies.documents.actions import Paper
from companies.documents.models import Piece
from companies.documents.validity import CERTIFIED
from companies.forms import DAY_WRONG, MEGABYTE


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )


class PieceForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of document"),
        choices=[("", gettext_lazy("Choose")), *Piece.Kind.choices],
        error_messages={"required": gettext_lazy("Choose the kind of document.")},
    )
    title = forms.CharField(label=gettext_lazy("Title (optional)"), max_length=120, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        help_text=gettext_lazy("Needed for a certificate"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr", "autocomplete": "off"}),
    )
    valid_from = _day(gettext_lazy("Valid from"))
    valid_until = _day(gettext_lazy("Valid until"))
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, JPEG, PNG, XLSX, ODS or CSV, 10 MB at most"),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        begins, ends = told.get("valid_from"), told.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", gettext_lazy("The last day is before the first one."))
        if told.get("kind") in CERTIFIED:
            self._require_certificate(told)
        return told

    def clean_upload(self) -> object:
        upload = self.cleaned_data["upload"]
        if upload.size > settings.MAX_PIECE_BYTES:
            raise forms.ValidationError(
                gettext_lazy("The file is larger than %(limit)s MB."),
                code="too_large",
                params={"limit": settings.MAX_PIECE_BYTES // MEGABYTE},
            )
        return upload

    def paper(self) -> Paper:
        told = self.cleaned_data
        return Paper(
            *(told[name] for name in ("kind", "title", "number", "valid_from", "valid_until"))
        )

    def _require_certificate(self, told: dict[str, object]) -> None:
        """A certificate without its number and its two days would prove nothing to a claim."""
        for name in ("number", "valid_from", "valid_until"):
            if not told.get(name) and name not in self.errors:
                self.add_error(
                    name, gettext_lazy("Needed for a certificate: copy it from the paper.")
                )


class NewerPieceForm(PieceForm):
    """A paper that replaces another is of the same kind."""

    def __init__(self, *args: object, kind: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # what any form takes
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].choices = [(kind, kind)]  # type: ignore[attr-defined]  # a choice field
        self.initial["kind"] = kind
