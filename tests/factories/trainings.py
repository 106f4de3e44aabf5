"""Trainings of a firm, by the real actions of its signataire; papers as the vault keeps them."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from companies.documents.models import Piece, ReceivedFile
from companies.firms.models import Firm
from companies.identifiers import ICE
from tests.factories.claimants import signataire_of
from trainings.programmes.actions import ProgrammeDeclaration, declare_programme
from trainings.programmes.models import Programme
from trainings.providers.actions import ProviderDeclaration, declare_provider
from trainings.providers.models import Provider, ProviderKind
from trainings.sessions.actions import SessionDeclaration, declare_session
from trainings.sessions.models import Session

AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
DAY = date(2025, 10, 20)


def ice(rank: int, establishment: int = 0) -> ICE:
    """A right ICE of an invented firm."""
    body = f"{998_000_000 + rank:09}{establishment:04}"
    return ICE(f"{body}{-int(body) * 100 % 97:02}")


def provider(of: Firm, rank: int = 1, **told: Any) -> Provider:
    """From outside, unless told otherwise."""
    declaration = ProviderDeclaration(
        **{"kind": ProviderKind.EXTERNAL, "name": f"Institut {rank}", "ice": ice(rank)} | told
    )
    return declare_provider(firm=of, declaration=declaration, acting_user=signataire_of(of), at=AT)


def programme(of: Firm, by: Provider | None = None, **told: Any) -> Programme:
    """Taught by the firm itself, unless somebody else is named."""
    declaration = ProgrammeDeclaration(
        **{"title": "Anglais", "domain": "Langues", "provider_id": by and by.pk} | told
    )
    return declare_programme(firm=of, declaration=declaration, acting_user=signataire_of(of), at=AT)


def session(of: Programme, first: date = DAY, last: date | None = None, **told: Any) -> Session:
    """Of one day and seven hours, unless told otherwise."""
    declaration = SessionDeclaration(first, last or first, **{"minutes": 420} | told)
    return declare_session(
        programme_id=of.pk, session=declaration, acting_user=signataire_of(of.firm), at=AT
    )


def piece(
    of: Firm,
    kind: Piece.Kind = Piece.Kind.ATTENDANCE,
    rank: int = 1,
    state: Piece.State = Piece.State.CLEAN,
) -> Piece:
    """A paper in the vault of the firm, released unless told otherwise."""
    content = f"{kind} {rank}".encode()
    file = ReceivedFile.objects.create(
        firm=of,
        kind=ReceivedFile.Kind.PIECE,
        name=f"{kind}-{rank}.pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        received_at=AT,
        received_by=signataire_of(of),
    )
    return Piece.objects.create(
        firm=of,
        public_id=f"pie_{file.pk}",
        kind=kind,
        title=f"{Piece.Kind(kind).label} {rank}",
        file=file,
        media_type="application/pdf",
        state=state,
        scanned_at=AT,
        added_by=signataire_of(of),
        added_at=AT,
    )
