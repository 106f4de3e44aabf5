"""Imports that stand loaded, and what the tables of people hold, column by column."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from accounts.public_ids import new_public_id
from companies.firms.models import Firm
from companies.imports.actions import load_files
from companies.imports.models import DAYS_KEPT, Import
from tests.factories.people import AT, File, member

TABLES = ("person", "employee", "employment", "paymonth", "payyear")


def an_import(of: Firm, at: datetime = AT, state: str = Import.State.RECEIVED) -> Import:
    """One without files."""
    return Import.objects.create(
        firm=of, public_id=new_public_id("imp"), state=state, begun_by=member(of), begun_at=at,
        waits_until=at + DAYS_KEPT,
    )  # fmt: skip


def loaded(of: Firm, *files: File, at: datetime = AT) -> Import:
    """What `load_files` made of these files, as its pages would leave it."""
    reports = load_files(firm=of, files=files, acting_user=member(of), at=at)
    return ended(reports[0].of, at)


def ended(import_: Import, at: datetime = AT) -> Import:
    import_.state, import_.loaded_at = Import.State.LOADED, at
    import_.loaded_by = member(import_.firm)
    import_.save()
    return import_


@contextmanager
def loading(of: Firm, at: datetime = AT) -> Iterator[Import]:
    """What the body writes is kept as changes of an import that stands loaded."""
    import_ = ended(an_import(of, at), at)
    _load_of(str(import_.pk))
    yield import_
    _load_of("")


def _load_of(import_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('primes.load_of', %s, true)", [import_id])


def dump() -> dict[str, list[str]]:
    """Every column of every row."""
    found = {}
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM companies_{name} t ORDER BY t.id")
            found[name] = [row for (row,) in cursor.fetchall()]
    return found
