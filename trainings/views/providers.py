"""Who teaches the firm's people: all of them, a new one, one changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from companies.identifiers import ICE
from companies.space import signed_in, space_of
from trainings.forms.providers import ProviderForm, as_typed
from trainings.providers.actions import declare_provider, revise_provider
from trainings.providers.models import Provider
from trainings.related import RELATED_TO_FIRM, providers_to_check
from trainings.views.answers import page


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    to_check = providers_to_check(space.firm)
    listed = Provider.objects.filter(firm=space.firm).order_by("name", "pk")
    rows = [(each, _warnings(each, to_check)) for each in listed]
    return render(request, "trainings/providers.html", {"space": space, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_provider(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    form = ProviderForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            declare_provider(
                firm=space.firm,
                declaration=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The provider is declared."))
            return redirect("providers")
    context = {"space": space, "form": form, "refusal": refusal}
    return page(request, "trainings/edit_provider.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_provider(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    provider = get_object_or_404(Provider, firm=space.firm, public_id=public_id)
    form = ProviderForm(request.POST or None, of=provider, initial=as_typed(provider))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            revise_provider(
                provider_id=provider.pk,
                declaration=form.declaration(),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The provider is changed."))
            return redirect("providers")
    context = {"space": space, "provider": provider, "form": form, "refusal": refusal}
    return page(request, "trainings/edit_provider.html", context)


def _warnings(provider: Provider, to_check: frozenset[int]) -> list[dict[str, str]]:
    """Codes with the value found: they stop nothing."""
    codes = ICE(provider.ice).warnings if provider.ice else ()
    related = (RELATED_TO_FIRM,) if provider.pk in to_check else ()
    return [{"code": code, "found": provider.ice} for code in (*codes, *related)]
