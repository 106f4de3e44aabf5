"""What the database refuses, said as any other refusal: by the name of the constraint that held."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError

from accounts.errors import Refusal


@contextmanager
def named_refusals() -> Iterator[None]:
    """Turn the breach of a named constraint or trigger into `Refusal(code=its name)`.

    Stands outside `transaction.atomic()`, so that what was written is undone before the refusal
    travels and constraints looked at on commit are named too. A breach without a name stays a
    fault.
    """
    try:
        yield
    except IntegrityError as broken:
        cause = broken.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if not name:
            raise
        raise Refusal(name) from broken
