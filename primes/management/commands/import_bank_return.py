"""Load the bank's answers; the same file twice changes nothing."""

import io
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import User
from companies.imports.errors import FileRefused
from primes.management.asked import account_named, contents
from primes.management.refusals import refusal_text
from primes.payouts.formats.pain002 import read_pain002
from primes.payouts.models import PaymentRun
from primes.payouts.returns import load_bank_return


class Command(BaseCommand):
    help = "Retours bancaires (pain.002)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="email", help="payeur (à défaut, l'exportateur)")

    def handle(self, *_args: object, **options: object) -> None:
        try:
            files = contents(options["files"])  # type: ignore[arg-type]  # paths, by nargs and type
        except FileRefused as refused:
            raise CommandError(refusal_text(refused)) from refused
        for name, content in files:
            self._load(name, content, options["email"])

    def _load(self, name: str, content: bytes, email: object) -> None:
        try:
            loaded = load_bank_return(
                name=name,
                content=content,
                acting_user=_payer(name, content, email),
                at=timezone.now(),
            )
        except Refusal as refused:
            raise CommandError(f"{name} : {refusal_text(refused)}") from refused
        effects = Counter(line.get_effect_display() for line in loaded.lines.all())
        summary = ", ".join(f"{count} {effect}" for effect, count in sorted(effects.items()))
        self.stdout.write(f"{name} → {loaded.run} : {summary}")


def _payer(name: str, content: bytes, email: object) -> User:
    """The account named on the command line, else the payeur who exported that run."""
    if email is not None:
        return account_named(str(email))
    reference = read_pain002(io.BytesIO(content), name).original_message_id
    run = PaymentRun.objects.filter(reference=reference).first()
    if run is None or run.exported_by is None:
        raise Refusal("payer_unknown")
    return run.exported_by
