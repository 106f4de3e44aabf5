"""The claims of the demonstration, from the firm that files to the décideur who decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from accounts.models import User
from primes.claims.actions import choose_lines, file_claim, start_claim
from primes.claims.assessing import latest_assessments
from primes.management.demonstration.agency import SCHEME
from primes.management.demonstration.firms import Entered
from primes.management.demonstration.moments import Calendar, Moment
from primes.review.actions import Content, decide_claim, propose_claim, take_claim
from primes.review.batch import review_batch
from primes.review.models import Outcome

PROPOSAL_REASONS = {
    Outcome.APPROVE: "Dossier complet : toutes les lignes remplissent les conditions.",
    Outcome.APPROVE_IN_PART: "Les lignes qui ne remplissent pas une condition sont écartées.",
    Outcome.REFUSE: "L'attestation d'éligibilité ne couvre pas le 31 décembre de l'exercice.",
}
DECISION_REASONS = {
    Outcome.APPROVE: "Conforme à l'instruction.",
    Outcome.APPROVE_IN_PART: "Conforme à l'instruction : accord pour les lignes éligibles.",
    Outcome.REFUSE: "Refus : attestation échue avant la fin de l'exercice.",
}


@dataclass(frozen=True, slots=True)
class Filed:
    firm: Entered
    claim_id: int


def file_claims(firms: Iterable[Entered], calendar: Calendar, moment: Moment) -> list[Filed]:
    """Each firm claims for everyone eligible, or for every recruit where that is its part."""
    at = calendar.at(moment)
    filed = []
    for firm in firms:
        claim = start_claim(
            firm=firm.row, scheme=SCHEME, year=calendar.year, acting_user=firm.writer, at=at
        )
        if firm.part.claims_everybody:
            recruits = set(firm.recruits(calendar.year).values_list("employee_id", flat=True))
            choose_lines(claim_id=claim.pk, employee_ids=recruits, acting_user=firm.writer, at=at)
        file_claim(claim_id=claim.pk, acting_user=firm.signatory, at=at)
        filed.append(Filed(firm, claim.pk))
    return filed


def take_claims(
    filed: Sequence[Filed], calendar: Calendar, moment: Moment, instructeur: User
) -> None:
    for each in filed:
        take_claim(claim_id=each.claim_id, acting_user=instructeur, at=calendar.at(moment))


def review_claims(filed: Sequence[Filed], calendar: Calendar, moment: Moment) -> None:
    """What the worker does, without a worker; nothing else is due at that moment."""
    machine = User.objects.machine("review")
    review_batch(limit=len(filed), acting_user=machine, at=calendar.at(moment))


def propose_claims(
    filed: Sequence[Filed], calendar: Calendar, moment: Moment, instructeur: User
) -> None:
    for each in filed:
        propose_claim(
            **_answer(each, PROPOSAL_REASONS), acting_user=instructeur, at=calendar.at(moment)
        )


def decide_claims(
    filed: Sequence[Filed], calendar: Calendar, moment: Moment, decideur: User
) -> None:
    """As proposed: the décideur could only send it back else."""
    for each in filed:
        decide_claim(
            **_answer(each, DECISION_REASONS), acting_user=decideur, at=calendar.at(moment)
        )


class _Answer(TypedDict):
    claim_id: int
    outcome: Outcome
    reason: str


def _answer(filed: Filed, reasons: Mapping[Outcome, str]) -> _Answer:
    """What the lines allow, with its reason."""
    outcome = Content(latest_assessments(filed.claim_id)).outcome
    return {"claim_id": filed.claim_id, "outcome": outcome, "reason": reasons[outcome]}
