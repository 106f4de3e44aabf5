"""One employee of the firm: where each fact came from, and what the firm declares of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from companies.people_forms import (
    ContractChangeForm,
    ConversionForm,
    DepartureForm,
    LeaveForm,
    NewEmployeeForm,
    UnmaskForm,
)
from companies.space import Space, signed_in, space_of
from companies.workforce import circumstances
from companies.workforce.events import EmploymentEvent
from companies.workforce.history import earlier_told, in_force
from companies.workforce.models import Employee, Employment, PayMonth, PayYear
from companies.workforce.register import NewEmployee, register_employee
from companies.workforce.unmasking import unmask_identifiers

PAY_MONTHS_SHOWN = 36
TO_CHECK = "employee_to_check"
"""In the session: warnings of the last employee added, shown once."""


@dataclass(frozen=True, slots=True)
class Declarable:
    """What may be declared of an employment: its name, what is typed, the act."""

    name: str
    form: type[forms.Form]
    act: Callable[..., EmploymentEvent]


DECLARABLE: Mapping[str, Declarable] = {
    "conversion": Declarable(
        gettext_lazy("The contract becomes stable"),
        ConversionForm,
        circumstances.declare_conversion,
    ),
    "contrat": Declarable(
        gettext_lazy("Another contract follows"),
        ContractChangeForm,
        circumstances.declare_contract_change,
    ),
    "conge": Declarable(
        gettext_lazy("A leave or a suspension"), LeaveForm, circumstances.declare_leave
    ),
    "depart": Declarable(
        gettext_lazy("The person leaves"), DepartureForm, circumstances.declare_departure
    ),
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the timeline; `counts` False for what is cancelled, and for what cancels."""

    event: EmploymentEvent
    earlier: date | None
    counts: bool

    @property
    def is_cancelled(self) -> bool:
        return not self.counts and self.event.kind != EmploymentEvent.Kind.CANCELLED

    @property
    def cancellable(self) -> bool:
        return self.counts and self.event.kind in circumstances.CANCELLABLE


@dataclass(frozen=True, slots=True)
class DeclarationForm:
    """`typed` when it is the one that was sent and refused."""

    kind: str
    name: str
    form: forms.Form
    typed: bool


@dataclass(frozen=True, slots=True)
class EmploymentCard:
    employment: Employment
    events: list[EventRow]
    forms: list[DeclarationForm]


@dataclass(frozen=True, slots=True)
class Refused:
    """A declaration that was sent and not taken."""

    employment_id: int
    kind: str
    form: forms.Form
    refusal: Refusal | None


@require_safe
def employee(request: HttpRequest, employee_id: int) -> HttpResponse:
    space = space_of(request)
    return _employee_page(request, space, _employee_of(space, employee_id))


@require_http_methods(["GET", "HEAD", "POST"])
def new_employee(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    form = NewEmployeeForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            registered = register_employee(
                firm=space.firm,
                employee=NewEmployee(**form.cleaned_data),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The employee is added."))
            request.session[TO_CHECK] = list(registered.warnings)
            return redirect("employee", registered.employment.employee_id)
    context = {"space": space, "form": form, "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or refusal else HTTPStatus.OK
    return render(request, "companies/employee_new.html", context, status=status)


@require_POST
def declare_event(request: HttpRequest, employment_id: int, kind: str) -> HttpResponse:
    space = space_of(request)
    employments = Employment.objects.filter(employee__firm=space.firm)
    employment = get_object_or_404(employments, pk=employment_id)
    if kind not in DECLARABLE:
        raise Http404
    form = DECLARABLE[kind].form(request.POST, prefix=_prefix(kind, employment))
    refusal = None
    if form.is_valid():
        try:
            DECLARABLE[kind].act(
                employment_id=employment.pk,
                acting_user=signed_in(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The change is saved."))
            return redirect("employee", employment.employee_id)
    person = _employee_of(space, employment.employee_id)
    not_taken = Refused(employment.pk, kind, form, refusal)
    return _employee_page(request, space, person, refused=not_taken)


@require_POST
def cancel_event(request: HttpRequest, event_id: int) -> HttpResponse:
    space = space_of(request)
    events = EmploymentEvent.objects.filter(employment__employee__firm=space.firm)
    event = get_object_or_404(events.select_related("employment"), pk=event_id)
    try:
        circumstances.cancel_event(
            event_id=event.pk, acting_user=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        person = _employee_of(space, event.employment.employee_id)
        return _employee_page(request, space, person, refusal=refusal)
    messages.success(request, gettext("The declaration is cancelled; it stays readable."))
    return redirect("employee", event.employment.employee_id)


@require_POST
@never_cache
def unmask(request: HttpRequest, employee_id: int) -> HttpResponse:
    """The numbers once, on a page that no browser keeps; each time is a line of the journal."""
    space = space_of(request)
    person = _employee_of(space, employee_id)
    form = UnmaskForm(request.POST)
    if not form.is_valid():
        return _employee_page(request, space, person, unmasking=form)
    try:
        identifiers = unmask_identifiers(
            employee_id=person.pk,
            reason=form.cleaned_data["reason"],
            acting_user=signed_in(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _employee_page(request, space, person, refusal=refusal)
    context = {"space": space, "employee": person, "identifiers": identifiers}
    return render(request, "companies/employee_unmasked.html", context)


def _employee_of(space: Space, employee_id: int) -> Employee:
    return get_object_or_404(Employee, firm=space.firm, pk=employee_id)


def _employee_page(
    request: HttpRequest,
    space: Space,
    person: Employee,
    *,
    refused: Refused | None = None,
    refusal: Refusal | None = None,
    unmasking: UnmaskForm | None = None,
) -> HttpResponse:
    refusal = refusal or (refused.refusal if refused else None)
    wrong = refused or refusal or unmasking
    context = {
        "space": space,
        "employee": person,
        "cards": _cards(person, refused),
        "years": PayYear.objects.filter(employee=person)
        .select_related("source")
        .defer("source__content")
        .order_by("-year"),
        "months": PayMonth.objects.filter(employee=person)
        .select_related("source")
        .defer("source__content")
        .order_by("-month", "supplement")[:PAY_MONTHS_SHOWN],
        "unmasking": unmasking or UnmaskForm(),
        "form": refused.form if refused else unmasking or UnmaskForm(),
        "refusal": refusal,
        "warnings": request.session.pop(TO_CHECK, []),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "companies/employee.html", context, status=status)


def _cards(person: Employee, refused: Refused | None) -> list[EmploymentCard]:
    """The employments, the last one first, each with its timeline; two queries."""
    employments = (
        Employment.objects.filter(employee=person)
        .select_related("hired_source", "left_source")
        .defer("hired_source__content", "left_source__content")
        .order_by("-hired_on")
    )
    told: dict[int, list[EmploymentEvent]] = {}
    events = EmploymentEvent.objects.filter(employment__employee=person)
    for event in events.select_related("declared_by").order_by("pk"):
        told.setdefault(event.employment_id, []).append(event)
    return [
        EmploymentCard(each, _rows(told.get(each.pk, [])), _forms(each, refused))
        for each in employments
    ]


def _rows(events: list[EmploymentEvent]) -> list[EventRow]:
    counting = {event.pk for event in in_force(events)}
    return [EventRow(event, earlier_told(event), event.pk in counting) for event in events]


def _forms(employment: Employment, refused: Refused | None) -> list[DeclarationForm]:
    sent = refused if refused and refused.employment_id == employment.pk else None
    return [
        DeclarationForm(kind, each.name, sent.form, typed=True)
        if sent and sent.kind == kind
        else DeclarationForm(
            kind, each.name, each.form(prefix=_prefix(kind, employment)), typed=False
        )
        for kind, each in DECLARABLE.items()
    ]


def _prefix(kind: str, employment: Employment) -> str:
    return f"{kind}-{employment.pk}"
