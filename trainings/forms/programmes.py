"""What a firm types about a programme."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField
from trainings.forms.hours import HoursField, hours_of
from trainings.programmes.actions import ProgrammeDeclaration
from trainings.programmes.models import Language, Programme
from trainings.providers.models import Provider, ProviderKind

OURSELVES = ProviderKind.INTERNAL.value
MOROCCO = "MA"
CENTIMES = 100
ONLINE, ON_SITE = "online", "site"


class ProgrammeForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        error_messages={"required": gettext_lazy("Give the training a title.")},
    )
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        max_length=80,
        help_text=gettext_lazy("For example: languages, software, customer relations"),
        error_messages={"required": gettext_lazy("Say which domain the training belongs to.")},
    )
    provider = forms.ChoiceField(
        label=gettext_lazy("Provider"),
        help_text=gettext_lazy(
            "Who teaches; declare an organisation of your group or from outside first"
        ),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[(ON_SITE, gettext_lazy("On site")), (ONLINE, gettext_lazy("On line"))],
        required=False,
    )
    city = forms.CharField(label=gettext_lazy("City (optional)"), max_length=60, required=False)
    country = forms.RegexField(
        regex=r"^[A-Za-z]{2}$",
        label=gettext_lazy("Country (optional)"),
        help_text=gettext_lazy("Code of two letters: MA for Morocco"),
        required=False,
        error_messages={
            "invalid": gettext_lazy("A country code has two letters, MA for Morocco."),
        },
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language (optional)"),
        choices=[("", gettext_lazy("Choose")), *Language.choices],
        required=False,
    )
    planned_hours = HoursField(label=gettext_lazy("Planned hours (optional)"), required=False)
    planned_cost = DirhamsField(
        label=gettext_lazy("Planned cost without tax, in dirhams (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )

    def __init__(self, providers: Iterable[Provider], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        outside = [each for each in providers if each.kind != ProviderKind.INTERNAL]
        self.provider_ids = {each.public_id: each.pk for each in outside}
        chosen = self.fields["provider"]
        chosen.choices = [  # type: ignore[attr-defined]
            (OURSELVES, gettext_lazy("Your firm itself")),
            *((each.public_id, f"{each.name} ({each.get_kind_display()})") for each in outside),
        ]

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def declaration(self) -> ProgrammeDeclaration:
        """What is on line has no place, whatever stands in the boxes."""
        given = self.cleaned_data
        online = given["where"] == ONLINE
        return ProgrammeDeclaration(
            title=given["title"],
            domain=given["domain"],
            provider_id=self.provider_ids.get(given["provider"]),
            online=online,
            city="" if online else given["city"],
            country="" if online else given["country"],
            language=given["language"],
            planned_minutes=given["planned_hours"],
            planned_cost=given["planned_cost"] or None,
        )


def as_typed(programme: Programme) -> dict[str, object]:
    """A programme as its form would have been filled in."""
    internal = programme.provider.kind == ProviderKind.INTERNAL
    cost = programme.planned_cost
    return {
        "title": programme.title,
        "domain": programme.domain,
        "provider": OURSELVES if internal else programme.provider.public_id,
        "where": ONLINE if programme.online else ON_SITE,
        "city": programme.city,
        "country": programme.country,
        "language": programme.language,
        "planned_hours": hours_of(programme.planned_minutes),
        "planned_cost": None if cost is None else Decimal(cost) / CENTIMES,
    }
