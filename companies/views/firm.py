"""The firm itself: its papers, its bank account, its team; and which firm is acted for."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from companies.firms.actions import confirm_bank_account, propose_bank_account
from companies.firms.models import BankAccount, Certificate, FirmRole, Membership
from companies.forms import BankAccountForm, FirmChoiceForm
from companies.space import SESSION_KEY, Space, signed_in, space_of, spaces_of


@require_POST
def choose_firm(request: HttpRequest) -> HttpResponse:
    """Act for another firm of the same person from now on."""
    form = FirmChoiceForm(request.POST)
    if not form.is_valid() or form.cleaned_data["firm"] not in spaces_of(signed_in(request)):
        raise Http404
    request.session[SESSION_KEY] = form.cleaned_data["firm"]
    return redirect("dashboard")


@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: HttpRequest) -> HttpResponse:
    """The page, and the proposal of a bank account."""
    space = space_of(request)
    form = BankAccountForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            propose_bank_account(
                firm=space.firm,
                rib=form.cleaned_data["rib"],
                holder=form.cleaned_data["holder"],
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(
                request, gettext("The bank account is proposed: a second person confirms it.")
            )
            return redirect("firm")
    return _firm_page(request, space, form, refusal)


@require_POST
def confirm_account(request: HttpRequest, account_id: int) -> HttpResponse:
    space = space_of(request)
    account = get_object_or_404(BankAccount, firm=space.firm, pk=account_id)
    try:
        confirm_bank_account(
            account_id=account.pk, acting_user=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _firm_page(request, space, BankAccountForm(), refusal)
    messages.success(request, gettext("The bank account is confirmed."))
    return redirect("firm")


def _firm_page(
    request: HttpRequest, space: Space, form: BankAccountForm, refusal: Refusal | None
) -> HttpResponse:
    firm = space.firm
    wrong = form.errors or refusal
    context = {
        "space": space,
        "form": form,
        "refusal": refusal,
        "administers": FirmRole.ADMINISTRATEUR.value in space.roles,
        "accounts": BankAccount.objects.filter(firm=firm).order_by("-proposed_at"),
        "certificates": Certificate.objects.filter(firm=firm).order_by("kind", "-valid_until"),
        "members": Membership.objects.filter(firm=firm, ended_at__isnull=True)
        .select_related("user")
        .order_by("user__full_name", "role"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "companies/firm.html", context, status=status)
