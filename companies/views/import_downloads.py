"""What a firm takes away of its imports: the template, its own file annotated, the report."""

from pathlib import PurePath
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.templatetags.formats import language
from companies.imports.models import ImportFile
from companies.imports.outgoing.annotated import annotated_workbook
from companies.imports.outgoing.filled_template import export_people
from companies.imports.outgoing.report import report_text, report_workbook
from companies.imports.outgoing.template import template_version, template_workbook
from companies.imports.outgoing.workbooks import XLSX_TYPE
from companies.space import signed_in, space_of
from companies.views.import_steps import S, address_of, import_of

REPORTED = (S.LOADED, S.UNDONE)


@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """The empty template; it says nothing of the firm."""
    space_of(request)
    return _sent(
        template_workbook(at=timezone.now()), f"modele-salaries-v{template_version()}.xlsx"
    )


@never_cache
@require_GET
def import_template_filled(request: HttpRequest) -> HttpResponseBase:
    """The template with the people of the firm, whose numbers are in clear: the journal says so."""
    firm, at = space_of(request).firm, timezone.now()
    try:
        book = export_people(firm=firm, acting_user=signed_in(request), at=at)
    except Refusal:
        return render(request, "403.html", status=403)
    return _sent(book, f"salaries-{at.astimezone(CASABLANCA):%Y-%m-%d}.xlsx")


@never_cache
@require_safe
def import_annotated(request: HttpRequest, public_id: str, position: int) -> HttpResponseBase:
    """The firm's own file with the column « Anomalies »: whole, or its rows to correct only.

    It holds whole numbers of people: those who write for the firm have it, and to the others it is
    not there.
    """
    space = space_of(request)
    row = import_of(space, public_id)
    spreadsheets = ImportFile.objects.filter(of=row, format__in=ImportFile.SPREADSHEETS)
    kept = spreadsheets.exclude(content=b"").select_related("of").defer("content")
    file = get_object_or_404(kept, position=position)
    if not space.writes:
        raise Http404
    if row.state not in (S.CHECKED, S.LOADED):
        return redirect(address_of(row))
    only_bad = request.GET.get("lignes") == "a-corriger"
    book = annotated_workbook(
        file, rows="bad" if only_bad else "all", language=language(), at=timezone.now()
    )
    return _sent(book, f"{PurePath(file.name).stem}-anomalies.xlsx")


@never_cache
@require_safe
def import_report(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Each row of a load and what became of it: a workbook, or plain text with `?format=texte`."""
    row = import_of(space_of(request), public_id)
    if row.state not in REPORTED:
        return redirect(address_of(row))
    if request.GET.get("format") == "texte":
        lines = report_text(row, language=language())
        answer = StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="rapport-{row.public_id}.txt"'
        return answer
    book = report_workbook(row, language=language(), at=timezone.now())
    return _sent(book, f"rapport-{row.public_id}.xlsx")


def _sent(book: BinaryIO, name: str) -> FileResponse:
    """The answer closes the file, which is then gone; a name may hold what no header may."""
    plain = "".join(filter(str.isprintable, name))
    return FileResponse(book, as_attachment=True, filename=plain, content_type=XLSX_TYPE)
