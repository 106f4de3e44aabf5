"""The environment, read once and typed: what settings and commands know of the outside.

Nothing is required for a demonstration on this machine; production refuses to start on a guess.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("demonstration", "test", "production")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
IDENTIFIER_KEY_BYTES = 32
SECRET_KEY_LENGTH = 50
REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": f"a random text of at least {SECRET_KEY_LENGTH} characters",
    "IDENTIFIER_KEYS": "32-byte keys in base64, comma separated, newest first",
    "DATABASE_URL": "postgresql://user:password@host:port/name",
    "REDIS_URL": "redis://host:port/0",
    "ALLOWED_HOSTS": "the host names that are served, comma separated",
}


class VariableError(Exception):
    """A variable that cannot be used: its name, what was found, what was expected."""

    code = "environment-refused"

    def __init__(self, variable: str, *, found: str, expected: str) -> None:
        super().__init__(f"{variable}: found {found}, expected {expected}.")
        self.variable = variable
        self.found = found
        self.expected = expected


@dataclass(frozen=True)
class Environment:
    """What the variables say. An empty URL means that the embedded server is to be used.

    `state` is kept between runs; below `run_parent` lie sockets, and binaries when root starts.
    """

    kind: str
    port: int
    debug: bool
    allowed_hosts: tuple[str, ...]
    state: Path
    run_parent: Path
    database_url: str = field(repr=False)
    app_database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    clamd_address: str
    secret_key: str = field(repr=False)
    identifier_keys: tuple[bytes, ...] = field(repr=False)

    @property
    def is_production(self) -> bool:
        return self.kind == "production"

    @property
    def is_demonstration(self) -> bool:
        return self.kind == "demonstration"

    @property
    def database(self) -> dict[str, object]:
        """The `default` entry of Django's DATABASES."""
        return database_settings(self.database_url)

    @property
    def broker_url(self) -> str:
        """`redis_url` in the words of Celery."""
        return broker_url(self.redis_url)


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Read the variables; an empty one counts as absent.

    Raises VariableError at the first variable that cannot be used.
    """
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    kind = given.get("PRIMES_ENV", KINDS[0])
    if kind not in KINDS:
        raise VariableError("PRIMES_ENV", found=repr(kind), expected=f"one of {KINDS}")
    database_url = _url(given, "DATABASE_URL", database_settings)
    environment = Environment(
        kind=kind,
        port=_port(given),
        debug=_flag(given, "DEBUG"),
        allowed_hosts=_words(given.get("ALLOWED_HOSTS", "")) or LOCAL_HOSTS,
        state=ROOT / given.get("PRIMES_STATE", "var"),
        run_parent=ROOT / given.get("PRIMES_RUN", "/tmp"),  # noqa: S108 -- a short path, mkdtemp below
        database_url=database_url,
        app_database_url=_url(given, "APP_DATABASE_URL", database_settings) or database_url,
        redis_url=_url(given, "REDIS_URL", broker_url),
        clamd_address=_url(given, "CLAMD_ADDRESS", scanner_address),
        secret_key=given.get("SECRET_KEY", ""),
        identifier_keys=_identifier_keys(given),
    )
    if environment.is_production:
        _refuse_guesses(given, environment)
    return environment


def with_local_secrets(environment: Environment, folder: Path) -> Environment:
    """Fill what is missing with secrets made once on this machine and kept in `folder`, mode 0600.

    Production is returned as it is: its secrets are never invented.
    """
    if environment.is_production:
        return environment
    secret_key = environment.secret_key or _kept(
        folder / "secret_key", lambda: secrets.token_urlsafe(SECRET_KEY_LENGTH)
    )
    keys = environment.identifier_keys
    if not keys:
        kept = _kept(folder / "identifier_keys", _new_identifier_key)
        keys = _identifier_keys({"IDENTIFIER_KEYS": kept})
    return replace(environment, secret_key=secret_key, identifier_keys=keys)


def database_settings(url: str) -> dict[str, object]:
    """Django's description of `postgresql://user:password@host:port/name?host=/socket/folder`.

    Without a URL, a back-end that refuses every query: a forgotten variable never reaches
    whatever server happens to run on the machine. Raises ValueError.
    """
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name or "/" in name:
        raise ValueError("postgresql://user:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def broker_url(url: str) -> str:
    """Celery's spelling of a Redis URL: a socket is `redis+socket`, its database a virtual host.

    Raises ValueError.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        database = dict(parse_qsl(parts.query)).get("db", "0")
        return f"redis+socket://{parts.path}?virtual_host={database}"
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return url
    raise ValueError("redis://host:port/0 or unix:///path/of/the/socket?db=0")


def scanner_address(address: str) -> str:
    """Where clamd listens; without an address papers are released unscanned.

    Raises ValueError.
    """
    parts = urlsplit(address)
    is_socket = parts.scheme == "unix" and parts.path and not parts.netloc
    is_host = parts.scheme == "tcp" and parts.hostname and parts.port
    if address and not (is_socket or is_host):
        raise ValueError("tcp://host:3310 or unix:///path/of/the/socket")
    return address


def _url(given: Mapping[str, str], name: str, parse: Callable[[str], object]) -> str:
    url = given.get(name, "")
    try:
        parse(url)
    except ValueError as error:
        # The value may hold a password, so that only its scheme is shown.
        found = f"a value that begins with {url.partition(':')[0][:20]!r}"
        raise VariableError(name, found=found, expected=str(error)) from None
    return url


def _port(given: Mapping[str, str]) -> int:
    text = given.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        raise VariableError("PORT", found=repr(text), expected="a number from 1 to 65535")
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "0").lower()
    if text not in {"1", "true", "yes", "0", "false", "no"}:
        raise VariableError(name, found=repr(text), expected="1 or 0")
    return text in {"1", "true", "yes"}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _identifier_keys(given: Mapping[str, str]) -> tuple[bytes, ...]:
    return tuple(
        _identifier_key(word, place)
        for place, word in enumerate(_words(given.get("IDENTIFIER_KEYS", "")), start=1)
    )


def _identifier_key(word: str, place: int) -> bytes:
    expected = "32 bytes in base64"
    try:
        key = base64.b64decode(word, validate=True)
    except binascii.Error:
        found = f"something else than base64 as key {place}"
        raise VariableError("IDENTIFIER_KEYS", found=found, expected=expected) from None
    if len(key) != IDENTIFIER_KEY_BYTES:
        found = f"{len(key)} bytes as key {place}"
        raise VariableError("IDENTIFIER_KEYS", found=found, expected=expected)
    return key


def _refuse_guesses(given: Mapping[str, str], environment: Environment) -> None:
    for name, expected in REQUIRED_IN_PRODUCTION.items():
        if name not in given:
            raise VariableError(name, found="nothing", expected=f"{expected} (production)")
    if len(environment.secret_key) < SECRET_KEY_LENGTH:
        found = f"{len(environment.secret_key)} characters"
        expected = REQUIRED_IN_PRODUCTION["SECRET_KEY"]
        raise VariableError("SECRET_KEY", found=found, expected=expected)
    if "*" in environment.allowed_hosts:
        expected = REQUIRED_IN_PRODUCTION["ALLOWED_HOSTS"]
        raise VariableError("ALLOWED_HOSTS", found="'*'", expected=expected)
    if environment.debug:
        raise VariableError("DEBUG", found="1", expected="0 in production")


def _new_identifier_key() -> str:
    return base64.b64encode(secrets.token_bytes(IDENTIFIER_KEY_BYTES)).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of `path`; the first caller makes it, all others, even at the same time, read it."""
    if not path.exists():
        make_folder(path.parent)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="ascii")
        _give_to_owner_of_parent(draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # Somebody else was first: theirs is the one that is kept.
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def make_folder(path: Path, mode: int = 0o755) -> None:
    """Create `path` and what leads to it; what root makes in a user's clone belongs to the user."""
    if path.is_dir():
        return
    make_folder(path.parent, mode)
    path.mkdir(mode=mode, exist_ok=True)
    _give_to_owner_of_parent(path)


def _give_to_owner_of_parent(path: Path) -> None:
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
