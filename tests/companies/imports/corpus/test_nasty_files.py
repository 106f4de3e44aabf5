"""Each nasty file has its stated outcome, at a bounded price, and takes nothing down with it."""

import resource
import time
from pathlib import Path

import pytest
import yaml

from companies.imports.formats.workbook_scan import Limits
from tests.companies.imports.corpus.nasty_files import NASTY_FILES, main
from tests.companies.imports.corpus.outcomes import outcome_of

OUTCOMES = yaml.safe_load(Path(__file__).with_name("outcomes.yaml").read_text(encoding="utf-8"))
SECONDS_MAX = 5
"""Of a processor, in this process and in the children it starts: other work does not count."""


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def test_every_file_has_an_outcome_and_every_outcome_a_file():
    assert OUTCOMES.keys() == NASTY_FILES.keys()
    assert len(OUTCOMES) >= 40


@pytest.mark.parametrize("name", NASTY_FILES)
def test_a_nasty_file_has_its_outcome_at_a_bounded_price(name: str):
    content = NASTY_FILES[name]()
    before = spent()

    outcome = outcome_of(name, content)

    assert outcome == OUTCOMES[name]
    assert spent() - before < SECONDS_MAX
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert most < Limits().memory


def test_the_files_may_be_written_to_be_tried_by_hand(tmp_path: Path, monkeypatch):
    few = {name: NASTY_FILES[name] for name in ("empty.csv", "people.xlsx")}
    monkeypatch.setattr("tests.companies.imports.corpus.nasty_files.NASTY_FILES", few)

    main(tmp_path / "corpus")

    assert (tmp_path / "corpus" / "people.xlsx").read_bytes() == NASTY_FILES["people.xlsx"]()
