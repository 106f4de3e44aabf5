"""Asked, granted, paid: the figures of a claim, in centimes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.payouts.models import PaymentLine, PaymentState
from primes.review.models import Decision


@dataclass(frozen=True, slots=True)
class Amounts:
    """`asked` as computed at filing; `granted` is None before the decision.

    `sent` is at the bank without an answer; `returned` came back, whatever was paid again since.
    """

    asked: int = 0
    granted: int | None = None
    sent: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def is_paid(self) -> bool:
        return bool(self.granted) and self.paid == self.granted

    @property
    def is_returned(self) -> bool:
        """Something came back and was not paid or sent again."""
        return self.returned > 0 and self.paid + self.sent < (self.granted or 0)


def amounts_of(claims: Iterable[Claim]) -> dict[int, Amounts]:
    """The figures of each claim by primary key; three queries whatever their number."""
    pks = [claim.pk for claim in claims]
    asked = dict(
        Assessment.objects.filter(line__claim__in=pks, purpose=Assessment.Purpose.FILING)
        .values_list("line__claim")
        .annotate(Sum("amount"))
    )
    granted = dict(Decision.objects.filter(claim__in=pks).values_list("claim", "amount"))
    moved = {
        pk: [figure or 0 for figure in figures]
        for pk, *figures in PaymentLine.objects.filter(line__claim__in=pks)
        .values_list("line__claim")
        .annotate(
            sent=_sum_in(PaymentState.SENT),
            paid=_sum_in(PaymentState.PAID),
            returned=_sum_in(PaymentState.RETURNED),
        )
    }
    return {pk: Amounts(asked.get(pk, 0), granted.get(pk), *moved.get(pk, (0, 0, 0))) for pk in pks}


def _sum_in(state: PaymentState) -> Sum:
    return Sum("amount", filter=Q(payment__state=state))


def total(amounts: Iterable[Amounts]) -> Amounts:
    """The sum, where what is not decided yet counts nothing."""
    rows = list(amounts)
    return Amounts(
        asked=sum(row.asked for row in rows),
        granted=sum(row.granted or 0 for row in rows),
        paid=sum(row.paid for row in rows),
    )
