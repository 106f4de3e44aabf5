"""What production refuses to start with."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connections


@register("database")
def no_demonstration_account_in_production(
    databases: Sequence[str] | None = None, **_kwargs: object
) -> list[CheckMessage]:
    """Their password is printed in the README."""
    if not settings.PRODUCTION:
        return []
    return [error for alias in databases or [] for error in _found(alias)]


def _found(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('accounts_user') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute("SELECT count(*) FROM accounts_user WHERE is_demonstration")
        count = cursor.fetchone()[0]
    if not count:
        return []
    return [
        Error(
            f"{count} demonstration account(s) stand in the database of production.",
            hint="Production starts on a database of its own, never on one that held `demo`.",
            id="accounts.E001",
        )
    ]
