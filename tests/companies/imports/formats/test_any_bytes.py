"""Whatever the bytes, a parser answers with a result or a refusal, never with another error."""

import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.imports.errors import FileRefused
from companies.imports.formats.ds import read_declaration
from companies.imports.formats.ds_writer import write_declaration
from companies.imports.formats.etat9421 import read_etat9421
from companies.imports.formats.recognise import recognise
from companies.imports.formats.tables import open_table
from companies.imports.formats.unpacking import unpacked
from companies.imports.formats.workbook_scan import Limits
from companies.imports.reading.people import read_people
from companies.imports.reading.targets import WORKFORCE
from tests.companies.imports.formats.archives import archive
from tests.companies.imports.formats.declarations import sample
from tests.companies.imports.formats.opendocuments import opendocument
from tests.companies.imports.formats.test_etat9421 import DATA
from tests.companies.imports.reading.test_people import PERSON, written

LIMITS = Limits(rows=100, columns=50, unfolded=2 << 20, said=1 << 20, memory=512 << 20, seconds=10)


def read_table(stream: io.BytesIO, name: str) -> list[tuple[int, list[str]]]:
    return list(open_table(stream, name, WORKFORCE.titles, LIMITS).rows)


def read_archive(stream: io.BytesIO, name: str) -> list[str]:
    return [each.name for each in unpacked(name, stream.getvalue(), LIMITS)]


RIGHT = {
    read_declaration: write_declaration(sample()),
    read_etat9421: DATA,
    read_people: written(PERSON, {"cin": "K4567"}),
    read_table: written(PERSON, {"cin": "K4567"}, delimiter=";").decode().encode("utf-16"),
    read_archive: archive(("paie.csv", written(PERSON)), ("ds.txt", b"x" * 50)),
}


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The file with a few runs of bytes replaced (often by as many), dropped or added."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        added = draw(st.binary(max_size=8) | st.from_regex(rb"[0-9A-Z <>/]{1,8}", fullmatch=True))
        dropped = draw(st.sampled_from([len(added), 0, 5]))
        data = data[:start] + added + data[start + dropped :]
    return data


@pytest.mark.parametrize("read", RIGHT)
@given(drawn=st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused(read: Callable[..., object], drawn):
    data = drawn.draw(damaged(RIGHT[read]))

    with suppress(FileRefused):
        assert read(io.BytesIO(data), "fichier") is not None


@given(drawn=st.data())
@settings(max_examples=30, deadline=None)
def test_a_damaged_opendocument_is_read_or_refused(drawn):
    right = opendocument([["cin", "nom", "prenom"], ["AB12345", "Alami", "Salma"]])

    with suppress(FileRefused):
        assert read_table(io.BytesIO(drawn.draw(damaged(right))), "gens.ods") is not None


@given(st.binary(max_size=400))
def test_any_text_is_a_table_or_refused(content):
    with suppress(FileRefused):
        assert read_table(io.BytesIO(b"cin;nom;prenom\n" + content), "gens.csv") is not None


@given(st.binary(max_size=60))
def test_any_beginning_is_recognised_or_refused(head):
    with suppress(FileRefused):
        assert recognise(head, "fichier") in {"ds", "etat9421", "csv", "xlsx", "ods", "zip"}
