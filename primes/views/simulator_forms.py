"""The questions of the simulator: some recruits on average, one person, or many rows."""

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.fields import DirhamsField, TypedNumberField
from accounts.templatetags.formats import language
from companies.forms import DAY_WRONG
from companies.imports.reading.values import YEARS
from companies.workforce.models import ContractKind
from primes.rules.errors import YearOutsideScheme
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.rules.parameters.sheets import SchemeText
from primes.views.exercise import SCHEME
from primes.views.simulated import SimulatedPerson
from primes.views.simulated_rows import BYTES_MAX
from primes.wording.words import sentence

RECRUITS_MAX = 100_000


def _years_of(life: SchemeText) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(life.first_year, life.last_year + 1)]


def _short_select() -> forms.Select:
    return forms.Select(attrs={"class": "short"})


def _year(scheme: str, help_text: Promise | str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Year"),
        help_text=help_text,  # type: ignore[arg-type]  # the stubs know one private kind of Promise only
        coerce=int,
        choices=lambda: _years_of(load_scheme(scheme)),
        widget=_short_select(),
    )


def _pay(label: Promise, *, required: bool = True) -> DirhamsField:
    return DirhamsField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )


class _PlausibleDayField(forms.DateField):
    """A day of the years that files may hold: months are added to it, and it must stay a day."""

    def to_python(self, value: object) -> date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def _day(label: Promise, *, required: bool) -> forms.DateField:
    return _PlausibleDayField(
        label=label,  # type: ignore[arg-type]  # the stubs know one private kind of Promise only
        help_text=gettext_lazy("day/month/year"),
        required=required,
        error_messages={"required": DAY_WRONG, "invalid": DAY_WRONG},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )


class RecruitsForm(forms.Form):
    """So many recruits, employed all year on a stable contract and trained."""

    scheme = SCHEME
    year = _year(SCHEME)
    people = TypedNumberField(
        label=gettext_lazy("Number of recruits"),
        min_value=1,
        max_value=RECRUITS_MAX,
        decimal_places=0,
        error_messages={
            "required": gettext_lazy("Write how many recruits."),
            "invalid": gettext_lazy("Write a whole number of recruits."),
            "max_decimal_places": gettext_lazy("Write a whole number of recruits."),
            "min_value": gettext_lazy("Write at least one recruit."),
            "max_value": gettext_lazy("Write 100 000 recruits at most."),
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    pay = _pay(gettext_lazy("Average gross taxable pay of the year, in dirhams"))

    def person(self) -> SimulatedPerson:
        """The average recruit, in post for all of the year that may count."""
        year = self.cleaned_data["year"]
        hired_on = max(date(year, 1, 1), load_scheme(SCHEME).in_force_from)
        return SimulatedPerson(hired_on, {year: self.cleaned_data["pay"]})


class PersonForm(forms.Form):
    """What both schemes ask of one person."""

    scheme: str
    hired_on = _day(gettext_lazy("Hired on"), required=True)
    left_on = _day(gettext_lazy("Left on (optional)"), required=False)
    contract = forms.ChoiceField(label=gettext_lazy("Contract"), choices=ContractKind.choices)
    stable_from = _day(gettext_lazy("Start of the stable contract (optional)"), required=False)
    nationality = forms.ChoiceField(
        label=gettext_lazy("Nationality"),
        choices=[("MA", gettext_lazy("Moroccan")), ("XX", gettext_lazy("Other"))],
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        hired_on, left_on = given.get("hired_on"), given.get("left_on")
        if hired_on and left_on and left_on < hired_on:
            self.add_error("left_on", gettext_lazy("The departure is before the hire date."))
        return given

    def incomes(self) -> dict[int, int]:
        """Centimes by calendar year."""
        raise NotImplementedError

    def person(self) -> SimulatedPerson:
        given = self.cleaned_data
        return SimulatedPerson(
            hired_on=given["hired_on"],
            incomes=self.incomes(),
            contract=given["contract"],
            stable_from=given["stable_from"],
            left_on=given["left_on"],
            nationality=given["nationality"],
            is_trained=bool(given.get("trained")),
        )


class TrainingBonusForm(PersonForm):
    scheme = SCHEME
    year = _year(SCHEME)
    income = _pay(gettext_lazy("Gross taxable pay of the year, in dirhams"))
    trained = forms.TypedChoiceField(
        label=gettext_lazy("Trained in the year"),
        choices=[("1", gettext_lazy("Yes")), ("", gettext_lazy("No"))],
        initial="1",
        coerce=bool,
        empty_value="",
        required=False,
    )
    field_order = (
        *("year", "hired_on", "left_on", "contract", "stable_from", "income"),
        *("nationality", "trained"),
    )

    def incomes(self) -> dict[int, int]:
        return {self.cleaned_data["year"]: self.cleaned_data["income"]}


class EmploymentBonusForm(PersonForm):
    scheme = "pae-2025"
    year = _year("pae-2025", gettext_lazy("The one in which the eighteen months are reached."))
    first_income = _pay(gettext_lazy("Gross taxable pay of the year the stable job began"))
    second_income = _pay(
        gettext_lazy("Gross taxable pay of the year after (optional)"), required=False
    )
    field_order = (
        *("year", "hired_on", "left_on", "contract", "stable_from"),
        *("first_income", "second_income", "nationality"),
    )

    def incomes(self) -> dict[int, int]:
        """An empty second income is unknown; it is asked only where the first months reach it."""
        given = self.cleaned_data
        began = max(given["hired_on"], given["stable_from"] or given["hired_on"]).year
        is_told = bool(str(self.data.get("second_income") or "").strip())
        second = {began + 1: given["second_income"]} if is_told else {}
        return {began: given["first_income"], **second}


PERSON_FORMS = {form.scheme: form for form in (TrainingBonusForm, EmploymentBonusForm)}


class RowsForm(forms.Form):
    """Rows copied from a spreadsheet, or a people file; the first line names the columns."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Scheme"),
        choices=lambda: [(name, load_scheme(name).title[language()]) for name in scheme_names()],
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        error_messages={
            "required": gettext_lazy("Write a year in four digits."),
            "invalid": gettext_lazy("Write a year in four digits."),
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    rows = forms.CharField(
        label=gettext_lazy("Rows copied from your spreadsheet"),
        help_text=gettext_lazy(
            "With the line of titles: matricule_cnss, cin, nationalite, date_embauche,"
            " type_contrat, revenu_brut_imposable, heures_formation…"
        ),
        required=False,
        strip=False,
        max_length=BYTES_MAX // 2,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a people file (XLSX or CSV)"),
        help_text=gettext_lazy("1 000 people and 2 MB at most."),
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        pasted, file = bool((given.get("rows") or "").strip()), given.get("file")
        if file and file.size > BYTES_MAX:
            self.add_error("file", gettext_lazy("Send a file of 2 MB at most."))
        if "scheme" in given and given.get("year") is not None:
            self._check_year(load_scheme(str(given["scheme"])), int(str(given["year"])))
        if pasted == bool(file) and not self.errors:
            self.add_error("rows", gettext_lazy("Paste rows or choose a file: one of the two."))
        return given

    def _check_year(self, life: SchemeText, year: int) -> None:
        try:
            life.require_year(year)
        except YearOutsideScheme as refused:
            said = sentence(refused.code, vars(refused), language())
            self.add_error("year", f"{said.what} {said.do}")

    def named_content(self) -> tuple[str, bytes]:
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return str(gettext_lazy("pasted rows")), self.cleaned_data["rows"].encode()
