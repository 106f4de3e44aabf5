"""What a firm types about a session, who attended it and what proves it."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField
from companies.documents.models import Piece
from companies.forms import DAY_WRONG
from trainings.forms.hours import HoursField, hours_of
from trainings.sessions.actions import SessionDeclaration
from trainings.sessions.models import Session

CENTIMES = 100


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
    hours = HoursField(label=gettext_lazy("Length in hours"))
    cost = DirhamsField(
        label=gettext_lazy("Cost without tax, in dirhams (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    place = forms.CharField(label=gettext_lazy("Place (optional)"), max_length=120, required=False)
    trainer = forms.CharField(
        label=gettext_lazy("Name of the trainer (optional)"), max_length=120, required=False
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
            minutes=given["hours"],
            cost=given["cost"],
            place=given["place"],
            trainer=given["trainer"],
        )


def as_typed(session: Session) -> dict[str, object]:
    """A session as its form would have been filled in."""
    return {
        "starts_on": session.starts_on,
        "ends_on": session.ends_on,
        "hours": hours_of(session.minutes),
        "cost": Decimal(session.cost) / CENTIMES,
        "place": session.place,
        "trainer": session.trainer,
    }


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


class PieceForm(forms.Form):
    """One paper of the vault, by its public id."""

    piece = forms.ChoiceField(
        label=gettext_lazy("Paper of your vault"),
        error_messages={
            "required": gettext_lazy("Choose a paper."),
            "invalid_choice": gettext_lazy("Choose a paper of the list."),
        },
    )

    def __init__(
        self, pieces: Iterable[Piece], data: QueryDict | None = None, *, optional: bool = False
    ) -> None:
        super().__init__(data)
        listed = list(pieces)
        self.keys = {each.public_id: each.pk for each in listed}
        chosen = self.fields["piece"]
        chosen.required = not optional
        chosen.choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Choose")),
            *((each.public_id, each.title) for each in listed),
        ]

    @property
    def piece_id(self) -> int | None:
        return self.keys.get(self.cleaned_data["piece"])
