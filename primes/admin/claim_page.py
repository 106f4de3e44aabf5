"""What the page of a claim shows: its checks, its lines, its history; a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.models import JournalEntry, User
from primes.admin.words import JOURNAL, evidence_in_words
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.review.checks import QUESTIONS
from primes.review.models import Check
from primes.wording.words import label

LINES_PER_PAGE = 50
SHOWN_PER_QUESTION = 20
"""Line answers worth a look that are listed under their question; the rest is counted."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One question about the claim, its answers, and those of the lines worth a look."""

    name: str
    results: Sequence[tuple[str, str, int]]
    """(code, words, count), the worst first."""
    evidence: Sequence[str]
    answered_by: User
    answered_at: datetime

    @property
    def is_automatic(self) -> bool:
        return self.answered_by.kind == User.Kind.MACHINE


@dataclass(frozen=True, slots=True)
class LineRow:
    line: ClaimLine
    assessment: Assessment | None
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    entry: JournalEntry
    act: str
    reason: str


RESULTS = (Check.Result.FAIL, Check.Result.LOOK, Check.Result.NO_DATA, Check.Result.PASS)


def checks_of(claim: Claim) -> list[CheckRow]:
    """The latest answer to each question, of the claim as a whole and of each line."""
    latest = (
        Check.objects.filter(claim=claim)
        .select_related("line", "answered_by")
        .order_by("code", "line_id", "-pk")
        .distinct("code", "line_id")
    )
    by_code: dict[str, list[Check]] = {each.code: [] for each in QUESTIONS}
    for check in latest:
        by_code.setdefault(check.code, []).append(check)
    return [_check_row(code, answers) for code, answers in by_code.items() if answers]


def _check_row(code: str, answers: Sequence[Check]) -> CheckRow:
    counts = Counter(check.result for check in answers)
    worth = [check for check in answers if check.result != Check.Result.PASS or not check.line_id]
    newest = max(answers, key=lambda check: check.pk)
    return CheckRow(
        name=label("check", code),
        results=[(r.value, str(r.label), counts[r]) for r in RESULTS if counts[r]],
        evidence=[_evidence(check) for check in worth[:SHOWN_PER_QUESTION]],
        answered_by=newest.answered_by,
        answered_at=newest.answered_at,
    )


def _evidence(check: Check) -> str:
    said = evidence_in_words(check.evidence)
    return f"ligne {check.line.position} : {said}" if check.line else said


def lines_of(claim: Claim, page: str | None) -> Page[LineRow]:
    """One page of lines with the assessment in force of each."""
    lines = ClaimLine.objects.filter(claim=claim).select_related("employee").order_by("position")
    chosen: Page[Any] = Paginator(lines, LINES_PER_PAGE).get_page(page)
    found = {
        each.line_id: each
        for each in Assessment.objects.filter(line__in=[line.pk for line in chosen])
        .latest_of_each_line()
        .readable()
    }
    chosen.object_list = [_line_row(line, found.get(line.pk)) for line in chosen]
    return chosen


def _line_row(line: ClaimLine, assessment: Assessment | None) -> LineRow:
    codes = assessment.reasons if assessment else ()
    return LineRow(line, assessment, [label("reason", code) for code in codes])


def history_of(stream: str) -> list[HistoryRow]:
    """What was done, the oldest first."""
    entries = JournalEntry.objects.filter(stream=stream).select_related("actor")
    return [
        HistoryRow(entry, JOURNAL.get(entry.action, entry.action), entry.detail.get("reason", ""))
        for entry in entries.order_by("sequence")
    ]
