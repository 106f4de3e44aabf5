"""Acts about a firm, on the firm's own stream of the journal."""

from datetime import datetime

from accounts.journal import record
from accounts.models import User
from companies.firms.models import Firm


def record_of(firm: Firm, action: str, acting_user: User, at: datetime, **detail: object) -> None:
    record(
        stream=firm.journal_stream,
        action=action,
        acting_user=acting_user,
        at=at,
        firm=firm.public_id,
        detail=detail,
    )
