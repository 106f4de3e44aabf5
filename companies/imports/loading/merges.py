"""Two rows that turned out to be about one human become one, with all that points at them.

Which tables point here is asked of the models, because packages above this one have some too. What
the database guards (a signed line, a paid day) refuses to move, and with it the whole file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from psycopg import sql

from companies.firms.models import Firm
from companies.imports.checking.identity import ONE_PERSON
from companies.imports.errors import FileRefused, Place, Problem
from companies.workforce.models import Employee, Person

Pairs = Sequence[tuple[int, int]]
"""(kept, dropped) primary keys."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two persons, by primary key, that the row at `place` says are one."""

    kept: int
    dropped: int
    place: Place


def merge_persons(firm: Firm, merged: Sequence[Merge]) -> None:
    """Give what belongs to each dropped person to the kept one; raises `FileRefused`.

    A firm may not settle who is who among the people of others: one of the two must be its own
    alone.
    """
    if not merged:
        return
    people = [pk for merge in merged for pk in (merge.kept, merge.dropped)]
    employees = Employee.objects.filter(person__in=people)
    rows = employees.values_list("firm_id", "person_id", "pk")
    elsewhere = {person for firm_id, person, _ in rows if firm_id != firm.pk}
    own = {person: employee for firm_id, person, employee in rows if firm_id == firm.pk}
    strangers = [
        Problem("person_conflict", merge.place, "", ONE_PERSON)
        for merge in merged
        if {merge.kept, merge.dropped} <= elsewhere
    ]
    if strangers:
        raise FileRefused.because_of(strangers)
    pairs = [(merge.kept, merge.dropped) for merge in merged]
    _merge(
        Employee,
        [(own[kept], own[dropped]) for kept, dropped in pairs if kept in own and dropped in own],
    )
    _merge(Person, pairs)


def _merge(model: type[models.Model], pairs: Pairs) -> None:
    if not pairs:
        return
    for relation in _keys_to(model):
        _repoint(relation, pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(
                sql.Identifier(model._meta.db_table)
            ),
            [[dropped for _, dropped in pairs]],
        )


def _keys_to(model: type[models.Model]) -> Iterable[models.ForeignKey[Any, Any]]:
    fields = [relation.field for relation in model._meta.related_objects]
    return [field for field in fields if isinstance(field, models.ForeignKey)]


def _repoint(key: models.ForeignKey[Any, Any], pairs: Pairs) -> None:
    statement = sql.SQL(
        "UPDATE {table} t SET {column} = n.kept"
        " FROM unnest(%s::bigint[], %s::bigint[]) AS n(kept, dropped) WHERE t.{column} = n.dropped"
    ).format(table=sql.Identifier(key.model._meta.db_table), column=sql.Identifier(key.column))
    with connection.cursor() as cursor:
        cursor.execute(statement, [[kept for kept, _ in pairs], [gone for _, gone in pairs]])
