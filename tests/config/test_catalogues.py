"""Compiled catalogues follow their sources."""

import gettext
import os

import pytest

from config.catalogues import compile_catalogues

SOURCE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Claim"
msgstr "Demande"
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "app" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_a_new_source_is_compiled(source, tmp_path):
    (compiled,) = compile_catalogues(tmp_path)

    with compiled.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Claim") == "Demande"


def test_an_unchanged_source_is_left_alone(source, tmp_path):
    compile_catalogues(tmp_path)

    assert compile_catalogues(tmp_path) == []


def test_a_source_changed_since_is_compiled_again(source, tmp_path):
    (compiled,) = compile_catalogues(tmp_path)
    os.utime(source, (compiled.stat().st_mtime + 1,) * 2)

    assert compile_catalogues(tmp_path) == [compiled]
