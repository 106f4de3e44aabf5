"""The vault of the firm: each paper handed over once, how long it is valid, and its bytes back."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import Refusal
from companies.documents.actions import KEEPERS, add_piece, replace_piece, take_out_piece
from companies.documents.models import Piece
from companies.documents.validity import current_pieces, expiring_pieces
from companies.space import Space, signed_in, space_of
from companies.vault_forms import NewerPieceForm, PieceForm

NOTHING_RUNS = "default-src 'none'; sandbox"
EARLIER_SHOWN = 50


def vault_facts(space: Space, on: date) -> dict[str, object]:
    """What the page of the vault shows of the papers themselves."""
    earlier = Piece.objects.filter(firm=space.firm, replaced_by__isnull=False)
    return {
        "space": space,
        "keeps": bool(space.roles & set(KEEPERS)),
        "on": on,
        "pieces": current_pieces(space.firm),
        "earlier": earlier.select_related("file")
        .defer("file__content")
        .order_by("-added_at")[:EARLIER_SHOWN],
        "expiring": expiring_pieces(space.firm, on),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    initial = {"kind": request.GET.get("nature", "")}
    form = PieceForm(request.POST or None, request.FILES or None, initial=initial)
    return _received(request, space, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    older = get_object_or_404(Piece, firm=space.firm, public_id=public_id)
    form = NewerPieceForm(
        request.POST or None,
        request.FILES or None,
        kind=older.kind,
        initial={"title": older.title},
    )
    return _received(request, space, form, older)


@require_GET
@never_cache
def take_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bytes as they came, to be saved: no browser shows them as a page of ours."""
    space = space_of(request)
    piece = get_object_or_404(Piece, firm=space.firm, public_id=public_id)
    try:
        taken = take_out_piece(piece_id=piece.pk, acting_user=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        context = {"space": space, "piece": piece, "refusal": refusal}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "companies/vault_withheld.html", context, status=status)
    headers = {
        "Content-Disposition": content_disposition_header(
            as_attachment=True, filename=taken.file.name
        ),
        "Content-Security-Policy": NOTHING_RUNS,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(taken.file.content), content_type=taken.media_type, headers=headers)


def _received(
    request: HttpRequest, space: Space, form: PieceForm, older: Piece | None
) -> HttpResponse:
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, space, form, older)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The document is in the vault."))
            return redirect("vault")
    context = {"space": space, "form": form, "older": older, "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or refusal else HTTPStatus.OK
    return render(request, "companies/vault_add.html", context, status=status)


def _keep(request: HttpRequest, space: Space, form: PieceForm, older: Piece | None) -> None:
    upload = form.cleaned_data["upload"]
    name, content = upload.name, upload.read()
    user, at = signed_in(request), timezone.now()
    if older is None:
        add_piece(
            firm=space.firm,
            paper=form.paper(),
            name=name,
            content=content,
            acting_user=user,
            at=at,
        )
    else:
        replace_piece(
            piece_id=older.pk,
            paper=form.paper(),
            name=name,
            content=content,
            acting_user=user,
            at=at,
        )
