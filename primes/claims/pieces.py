"""The papers a claim asks for, from its situation: which, and whether the system holds them.

One table a scheme. Nothing is asked that is held already: payroll files that were received, a
certificate that was recorded once, the account that is paid. Words are found by code elsewhere.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, F, OuterRef

from accounts.formats import CASABLANCA
from companies.documents.models import Piece, ReceivedFile
from companies.documents.validity import current_pieces
from companies.firms.models import BankAccount, Certificate, Establishment, Firm
from companies.imports.models import FileLoad
from primes.claims.models.claim import Claim, ClaimLine
from trainings.invoices.models import InvoicePiece
from trainings.providers.models import ProviderKind
from trainings.sessions.models import SessionPiece

OUTSIDE = "hors"
"""How the site of an establishment outside every platform begins."""
MONTHS = 12
K = Piece.Kind


class Standing(StrEnum):
    HELD = "held"
    EXPIRED = "expired"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class AskedPiece:
    """What is asked of one claim, and what answers it.

    `kinds` are the natures of paper that would answer it; none when it is a file or an account.
    `day` is the one that a certificate must cover, `valid_until` its last day, when there is one.
    """

    code: str
    kinds: tuple[str, ...]
    standing: Standing
    needed: int = 1
    held: int = 0
    day: date | None = None
    valid_until: date | None = None
    certificate: Certificate | None = None
    piece: Piece | None = None

    @property
    def lacks(self) -> bool:
        return self.standing != Standing.HELD


@dataclass(frozen=True, slots=True)
class Course:
    """One session of an outside provider, attended by somebody of the claim."""

    session_id: int
    has_invoice: bool
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the tables look at; `on` is the day of filing, or the day asked before it."""

    firm: Firm
    year: int
    on: date
    sites: tuple[str, ...]
    certificates: tuple[Certificate, ...]
    pieces: tuple[Piece, ...]
    has_account: bool
    declared_months: int
    statements: int
    courses: tuple[Course, ...]

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def in_platform(self) -> bool:
        return any(not site.casefold().startswith(OUTSIDE) for site in self.sites)

    @property
    def months_of_the_firm(self) -> int:
        """Months of the year in which the firm was at work."""
        began = self.firm.started_on
        return MONTHS if began.year < self.year else max(0, MONTHS + 1 - began.month)


Rule = Callable[[Situation], AskedPiece | None]
"""What is asked in a situation, or nothing."""


def asked_pieces(claims: Sequence[Claim], on: date) -> dict[int, list[AskedPiece]]:
    """By claim, in the order of its table; the claims are of one firm. Queries do not depend on how
    many they are."""
    if not claims:
        return {}
    firm = claims[0].firm
    sites = tuple(Establishment.objects.filter(firm=firm).values_list("site", flat=True))
    certificates = tuple(Certificate.objects.filter(firm=firm).order_by("valid_until", "pk"))
    pieces = tuple(each for each in current_pieces(firm) if each.state != Piece.State.INFECTED)
    has_account = BankAccount.objects.filter(firm=firm, state=BankAccount.State.ACTIVE).exists()
    months, statements = _received(firm)
    courses = _courses(claims)
    asked = {}
    for claim in claims:
        situation = Situation(
            firm=firm,
            year=claim.year,
            on=_day_of(claim, on),
            sites=sites,
            certificates=certificates,
            pieces=pieces,
            has_account=has_account,
            declared_months=len(months[claim.year]),
            statements=statements[claim.year],
            courses=tuple(courses[claim.pk]),
        )
        answers = (rule(situation) for rule in TABLES[claim.scheme])
        asked[claim.pk] = [answer for answer in answers if answer is not None]
    return asked


def _day_of(claim: Claim, on: date) -> date:
    return claim.filed_at.astimezone(CASABLANCA).date() if claim.filed_at else on


def _received(firm: Firm) -> tuple[Mapping[int, set[int]], Mapping[int, int]]:
    """By year, the months whose main declaration came, and how many états 9421."""
    months: defaultdict[int, set[int]] = defaultdict(set)
    statements: defaultdict[int, int] = defaultdict(int)
    stand = FileLoad.objects.standing().filter(file__firm=firm)
    loads = stand.values_list("file__kind", "period", "supplement")
    for kind, period, supplement in loads:
        if kind == ReceivedFile.Kind.DS and not supplement:
            months[period.year].add(period.month)
        elif kind == ReceivedFile.Kind.ETAT_9421:
            statements[period.year] += 1
    return months, statements


def _courses(claims: Sequence[Claim]) -> Mapping[int, list[Course]]:
    """By claim, the sessions of its year that an outside provider was paid for."""
    session = "employee__attendances__session"
    of_it = OuterRef(session)
    invoices = InvoicePiece.objects.filter(invoice__shares__session=of_it)
    sheets = SessionPiece.objects.filter(session=of_it)
    found = (
        ClaimLine.objects.filter(
            claim__in=claims,
            employee__attendances__session__programme__provider__kind=ProviderKind.EXTERNAL,
            employee__attendances__session__cost__gt=0,
            employee__attendances__session__starts_on__year=F("claim__year"),
        )
        .annotate(
            has_invoice=Exists(invoices.exclude(piece__state=Piece.State.INFECTED)),
            has_evidence=Exists(sheets.exclude(piece__state=Piece.State.INFECTED)),
        )
        .values_list("claim_id", session, "has_invoice", "has_evidence")
        .distinct()
    )
    courses: defaultdict[int, list[Course]] = defaultdict(list)
    for claim_id, *told in found.order_by(session):
        courses[claim_id].append(Course(*told))
    return courses


def _certificate(code: str, kinds: Collection[str], day: date, situation: Situation) -> AskedPiece:
    """The certificate that covers the day, else the last one there was."""
    known = [each for each in situation.certificates if each.kind in kinds]
    covering = [each for each in known if each.covers(day)]
    best = next(reversed(covering or known), None)
    standing = Standing.HELD if covering else Standing.EXPIRED if known else Standing.MISSING
    papers = (
        piece
        for piece in situation.pieces
        if best is not None and (piece.kind, piece.number) == (best.kind, best.number)
    )
    return AskedPiece(
        code,
        tuple(kinds),
        standing,
        held=len(covering[:1]),
        day=day,
        valid_until=best.valid_until if best else None,
        certificate=best,
        piece=next(papers, None),
    )


def _counted(code: str, kinds: tuple[str, ...], needed: int, held: int) -> AskedPiece | None:
    """None where nothing is needed."""
    standing = Standing.HELD if held >= needed else Standing.MISSING
    return AskedPiece(code, kinds, standing, needed=needed, held=held) if needed else None


def eligibility(situation: Situation) -> AskedPiece:
    """On a platform its manager certifies, outside of one the committee; unknown, either."""
    if not situation.sites:
        return _certificate("eligibility", (K.P2I, K.COMMITTEE), situation.year_end, situation)
    if situation.in_platform:
        return _certificate("eligibility_platform", (K.P2I,), situation.year_end, situation)
    return _certificate("eligibility_committee", (K.COMMITTEE,), situation.year_end, situation)


def cnss_standing(situation: Situation) -> AskedPiece:
    return _certificate("cnss_standing", (K.CNSS,), situation.on, situation)


def tax_standing(situation: Situation) -> AskedPiece:
    return _certificate("tax_standing", (K.TAX,), situation.on, situation)


def bank_account(situation: Situation) -> AskedPiece | None:
    return _counted("bank_account", (), 1, int(situation.has_account))


def declarations(situation: Situation) -> AskedPiece | None:
    needed = situation.months_of_the_firm
    return _counted("cnss_declarations", (), needed, situation.declared_months)


def income_statement(situation: Situation) -> AskedPiece | None:
    return _counted("income_statement", (), 1, situation.statements)


def invoices(situation: Situation) -> AskedPiece | None:
    held = sum(course.has_invoice for course in situation.courses)
    return _counted("training_invoices", (K.INVOICE,), len(situation.courses), held)


def attendance_sheets(situation: Situation) -> AskedPiece | None:
    held = sum(course.has_evidence for course in situation.courses)
    kinds = (K.ATTENDANCE, K.TRAINING)
    return _counted("attendance_sheets", kinds, len(situation.courses), held)


_OF_THE_FIRM: tuple[Rule, ...] = (eligibility, cnss_standing, tax_standing, bank_account)
TABLES: Mapping[str, tuple[Rule, ...]] = {
    "paf-2025": (*_OF_THE_FIRM, declarations, income_statement, invoices),
    "pae-2025": (*_OF_THE_FIRM, declarations, income_statement),
    "aide-formation-2007": (*_OF_THE_FIRM, invoices, attendance_sheets),
}
