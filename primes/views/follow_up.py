"""A filed claim: receipt, where it stands, what was decided line by line, and why each amount."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment, AssessmentQuerySet
from primes.claims.models.claim import Claim
from primes.payouts.aids import aids_of
from primes.payouts.models import Payment
from primes.review.models import Decision, DecisionLine
from primes.views.amounts import amounts_of
from primes.views.explained import LANGUAGE_PARAMETER, explained
from primes.views.firm_claims import Asked, claim_asked
from primes.views.forms import WithdrawForm
from primes.views.payments import SHOWN_STATES, words_of_payments
from primes.views.standing import standing_of

LINES_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class LineRow:
    """One person of a filed claim: computed, and decided when it is."""

    assessment: Assessment
    decided: DecisionLine | None


def follow_up(request: HttpRequest, asked: Asked) -> HttpResponse:
    claim = asked.claim
    payments = (
        Payment.objects.filter(lines__line__claim=claim, state__in=SHOWN_STATES)
        .select_related("bank_account")
        .order_by("-pk")
        .distinct()
    )
    amounts = amounts_of([claim])[claim.pk]
    page = Paginator(_assessments(claim), LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "space": asked.space,
        "claim": claim,
        "steps": asked.steps,
        "standing": standing_of(claim, amounts),
        "amounts": amounts,
        "decision": Decision.objects.filter(claim=claim).first(),
        "page": page,
        "rows": _rows(list(page)),
        "payments": words_of_payments(payments),
        "withdrawal": WithdrawForm(),
    }
    return render(request, "primes/claim_follow_up.html", context)


def _assessments(claim: Claim) -> AssessmentQuerySet:
    """The assessment in force of each line."""
    return (
        Assessment.objects.filter(line__claim=claim)
        .latest_of_each_line()
        .readable()
        .select_related("line__employee")
    )


def _rows(assessments: list[Assessment]) -> list[LineRow]:
    lines = [each.line_id for each in assessments]
    decided = {
        each.line_id: each for each in DecisionLine.objects.filter(line__in=lines, live=True)
    }
    return [LineRow(each, decided.get(each.line_id)) for each in assessments]


@require_safe
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = claim_asked(request, public_id)
    if not asked.claim.receipt_number:
        raise Http404
    amounts = amounts_of([asked.claim])[asked.claim.pk]
    context = {
        "space": asked.space,
        "claim": asked.claim,
        "amounts": amounts,
        "people": asked.claim.lines.count(),
    }
    return render(request, "primes/claim_receipt.html", context)


@require_safe
def line_explained(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """From the stored assessment, never computed again."""
    asked = claim_asked(request, public_id)
    of_line = _assessments(asked.claim).filter(line__position=position)
    assessment = get_object_or_404(of_line.explainable())
    aids = aids_of(assessment.line.person_id, of_firm=asked.space.firm)
    context = {
        "space": asked.space,
        "claim": asked.claim,
        "assessment": assessment,
        "explained": explained(explain_line(assessment), request.GET.get(LANGUAGE_PARAMETER)),
        "aids": aids,
        "schemes_concerned": aids.schemes,
    }
    return render(request, "primes/line_explained.html", context)
