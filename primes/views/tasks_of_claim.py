"""The task list of a claim before it is filed: what is done, what is left; seven tasks at most."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from companies.imports.models import FileLoad
from companies.space import Space
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.preview import Preview
from trainings.models import Attendance


class Status(StrEnum):
    DONE = "done"
    STARTED = "started"
    NOT_STARTED = "not_started"
    NOT_AVAILABLE = "not_available"
    PROBLEM = "problem"


STATUS_WORDS = {
    Status.DONE: gettext_lazy("Done"),
    Status.STARTED: gettext_lazy("In progress"),
    Status.NOT_STARTED: gettext_lazy("Not started yet"),
    Status.NOT_AVAILABLE: gettext_lazy("Not available yet"),
    Status.PROBLEM: gettext_lazy("There is a problem"),
}
FIRM_CONDITIONS = frozenset(
    {"branch_eligible", "certificate_valid", "firm_in_good_standing", "export_share_reached"}
)


@dataclass(frozen=True, slots=True)
class Task:
    title: str
    url: str
    status: Status
    hint: str = ""

    @property
    def status_words(self) -> str:
        return str(STATUS_WORDS[self.status])


def tasks_of(claim: Claim, space: Space, lines: Preview, on: date) -> list[Task]:
    """Each status is read from the rows themselves; `lines` previews the claim."""
    loads = FileLoad.objects.standing().filter(file__firm=space.firm)
    loaded = loads.filter(period__year=claim.year).count()
    trained = (
        Attendance.objects.filter(
            session__programme__firm=space.firm, session__starts_on__year=claim.year
        )
        .values("employee")
        .distinct()
        .count()
    )
    return [
        _firm(lines),
        _files(loaded, claim.year),
        _facts(lines),
        _trainings(trained),
        _people(claim, lines),
        _check(claim, lines),
        _sign(claim, lines),
    ]


def _firm(lines: Preview) -> Task:
    failing = any(FIRM_CONDITIONS & set(row.reasons) for row in lines.rows)
    status = Status.PROBLEM if failing else Status.DONE
    hint = gettext("A certificate is missing or out of date.") if failing else ""
    return Task(gettext("The firm and its certificates"), reverse("firm"), status, hint)


def _files(loaded: int, year: int) -> Task:
    said = ngettext(
        "%(count)d file about %(year)s received", "%(count)d files about %(year)s received", loaded
    )
    hint = said % {"count": loaded, "year": year}
    status = Status.DONE if loaded else Status.NOT_STARTED
    return Task(gettext("Payroll files"), reverse("files"), status, hint)


def _facts(lines: Preview) -> Task:
    lacking = sum(bool(row.unknown) for row in lines.rows)
    status = Status.STARTED if lacking else Status.DONE if lines.rows else Status.NOT_STARTED
    said = ngettext("%(count)d person lacks an answer", "%(count)d people lack an answer", lacking)
    hint = said % {"count": lacking} if lacking else ""
    return Task(gettext("What the files cannot say"), reverse("complete_many"), status, hint)


def _trainings(trained: int) -> Task:
    said = ngettext(
        "%(count)d person trained in the year", "%(count)d people trained in the year", trained
    )
    hint = said % {"count": trained}
    status = Status.DONE if trained else Status.NOT_STARTED
    return Task(gettext("Trainings attended"), reverse("programmes"), status, hint)


def _people(claim: Claim, lines: Preview) -> Task:
    hint = gettext("%(chosen)d people chosen, %(eligible)d eligible") % {
        "chosen": len(lines.rows),
        "eligible": lines.eligible_count,
    }
    status = Status.DONE if lines.rows else Status.NOT_STARTED
    url = reverse("claim_people", args=[claim.public_id])
    return Task(gettext("People of the claim"), url, status, hint)


def _check(claim: Claim, lines: Preview) -> Task:
    done = claim.state == ClaimState.READY_TO_SIGN
    status = Status.DONE if done else Status.NOT_STARTED if lines.rows else Status.NOT_AVAILABLE
    return Task(gettext("Check"), reverse("claim_check", args=[claim.public_id]), status)


def _sign(claim: Claim, lines: Preview) -> Task:
    status = Status.NOT_STARTED if lines.rows else Status.NOT_AVAILABLE
    hint = "" if lines.rows else gettext("Choose the people first.")
    url = reverse("claim_declare", args=[claim.public_id])
    return Task(gettext("Certify and send"), url, status, hint)
