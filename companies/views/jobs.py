"""How far a long act has come: told on a page that may be closed, and asked again by a script."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.jobs.actions import cancel_job, retry_job
from accounts.jobs.models import Job
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.asking import LOAD, UNDO
from companies.imports.models import Import
from companies.space import Space, signed_in, space_of
from companies.tasks import do_job
from companies.views.import_steps import PAGE_OF, S, address_of, import_of, last_job, steps

CHECK_STEP = 3
STEP_OF = {LOAD: 5, UNDO: 5}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """The check or the load under way; elsewhere once it is over."""
    space = space_of(request)
    row = import_of(space, public_id)
    if PAGE_OF[S(row.state)] != "import_check":
        return redirect(address_of(row))
    job = last_job(row)
    if request.method == "POST":
        return _act(request, space, job, row)
    return _page(request, space, job, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for any job of the firm."""
    space = space_of(request)
    found = get_object_or_404(Job, firm=space.firm.public_id, public_id=public_id)
    row = Import.objects.filter(firm=space.firm, public_id=found.subject).first()
    if request.method == "POST":
        return _act(request, space, found, row)
    return _page(request, space, found, row)


def _act(request: HttpRequest, space: Space, job: Job, row: Import | None) -> HttpResponse:
    """Stop it, or have it done again."""
    act = retry_job if "retry" in request.POST else cancel_job
    try:
        require_firm_role(space.firm, signed_in(request), *WRITERS)
        act(job_id=job.pk, acting_user=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return _page(request, space, job, row, refusal)
    if act is retry_job:
        do_job(job)
    else:
        messages.info(request, gettext("The stop is asked for: it is obeyed in a moment."))
    return redirect(request.path)


def _page(
    request: HttpRequest,
    space: Space,
    job: Job,
    row: Import | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "space": space,
        "job": job,
        "row": row,
        "loads": job.kind == LOAD,
        "undoes": job.kind == UNDO,
        "next": _next(job, row),
        "steps": steps(STEP_OF.get(job.kind, CHECK_STEP)) if row else [],
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "companies/job.html", context, status=status)


def _next(job: Job, row: Import | None) -> str:
    """Where to go once the job is done; empty while there is something to see here."""
    if job.state != Job.State.DONE:
        return ""
    return address_of(row) if row else reverse("dashboard")
