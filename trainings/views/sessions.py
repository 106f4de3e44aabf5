"""The sessions of a programme, who attended them and the papers that prove it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from accounts.models import User
from companies.documents.models import Piece
from companies.space import Space, signed_in, space_of
from companies.workforce.models import Employee
from trainings.evidence import OF_A_SESSION
from trainings.flags import flags_by_session
from trainings.forms.sessions import AttendanceSheet, PieceForm, SessionForm, as_typed
from trainings.models import Programme, Session
from trainings.sessions.actions import (
    attach_piece,
    declare_session,
    detach_piece,
    record_attendance,
    revise_session,
)
from trainings.views.answers import page


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
    return page(request, "trainings/new_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: HttpRequest, session_id: int) -> HttpResponse:
    space = space_of(request)
    session = _session(space, session_id)
    form = SessionForm(request.POST or None, initial=as_typed(session))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            revise_session(
                session_id=session.pk,
                session=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The session is changed."))
            return redirect("programme", session.programme.public_id)
    context = {"space": space, "session": session, "form": form, "refusal": refusal}
    return page(request, "trainings/edit_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    """Tick the people; their minutes are those of the session unless something else is typed."""
    space = space_of(request)
    session = _session(space, session_id)
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
            return redirect("programme", session.programme.public_id)
    rows = _rows(people, session, sheet, tick_all="tous" in request.GET)
    return _session_page(request, space, session, form=sheet, rows=rows, refusal=refusal)


@require_POST
def attach(request: HttpRequest, session_id: int) -> HttpResponse:
    """A paper of the vault proves the session."""
    return _change_evidence(
        request,
        session_id,
        lambda session, piece_id, user: attach_piece(
            session_id=session, piece_id=piece_id, acting_user=user, at=timezone.now()
        ),
    )


@require_POST
def detach(request: HttpRequest, session_id: int) -> HttpResponse:
    return _change_evidence(
        request,
        session_id,
        lambda session, piece_id, user: detach_piece(
            session_id=session, piece_id=piece_id, acting_user=user, at=timezone.now()
        ),
    )


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


def _change_evidence(
    request: HttpRequest, session_id: int, act: Callable[[int, int, User], object]
) -> HttpResponse:
    space = space_of(request)
    session = _session(space, session_id)
    form = PieceForm(_papers(space), request.POST)
    refusal = None
    if form.is_valid() and form.piece_id is not None:
        try:
            act(session.pk, form.piece_id, signed_in(request))
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The evidence of the session is changed."))
            return redirect("attendance", session.pk)
    people = list(employed_during(session, space))
    sheet = AttendanceSheet([each.pk for each in people], session.minutes)
    rows = _rows(people, session, sheet, tick_all=False)
    return _session_page(request, space, session, form=form, rows=rows, refusal=refusal)


def _session_page(
    request: HttpRequest, space: Space, session: Session, **context: object
) -> HttpResponse:
    """Who attended, what proves it and what looks wrong; `form` is the one that was posted."""
    papers = list(_papers(space))
    attached = set(session.evidence.values_list("piece_id", flat=True))
    flags = flags_by_session(space.firm, [session.starts_on.year], timezone.localdate())
    evidence = {
        "evidence": [each for each in papers if each.pk in attached],
        "piece_form": PieceForm(each for each in papers if each.pk not in attached),
        "flags": flags.get(session.pk, []),
        "confirmations": session.confirmations.order_by("-asked_at"),
    }
    return page(
        request,
        "trainings/attendance.html",
        {"space": space, "session": session} | evidence | context,
    )


def _papers(space: Space) -> QuerySet[Piece]:
    return (
        Piece.objects.filter(firm=space.firm, kind__in=OF_A_SESSION)
        .exclude(state=Piece.State.INFECTED)
        .order_by("-added_at", "-pk")
    )


def _session(space: Space, session_id: int) -> Session:
    return get_object_or_404(
        Session.objects.select_related("programme"), pk=session_id, programme__firm=space.firm
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
