"""Ask every promise of the house: replay, recount, hashes, chains. Exit 1 and a list on any
difference.
"""

import sys

from django.core.management.base import BaseCommand

from primes.payouts.verification import verify


class Command(BaseCommand):
    help = "Replay assessments, recount the ledger, check file hashes and the journal chain."

    def handle(self, *_args: object, **_options: object) -> None:
        broken = 0
        for verdict in verify():
            self.stdout.write(f"{'non' if verdict.breaches else 'oui':>4}  {verdict.promise}")
            for breach in verdict.breaches:
                broken += 1
                self.stdout.write(
                    f"      {breach.place} : trouvé {breach.found}, attendu {breach.expected}"
                )
        if broken:
            self.stdout.write(f"{broken} différence(s)")
            sys.exit(1)
        self.stdout.write("Tout concorde.")
