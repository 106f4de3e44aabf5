"""What the bank did, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies.space import space_of
from primes.payouts.formats.return_reasons import ReturnReason, return_reason
from primes.payouts.models import Payment, PaymentState

PAYMENTS_PER_PAGE = 50
# A payment in preparation, or given up before it left, is no news for the firm.
SHOWN_STATES = (PaymentState.SENT, PaymentState.PAID, PaymentState.RETURNED)
STATE_WORDS = {
    PaymentState.SENT: gettext_lazy("Sent to the bank"),
    PaymentState.PAID: gettext_lazy("Paid"),
    PaymentState.RETURNED: gettext_lazy("Returned by the bank: check your bank details"),
}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    payment: Payment
    words: str
    returned: ReturnReason | None


def words_of_payments(payments: Iterable[Payment]) -> list[PaymentRow]:
    """Each payment with the words of its state, and of the bank's reason when it came back."""
    return [
        PaymentRow(
            payment,
            str(STATE_WORDS[PaymentState(payment.state)]),
            return_reason(payment.return_code) if payment.return_code else None,
        )
        for payment in payments
    ]


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    shown = (
        Payment.objects.filter(firm=space.firm, state__in=SHOWN_STATES)
        .select_related("run", "bank_account")
        .order_by("-pk")
    )
    page = Paginator(shown, PAYMENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"space": space, "page": page, "rows": words_of_payments(page)}
    return render(request, "primes/payments.html", context)
