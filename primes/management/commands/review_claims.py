"""Ask for the batch review of a claim year; with `--wait`, show it advance."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from primes.review.batch import ask_review
from primes.review.models import ReviewItem
from primes.tasks import review_claims

PAUSE_SECONDS = 0.5
WIDTH = 40


class Command(BaseCommand):
    help = "Batch review of the filed claims of a scheme and year, by the Celery worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scheme", default="paf-2025")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--wait", action="store_true", help="wait for the worker, with a bar")
        parser.add_argument("--timeout", type=int, default=600, help="seconds to wait at most")

    def handle(self, *_args: object, **options: object) -> None:
        scheme, year = str(options["scheme"]), int(str(options["year"]))
        asked = ask_review(
            scheme=scheme,
            year=year,
            acting_user=User.objects.machine("review"),
            at=timezone.now(),
        )
        review_claims.delay()
        self.stdout.write(f"{asked} demande(s) à calculer")
        if options["wait"]:
            self._wait(scheme, year, asked, float(str(options["timeout"])))

    def _wait(self, scheme: str, year: int, asked: int, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        items = ReviewItem.objects.filter(claim__scheme=scheme, claim__year=year)
        while left := items.filter(state=ReviewItem.State.DUE).count():
            if time.monotonic() > deadline:
                raise CommandError(f"{left} demande(s) attendent encore : le worker tourne-t-il ?")
            self._bar(asked - left, asked)
            time.sleep(PAUSE_SECONDS)
        self._bar(asked, asked)
        parked = items.filter(state=ReviewItem.State.PARKED).count()
        self.stdout.write(f"\nterminé ; {parked} en échec" if parked else "\nterminé")

    def _bar(self, done: int, asked: int) -> None:
        filled = WIDTH * done // asked if asked else WIDTH
        self.stdout.write(f"\r[{'#' * filled:<{WIDTH}}] {done} sur {asked}", ending="")
        self.stdout.flush()
