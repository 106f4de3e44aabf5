"""A firm's claims as the API gives them: a fixed number of queries, whatever the number of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from companies.firms.models import Firm
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine, ClaimState
from primes.payouts.models import Payment, PaymentLine, PaymentState
from primes.review.models import Decision, DecisionLine

TOLD_AS = {ClaimState.PROPOSED.value: ClaimState.IN_REVIEW.value}
"""A state that the firm reads by another code: a proposal is not a decision."""
STATES = [state for state in ClaimState.values if state not in TOLD_AS]
TOLD_PAYMENTS = (PaymentState.SENT, PaymentState.PAID, PaymentState.RETURNED)
"""A payment in preparation is no news for the firm."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Centimes; `granted` is None before the decision."""

    requested: int
    granted: int | None
    paid: int


@dataclass(frozen=True, slots=True)
class ToldClaim:
    claim: Claim
    line_count: int
    figures: Figures

    @property
    def state(self) -> str:
        return TOLD_AS.get(self.claim.state, self.claim.state)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """`assessment` is the decided one, else that of the filing; None on a draft."""

    line: ClaimLine
    assessment: Assessment | None
    decided: DecisionLine | None


@dataclass(frozen=True, slots=True)
class ToldPayment:
    """What one payment holds for one claim, in centimes."""

    payment: Payment
    amount: int

    @property
    def answered_at(self) -> datetime | None:
        return self.payment.answered_at


def claims_of(user: User) -> QuerySet[Claim]:
    """The wall between firms: claims of the firms the person has a role in, now."""
    firms = Firm.objects.of_user(user).values("pk")
    return Claim.objects.filter(firm__in=firms).select_related("firm")


def in_state(claims: QuerySet[Claim], told: str) -> QuerySet[Claim]:
    hidden = [state for state, shown in TOLD_AS.items() if shown == told]
    return claims.filter(state__in=[told, *hidden])


def told(claims: Iterable[Claim]) -> list[ToldClaim]:
    """Each claim with its figures, in the order given."""
    rows = list(claims)
    pks = [claim.pk for claim in rows]
    counts = _by_claim(ClaimLine.objects.filter(claim__in=pks), "claim", Count("pk"))
    filed = Assessment.objects.filter(line__claim__in=pks, purpose=Assessment.Purpose.FILING)
    requested = _by_claim(filed, "line__claim", Sum("amount"))
    granted = dict(Decision.objects.filter(claim__in=pks).values_list("claim", "amount"))
    settled = PaymentLine.objects.filter(line__claim__in=pks, payment__state=PaymentState.PAID)
    paid = _by_claim(settled, "line__claim", Sum("amount"))
    return [
        ToldClaim(
            claim,
            counts.get(claim.pk, 0),
            Figures(requested.get(claim.pk, 0), granted.get(claim.pk), paid.get(claim.pk, 0)),
        )
        for claim in rows
    ]


def lines_of(claim: Claim) -> list[ToldLine]:
    lines = claim.lines.select_related("employee", "employment").order_by("position")
    filed = Assessment.objects.filter(line__claim=claim, purpose=Assessment.Purpose.FILING)
    at_filing = {each.line_id: each for each in filed.readable()}
    decided = {
        each.line_id: each
        for each in DecisionLine.objects.filter(line__claim=claim, live=True)
        .select_related("assessment__rule_set")
        .defer("assessment__rule_set__package")
    }
    return [
        ToldLine(
            line,
            decided[line.pk].assessment if line.pk in decided else at_filing.get(line.pk),
            decided.get(line.pk),
        )
        for line in lines
    ]


def assessment_of(claim: Claim, position: int) -> Assessment | None:
    """That of `lines_of` for one line, loaded with all that explains it."""
    of_line = Assessment.objects.filter(line__claim=claim, line__position=position).explainable()
    decided = DecisionLine.objects.filter(line__claim=claim, line__position=position, live=True)
    return (
        of_line.filter(pk__in=decided.values("assessment")).first()
        or of_line.filter(purpose=Assessment.Purpose.FILING).first()
    )


def payments_of(claim: Claim) -> list[ToldPayment]:
    held = dict(
        PaymentLine.objects.filter(line__claim=claim, payment__state__in=TOLD_PAYMENTS)
        .values_list("payment")
        .annotate(total=Sum("amount"))
    )
    payments: Sequence[Payment] = Payment.objects.filter(pk__in=held).order_by("pk")
    return [ToldPayment(payment, held[payment.pk]) for payment in payments]


def _by_claim(rows: QuerySet[object], key: str, figure: Count | Sum) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(figure=figure))
