"""Databases of one run of the suite: a migrated template, one with the demonstration, clones."""

import os
from collections.abc import Callable
from contextlib import closing
from io import StringIO

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

EMPTY = "template1"


def _admin() -> psycopg.Connection:
    settings_dict = connections["default"].settings_dict
    parameters = {
        "dbname": "postgres",
        "user": settings_dict["USER"] or None,
        "password": settings_dict["PASSWORD"] or None,
        "host": settings_dict["HOST"] or None,
        "port": settings_dict["PORT"] or None,
    }
    return psycopg.connect(autocommit=True, **{k: v for k, v in parameters.items() if v})


def _exists(admin: psycopg.Connection, name: str) -> bool:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def ensure_template(run: str) -> str:
    """A migrated database, made by the first worker to come."""
    if not os.environ.get("DATABASE_URL"):
        raise RuntimeError("No database: run the suite with `make test` (ARGS=… chooses tests).")
    return _made_once(f"primes_template_{run}", EMPTY, _migrate)


def ensure_demonstration(run: str, template: str) -> str:
    """A database that holds the demonstration of the day, made by the first worker to come."""
    return _made_once(f"primes_demonstration_{run}", template, _demonstrate)


def _made_once(name: str, template: str, fill: Callable[[], None]) -> str:
    """The others wait on an advisory lock; the name appears only when the database is whole."""
    with closing(_admin()) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        if not _exists(admin, name):
            building = f"{name}_building"
            drop(building)
            _clone(template, building)
            with pointing_at(building):
                fill()
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _demonstrate() -> None:
    call_command("demo", stdout=StringIO())


class pointing_at:  # noqa: N801 - used as a verb
    """Point the default connection at another database, and back."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        connection = connections["default"]
        connection.close()
        self.before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = self.name

    def __exit__(self, *_: object) -> None:
        connection = connections["default"]
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = self.before


def clone_for(template: str, suffix: str) -> str:
    """A private copy; cloning is a file copy, a tenth of a second."""
    name = f"primes_test_{suffix}"
    _clone(template, name)
    return name


def _clone(template: str, name: str) -> None:
    """One at a time: PostgreSQL refuses to copy what somebody is connected to."""
    with closing(_admin()) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [template])
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop(name: str) -> None:
    with closing(_admin()) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
