"""Write the files of a signed run to a folder; any other run is refused."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import User
from primes.management.asked import account_named
from primes.management.refusals import refusal_text
from primes.payouts.actions import export_run
from primes.payouts.models import PaymentRun


class Command(BaseCommand):
    help = "Fichiers d'un lot signé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="référence du lot, L-2026-000001")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--as", dest="email", help="payeur (à défaut, le signataire)")

    def handle(self, *_args: object, **options: object) -> None:
        run = PaymentRun.objects.filter(reference=options["reference"]).first()
        if run is None:
            raise CommandError(f"Aucun lot ne porte la référence {options['reference']}.")
        if run.signed_by is None:
            raise CommandError(f"Le lot {run} n'est pas signé par le payeur : rien n'est exporté.")
        payer = _payer(run, options["email"])
        try:
            payout = export_run(run_id=run.pk, acting_user=payer, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(refusal_text(refusal)) from refusal
        folder = Path(str(options["out"]))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / payout.name).write_bytes(bytes(payout.content))
        self.stdout.write(f"{folder / payout.name}  SHA-256 {payout.sha256}")


def _payer(run: PaymentRun, email: object) -> User:
    """The account named on the command line, else the payeur who signed."""
    if email is None and run.signed_by is not None:
        return run.signed_by
    return account_named(str(email))
