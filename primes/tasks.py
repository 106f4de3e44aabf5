"""Celery's side: a bounded batch, the count in the log, nothing else. The rows are the record."""

import logging

from celery import shared_task
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import User
from companies.documents.scanning import scan_waiting
from companies.imports.states import MACHINE
from companies.imports.sweeping import sweep_imports
from primes.review.batch import review_batch, work_is_waiting

BATCH_CLAIMS = 50
SCANNED_AT_ONCE = 20

log = logging.getLogger(__name__)


@shared_task(name="primes.tasks.review_claims")
def review_claims() -> int:
    """Review one batch; asks for the next while there is work. Returns the number taken."""
    machine = User.objects.machine("review")
    try:
        report = review_batch(limit=BATCH_CLAIMS, acting_user=machine, at=timezone.now())
    except Refusal as refusal:
        log.warning("batch review refused: %s", refusal)
        return 0
    log.info("batch review: %s taken, %s done, %s parked", report.taken, report.done, report.parked)
    if report.taken == BATCH_CLAIMS:
        review_claims.delay()
    return report.taken


@shared_task(name="primes.tasks.sweep")
def sweep() -> int:
    """Pick up what a lost message left behind, and look after the imports that people left."""
    at = timezone.now()
    reviewed: int = review_claims() if work_is_waiting() else 0
    machine = User.objects.machine(MACHINE)
    scanned = scan_waiting(limit=SCANNED_AT_ONCE, acting_user=machine, at=at)
    return reviewed + scanned.clean + scanned.infected + sweep_imports(at)
