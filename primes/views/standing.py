"""Where a claim stands in the firm's words, who must act now, and until when."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from primes.claims.models.claim import Claim, ClaimState
from primes.views.amounts import Amounts


@dataclass(frozen=True, slots=True)
class Standing:
    """`tag` colours the state; `before` is the last day of the clock that runs."""

    words: str | Promise
    tag: str
    who: str | Promise
    before: date | None = None


TAG_AND_WHO = {
    ClaimState.DRAFT: ("", gettext_lazy("your firm, which finishes the claim and sends it")),
    ClaimState.READY_TO_SIGN: ("warn", gettext_lazy("a person who signs for your firm")),
    ClaimState.SUBMITTED: ("info", gettext_lazy("the agency, which will take the claim")),
    ClaimState.IN_REVIEW: ("info", gettext_lazy("the agency, which examines the claim")),
    ClaimState.PROPOSED: ("info", gettext_lazy("the agency, which is about to decide")),
    ClaimState.APPROVED: ("ok", gettext_lazy("the agency, which prepares the payment")),
    ClaimState.PARTLY_APPROVED: ("ok", gettext_lazy("the agency, which prepares the payment")),
    ClaimState.REJECTED: ("err", gettext_lazy("nobody, the claim is decided")),
    ClaimState.WITHDRAWN: ("", gettext_lazy("nobody, the claim is withdrawn")),
}
AWAITING_DECISION = (ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.PROPOSED)
PAID = Standing(gettext_lazy("Paid out"), "", gettext_lazy("nobody, all is paid"))
RETURNED = Standing(
    gettext_lazy("Payment returned: check your bank details"),
    "err",
    gettext_lazy("your firm, which checks its bank details"),
)
SENT = Standing(gettext_lazy("Payment in progress"), "ok", gettext_lazy("the bank"))


def standing_of(claim: Claim, amounts: Amounts) -> Standing:
    """Once money has moved, it says more than the decision."""
    if amounts.is_returned:
        return RETURNED
    if amounts.is_paid:
        return PAID
    if amounts.sent:
        return SENT
    state = ClaimState(claim.state)
    tag, who = TAG_AND_WHO[state]
    clock = claim.decide_before if state in AWAITING_DECISION else None
    return Standing(state.for_firm, tag, who, clock)
