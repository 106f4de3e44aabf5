"""Step 5 of an import: what will change, the word given, the report, and a day to take it back."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from companies.import_changes import Change, changes_told
from companies.imports.asking import ask_undo, confirm_import
from companies.imports.models import DAY_TO_UNDO, Import, ImportFile
from companies.imports.problem_groups import problem_groups
from companies.imports.staged import StagedRow
from companies.space import Space, signed_in, space_of
from companies.tasks import do_job
from companies.views.import_steps import S, address_of, import_of, refusal_kept, steps

ROWS_PER_PAGE = 50
CONFIRM_STEP, OVER = 5, 6
ENDED = (S.LOADED, S.UNDONE, S.REFUSED, S.ABANDONED)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    row: StagedRow
    changes: list[Change]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the good rows would create and change; confirmed, they are written."""
    space = space_of(request)
    row = import_of(space, public_id)
    if row.state != S.CHECKED:
        return redirect(address_of(row))
    if request.method != "POST":
        return _confirm_page(request, space, row)
    try:
        job = confirm_import(import_id=row.pk, acting_user=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return _confirm_page(request, space, row, refusal)
    do_job(job)
    row.refresh_from_db()
    return redirect(address_of(row))


def _confirm_page(
    request: HttpRequest, space: Space, row: Import, refusal: Refusal | None = None
) -> HttpResponse:
    page = Paginator(_updated(row), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    files = list(row.files.defer("content", "layout", "warnings").order_by("position"))
    context = {
        "space": space,
        "row": row,
        "refusal": refusal,
        "came_back": refusal_kept(row),
        "steps": steps(CONFIRM_STEP),
        "files": files,
        "is_of_people": _is_of_people(row, files),
        "warnings": sum(each.cells for each in problem_groups(row) if not each.blocks),
        "page": page,
        "changed": [ChangedRow(each, changes_told(each.changes)) for each in page],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "companies/import_confirm.html", context, status=status)


def _is_of_people(row: Import, files: list[ImportFile]) -> bool:
    """Whether a row is a person: a declaration has one a month."""
    of_workforce = row.target == Import.Target.WORKFORCE
    return of_workforce and len(files) == 1 and files[0].is_spreadsheet


def _updated(row: Import) -> QuerySet[StagedRow]:
    return (
        StagedRow.objects.filter(
            file__of=row, state=StagedRow.State.GOOD, effect=StagedRow.Effect.UPDATED
        )
        .only("line", "changes", "last_name", "first_name", "cin_last", "cnss_last", "month")
        .order_by("file__position", "line")
    )


@never_cache
@require_safe
def import_result(request: HttpRequest, public_id: str) -> HttpResponse:
    """How it ended: the report of the load, or why nothing was written."""
    space = space_of(request)
    row = import_of(space, public_id)
    if row.state not in ENDED:
        return redirect(address_of(row))
    return _result_page(request, space, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked once more, then every row is put back as it was."""
    space = space_of(request)
    row = import_of(space, public_id)
    if request.method != "POST":
        if not _undo_until(row, timezone.now()):
            return redirect(address_of(row))
        return render(request, "companies/import_undo.html", {"space": space, "row": row})
    try:
        job = ask_undo(import_id=row.pk, acting_user=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return _result_page(request, space, row, refusal)
    do_job(job)
    job.refresh_from_db()
    if job.failure:
        return _result_page(request, space, row, Refusal(job.failure))
    if job.is_live:
        return redirect("job", public_id=job.public_id)
    messages.success(request, gettext("The import is undone: every row is as it was before."))
    return redirect("import_result", public_id=row.public_id)


def _undo_until(row: Import, at: datetime) -> datetime | None:
    """Until when it may be taken back; None when it may not."""
    if row.state != S.LOADED or row.loaded_at is None:
        return None
    until = row.loaded_at + DAY_TO_UNDO
    return until if at < until else None


def _result_page(
    request: HttpRequest, space: Space, row: Import, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "space": space,
        "row": row,
        "refusal": refusal,
        "refused": refusal_kept(row) if row.state == S.REFUSED else None,
        "steps": steps(OVER if row.state == S.LOADED else CONFIRM_STEP),
        "loads": row.loads.select_related("file").defer("file__content").order_by("pk"),
        "undo_until": _undo_until(row, timezone.now()) if space.writes else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "companies/import_result.html", context, status=status)
