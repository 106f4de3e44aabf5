"""Guards of the whole suite: databases of its own, and no unknown variable in our templates."""

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests.databases import clone_for, drop, ensure_demonstration, ensure_template, pointing_at

hypothesis_settings.register_profile("suite", max_examples=60, deadline=None)
hypothesis_settings.register_profile(
    "proof", max_examples=6_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """One name a run, made by the controller and inherited by its workers."""
    os.environ.setdefault("PRIMES_TEST_RUN", uuid.uuid4().hex[:12])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The controller drops what its workers cloned, once they are gone."""
    if not hasattr(session.config, "workerinput") and os.environ.get("DATABASE_URL"):
        for kind in ("template", "demonstration"):
            drop(f"primes_{kind}_{os.environ['PRIMES_TEST_RUN']}")


@pytest.fixture(scope="session")
def template_database(django_db_blocker: DjangoDbBlocker) -> str:
    """A migrated database of this run that every other is cloned from."""
    with django_db_blocker.unblock():
        return ensure_template(os.environ["PRIMES_TEST_RUN"])


@pytest.fixture(scope="session")
def django_db_setup(template_database: str) -> Iterator[None]:
    """A database a worker, cloned from the template; tests roll back, nothing is flushed."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = clone_for(template_database, f"{os.environ['PRIMES_TEST_RUN']}_{worker}")
    with pointing_at(name):
        yield
    drop(name)


@pytest.fixture
def committed_database(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of the test's own for what must really commit: other processes, kills, races.

    Yields its `DATABASE_URL`; connections of this process point at it meanwhile.
    """
    yield from _own_clone(template_database, django_db_blocker)


@pytest.fixture(scope="session")
def demonstration_template(template_database: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The demonstration of the day, built once a run, whatever the number of workers."""
    with django_db_blocker.unblock():
        return ensure_demonstration(os.environ["PRIMES_TEST_RUN"], template_database)


@pytest.fixture
def demonstration_database(
    demonstration_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A copy of the demonstration, of the test's own; yields its `DATABASE_URL`."""
    yield from _own_clone(demonstration_template, django_db_blocker)


def _own_clone(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    name = clone_for(template, f"{os.environ['PRIMES_TEST_RUN']}_{uuid.uuid4().hex[:8]}")
    with django_db_blocker.unblock(), pointing_at(name):
        yield _url_of(name)
    drop(name)


def _url_of(name: str) -> str:
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    head = base.rsplit("/", 1)[0]
    return f"{head}/{name}" + (f"?{query}" if query else "")


class UnknownVariable(str):
    """What Django asks for the text of an unknown variable: fails when the template is ours."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, missing: object) -> str:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_name == "render_annotated":
                origin = Path(str(frame.f_locals["self"].origin))
                if origin.is_relative_to(ROOT) and ".venv" not in origin.parts:
                    pytest.fail(f"unknown variable {missing} in {origin.relative_to(ROOT)}")
                return ""
            frame = frame.f_back
        return ""


@pytest.fixture(autouse=True, scope="session")
def unknown_template_variable_fails() -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
