"""An import begins: its files chosen, its columns matched; and it may be given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.fields import keys_sent
from companies.import_forms import ImportFilesForm, MatchForm
from companies.imports.beginning import begin_import
from companies.imports.ending import abandon_import
from companies.imports.heads import head_of
from companies.imports.kinds import kind_named
from companies.imports.models import Import, ImportFile
from companies.imports.reading.layout import from_data
from companies.imports.repairing import match_columns
from companies.space import Space, signed_in, space_of
from companies.tasks import do_job
from companies.views.import_steps import WAITING, S, address_of, import_of, last_job, steps

IMPORTS_PER_PAGE = 30
CHOOSE_STEP, MATCH_STEP = 1, 2
MATCHED_IN = (S.RECEIVED, S.MATCHING, S.CHECKED)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An import in the list; `days_left` counts the day that is begun."""

    row: Import
    address: str
    days_left: int


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Step 1: the three ways, and what waits already."""
    space = space_of(request)
    if request.method != "POST":
        asked = keys_sent([request.GET.get("session", "")])
        initial = {"session": asked[0]} if asked else {}
        return _choice(request, space, ImportFilesForm(initial=initial))
    form = ImportFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choice(request, space, form)
    try:
        begun = _begin(request, space, form)
    except Refusal as refusal:
        return _choice(request, space, form, refusal)
    if begun.state == S.CHECKING:
        do_job(last_job(begun))
        begun.refresh_from_db()
    return redirect(address_of(begun))


def _begin(request: HttpRequest, space: Space, form: ImportFilesForm) -> Import:
    """Of the files sent; the import that they correct is given up."""
    at = timezone.now()
    session = form.cleaned_data["session"]
    begun = begin_import(
        firm=space.firm,
        target=Import.Target.WORKFORCE if session is None else Import.Target.ATTENDANCE,
        target_id=session,
        files=[(each.name, each.read()) for each in form.cleaned_data["uploads"]],
        acting_user=signed_in(request),
        at=at,
    )
    corrected = Import.objects.filter(
        firm=space.firm, public_id=form.cleaned_data["instead_of"], state=S.CHECKED
    ).first()
    if corrected is not None:
        abandon_import(import_id=corrected.pk, acting_user=signed_in(request), at=at)
    return begun


def _choice(
    request: HttpRequest, space: Space, form: ImportFilesForm, refusal: Refusal | None = None
) -> HttpResponse:
    waiting = (
        Import.objects.filter(firm=space.firm, state__in=WAITING)
        .select_related("begun_by")
        .prefetch_related(Prefetch("files", ImportFile.objects.only("of", "name", "position")))
        .order_by("-begun_at", "-pk")
    )
    page = Paginator(waiting, IMPORTS_PER_PAGE).get_page(request.GET.get("page"))
    at = timezone.now()
    context = {
        "space": space,
        "form": form,
        "refusal": refusal,
        "session": _session_name(space, form),
        "steps": steps(CHOOSE_STEP),
        "page": page,
        "waiting": [Waiting(row, address_of(row), _days_left(row, at)) for row in page],
    }
    wrong = form.errors or refusal
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "companies/import_new.html", context, status=status)


def _session_name(space: Space, form: ImportFilesForm) -> str:
    """Of the session whose sheet is asked for; empty for a workforce, and for another firm's."""
    asked = keys_sent([str(form["session"].value() or "")])
    about = kind_named(Import.Target.ATTENDANCE).about
    return (about(space.firm, asked[0]) or "") if asked else ""


def _days_left(row: Import, at: datetime) -> int:
    return max(0, -((at - row.waits_until) // ONE_DAY))


@require_http_methods(["GET", "HEAD", "POST"])
def import_match(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 2: which of their columns is which of our fields."""
    space = space_of(request)
    row = import_of(space, public_id)
    files = _spreadsheets(row)
    if row.state not in MATCHED_IN or not files:
        return redirect(address_of(row))
    data = request.POST if request.method == "POST" else None
    forms = [MatchForm(each, head_of(each), from_data(each.layout), data) for each in files]
    if data is None:
        return _match_page(request, space, row, forms)
    # Every file is looked at, so that every error is shown at once.
    ready = [form.is_valid() and not form.asks_more() for form in forms]
    if not all(ready):
        return _match_page(request, space, row, forms)
    try:
        job = match_columns(
            import_id=row.pk,
            layouts={form.file.pk: form.layout() for form in forms},
            remember="remember" in request.POST,
            acting_user=signed_in(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _match_page(request, space, row, forms, refusal)
    do_job(job)
    row.refresh_from_db()
    return redirect(address_of(row))


def _spreadsheets(row: Import) -> list[ImportFile]:
    files = row.files.filter(format__in=ImportFile.SPREADSHEETS).select_related("of")
    return list(files.defer("content").order_by("position"))


def _match_page(
    request: HttpRequest,
    space: Space,
    row: Import,
    forms: list[MatchForm],
    refusal: Refusal | None = None,
) -> HttpResponse:
    failed = any(form.errors for form in forms)
    context: dict[str, Any] = {
        "space": space,
        "row": row,
        "forms": forms,
        "remember": request.method != "POST" or "remember" in request.POST,
        "failed": failed,
        "asks_more": request.method == "POST" and not failed and not refusal,
        "refusal": refusal,
        "steps": steps(MATCH_STEP),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed or refusal else HTTPStatus.OK
    return render(request, "companies/import_match.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_abandon(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked once more before the files go."""
    space = space_of(request)
    row = import_of(space, public_id)
    refusal = None
    if request.method == "POST":
        try:
            abandon_import(import_id=row.pk, acting_user=signed_in(request), at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The import is given up; its files are deleted."))
            return redirect("import_new")
    context = {"space": space, "row": row, "refusal": refusal, "address": address_of(row)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "companies/import_abandon.html", context, status=status)
