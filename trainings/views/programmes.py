"""The firm's programmes: those of a year, one by itself, a new one, last year's again."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from companies.firms.models import Firm
from companies.space import Space, signed_in, space_of
from trainings.flags import Flag, flags_by_session
from trainings.forms.programmes import ProgrammeForm, as_typed
from trainings.invoices.models import Invoice
from trainings.models import Programme, Session
from trainings.programmes.actions import (
    declare_programme,
    duplicate_programme,
    revise_programme,
)
from trainings.providers.models import Provider
from trainings.related import RELATED_TO_FIRM, providers_to_check
from trainings.views.answers import page


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes with a session in the year, and those that have none yet."""
    space = space_of(request)
    years = _years(space.firm)
    year = _chosen(request.GET.get("annee", ""), years)
    found = list(_programmes(space.firm, year))
    flags = flags_by_session(space.firm, [year], timezone.localdate())
    context = {
        "space": space,
        "years": years,
        "year": year,
        "programmes": found,
        "rows": [(each, _with_flags(each.sessions.all(), flags)) for each in found],
    }
    return render(request, "trainings/programmes.html", context)


@require_safe
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    shown = _programme(space, public_id)
    sessions = list(
        shown.sessions.annotate(people=Count("attendances"))
        .prefetch_related("evidence__piece")
        .order_by("-starts_on", "pk")
    )
    years = {each.starts_on.year for each in sessions}
    flags = flags_by_session(space.firm, years, timezone.localdate())
    to_check = shown.provider_id in providers_to_check(space.firm)
    context = {
        "space": space,
        "programme": shown,
        "rows": _with_flags(sessions, flags),
        "invoices": _invoices(shown),
        "provider_warning": {"code": RELATED_TO_FIRM} if to_check else None,
    }
    return render(request, "trainings/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    form = ProgrammeForm(_providers(space), request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            declared = declare_programme(
                firm=space.firm,
                declaration=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The training is declared. Add its sessions."))
            return redirect("new_session", declared.public_id)
    context = {"space": space, "form": form, "refusal": refusal}
    return page(request, "trainings/new_programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_programme(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    revised = _programme(space, public_id)
    form = ProgrammeForm(_providers(space), request.POST or None, initial=as_typed(revised))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            revise_programme(
                programme_id=revised.pk,
                declaration=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The training is changed."))
            return redirect("programme", public_id)
    context = {"space": space, "programme": revised, "form": form, "refusal": refusal}
    return page(request, "trainings/edit_programme.html", context)


@require_POST
def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """The copy is opened where it can be changed."""
    space = space_of(request)
    source = get_object_or_404(Programme, firm=space.firm, public_id=public_id)
    try:
        copy = duplicate_programme(
            programme_id=source.pk,
            with_sessions="sessions" in request.POST,
            acting_user=signed_in(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        context = {"space": space, "refusal": refusal}
        return page(request, "trainings/refused.html", context)
    messages.success(request, gettext("The training is copied: change what differs."))
    return redirect("edit_programme", copy.public_id)


def _years(firm: Firm) -> list[int]:
    """Civil years with a session, the last one first."""
    days = Session.objects.filter(programme__firm=firm).dates("starts_on", "year", order="DESC")
    return [day.year for day in days]


def _chosen(typed: str, years: Sequence[int]) -> int:
    """The year asked for, else the last one with a session, else this one."""
    asked = {str(year): year for year in years}.get(typed)
    return asked or next(iter(years), timezone.localdate().year)


def _programmes(firm: Firm, year: int) -> QuerySet[Programme]:
    """The newest first; each with its sessions of the year and how many attended them."""
    sessions = (
        Session.objects.filter(starts_on__year=year)
        .annotate(people=Count("attendances"))
        .order_by("starts_on", "pk")
    )
    return (
        Programme.objects.filter(
            Q(sessions__isnull=True) | Q(sessions__starts_on__year=year), firm=firm
        )
        .distinct()
        .select_related("provider")
        .prefetch_related(Prefetch("sessions", sessions))
        .order_by("-declared_at", "-pk")
    )


def _with_flags(
    sessions: Sequence[Session], flags: dict[int, list[Flag]]
) -> list[tuple[Session, list[Flag]]]:
    return [(each, flags.get(each.pk, [])) for each in sessions]


def _invoices(of: Programme) -> QuerySet[Invoice]:
    """Those that name one of its sessions, whatever else they pay."""
    return (
        Invoice.objects.filter(shares__session__programme=of)
        .distinct()
        .select_related("provider")
        .prefetch_related("shares__session", "evidence__piece")
        .order_by("-dated_on", "-pk")
    )


def _programme(space: Space, public_id: str) -> Programme:
    return get_object_or_404(
        Programme.objects.select_related("provider", "duplicated_from"),
        firm=space.firm,
        public_id=public_id,
    )


def _providers(space: Space) -> QuerySet[Provider]:
    return Provider.objects.filter(firm=space.firm).order_by("name", "pk")
