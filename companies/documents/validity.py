"""Papers that lapse soon or have lapsed: said thirty days before, until a newer one is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from companies.documents.models import Piece
from companies.firms.models import Certificate, Firm

WARNED_DAYS = 30
CERTIFIED = frozenset(Certificate.Kind.values)
"""Natures that are kept as a certificate too, which is what claims read."""
ELIGIBILITY = frozenset({Certificate.Kind.P2I.value, Certificate.Kind.COMMITTEE.value})


@dataclass(frozen=True, slots=True)
class Expiry:
    """`days_left` 0 on the last day, negative once it has passed."""

    title: str
    until: date
    days_left: int

    @property
    def has_lapsed(self) -> bool:
        return self.days_left < 0


def expiring_pieces(firm: Firm, on: date) -> list[Expiry]:
    """What lapses within thirty days of `on` or has lapsed, soonest first; two queries.

    Of the certificates of one nature only the last to lapse counts; those of the platform and of
    the committee stand for one another.
    """
    limit = on + timedelta(days=WARNED_DAYS)
    dated = [*_last_certificates(firm), *_dated_pieces(firm)]
    lapsing = [Expiry(title, until, (until - on).days) for title, until in dated if until <= limit]
    return sorted(lapsing, key=lambda each: (each.until, each.title))


def current_pieces(firm: Firm) -> list[Piece]:
    """The papers that no newer one replaces, the last added first; none of their bytes."""
    pieces = Piece.objects.filter(firm=firm, replaced_by__isnull=True)
    return list(
        pieces.select_related("file", "added_by")
        .defer("file__content")
        .order_by("-added_at", "-pk")
    )


def _last_certificates(firm: Firm) -> Iterable[tuple[str, date]]:
    last: dict[str, Certificate] = {}
    for certificate in Certificate.objects.filter(firm=firm).order_by("valid_until", "pk"):
        kind = certificate.kind
        last["eligibility" if kind in ELIGIBILITY else kind] = certificate
    return [(each.get_kind_display(), each.valid_until) for each in last.values()]


def _dated_pieces(firm: Firm) -> Iterable[tuple[str, date]]:
    pieces = Piece.objects.filter(
        firm=firm, replaced_by__isnull=True, valid_until__isnull=False
    ).exclude(kind__in=CERTIFIED)
    return [(title, until) for title, until in pieces.values_list("title", "valid_until") if until]
