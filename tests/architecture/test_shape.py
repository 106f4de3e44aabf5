"""The shape of the tree itself: sizes, names, imports, and what may stand in a file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40
REFUSED_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "services", "selectors"}
PACKAGES = ("accounts", "companies", "trainings", "primes", "config", "tests", "bench")


def _sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    found = [ROOT / name for name in listed if "/migrations/" not in name]
    return [path for path in found if path.exists()]


SOURCES = _sources()
PRODUCT = [path for path in SOURCES if path.relative_to(ROOT).parts[0] not in {"tests", "bench"}]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_fits_in_three_hundred_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= FILE_LINES_MAX, f"{_name(path)} has {lines} lines: make it a folder"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    long = [
        f"{function.name} ({(function.end_lineno or 0) - function.lineno + 1} lines)"
        for function in functions
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES_MAX
    ]

    assert not long, f"{_name(path)}: {long} hold two ideas each"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_is_named_after_the_notion_it_owns(path: Path) -> None:
    assert path.stem not in REFUSED_NAMES


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not inside, f"{_name(path)} imports inside a function at lines {inside}"


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_no_task_is_left_in_a_comment(path: Path) -> None:
    left = re.findall(r"\b(?:TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))

    assert not left


def test_packages_are_those_of_the_architecture() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in SOURCES if path.parent != ROOT}

    assert found <= set(PACKAGES)
