"""A problem of a received file in words: where, what was found and expected, what to do."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from companies.imports.errors import FileWarning, Problem
from primes.wording.words import Sentence, sentence, sentences

_SHEET = Path(__file__).with_name("file_problems.yaml")
_SAME_AGAIN = "more_of_the_same"


def problem_text(problem: Problem, language: str) -> str:
    """« gens.csv, ligne 3, colonne cin : trouvé « … », attendu : … . Corrigez le fichier … »."""
    words = _words(problem, language)
    place = _place_text(problem, language)
    return f"{place} : {_happened(problem, words, language)}. {words.do}"


def warning_text(warning: FileWarning, language: str) -> str:
    """« DS.txt, ligne 3, colonne S_Ctr : La somme … (trouvé « 12 », attendu : 13). »."""
    values = [_found(warning, language), _expected(warning, language)]
    shown = ", ".join(filter(None, values))
    detail = f" ({shown})" if shown else ""
    what = _clause(_words(warning, language).what)
    return f"{_place_text(warning, language)} : {what}{detail}."


def _happened(problem: Problem, words: Sentence, language: str) -> str:
    """What the catalogue says, where the whole file is concerned or there is nothing to quote."""
    if problem.place.line is None and problem.place.field is None:
        return _clause(words.what)
    found = _found(problem, language) or _clause(words.what)
    return ", ".join(filter(None, (found, _expected(problem, language))))


def _words(problem: Problem | FileWarning, language: str) -> Sentence:
    """Those of the catalogue; a code that it lacks is shown, with what files usually need."""
    if problem.code not in sentences():
        return Sentence(problem.code, _entry("do", "usual")[language])
    facts = {
        "file": problem.place.file,
        "line": problem.place.line or "",
        "field": problem.place.field or "",
        "found": problem.found,
        "expected": _in_words(problem, language),
    }
    return sentence(problem.code, facts, language)


def _place_text(problem: Problem | FileWarning, language: str) -> str:
    place = problem.place
    parts = [place.file]
    if place.line:
        parts.append(f"{_entry('place', 'line')[language]} {place.line}")
    if place.field:
        parts.append(f"{_entry('place', 'column')[language]} {place.field}")
    return ", ".join(parts)


def _found(problem: Problem | FileWarning, language: str) -> str:
    if not problem.found or problem.code == _SAME_AGAIN:
        return ""
    return _entry("found", "usual")[language].format(found=problem.found)


def _expected(problem: Problem | FileWarning, language: str) -> str:
    form = _entry("expected", problem.code) or _entry("expected", "usual")
    expected = _in_words(problem, language)
    return form[language].format(expected=expected) if expected else ""


def _in_words(problem: Problem | FileWarning, language: str) -> str:
    """A value that is no message stays itself; « more of the same » names another code."""
    if problem.code == _SAME_AGAIN:
        return _clause(sentence(problem.expected, language=language).what)
    return _entry("words", problem.expected).get(language, problem.expected)


def _clause(text: str) -> str:
    return text.removesuffix(".")


def _entry(kind: str, code: str) -> Mapping[str, str]:
    """A form by language; empty when there is none of its own."""
    return _sheet()[kind].get(code, {})


@cache
def _sheet() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return cast("Mapping[str, Any]", yaml.safe_load(_SHEET.read_text(encoding="utf-8")))
