"""Papers of the vault as evidence: of the firm, of a nature that proves this, not refused."""

from collections.abc import Collection

from accounts.errors import Refusal
from companies.documents.models import Piece
from companies.firms.models import Firm

OF_A_SESSION = (Piece.Kind.ATTENDANCE, Piece.Kind.TRAINING, Piece.Kind.OTHER)
OF_AN_INVOICE = (Piece.Kind.INVOICE,)


def piece_of(firm: Firm, piece_id: int, kinds: Collection[str]) -> Piece:
    """Raises `evidence_not_found`, `evidence_of_another_nature` or `evidence_infected`."""
    piece = Piece.objects.filter(firm=firm, pk=piece_id).first()
    if piece is None:
        raise Refusal("evidence_not_found")
    if piece.kind not in kinds:
        raise Refusal("evidence_of_another_nature", title=piece.title)
    if piece.state == Piece.State.INFECTED:
        raise Refusal("evidence_infected", title=piece.title)
    return piece
