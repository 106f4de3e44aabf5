"""The automatic checks of a filed claim: named questions with their answer and evidence.

Each check is a function of one claim's stored data and of its assessment; it decides nothing, it
shows. The version goes up when the question changes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from companies.firms.models import BankAccount
from companies.identifiers import ICE, EmployerNumber
from primes.claims.assessing import Assessed
from primes.claims.models.claim import Claim, ClaimLine
from primes.review.models import Check

Result = Check.Result


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check sees: the claim, its lines, and what the law said of them."""

    claim: Claim
    lines: Sequence[ClaimLine]
    assessed: Assessed


@dataclass(frozen=True, slots=True)
class Answer:
    """`facts` is what the answer rests on: its hash tells whether anything changed."""

    result: str
    facts: Mapping[str, object]
    line: ClaimLine | None = None


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    version: int
    ask: Callable[[Looked], Iterable[Answer]]


def identity_keys_right(looked: Looked) -> Iterable[Answer]:
    """Keys of the ICE and of the CNSS employer number; a wrong key is for a person to look at."""
    firm = looked.claim.firm
    found = [*ICE.parse(firm.ice).warnings, *EmployerNumber.parse(firm.employer_number).warnings]
    yield Answer(
        Result.LOOK if found else Result.PASS,
        {"ice": firm.ice, "employer_number": firm.employer_number, "warnings": found},
    )


def firm_verified(looked: Looked) -> Iterable[Answer]:
    at = looked.claim.firm.verified_at
    yield Answer(Result.PASS if at else Result.FAIL, {"verified_at": at and at.isoformat()})


def account_usable(looked: Looked) -> Iterable[Answer]:
    """Is there an active account to pay, and is it the account of no other firm?"""
    account = BankAccount.objects.filter(firm=looked.claim.firm_id, state="active").first()
    if account is None:
        yield Answer(Result.FAIL, {"account": None})
        return
    shared = (
        BankAccount.objects.filter(rib_fingerprint=account.rib_fingerprint)
        .exclude(firm=looked.claim.firm_id)
        .aggregate(firms=Count("firm", distinct=True))["firms"]
    )
    yield Answer(
        Result.LOOK if shared else Result.PASS,
        {"account": account.pk, "usable_from": str(account.usable_from), "shared_with": shared},
    )


def person_claimed_elsewhere(looked: Looked) -> Iterable[Answer]:
    """People of this claim who stand in a live claim of another firm, same year and scheme."""
    elsewhere = dict(
        ClaimLine.objects.filter(
            person_id__in=[line.person_id for line in looked.lines],
            claim__scheme=looked.claim.scheme,
            claim__year=looked.claim.year,
        )
        .exclude(claim__firm=looked.claim.firm_id)
        .exclude(claim__state__in=["withdrawn", "draft", "rejected"])
        .values_list("person_id")
        .annotate(firms=Count("claim__firm", distinct=True))
    )
    yield Answer(Result.LOOK if elsewhere else Result.PASS, {"people": len(elsewhere)})
    for line in looked.lines:
        if line.person_id in elsewhere:
            yield Answer(Result.LOOK, {"firms": elsewhere[line.person_id]}, line)


def declared_to_cnss(looked: Looked) -> Iterable[Answer]:
    """Do the CNSS files show the person in the months of the year? Asked of each line."""
    facts = looked.assessed.gathered.facts
    for position, line in enumerate(looked.lines):
        known = int(facts.salary_known[position].sum())
        paid = int((facts.salary[position] > 0).sum())
        result = Result.NO_DATA if not known else Result.PASS if paid else Result.FAIL
        yield Answer(result, {"months_declared": known, "months_paid": paid}, line)


def income_agrees_with_cnss(looked: Looked) -> Iterable[Answer]:
    """The warning `income_gap` of the law's cross-check, as a check of the line."""
    answer = looked.assessed.answer
    for position, line in enumerate(looked.lines):
        gap = "income_gap" in answer.warnings_of(position)
        facts = {"income": int(looked.assessed.gathered.facts.income[position, 0]), "gap": gap}
        yield Answer(Result.LOOK if gap else Result.PASS, facts, line)


def amount_changed_since_filing(looked: Looked) -> Iterable[Answer]:
    """Does the law say today what it said when the firm filed?"""
    filed = dict(
        looked.claim.lines.filter(assessments__purpose="filing").values_list(
            "pk", "assessments__amount"
        )
    )
    for position, line in enumerate(looked.lines):
        now = int(looked.assessed.answer.amount[position])
        before = filed.get(line.pk)
        if before is not None and before != now:
            yield Answer(Result.LOOK, {"at_filing": before, "now": now}, line)


QUESTIONS = (
    Question("identity_keys_right", 1, identity_keys_right),
    Question("firm_verified", 1, firm_verified),
    Question("account_usable", 1, account_usable),
    Question("person_claimed_elsewhere", 1, person_claimed_elsewhere),
    Question("declared_to_cnss", 1, declared_to_cnss),
    Question("income_agrees_with_cnss", 1, income_agrees_with_cnss),
    Question("amount_changed_since_filing", 1, amount_changed_since_filing),
)


def answers(looked: Looked) -> Iterable[tuple[Question, Answer, str]]:
    """Every answer of every question, with the hash of the facts it rests on."""
    for question in QUESTIONS:
        for answer in question.ask(looked):
            text = json.dumps([answer.result, answer.facts], sort_keys=True, default=str)
            yield question, answer, hashlib.sha256(text.encode()).hexdigest()
