"""A problem of a received file in words: where, what was found and expected, what to do."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from companies.imports.errors import FileWarning, Problem
from primes.wording.words import sentence, sentences

_SHEET = Path(__file__).with_name("file_problems.yaml")


def problem_text(problem: Problem | FileWarning, language: str) -> str:
    """« gens.csv, ligne 3, colonne cin : trouvé « … », attendu : … . Corrigez le fichier … »."""
    return (
        f"{place_text(problem, language)} : {said(problem, language)}. {_remedy(problem, language)}"
    )


def _remedy(problem: Problem | FileWarning, language: str) -> str:
    """What the catalogue says to do; files have a remedy of their own where it says nothing."""
    if problem.code not in sentences():
        return _entry("do", "usual")[language]
    facts = {
        "file": problem.place.file,
        "line": problem.place.line or "",
        "field": problem.place.field or "",
        "found": problem.found,
        "expected": _entry("words", problem.expected).get(language, problem.expected),
    }
    return sentence(problem.code, facts, language).do


def place_text(problem: Problem | FileWarning, language: str) -> str:
    place = problem.place
    parts = [place.file]
    if place.line:
        parts.append(f"{_entry('place', 'line')[language]} {place.line}")
    if place.field:
        parts.append(f"{_entry('place', 'column')[language]} {place.field}")
    return ", ".join(parts)


def said(problem: Problem | FileWarning, language: str) -> str:
    """What was found, then what was expected; an expected value that is no message stays itself."""
    found = "usual" if problem.found else "nothing"
    parts = [_entry("found", found)[language].format(found=problem.found)]
    known = _entry("expected", problem.code)
    if problem.expected or known:
        words = _entry("words", problem.expected)
        expected = words.get(language, problem.expected)
        usual = known or _entry("expected", "usual")
        parts.append(usual[language].format(expected=expected))
    return ", ".join(parts)


def _entry(kind: str, code: str) -> Mapping[str, str]:
    """A form by language; empty when there is none of its own."""
    return _sheet()[kind].get(code, {})


@cache
def _sheet() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return cast("Mapping[str, Any]", yaml.safe_load(_SHEET.read_text(encoding="utf-8")))
