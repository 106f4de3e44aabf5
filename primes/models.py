"""Models of the package, gathered for Django: one app, one migration history."""

from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.claims.models.duty import Duty
from primes.claims.models.impact import ReleaseImpact, ReleaseImpactRow
from primes.claims.models.paid_days import PaidDays
from primes.claims.models.rule_set import RuleSet
from primes.claims.models.window import FilingWindow
from primes.ledger.models import Convention, Envelope, LedgerEntry
from primes.payouts.models import (
    BankReturnFile,
    BankReturnLine,
    Payment,
    PaymentLine,
    PaymentRun,
    PayoutFile,
)
from primes.review.models import Check, Decision, DecisionLine, Proposal, ReviewItem

__all__ = [
    "Assessment",
    "BankReturnFile",
    "BankReturnLine",
    "Check",
    "Claim",
    "ClaimLine",
    "Convention",
    "Decision",
    "DecisionLine",
    "Duty",
    "Envelope",
    "FilingWindow",
    "LedgerEntry",
    "PaidDays",
    "Payment",
    "PaymentLine",
    "PaymentRun",
    "PayoutFile",
    "Proposal",
    "ReleaseImpact",
    "ReleaseImpactRow",
    "ReviewItem",
    "RuleSet",
]
