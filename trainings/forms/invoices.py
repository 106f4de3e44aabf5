"""What a firm types about an invoice: its figures, and what each session takes of it."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField
from companies.documents.models import Piece
from companies.forms import DAY_WRONG
from trainings.invoices.actions import InvoiceDeclaration
from trainings.sessions.models import Session

AMOUNT = {"class": "short", "inputmode": "decimal"}


class InvoiceForm(forms.Form):
    """One box a session of the provider; an empty one takes nothing. A provider with one session
    needs no box filled: the invoice is wholly for it.
    """

    number = forms.CharField(
        label=gettext_lazy("Number of the invoice"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the number that the invoice bears.")},
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr", "autocomplete": "off"}),
    )
    dated_on = forms.DateField(
        label=gettext_lazy("Date of the invoice"),
        help_text=gettext_lazy("day/month/year"),
        error_messages={
            "required": gettext_lazy("Write the date of the invoice."),
            "invalid": DAY_WRONG,
        },
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    amount = DirhamsField(
        label=gettext_lazy("Amount without tax, in dirhams"), widget=forms.TextInput(attrs=AMOUNT)
    )
    vat = DirhamsField(
        label=gettext_lazy("VAT, in dirhams (optional)"),
        required=False,
        widget=forms.TextInput(attrs=AMOUNT),
    )
    piece = forms.ChoiceField(
        label=gettext_lazy("The invoice in your vault (optional)"), required=False
    )

    def __init__(
        self, sessions: Iterable[Session], pieces: Iterable[Piece], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.sessions, listed = list(sessions), list(pieces)
        self.piece_ids = {each.public_id: each.pk for each in listed}
        self.fields["piece"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Choose")),
            *((each.public_id, each.title) for each in listed),
        ]
        for session in self.sessions:
            self.fields[f"share-{session.pk}"] = DirhamsField(
                label=str(session), required=False, widget=forms.TextInput(attrs=AMOUNT)
            )

    def declaration(self) -> InvoiceDeclaration:
        given = self.cleaned_data
        return InvoiceDeclaration(
            number=given["number"],
            dated_on=given["dated_on"],
            amount=given["amount"],
            vat=given["vat"],
            shares=self._shares(),
            piece_id=self.piece_ids.get(given["piece"]),
        )

    def _shares(self) -> dict[int, int]:
        typed = {each.pk: self.cleaned_data[f"share-{each.pk}"] for each in self.sessions}
        shares = {session: amount for session, amount in typed.items() if amount}
        if not shares and len(self.sessions) == 1:
            return {self.sessions[0].pk: self.cleaned_data["amount"]}
        return shares
