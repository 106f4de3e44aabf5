"""Why one line is entitled or not, step by step, from the facts that were stored with it."""

from typing import Any

from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim

PARTS = {"condition": "Conditions", "row": "Montant", "warning": "Avertissements"}


def assessment_of(claim: Claim, position: int) -> Assessment | None:
    """The assessment in force of one line."""
    of_line = Assessment.objects.filter(line__claim=claim, line__position=position)
    return of_line.explainable().order_by("-pk").first()


def explained(assessment: Assessment) -> dict[str, Any]:
    """What the page of a line shows: the blocks of the explanation, part by part."""
    explanation = explain_line(assessment)
    blocks = explanation.in_words("fr")
    return {
        "assessment": assessment,
        "employee": assessment.line.employee,
        "is_current": explanation.is_current,
        "parts": [
            (title, [block for block in blocks if block.kind == kind])
            for kind, title in PARTS.items()
        ],
    }
