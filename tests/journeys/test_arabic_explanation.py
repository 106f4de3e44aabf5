"""The explanation of a line read in Arabic, on a desk and on a telephone."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from accounts.models import StaffRole
from companies.workforce.models import Employment
from tests.factories.agency import staff
from tests.factories.claimants import firm, people, signataire_of
from tests.factories.claims import filed_claim
from tests.journeys.opening import PASSWORD
from tests.journeys.pages import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.servers]
PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"
DESK, TELEPHONE = 1280, 360
ENTITLED, REFUSED = 1, 2
"""Positions of the lines."""
LEFT_AND_RIGHT = """
  node => { const box = node.getBoundingClientRect(); return [box.left, box.right] }
"""
DIRECTIONS = "nodes => nodes.map(node => getComputedStyle(node).direction)"
BEFORE_THE_RESULT = """
  node => {
    const range = document.createRange();
    range.selectNode(node.previousSibling);
    const box = range.getBoundingClientRect();
    return [box.left, box.right];
  }
"""


@dataclass(frozen=True)
class Filed:
    """Who reads, and where: no row is asked for once the browser runs."""

    reader: str
    claim: str
    agent: str
    admin: str


@pytest.fixture
def opening(committed_database: str) -> Filed:
    """A claim already filed: somebody entitled for a part of the year, and somebody who is not."""
    made = firm()
    people(made, 1, 1)
    Employment.objects.update(stable_from="2025-10-01")
    claim = filed_claim(made)
    signataire, agent = signataire_of(made), staff(StaffRole.INSTRUCTEUR)
    for user in (signataire, agent):
        user.set_password(PASSWORD)
        user.save()
    return Filed(
        reader=signataire.email,
        claim=f"/espace/demandes/{claim.public_id}/lignes",
        agent=agent.email,
        admin=f"/admin/primes/claim/{claim.pk}/ligne",
    )


def test_an_explanation_in_arabic_is_read_from_right_to_left(opening, house, browser):
    PICTURES.mkdir(parents=True, exist_ok=True)
    for side, email, lines in (
        ("firm", opening.reader, opening.claim),
        ("agency", opening.agent, opening.admin),
    ):
        reader = Visitor(browser, house, email)
        for width, position in product((DESK, TELEPHONE), (ENTITLED, REFUSED)):
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.go(f"{lines}/{position}/")
            reader.follow("العربية")
            reader.picture(PICTURES, f"explanation_ar_{side}_{width}_{position}")

            _reads_from_right_to_left(reader)
            if width == DESK:
                _a_formula_stands_before_its_result(reader)
        reader.leave()


def test_the_language_is_chosen_without_a_script(opening, house, browser):
    reader = Visitor(browser, house, opening.reader)
    reader.go(f"{opening.claim}/{ENTITLED}/")

    for name, direction in (("العربية", "rtl"), ("English", "ltr"), ("Français", "ltr")):
        reader.follow(name)
        chosen = reader.page.locator(".languages [aria-current]")

        assert chosen.inner_text() == name
        assert _direction(reader) == direction
    assert reader.page.locator("script").count() == 0
    reader.leave()


def _direction(reader: Visitor) -> str:
    section = reader.page.locator(".explanation")
    return section.evaluate("node => getComputedStyle(node).direction")


def _reads_from_right_to_left(reader: Visitor) -> None:
    """The label of an amount stands at its right, and a question before its answer."""
    page = reader.page
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    assert _direction(reader) == "rtl"
    label = page.locator(".verdict dt").last.evaluate(LEFT_AND_RIGHT)
    amount = page.locator(".verdict dd").evaluate(LEFT_AND_RIGHT)
    assert label[0] >= amount[1]
    question = page.locator(".asked p").first.evaluate(LEFT_AND_RIGHT)
    word = page.locator(".asked .answer").first.evaluate(LEFT_AND_RIGHT)
    assert question[1] >= word[1]
    assert all(way == "rtl" for way in page.locator(".explanation bdi").evaluate_all(DIRECTIONS))


def _a_formula_stands_before_its_result(reader: Visitor) -> None:
    """Where both hold on one line."""
    result = reader.page.locator(".formula .money").last

    assert result.evaluate(BEFORE_THE_RESULT)[0] >= result.evaluate(LEFT_AND_RIGHT)[1]
