"""Which rows and which people a load touched, and whether anything happened to them since."""

from django.db import connection
from psycopg import sql

from companies.imports.models import Import

_TOUCHED = """
  SELECT c.kind, c."table", r.row_id, r.employee_id FROM companies_loadchange c
  CROSS JOIN LATERAL (
    SELECT unnest(c.created) AS row_id, NULL::bigint AS employee_id
    UNION ALL
    SELECT (b ->> 'id')::bigint, (b ->> 'employee_id')::bigint
    FROM jsonb_array_elements(c.before) AS b
  ) AS r
"""
_MINE = f"mine AS ({_TOUCHED} WHERE c.of_id = %(import)s)"
# Loads that meet wait for one another: what a later one kept comes after all that the first kept.
_LATER = f"""later AS ({_TOUCHED} WHERE c.of_id IN (
    SELECT id FROM companies_import WHERE state = 'loaded' AND target = %(target)s)
  AND c.id > (SELECT max(id) FROM companies_loadchange WHERE of_id = %(import)s))"""  # noqa: S608 - constants of this module
_EMPLOYMENTS = """
  FROM companies_employment m
  WHERE m.id IN (SELECT row_id FROM mine WHERE "table" = 'companies_employment')
     OR m.employee_id IN (SELECT row_id FROM mine WHERE "table" = 'companies_employee')
"""
# Nobody answers for an employment between the question and the end of the act.
_LOCK = f"WITH {_MINE} SELECT m.id {_EMPLOYMENTS} ORDER BY m.id FOR UPDATE OF m"
_ANSWERED = f"""
WITH {_MINE}, own AS (SELECT m.id, m.declared_at {_EMPLOYMENTS})
SELECT EXISTS (SELECT FROM own WHERE declared_at > %(loaded_at)s)
    OR EXISTS (SELECT FROM companies_employmentevent e JOIN own ON own.id = e.employment_id
               WHERE e.declared_at > %(loaded_at)s)
"""  # noqa: S608 - idem
# A person that this load made and others employ by now stays: theirs is no change of ours.
_SAME_ROW = """
SELECT FROM mine JOIN later USING ("table", row_id)
WHERE NOT (mine."table" = 'companies_person' AND mine.kind = 'insert')
"""
_COMPLETED_PERSON = """
SELECT FROM mine JOIN companies_employee e ON e.person_id = mine.row_id
JOIN later ON later."table" = 'companies_employee' AND later.row_id = e.id
WHERE mine."table" = 'companies_person' AND mine.kind = 'update'
"""
_PEOPLE = """
SELECT row_id FROM {which} WHERE "table" = 'companies_employee'
UNION SELECT employee_id FROM {which} WHERE employee_id IS NOT NULL
"""
_PEOPLE_OF_ROWS = """
UNION SELECT t.employee_id FROM {which} w JOIN {table} t ON t.id = w.row_id WHERE w."table" = {name}
"""
_TABLES_OF_PEOPLE = """
SELECT r.relname FROM pg_trigger g JOIN pg_class r ON r.oid = g.tgrelid
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = 'employee_id'
WHERE g.tgname = 'kept_insert' ORDER BY 1
"""


def is_answered_since(import_: Import) -> bool:
    """Has somebody declared anything of an employment, or of a person, that the load wrote?"""
    told = {"import": import_.pk, "loaded_at": import_.loaded_at}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, told)
        cursor.execute(_ANSWERED, told)
        return bool(cursor.fetchone()[0])


def is_loaded_over(import_: Import) -> bool:
    """Did a later load, still standing, touch the same rows or the same people?"""
    statement = sql.SQL(
        "WITH {ctes} SELECT EXISTS ({row}) OR EXISTS ({person})"
        " OR EXISTS (({mine}) INTERSECT ({later}))"
    )
    with connection.cursor() as cursor:
        cursor.execute(_TABLES_OF_PEOPLE)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            statement.format(
                ctes=sql.SQL(f"{_MINE}, {_LATER}"),
                row=sql.SQL(_SAME_ROW),
                person=sql.SQL(_COMPLETED_PERSON),
                mine=_people("mine", tables),
                later=_people("later", tables),
            ),
            {"import": import_.pk, "target": import_.target},
        )
        return bool(cursor.fetchone()[0])


def _people(which: str, tables: list[str]) -> sql.Composed:
    """Employees whose rows stand in the list `which`; a row just added is asked of its table."""
    named = sql.Identifier(which)
    return sql.SQL("").join(
        [
            sql.SQL(_PEOPLE).format(which=named),
            *(
                sql.SQL(_PEOPLE_OF_ROWS).format(
                    which=named, table=sql.Identifier(table), name=sql.Literal(table)
                )
                for table in tables
            ),
        ]
    )
