"""The files a firm has sent, and the report of each load."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from companies.imports.models import FileLoad, Import
from companies.space import Space, space_of
from companies.views.import_steps import WAITING

LOADS_PER_PAGE = 30


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    context = {
        "space": space,
        "page": Paginator(_loads(space), LOADS_PER_PAGE).get_page(request.GET.get("page")),
        "waiting": Import.objects.filter(firm=space.firm, state__in=WAITING).count(),
    }
    return render(request, "companies/files.html", context)


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
