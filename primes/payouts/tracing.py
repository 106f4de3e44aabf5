"""One payment walked back: return, file, signatures, decision, assessment, source line."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.errors import Refusal
from primes.claims.models.assessment import Assessment
from primes.payouts.models import BankReturnLine, Payment, PaymentLine


@dataclass(frozen=True, slots=True)
class TracedLine:
    """One claim line of a payment, from its amount to the line of the file that caused it."""

    line: PaymentLine
    decision: str
    decided_by: str
    assessment: Assessment
    sources: tuple[tuple[str, str, int], ...]
    """(fact, file name with its hash, line in the file)."""


@dataclass(frozen=True, slots=True)
class Trace:
    payment: Payment
    returns: Sequence[BankReturnLine]
    lines: Sequence[TracedLine]


def trace(reference: str) -> Trace:
    """Raises `Refusal("payment_unknown")` when no payment has the reference."""
    payment = (
        Payment.objects.select_related(
            "firm",
            "run__file",
            "run__prepared_by",
            "run__ordered_by",
            "run__signed_by",
            "run__exported_by",
        )
        .filter(reference=reference)
        .first()
    )
    if payment is None:
        raise Refusal("payment_unknown", reference=reference)
    lines = payment.lines.select_related(
        "line__claim",
        "line__employee",
        "decision_line__decision__decided_by",
        "decision_line__assessment__rule_set",
        "decision_line__assessment__income_source",
        "decision_line__assessment__hired_source",
    ).order_by("line__claim_id", "line__position")
    returns = payment.return_lines.select_related("file__loaded_by").order_by("pk")
    return Trace(payment, list(returns), [_traced(line) for line in lines])


def _traced(line: PaymentLine) -> TracedLine:
    assessment = line.decision_line.assessment
    return TracedLine(
        line=line,
        decision=line.decision_line.decision.reference,
        decided_by=str(line.decision_line.decision.decided_by),
        assessment=assessment,
        sources=tuple(
            (fact, f"{file.name} ({file.sha256[:12]})", number)
            for fact, file, number in assessment.sources
        ),
    )
