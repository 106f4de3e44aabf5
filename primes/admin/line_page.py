"""Why one line is entitled or not, step by step, from the facts that were stored with it."""

from typing import Any

from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.views.explained import explained


def assessment_of(claim: Claim, position: int) -> Assessment | None:
    """The assessment in force of one line."""
    of_line = Assessment.objects.filter(line__claim=claim, line__position=position)
    return of_line.explainable().order_by("-pk").first()


def line_facts(assessment: Assessment, language: str | None) -> dict[str, Any]:
    """What the page of a line shows, its explanation in the language asked for."""
    return {
        "assessment": assessment,
        "employee": assessment.line.employee,
        "explained": explained(explain_line(assessment), language),
    }
