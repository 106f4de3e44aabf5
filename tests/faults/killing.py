"""One act killed with SIGKILL after each of its statements in turn, until it is let finish.

Each try is a process of its own; the next begins on what the killed one left. One line a kill says
which promises were broken then, and the last line that the act ended.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from accounts.models import StaffRole, User  # noqa: E402
from primes.claims.models.claim import Claim  # noqa: E402
from primes.payouts.actions import export_run  # noqa: E402
from primes.payouts.models import PaymentRun  # noqa: E402
from primes.payouts.returns import load_bank_return  # noqa: E402
from primes.payouts.verification import PROMISES  # noqa: E402
from primes.review.actions import decide_claim  # noqa: E402
from primes.review.batch import review_batch  # noqa: E402
from primes.review.models import Outcome, ReviewItem  # noqa: E402
from tests.factories.agency import staff  # noqa: E402
from tests.factories.claims import AT, bank_answer  # noqa: E402

FINISHED = "finished"
# Starts a process of its own, and no kill changes what was told to the law.
ASKED_ONCE = {"assessment_replays_the_same"}


def review() -> None:
    """A kill counts as an attempt and three set the claim aside: somebody asks again each time."""
    ReviewItem.objects.update(state=ReviewItem.State.DUE, attempts=0)
    review_batch(limit=5, acting_user=User.objects.machine("review"), at=AT)


def decide() -> None:
    decide_claim(
        claim_id=Claim.objects.get().pk, outcome=Outcome.APPROVE, reason="Oui.",
        acting_user=staff(StaffRole.DECIDEUR), at=AT,
    )  # fmt: skip


def export() -> None:
    payer = staff(StaffRole.PAYEUR)
    export_run(run_id=PaymentRun.objects.get().pk, acting_user=payer, at=AT)


def load_return() -> None:
    content = bank_answer(PaymentRun.objects.get())
    load_bank_return(name="r.xml", content=content, acting_user=staff(StaffRole.PAYEUR), at=AT)


class _DieAfter:
    """The process ends at once when its nth statement has run, inside whatever transaction."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        answer = execute(*arguments)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def _is_killed(act: Callable[[], None], statements: int) -> bool:
    connection.close()
    child = os.fork()
    if not child:
        with connection.execute_wrapper(_DieAfter(statements)):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the act failed by itself")
    return os.WIFSIGNALED(status)


def kill_everywhere(act: Callable[[], None]) -> None:
    statements = 1
    while _is_killed(act, statements):
        broken = [p.code for p in PROMISES if p.code not in ASKED_ONCE and any(p.breaches())]
        sys.stdout.write(f"{statements} {' '.join(broken)}\n")
        statements += 1
    sys.stdout.write(f"{FINISHED}\n")


if __name__ == "__main__":
    kill_everywhere(globals()[sys.argv[1]])
