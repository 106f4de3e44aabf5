"""Which claim an address names, for the firm that asks; and what a refused act says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from accounts.models import User
from accounts.templatetags.formats import language
from companies.space import Space, signed_in, space_of
from primes.claims.models.claim import Claim
from primes.claims.states import CLAIM
from primes.wording.words import sentence

ClaimView = Callable[[HttpRequest, str], HttpResponse]


class Act(Protocol):
    """An action on a claim that needs nothing but who and when."""

    def __call__(self, *, claim_id: int, acting_user: User, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim of the firm, and the steps that the person may take on it now."""

    space: Space
    user: User
    claim: Claim
    steps: frozenset[str]


def claim_asked(request: HttpRequest, public_id: str) -> Asked:
    """404 alike for a claim of another firm and for none."""
    space, user = space_of(request), signed_in(request)
    claims = Claim.objects.of_firm(space.firm).select_related("firm", "created_by", "filed_by")
    claim = get_object_or_404(claims, public_id=public_id)
    return Asked(space, user, claim, frozenset(step.name for step in CLAIM.open_to(claim, user)))


def say_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """The words of a refusal, shown at the top of the next page."""
    words = sentence(refusal.code, refusal.facts, language=language())
    messages.error(request, " ".join(part for part in (words.what, words.do) if part))


def before_filing(page: Callable[[HttpRequest, Asked], HttpResponse]) -> ClaimView:
    """A page of preparation: once the claim is filed, its address leads to the follow-up."""

    def view(request: HttpRequest, public_id: str) -> HttpResponse:
        asked = claim_asked(request, public_id)
        return redirect("claim", public_id) if asked.claim.filed_at else page(request, asked)

    return view


def step_view(act: Act, said: str | Promise) -> ClaimView:
    """A button of the claim page: take the step, say it, come back to the page."""

    @require_POST
    def view(request: HttpRequest, public_id: str) -> HttpResponse:
        asked = claim_asked(request, public_id)
        try:
            act(claim_id=asked.claim.pk, acting_user=asked.user, at=timezone.now())
        except Refusal as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, str(said))
        return redirect("claim", public_id)

    return view
