"""Walk one payment back to the line of the source file."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import CommandError

from accounts.errors import Refusal
from accounts.formats import CASABLANCA, day, hour, money
from primes.management.piped import PipedCommand
from primes.management.refusals import refusal_text
from primes.payouts.models import Payment
from primes.payouts.tracing import Trace, TracedLine, trace
from primes.wording.words import label


def _moment(at: datetime) -> str:
    return f"{day(at.astimezone(CASABLANCA).date(), 'fr')} {hour(at, 'fr')}"


class Command(PipedCommand):
    help = "Retour → fichier → signatures → décision → calcul → ligne du fichier d'origine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("payment", help="référence du paiement, P-2026-000001")

    def handle(self, *_args: object, **options: object) -> None:
        try:
            found = trace(str(options["payment"]))
        except Refusal as refusal:
            raise CommandError(refusal_text(refusal)) from refusal
        self._payment(found.payment)
        self._returns(found)
        for line in found.lines:
            self._line(line)

    def _payment(self, payment: Payment) -> None:
        run = payment.run
        self.stdout.write(
            f"Paiement {payment.reference} : {money(payment.amount, 'fr')} à {payment.firm}"
            f" — {payment.get_state_display()}"
        )
        self.stdout.write(
            f"  lot {run.reference} : {money(run.total, 'fr')}, {run.payment_count} paiement(s)"
        )
        for word, person, instant in (
            ("préparé par", run.prepared_by, run.prepared_at),
            ("ordonnateur", run.ordered_by, run.ordered_at),
            ("payeur", run.signed_by, run.signed_at),
            ("exporté par", run.exported_by, run.exported_at),
        ):
            if instant:
                self.stdout.write(f"    {word} : {person}, {_moment(instant)}")
        if hasattr(run, "file"):
            self.stdout.write(f"  fichier {run.file.name}, SHA-256 {run.file.sha256}")

    def _returns(self, found: Trace) -> None:
        for answer in found.returns:
            self.stdout.write(
                f"  retour {answer.file.name} : {answer.status} {answer.reason_code}"
                f" — {answer.get_effect_display()}, {_moment(answer.file.loaded_at)}"
            )
        if not found.returns:
            self.stdout.write("  retour de la banque : pas encore")

    def _line(self, traced: TracedLine) -> None:
        line, assessment = traced.line.line, traced.assessment
        self.stdout.write(
            f"  {line.claim.reference} ligne {line.position} : {line.employee}"
            f" — {money(traced.line.amount, 'fr')}"
        )
        self.stdout.write(f"    décision {traced.decision}, {traced.decided_by}")
        for code, amount in assessment.steps.items():
            self.stdout.write(f"    {label('row', code)} : {money(amount, 'fr')}")
        self.stdout.write(f"    règles {assessment.rule_set}, {_moment(assessment.assessed_at)}")
        for fact, name, number in traced.sources:
            self.stdout.write(f"    {label('fact', fact)} : {name}, ligne {number}")
