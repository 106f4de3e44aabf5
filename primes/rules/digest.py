"""Which law answered: a digest of the rules, and their bytes.

The digest is the same for two packages that can only give the same answer with the same grounds. It
covers the syntax trees without comments and docstrings, and the values of the sheets with their
dates, units, certainties and references. It leaves out words for people (`title`, `question`) and
`last_checked_on`: a better translation, or a human having looked again, is not another law.
"""

import ast
import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from primes.rules.parameters.loader import read_sheet

_PACKAGE = "primes.rules"
_WORDS_FOR_PEOPLE = {"title", "question", "last_checked_on"}
_ENTRY_POINT = "from primes.rules.answer import main\n\nmain()\n"
_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@cache
def rule_digest() -> str:
    """sha256 of the rules this process runs, in hexadecimal."""
    return digest_of(files(_PACKAGE))


def digest_of(package: Traversable) -> str:
    digest = sha256()
    for path, file in _sources(package):
        meaning = _tree(file) if path.endswith(".py") else _sheet(file)
        for part in (path, meaning):
            content = part.encode()
            digest.update(f"{len(content)}:".encode() + content)
    return digest.hexdigest()


@cache
def package_bytes() -> bytes:
    """The rules as a zip that Python can run; the same sources give the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, "__main__.py", _ENTRY_POINT.encode())
        _add(archive, "primes/__init__.py", b"")
        for path, file in _sources(files(_PACKAGE)):
            _add(archive, f"primes/rules/{path}", file.read_bytes())
    return kept.getvalue()


def _sources(package: Traversable) -> list[tuple[str, Traversable]]:
    """Path within the package and file, of the code and the sheets, in the order of the paths."""
    return sorted(_walk(package, ""), key=lambda source: source[0])


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".py", ".yaml")):
            yield f"{path}{entry.name}", entry


def _tree(file: Traversable) -> str:
    return json.dumps(_node(ast.parse(file.read_text(encoding="utf-8"))))


def _node(node: object) -> object:
    """A syntax tree as plain lists, written the same way by every version of Python.

    Absent fields are left out, since versions add new ones; a statement that is only a text, such
    as a docstring, is left out, since it does nothing.
    """
    if isinstance(node, ast.Constant):
        return ["Constant", type(node.value).__name__, repr(node.value)]
    if isinstance(node, ast.AST):
        present = {name: _node(value) for name, value in ast.iter_fields(node)}
        return [type(node).__name__, {k: v for k, v in present.items() if v not in (None, [])}]
    if isinstance(node, list):
        return [_node(item) for item in node if not _is_text(item)]
    return node


def _is_text(node: object) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _sheet(file: Traversable) -> str:
    return json.dumps(_without_words(read_sheet(file)), sort_keys=True)


def _without_words(entry: object) -> object:
    if not isinstance(entry, dict):
        return entry
    return {k: _without_words(v) for k, v in entry.items() if k not in _WORDS_FOR_PEOPLE}


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(path, _EARLIEST_ZIP_DATE), content)
