"""The reference pages say what the code says."""

import pytest

from tests.architecture.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_says(name):
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run: python -m tests.architecture.reference"
