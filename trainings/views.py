"""The firm's trainings: programmes, their sessions, and who attended."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from companies.space import Space, signed_in, space_of
from companies.workforce.models import Employee
from trainings.actions import declare_programme, declare_session, record_attendance
from trainings.forms import AttendanceSheet, ProgrammeForm, SessionForm
from trainings.models import Programme, Session


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    return render(
        request, "trainings/programmes.html", {"space": space, "programmes": _programmes(space)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    form = ProgrammeForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            programme = declare_programme(
                firm=space.firm,
                declaration=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The training is declared. Add its sessions."))
            return redirect("new_session", programme.public_id)
    context = {"space": space, "form": form, "refusal": refusal}
    return _page(request, "trainings/new_programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    programme = get_object_or_404(Programme, firm=space.firm, public_id=public_id)
    form = SessionForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            session = declare_session(
                programme_id=programme.pk,
                session=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The session is declared. Say who attended."))
            return redirect("attendance", session.pk)
    context = {"space": space, "programme": programme, "form": form, "refusal": refusal}
    return _page(request, "trainings/new_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    """Tick the people; their minutes are those of the session unless something else is typed."""
    space = space_of(request)
    session = get_object_or_404(
        Session.objects.select_related("programme"), pk=session_id, programme__firm=space.firm
    )
    people = list(employed_during(session, space))
    sheet = AttendanceSheet([each.pk for each in people], session.minutes, request.POST or None)
    refusal = None
    if request.method == "POST" and sheet.is_valid():
        try:
            count = record_attendance(
                session_id=session.pk,
                minutes=sheet.attended(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            said = ngettext("%(count)d person attended.", "%(count)d people attended.", count)
            messages.success(request, said % {"count": count})
            return redirect("programmes")
    context = {
        "space": space,
        "session": session,
        "rows": _rows(people, session, sheet, tick_all="tous" in request.GET),
        "form": sheet,
        "refusal": refusal,
    }
    return _page(request, "trainings/attendance.html", context)


def employed_during(session: Session, space: Space) -> QuerySet[Employee]:
    """The firm's people with a day of employment within the session, by name."""
    return (
        Employee.objects.filter(
            Q(employments__left_on__isnull=True) | Q(employments__left_on__gte=session.starts_on),
            firm=space.firm,
            employments__hired_on__lte=session.ends_on,
        )
        .distinct()
        .order_by("sort_key", "pk")
    )


def _programmes(space: Space) -> QuerySet[Programme]:
    sessions = Session.objects.annotate(people=Count("attendances")).order_by("starts_on", "pk")
    return (
        Programme.objects.filter(firm=space.firm)
        .prefetch_related(Prefetch("sessions", sessions))
        .order_by("-declared_at", "-pk")
    )


def _rows(
    people: list[Employee], session: Session, sheet: AttendanceSheet, *, tick_all: bool
) -> list[dict[str, object]]:
    """Each person with the tick, the minutes shown and what is wrong with them."""
    recorded = dict(session.attendances.values_list("employee_id", "minutes"))
    ticked = (
        sheet.present if sheet.is_bound else {each.pk for each in people if tick_all} or recorded
    )
    return [
        {
            "person": each,
            "ticked": each.pk in ticked,
            "field": sheet[f"minutes-{each.pk}"],
            "minutes": sheet.data.get(f"minutes-{each.pk}")
            or recorded.get(each.pk, session.minutes),
        }
        for each in people
    ]


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    wrong = context["refusal"] or context["form"].errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, context, status=status)
