"""The files a firm sends, and the report of each load."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from companies.forms import FilesForm
from companies.imports.actions import load_files
from companies.imports.models import FileLoad
from companies.space import Space, signed_in, space_of

LOADS_PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    if request.method != "POST":
        return _files_page(request, space, FilesForm())
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files_page(request, space, form)
    received = [(each.name, each.read()) for each in form.cleaned_data["uploads"]]
    at = timezone.now()
    try:
        loads = load_files(firm=space.firm, files=received, acting_user=signed_in(request), at=at)
    except Refusal as refusal:
        return _files_page(request, space, form, refusal)
    _say_loaded(request, loads, at)
    return redirect("files")


def _say_loaded(request: HttpRequest, loads: list[FileLoad], at: datetime) -> None:
    """What is new, what was known already, and whether something is to be read."""
    new = [load for load in loads if load.loaded_at == at]
    known = len(loads) - len(new)
    warned = sum(bool(load.warnings) for load in new)
    if new:
        said = ngettext("%(count)d file is loaded.", "%(count)d files are loaded.", len(new))
        messages.success(request, said % {"count": len(new)})
    if known:
        said = ngettext(
            "%(count)d file had been received already: nothing changes.",
            "%(count)d files had been received already: nothing changes.",
            known,
        )
        messages.info(request, said % {"count": known})
    if warned:
        said = ngettext(
            "%(count)d of them has warnings: open it in the list below.",
            "%(count)d of them have warnings: open them in the list below.",
            warned,
        )
        messages.warning(request, said % {"count": warned})


@require_safe
def file_report(request: HttpRequest, load_id: int) -> HttpResponse:
    space = space_of(request)
    load = get_object_or_404(_loads(space), pk=load_id)
    return render(request, "companies/file_report.html", {"space": space, "load": load})


def _loads(space: Space) -> QuerySet[FileLoad]:
    return (
        FileLoad.objects.filter(file__firm=space.firm)
        .select_related("file", "loaded_by")
        .defer("file__content")
        .order_by("-loaded_at", "-pk")
    )


def _files_page(
    request: HttpRequest, space: Space, form: FilesForm, refusal: Refusal | None = None
) -> HttpResponse:
    page = Paginator(_loads(space), LOADS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"space": space, "form": form, "refusal": refusal, "page": page}
    wrong = form.errors or refusal
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "companies/files.html", context, status=status)
