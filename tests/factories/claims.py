"""Claims and payment runs at each stage of their life, by the real actions and different people.

Without an argument each builder begins from nothing and takes every earlier stage; given a claim or
a run it goes on from there. The agency's people are found again by role, so that calls share them.
"""

from datetime import datetime

from accounts.formats import CASABLANCA
from accounts.models import StaffRole
from companies.firms.models import Firm
from companies.workforce.models import Employee
from primes.claims.actions import choose_lines, file_claim, start_claim
from primes.claims.assessing import latest_assessments
from primes.claims.models.claim import Claim
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import approve_release, propose_release, see_rules
from primes.ledger.models import Convention, Envelope
from primes.payouts.actions import export_run, order_run, sign_run
from primes.payouts.models import BankReturnFile, PaymentRun
from primes.payouts.preparation import prepare_run
from primes.payouts.returns import load_bank_return
from primes.payouts.simulated_bank import answer
from primes.review.actions import Content, decide_claim, propose_claim, take_claim
from primes.review.batch import review_batch
from primes.review.models import Decision, Outcome
from tests.factories.agency import staff
from tests.factories.claimants import YEAR, firm, people, rib, signataire_of

SCHEME = "paf-2025"
AT = datetime(2026, 4, 7, 10, 12, tzinfo=CASABLANCA)
"""Inside the filing window that the law gives for 2025; all happens at this instant."""
CAP = 100_000_000


def released_rules() -> RuleSet:
    """The running rules, released by two people who stand nowhere else."""
    first = staff(StaffRole.ADMINISTRATEUR)
    second = staff(StaffRole.ADMINISTRATEUR, "administrateur-2")
    rules = see_rules(acting_user=first, at=AT)
    if rules.state == RuleSet.State.SEEN:
        propose_release(rule_set_id=rules.pk, reason="Première version.", acting_user=first, at=AT)
        rules = approve_release(rule_set_id=rules.pk, reason="Relue.", acting_user=second, at=AT)
    return rules


def open_credits(cap: int = CAP) -> Envelope:
    """The envelope of the year of the decisions; `cap` in centimes counts the first time only."""
    convention, _ = Convention.objects.get_or_create(
        code="CONV-2025-01",
        defaults={
            "title": "Financement de la prime à la formation",
            "scheme": SCHEME,
            "signed_on": AT.date(),
            "ends_on": AT.date().replace(year=2030),
            "payer_name": "AGENCE DE PAIEMENT",
            "payer_rib": rib(9_999),
        },
    )
    credits_opened, _ = Envelope.objects.get_or_create(
        convention=convention, year=AT.year, defaults={"cap": cap}
    )
    return credits_opened


def draft_claim(of: Firm | None = None, *, eligible: int = 2, ineligible: int = 0) -> Claim:
    """Everybody of the firm is in it, the ineligible too."""
    of = of or firm()
    if not Employee.objects.filter(firm=of).exists():
        people(of, eligible, ineligible)
    signataire = signataire_of(of)
    claim = start_claim(firm=of, scheme=SCHEME, year=YEAR, acting_user=signataire, at=AT)
    everybody = Employee.objects.filter(firm=of).values_list("pk", flat=True)
    choose_lines(claim_id=claim.pk, employee_ids=everybody, acting_user=signataire, at=AT)
    return claim


def filed_claim(of: Firm | None = None, *, eligible: int = 2, ineligible: int = 0) -> Claim:
    released_rules()
    claim = draft_claim(of, eligible=eligible, ineligible=ineligible)
    return file_claim(claim_id=claim.pk, acting_user=signataire_of(claim.firm), at=AT)


def reviewed_claim(claim: Claim | None = None) -> Claim:
    """Taken by the instructeur, assessed and checked by the batch review."""
    claim = claim or filed_claim()
    instructeur = staff(StaffRole.INSTRUCTEUR)
    taken = take_claim(claim_id=claim.pk, acting_user=instructeur, at=AT)
    review_batch(limit=50, acting_user=instructeur, at=AT)
    return taken


def proposed_claim(claim: Claim | None = None, outcome: Outcome | None = None) -> Claim:
    """Proposed as the lines say, unless another outcome is asked."""
    claim = reviewed_claim(claim)
    propose_claim(
        claim_id=claim.pk,
        outcome=outcome or Content(latest_assessments(claim.pk)).outcome,
        reason="Dossier complet.",
        acting_user=staff(StaffRole.INSTRUCTEUR),
        at=AT,
    )
    claim.refresh_from_db()
    return claim


def decided_claim(claim: Claim | None = None, outcome: Outcome | None = None) -> Decision:
    """Decided as proposed, on an open envelope."""
    claim = proposed_claim(claim, outcome)
    open_credits()
    return decide_claim(
        claim_id=claim.pk,
        outcome=Outcome(claim.proposals.latest("pk").outcome),
        reason="Conforme à l'instruction.",
        acting_user=staff(StaffRole.DECIDEUR),
        at=AT,
    )


def prepared_run() -> PaymentRun:
    """Everything that is due; one decided claim when nothing is."""
    if not Decision.objects.exists():
        decided_claim()
    return prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=AT)


def ordered_run(run: PaymentRun | None = None) -> PaymentRun:
    run = run or prepared_run()
    return order_run(run_id=run.pk, acting_user=staff(StaffRole.ORDONNATEUR), at=AT)


def signed_run(run: PaymentRun | None = None) -> PaymentRun:
    run = ordered_run(run)
    return sign_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT)


def exported_run(run: PaymentRun | None = None) -> PaymentRun:
    run = signed_run(run)
    return export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT).run


def bank_answer(run: PaymentRun, returned: dict[str, str] | None = None) -> bytes:
    """The bank's pain.002 on an exported run; `returned` gives reason codes by payment."""
    return answer(
        bytes(run.file.content), returned=returned or {}, at=AT, message_id=f"R-{run.reference}"
    )


def settled_run(returned: dict[str, str] | None = None) -> BankReturnFile:
    """An exported run that the bank answered."""
    run = exported_run()
    return load_bank_return(
        name="retour.xml",
        content=bank_answer(run, returned),
        acting_user=staff(StaffRole.PAYEUR),
        at=AT,
    )
