"""What `manage.py check --database default` says of the database this process talks to."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's own name
from django.db import connections

APPEND_ONLY_SAMPLE = "primes_ledgerentry"


@register("database")
def application_cannot_rewrite(
    databases: Sequence[str] | None = None, **_kwargs: object
) -> list[CheckMessage]:
    """The triggers hold for every role; a role without the right to rewrite is the second wall."""
    return [warning for alias in databases or [] for warning in _rights(alias)]


def _rights(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [APPEND_ONLY_SAMPLE])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [APPEND_ONLY_SAMPLE])
        if not cursor.fetchone()[0]:
            return []
    return [
        Warning(
            "This role may rewrite the ledger; only the triggers refuse it.",
            hint="Give web and workers APP_DATABASE_URL, a login of the role primes_app.",
            id="primes.W001",
        )
    ]
