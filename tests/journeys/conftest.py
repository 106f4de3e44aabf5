"""A house of its own for each journey: real web, worker and beat, a real browser, six people."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from accounts.formats import CASABLANCA
from companies.firms.models import Firm
from tests.journeys.opening import open_the_house

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "no Chromium found: install it (Debian: apt-get install chromium) to run the journeys"
PATIENCE_SECONDS = 90
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROKER_DATABASE = "5"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a download; its event loop must not forbid the ORM to the test."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip(INSTALL)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def opening(committed_database: str) -> Firm:
    """What stands before the firm comes: itself, the agency's people, the law, the money."""
    return open_the_house(datetime.now(tz=CASABLANCA))


@pytest.fixture
def house(committed_database: str, opening: Firm, tmp_path: Path) -> Iterator[str]:
    """The address of a whole product on the test's own database; nothing of it is left after."""
    port = _free_port()
    log = tmp_path / "house.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=os.environ | _environment(committed_database, port, tmp_path),
            start_new_session=True,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/sante/", process, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _environment(database_url: str, port: int, state: Path) -> dict[str, str]:
    """A broker database of its own: the messages of other tests are not this worker's business."""
    application = database_url.replace("//primes@", "//primes_app@", 1)
    return {
        "DATABASE_URL": database_url,
        "APP_DATABASE_URL": application,
        "REDIS_URL": _other_broker_database(os.environ["REDIS_URL"]),
        "PORT": str(port),
        "PRIMES_ENV": "test",
        "PRIMES_STATE": str(state),
        "IDENTIFIER_KEYS": _identifier_keys(),
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def _other_broker_database(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return urlunsplit(parts._replace(query=f"db={BROKER_DATABASE}"))
    return urlunsplit(parts._replace(path=f"/{BROKER_DATABASE}"))


def _identifier_keys() -> str:
    return ",".join(base64.b64encode(key).decode() for key in settings.IDENTIFIER_KEYS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"{address} never answered:\n{log.read_text(encoding='utf-8')[-2000:]}")
