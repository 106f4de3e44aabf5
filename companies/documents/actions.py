"""What is done to the papers of a firm: handed over once, replaced by a newer one, taken out."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import StaffRole, User
from accounts.public_ids import new_public_id
from accounts.roles import staff_roles
from companies.documents.models import Piece, ReceivedFile
from companies.documents.sniffing import safe_name, sniff
from companies.documents.validity import CERTIFIED
from companies.firms.actions import add_certificate
from companies.firms.journal import record_of
from companies.firms.models import Certificate, Firm, FirmRole
from companies.firms.roles import WRITERS, require_firm_role

KEEPERS = (FirmRole.ADMINISTRATEUR, *WRITERS)
READERS = (
    *(StaffRole.INSTRUCTEUR, StaffRole.DECIDEUR, StaffRole.QUALITE),
    *(StaffRole.ORDONNATEUR, StaffRole.AUDITEUR),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the firm says of a paper; `kind` is a code of `Piece.Kind`, both days are included."""

    kind: str
    title: str
    number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def add_piece(
    *, firm: Firm, paper: Paper, name: str, content: bytes, acting_user: User, at: datetime
) -> Piece:
    """Keep a paper, once a firm and content; a certificate is recorded for the claims as well.

    With a scanner configured the paper waits for it; without one it is released as not analysed.
    Raises `role_missing`, `piece_too_large`, what `sniff` refuses, `certificate_incomplete`, or the
    name of a constraint.
    """
    require_firm_role(firm, acting_user, *KEEPERS)
    with named_refusals(), transaction.atomic():
        piece = _keep(firm, paper, name, content, acting_user=acting_user, at=at)
        _certify(piece, acting_user, at)
        _tell("piece.add", piece, acting_user, at)
    return piece


def replace_piece(
    *, piece_id: int, paper: Paper, name: str, content: bytes, acting_user: User, at: datetime
) -> Piece:
    """A newer paper of the same nature; the older one stays, and counts no more.

    Raises what `add_piece` raises, or `piece_replaced_already`.
    """
    with named_refusals(), transaction.atomic():
        older = (
            Piece.objects.select_for_update(of=("self",), no_key=True)
            .select_related("firm")
            .get(pk=piece_id)
        )
        require_firm_role(older.firm, acting_user, *KEEPERS)
        if Piece.objects.filter(replaces=older).exists():
            raise Refusal("piece_replaced_already")
        of_its_kind = replace(paper, kind=older.kind)
        piece = _keep(
            older.firm, of_its_kind, name, content, acting_user=acting_user, at=at, replaces=older
        )
        _certify(piece, acting_user, at)
        _tell("piece.replace", piece, acting_user, at, replaces=older.public_id)
    return piece


def take_out_piece(*, piece_id: int, acting_user: User, at: datetime) -> Piece:
    """The paper with its bytes, for somebody of the firm or an agent; the journal tells who.

    Raises `role_missing`, or `piece_not_released` while it waits for the scanner or was refused.
    """
    with transaction.atomic():
        piece = Piece.objects.select_related("firm", "file").get(pk=piece_id)
        if not staff_roles(acting_user) & set(READERS):
            require_firm_role(piece.firm, acting_user, *FirmRole)
        if not piece.is_released:
            raise Refusal("piece_not_released")
        _tell("piece.take_out", piece, acting_user, at)
    return piece


def _keep(  # noqa: PLR0913 - a paper, its bytes, and what it replaces
    firm: Firm,
    paper: Paper,
    name: str,
    content: bytes,
    *,
    acting_user: User,
    at: datetime,
    replaces: Piece | None = None,
) -> Piece:
    if len(content) > settings.MAX_PIECE_BYTES:
        raise Refusal("piece_too_large", limit=settings.MAX_PIECE_BYTES // (1 << 20))
    media_type = sniff(content)
    told = {
        "name": safe_name(name, media_type),
        "size": len(content),
        "content": content,
        "received_at": at,
        "received_by": acting_user,
    }
    sha256 = hashlib.sha256(content).hexdigest()
    file, _ = ReceivedFile.objects.get_or_create(
        firm=firm, kind=ReceivedFile.Kind.PIECE, sha256=sha256, defaults=told
    )
    return Piece.objects.create(
        firm=firm,
        public_id=new_public_id("pce"),
        kind=paper.kind,
        title=paper.title.strip() or str(Piece.Kind(paper.kind).label),
        number=paper.number.strip(),
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
        file=file,
        media_type=media_type.value,
        state=Piece.State.WAITING if settings.CLAMD_ADDRESS else Piece.State.UNSCANNED,
        replaces=replaces,
        added_by=acting_user,
        added_at=at,
    )


def _certify(piece: Piece, acting_user: User, at: datetime) -> None:
    """Record what claims read; a certificate known by its number and its days is the same one."""
    if piece.kind not in CERTIFIED:
        return
    if not (piece.number and piece.valid_from and piece.valid_until):
        raise Refusal("certificate_incomplete")
    known = Certificate.objects.filter(firm=piece.firm, kind=piece.kind, number=piece.number)
    if known.filter(valid_from=piece.valid_from, valid_until=piece.valid_until).exists():
        return
    add_certificate(
        firm=piece.firm,
        kind=piece.kind,
        number=piece.number,
        valid_from=piece.valid_from,
        valid_until=piece.valid_until,
        acting_user=acting_user,
        at=at,
    )


def _tell(action: str, piece: Piece, acting_user: User, at: datetime, **more: object) -> None:
    told = {"piece": piece.public_id, "kind": piece.kind, "sha256": piece.file.sha256}
    record_of(piece.firm, action, acting_user, at, **told, **more)
