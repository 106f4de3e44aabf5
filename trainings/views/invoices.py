"""Invoices of a provider: a new one, one taken back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from companies.documents.models import Piece
from companies.space import Space, signed_in, space_of
from trainings.evidence import OF_AN_INVOICE
from trainings.forms.invoices import InvoiceForm
from trainings.invoices.actions import declare_invoice, withdraw_invoice
from trainings.invoices.models import Invoice
from trainings.providers.models import Provider
from trainings.sessions.models import Session
from trainings.views.answers import page


@require_http_methods(["GET", "HEAD", "POST"])
def new_invoice(request: HttpRequest, public_id: str) -> HttpResponse:
    """Opened on a provider, because an invoice may pay sessions of several of its programmes."""
    space = space_of(request)
    provider = get_object_or_404(Provider, firm=space.firm, public_id=public_id)
    form = InvoiceForm(_sessions(provider), _papers(space), request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            declare_invoice(
                provider_id=provider.pk,
                invoice=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The invoice is declared."))
            return redirect("programmes")
    context = {"space": space, "provider": provider, "form": form, "refusal": refusal}
    return page(request, "trainings/new_invoice.html", context)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """An invoice declared by mistake; what it was stays in the journal."""
    space = space_of(request)
    invoice = get_object_or_404(Invoice, provider__firm=space.firm, public_id=public_id)
    try:
        withdraw_invoice(invoice_id=invoice.pk, acting_user=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return page(request, "trainings/refused.html", {"space": space, "refusal": refusal})
    messages.success(request, gettext("The invoice is taken back."))
    return redirect("programmes")


def _sessions(provider: Provider) -> QuerySet[Session]:
    return (
        Session.objects.filter(programme__provider=provider)
        .select_related("programme")
        .order_by("-starts_on", "-pk")
    )


def _papers(space: Space) -> QuerySet[Piece]:
    return (
        Piece.objects.filter(firm=space.firm, kind__in=OF_AN_INVOICE)
        .exclude(state=Piece.State.INFECTED)
        .order_by("-added_at", "-pk")
    )
