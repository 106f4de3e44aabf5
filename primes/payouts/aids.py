"""What was asked, granted and paid for one person, scheme by scheme and year by year.

A firm is shown its own claims; only the agency asks for those of every firm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from companies.firms.models import Firm
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.payouts.models import PaymentLine, PaymentState
from primes.review.models import DecisionLine
from primes.rules.columns import NEVER, date_of


@dataclass(frozen=True, slots=True)
class Aid:
    """One line of a live claim; amounts in centimes.

    `assessment` is the one in force, None while the claim is not filed; `decided` is None before
    the decision.
    """

    line: ClaimLine
    assessment: Assessment | None
    decided: DecisionLine | None
    paid: int

    @property
    def claim(self) -> Claim:
        return self.line.claim

    @property
    def asked(self) -> int:
        return self.assessment.amount if self.assessment else 0

    @property
    def granted(self) -> int:
        return self.decided.amount if self.decided else 0

    @property
    def is_granted(self) -> bool:
        return self.decided is not None and self.decided.granted

    @property
    def is_refused(self) -> bool:
        return self.decided is not None and not self.decided.granted

    @property
    def is_paid(self) -> bool:
        return self.is_granted and self.paid == self.granted

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day that it pays, when it pays any."""
        if self.assessment is None or self.assessment.window_from == NEVER:
            return None
        return date_of(self.assessment.window_from), date_of(self.assessment.window_until)


@dataclass(frozen=True, slots=True)
class Aids:
    """All that stands for one person, by year and scheme."""

    rows: tuple[Aid, ...]

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(sorted({aid.claim.scheme for aid in self.rows}))

    @property
    def asked(self) -> int:
        return sum(aid.asked for aid in self.rows)

    @property
    def granted(self) -> int:
        return sum(aid.granted for aid in self.rows)

    @property
    def paid(self) -> int:
        return sum(aid.paid for aid in self.rows)


def aids_of(person_id: int, *, of_firm: Firm | None) -> Aids:
    """The aids of a person in the claims of one firm, or of every firm with None; four queries."""
    lines = ClaimLine.objects.filter(person_id=person_id, claim__in=Claim.objects.live())
    if of_firm is not None:
        lines = lines.filter(claim__firm=of_firm)
    chosen = list(lines.select_related("claim__firm").order_by("claim__year", "claim__scheme"))
    return Aids(tuple(_aids(chosen)))


def _aids(lines: Sequence[ClaimLine]) -> Iterable[Aid]:
    keys = [line.pk for line in lines]
    latest = Assessment.objects.filter(line__in=keys).latest_of_each_line().readable()
    assessed = {each.line_id: each for each in latest}
    decided = {each.line_id: each for each in DecisionLine.objects.filter(line__in=keys, live=True)}
    paid = dict(
        PaymentLine.objects.filter(line__in=keys, payment__state=PaymentState.PAID)
        .values_list("line")
        .annotate(Sum("amount"))
    )
    for line in lines:
        yield Aid(line, assessed.get(line.pk), decided.get(line.pk), paid.get(line.pk, 0))
