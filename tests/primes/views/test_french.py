"""Every message of the pages has its French: nothing English is shown to a French reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("accounts", "companies", "config", "primes", "trainings")
CATALOGUES = sorted(ROOT.glob("*/locale/fr/LC_MESSAGES/django.po"))
FUNCTIONS = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop", "_"}
TEXT = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b(n?gettext|_)\({TEXT}(?:, {TEXT})?")
PLACES = re.compile(r"%\(\w+\)[sd]")


def messages_of_template(path: Path) -> Iterator[str]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for function, single, plural in CALL.findall(source):
        yield ast.literal_eval(single)
        if function == "ngettext":
            yield ast.literal_eval(plural)


def messages_of_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=texts):
                if name in FUNCTIONS:
                    yield from _constants(texts)
            case ast.Assign(targets=[ast.Name(name)], value=text) | ast.keyword(name, text):
                # What a file should have held is a message id: the refused file's table shows it.
                if str(name).lower().endswith("expected") and "companies" in path.parts:
                    yield from _constants([text])


def _constants(nodes: list[ast.expr]) -> list[str]:
    texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and text]


def messages_by_place() -> dict[str, set[str]]:
    """Message ids of our templates and modules, by the file they stand in."""
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.html")):
            found[str(path.relative_to(ROOT))] = set(messages_of_template(path))
        for path in sorted((ROOT / folder).rglob("*.py")):
            found[str(path.relative_to(ROOT))] = set(messages_of_module(path))
    return {place: messages for place, messages in found.items() if messages}


def french() -> dict[str, list[str]]:
    """Translations by message id, of all our catalogues."""
    texts: dict[str, list[str]] = {}
    for catalogue in CATALOGUES:
        for entry in polib.pofile(str(catalogue)):
            said = list(entry.msgstr_plural.values()) or [entry.msgstr]
            texts[entry.msgid] = said
            if entry.msgid_plural:
                texts[entry.msgid_plural] = said
    return texts


@pytest.mark.parametrize("place", sorted(messages_by_place()))
def test_every_message_has_its_french(place):
    texts = french()

    missing = [each for each in messages_by_place()[place] if not all(texts.get(each, [""]))]

    assert missing == []


def test_the_messages_are_found():
    found = messages_by_place()

    assert "Skip to the content" in found["config/templates/base.html"]
    assert "%(count)d people attended." in found["trainings/views/sessions.py"]


def test_a_translation_keeps_the_places_of_its_message():
    broken = {
        message: said
        for message, translations in french().items()
        for said in translations
        if set(PLACES.findall(said)) - set(PLACES.findall(message))
    }

    assert broken == {}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=str)
def test_no_message_is_fuzzy_or_translated_twice(catalogue):
    entries = polib.pofile(str(catalogue), check_for_duplicates=True)

    assert [entry.msgid for entry in entries if entry.fuzzy] == []
