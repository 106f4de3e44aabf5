"""The environment: defaults of a demonstration, each refusal, what production requires."""

import base64
import stat
from pathlib import Path

import pytest

from config.env import ROOT, VariableError, broker_url, read_environment, with_local_secrets

KEY = base64.b64encode(b"k" * 32).decode()
OTHER_KEY = base64.b64encode(b"o" * 32).decode()
PRODUCTION = {
    "PRIMES_ENV": "production",
    "SECRET_KEY": "s" * 50,
    "IDENTIFIER_KEYS": KEY,
    "DATABASE_URL": "postgresql://u:p@db/primes",
    "REDIS_URL": "redis://broker/0",
    "ALLOWED_HOSTS": "primes.example",
}


def test_an_empty_environment_is_a_demonstration_on_this_machine():
    environment = read_environment({})

    assert environment.is_demonstration
    assert (environment.port, environment.debug, environment.state) == (8000, False, ROOT / "var")
    assert environment.database == {"ENGINE": "django.db.backends.dummy"}
    assert environment.broker_url == ""


def test_an_empty_variable_counts_as_absent():
    assert read_environment({"PORT": " ", "DATABASE_URL": ""}) == read_environment({})


def test_a_relative_state_folder_lies_in_the_clone():
    assert read_environment({"PRIMES_STATE": "elsewhere"}).state == ROOT / "elsewhere"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PRIMES_ENV", "prod"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "8000a"),
        ("PORT", "٨٠٠٠"),
        ("DEBUG", "maybe"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgresql://u@host/"),
        ("DATABASE_URL", "postgresql://u@host:port/primes"),
        ("APP_DATABASE_URL", "mysql://u@host/primes"),
        ("REDIS_URL", "memory://"),
        ("REDIS_URL", "unix://"),
        ("IDENTIFIER_KEYS", "not base64!"),
        ("IDENTIFIER_KEYS", base64.b64encode(b"k" * 31).decode()),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(variable, value):
    with pytest.raises(VariableError, match=f"^{variable}: found .+, expected .+") as refusal:
        read_environment({variable: value})

    assert refusal.value.variable == variable


def test_a_refused_url_never_shows_its_password():
    with pytest.raises(VariableError) as refusal:
        read_environment({"DATABASE_URL": "postgres://u:hunter2@host:x/primes"})

    assert "hunter2" not in str(refusal.value)


def test_neither_secrets_nor_passwords_are_in_the_representation():
    text = repr(read_environment(PRODUCTION))

    assert PRODUCTION["SECRET_KEY"] not in text
    assert "u:p@db" not in text
    assert "kkkk" not in text


def test_the_newest_identifier_key_comes_first():
    keys = read_environment({"IDENTIFIER_KEYS": f"{OTHER_KEY}, {KEY}"}).identifier_keys

    assert keys == (b"o" * 32, b"k" * 32)


def test_a_database_on_a_host_is_described_with_every_part():
    url = "postgres://us%40er:p%2Fw@db.example:5433/primes?sslmode=require"

    assert read_environment({"DATABASE_URL": url}).database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "primes",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_on_a_socket_has_its_folder_as_host():
    database = read_environment({"DATABASE_URL": "postgresql://primes@/name?host=/run/s"}).database

    assert (database["HOST"], database["NAME"], database["PORT"]) == ("/run/s", "name", "")


def test_the_application_uses_the_owner_url_when_it_has_none_of_its_own():
    url = PRODUCTION["DATABASE_URL"]

    assert read_environment({"DATABASE_URL": url}).app_database_url == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://broker:6379/1", "redis://broker:6379/1"),
        ("rediss://broker/0", "rediss://broker/0"),
        ("unix:///run/v.sock?db=3", "redis+socket:///run/v.sock?virtual_host=3"),
        ("unix:///run/v.sock", "redis+socket:///run/v.sock?virtual_host=0"),
    ],
)
def test_a_redis_url_is_put_in_the_words_of_celery(url, expected):
    assert broker_url(url) == expected


def test_production_starts_when_everything_is_said():
    environment = read_environment(PRODUCTION)

    assert environment.is_production
    assert environment.allowed_hosts == ("primes.example",)


@pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"PRIMES_ENV"}))
def test_production_refuses_to_start_without_each_of_them(missing):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}

    with pytest.raises(VariableError, match=f"^{missing}: found nothing"):
        read_environment(given)


@pytest.mark.parametrize(
    ("variable", "value"), [("DEBUG", "1"), ("SECRET_KEY", "s" * 49), ("ALLOWED_HOSTS", "*")]
)
def test_production_refuses_what_is_unsafe(variable, value):
    with pytest.raises(VariableError, match=f"^{variable}: "):
        read_environment({**PRODUCTION, variable: value})


def test_local_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path):
    folder = tmp_path / "var"

    first = with_local_secrets(read_environment({}), folder)
    second = with_local_secrets(read_environment({}), folder)

    assert first == second
    assert len(first.secret_key) >= 50
    assert [len(key) for key in first.identifier_keys] == [32]
    assert sorted(path.name for path in folder.iterdir()) == ["identifier_keys", "secret_key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_given_secrets_are_not_replaced(tmp_path: Path):
    given = read_environment({"SECRET_KEY": "mine", "IDENTIFIER_KEYS": KEY})

    assert with_local_secrets(given, tmp_path) == given
    assert list(tmp_path.iterdir()) == []


def test_production_never_invents_a_secret(tmp_path: Path):
    with_local_secrets(read_environment(PRODUCTION), tmp_path)

    assert list(tmp_path.iterdir()) == []
