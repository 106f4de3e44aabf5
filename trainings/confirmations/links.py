"""The link a provider receives: it names one confirmation, is signed, and lapses.

Whoever holds it may answer for the provider, once; nothing else of the firm opens with it. The
firm withdraws it at any time.
"""

from datetime import datetime, timedelta

from django.core import signing

from trainings.confirmations.models import Confirmation

SALT = "trainings.confirmation"
VALID_FOR = timedelta(days=30)


def token_of(confirmation: Confirmation) -> str:
    return signing.Signer(salt=SALT).sign(confirmation.public_id)


def confirmation_of(token: str, at: datetime) -> Confirmation | None:
    """The confirmation a token opens at that moment; None when it is false, lapsed or withdrawn.

    One that was answered stays readable until its link lapses.
    """
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return (
        Confirmation.objects.filter(public_id=public_id, lapses_at__gt=at)
        .exclude(state=Confirmation.State.WITHDRAWN)
        .select_related("session__programme__firm", "provider__firm")
        .first()
    )
