"""The words of codes in templates, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template

from accounts.errors import Refusal
from accounts.templatetags.formats import language
from companies.imports.errors import Problem
from primes.wording.words import Sentence, sentence

register = template.Library()


@register.simple_tag
def sentence_of(said: Refusal | Problem | Mapping[str, Any]) -> Sentence:
    """What is wrong and what to do: of a refusal, of a problem or a kept warning of a file."""
    if isinstance(said, Mapping):
        return sentence(said["code"], said, language=language())
    if isinstance(said, Problem):
        return sentence(said.code, _facts(said), language=language())
    return sentence(said.code, said.facts, language=language())


@register.simple_tag
def reason_words(code: str) -> Sentence:
    """A condition that fails, or a warning, of the law."""
    return sentence(code, {}, language=language())


def _facts(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "field": place.field,
        "found": problem.found,
        "expected": problem.expected,
    }
