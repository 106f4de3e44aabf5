"""Load the bank's answers; the same file twice changes nothing."""

import io
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import User
from primes.payouts.formats.pain002 import read_pain002
from primes.payouts.models import PaymentRun
from primes.payouts.returns import load_bank_return
from primes.wording.words import sentence


class Command(BaseCommand):
    help = "Retours bancaires (pain.002)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="email", help="payeur (à défaut, l'exportateur)")

    def handle(self, *_args: object, **options: object) -> None:
        for path in options["files"]:  # type: ignore[attr-defined]  # a list, by nargs
            try:
                content = path.read_bytes()
                payer = _payer(path.name, content, options["email"])
                loaded = load_bank_return(
                    name=path.name, content=content, acting_user=payer, at=timezone.now()
                )
            except Refusal as refusal:
                words = sentence(refusal.code, refusal.facts)
                raise CommandError(f"{path} : {words.what}") from refusal
            effects = Counter(line.get_effect_display() for line in loaded.lines.all())
            summary = ", ".join(f"{count} {effect}" for effect, count in sorted(effects.items()))
            self.stdout.write(f"{path.name} → {loaded.run} : {summary}")


def _payer(name: str, content: bytes, email: object) -> User:
    """The account named on the command line, else the payeur who exported that run."""
    if email is not None:
        named = User.objects.filter(email__iexact=str(email)).first()
    else:
        reference = read_pain002(io.BytesIO(content), name).original_message_id
        run = PaymentRun.objects.filter(reference=reference).first()
        named = run.exported_by if run else None
    if named is None:
        raise Refusal("payer_unknown", email=email or "")
    return named
