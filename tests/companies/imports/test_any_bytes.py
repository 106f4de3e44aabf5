"""Whatever the bytes, a parser answers with a result or a refusal, never with another error."""

import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.imports.ds import read_declaration
from companies.imports.ds_writer import write_declaration
from companies.imports.errors import FileRefused
from companies.imports.etat9421 import read_etat9421
from companies.imports.people import read_people
from companies.imports.recognise import recognise
from tests.companies.imports.declarations import sample
from tests.companies.imports.test_etat9421 import DATA
from tests.companies.imports.test_people import PERSON, written

RIGHT = {
    read_declaration: write_declaration(sample()),
    read_etat9421: DATA,
    read_people: written(PERSON, {"cin": "K4567"}),
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


@given(st.binary(max_size=60))
def test_any_beginning_is_recognised_or_refused(head):
    with suppress(FileRefused):
        assert recognise(head, "fichier") in {"ds", "etat9421", "people"}
