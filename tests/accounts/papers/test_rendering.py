"""A paper: the same bytes twice, text that stays text, Arabic in our own font."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from accounts.papers.rendering import PROJECT, pdf

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
TEMPLATE = Path(__file__).with_name("listing.typ")
DATA = {
    "firm": {"name": "ATLAS"},
    "made": "Établi le 24/11/2026",
    "rows": [["سلمى بنعلي", "AB123456", "35,00"]],
}


def test_the_same_data_give_the_same_bytes() -> None:
    assert pdf(TEMPLATE, DATA, at=AT) == pdf(TEMPLATE, DATA, at=AT)


def test_other_data_give_other_bytes() -> None:
    other = DATA | {"rows": [["سلمى بنعلي", "AB123456", "36,00"]]}

    assert pdf(TEMPLATE, DATA, at=AT) != pdf(TEMPLATE, other, at=AT)


def test_it_is_an_archivable_pdf_with_both_fonts_inside() -> None:
    made = pdf(TEMPLATE, DATA, at=AT)

    assert made.startswith(b"%PDF-1.7")
    assert b"NotoSans-Regular" in made
    assert b"NotoSansArabic-Regular" in made


@pytest.mark.parametrize("name", ['#panic("run")', "$ x $", "*bold* _it_ @ref <label> \\ //"])
def test_markup_in_the_data_is_only_text(name: str) -> None:
    told = DATA | {"rows": [[name, "", ""]]}

    assert pdf(TEMPLATE, told, at=AT).startswith(b"%PDF-1.7")


def test_a_template_reads_nothing_outside_the_project(tmp_path: Path) -> None:
    outside = tmp_path / "outside.typ"
    outside.write_text("text")

    with pytest.raises(RuntimeError, match="root"):
        pdf(outside, DATA, at=AT)
    assert not outside.is_relative_to(PROJECT)
