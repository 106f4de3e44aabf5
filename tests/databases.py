"""Databases of one run of the suite: a migrated template, and clones of it."""

import os
from contextlib import closing

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql


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
    """The first worker to come migrates; the others wait on an advisory lock."""
    if not os.environ.get("DATABASE_URL"):
        raise RuntimeError("No database: run the suite with `make test` (ARGS=… chooses tests).")
    name = f"primes_template_{run}"
    with closing(_admin()) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        if not _exists(admin, name):
            building = f"{name}_building"
            drop(building)
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            _migrate(building)
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def _migrate(name: str) -> None:
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def clone_for(template: str, suffix: str) -> str:
    """A private copy; cloning is a file copy, a tenth of a second."""
    name = f"primes_test_{suffix}"
    with closing(_admin()) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [template])
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return name


def drop(name: str) -> None:
    with closing(_admin()) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
