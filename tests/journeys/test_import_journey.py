"""A payroll officer with a bad workbook reaches zero errors without leaving the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from companies.firms.models import FirmRole
from tests.factories.claimants import firm, member
from tests.journeys.opening import PASSWORD
from tests.journeys.pages import Visitor
from tests.journeys.workforce_files import (
    BAD,
    LOST_ZERO,
    OWN_WORD,
    ROWS,
    TITLES,
    TWICE,
    UNKNOWN_WORD,
    WRONG_DAY,
    WRONG_PAY,
    write_table,
    write_workbook,
)

pytestmark = [pytest.mark.browser, pytest.mark.servers]
PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"
DESK, TELEPHONE = 1280, 360
LONG, PATIENCE_MS = 8_000, 60_000
"""Rows that no page waits for, and how long the worker has for them."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def opening(committed_database: str) -> str:
    """The address of a rédacteur of a firm that has no file yet."""
    officer = member(firm(), FirmRole.REDACTEUR, "redacteur")
    officer.set_password(PASSWORD)
    officer.save()
    return officer.email


def test_a_bad_workbook_is_repaired_confirmed_and_undone(
    committed_database, house, opening, browser, tmp_path
):
    PICTURES.mkdir(parents=True, exist_ok=True)
    officer = Visitor(browser, house, opening)
    _sends_the_workbook(officer, write_workbook(tmp_path / "effectif.xlsx"))

    stayed = officer.page.url
    officer.page.evaluate("window.stayed = true")
    _repairs(officer)

    assert officer.page.evaluate("window.stayed") is True
    assert officer.page.url.split("?")[0] == stayed
    _confirms(officer)
    _undoes(officer)
    officer.leave()


def test_a_long_check_tells_how_far_it_has_come_and_leads_on(
    committed_database, house, opening, browser, tmp_path
):
    """The page is left alone: the script asks, and goes on when there is something to see."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    officer = Visitor(browser, house, opening)
    officer.go("/espace/imports/nouveau/")
    officer.sends("Fichiers", [write_table(tmp_path / "effectif.csv", LONG)])
    officer.press("Envoyer les fichiers")
    progress = officer.page.get_by_role("progressbar")

    expect(progress).to_be_visible()
    _pictured(officer, "import_3_check")

    expect(officer.page).to_have_url(re.compile("/confirmer/"), timeout=PATIENCE_MS)
    officer.reads(f"Enregistrer {LONG // 1000}")
    officer.leave()


def _sends_the_workbook(officer: Visitor, workbook: Path) -> None:
    officer.go("/espace/imports/nouveau/")
    _pictured(officer, "import_1_choose")
    officer.sends("Fichiers", [workbook])
    officer.press("Envoyer les fichiers")
    expect(officer.page).to_have_url(re.compile("/associer/"))
    _pictured(officer, "import_2_match")
    officer.page.get_by_label(f"« {OWN_WORD} »").select_option("CDI")
    pay = officer.page.locator("select[name$=column_revenu_brut_imposable]")
    pay.select_option(str(TITLES.index("Brut annuel")))
    officer.press("Contrôler les lignes")
    officer.reads(f"{BAD} lignes à corriger sur {ROWS}")
    _pictured(officer, "import_4_repair")


def _repairs(officer: Visitor) -> None:
    """The count falls after each repair, down to nothing."""
    left = BAD
    _opens(officer, "N° CNSS")
    _pictured(officer, "import_4_open")
    officer.press("Compléter à neuf chiffres par des zéros")
    left = _falls(officer, left, LOST_ZERO)
    _opens(officer, "Date d'entrée")
    _writes(officer, "30/09/2025")
    left = _falls(officer, left, WRONG_DAY)
    _opens(officer, "Contrat")
    _pictured(officer, "import_4_words")
    officer.page.get_by_label("par", exact=True).select_option("CDD")
    officer.press("Remplacer partout")
    left = _falls(officer, left, UNKNOWN_WORD)
    _opens(officer, "Brut annuel")
    _writes(officer, "61000,50")
    left = _falls(officer, left, WRONG_PAY)
    _opens(officer, "La même personne")
    officer.press(f"Ignorer ces {TWICE} lignes")
    assert _falls(officer, left, TWICE) == 0
    _pictured(officer, "import_4_ready")


def _opens(officer: Visitor, words: str) -> None:
    """The first of the groups that say so."""
    group = officer.page.locator(".groups li", has_text=words).first
    group.get_by_role("link", name="Corriger").click()
    expect(officer.page.locator("[data-open]")).to_be_visible()


def _writes(officer: Visitor, text: str) -> None:
    """In each field of the open group."""
    for field in officer.page.locator(".repair input[name^=cell-]").all():
        field.fill(text)
    officer.press("Enregistrer les corrections de cette page")


def _falls(officer: Visitor, left: int, by: int) -> int:
    """The title says how many are left, before anything else is done."""
    left -= by
    said = f"{left} lignes à corriger sur {ROWS}" if left else "Aucune ligne à corriger"
    expect(officer.page.get_by_role("heading", level=1)).to_have_text(said)
    return left


def _confirms(officer: Visitor) -> None:
    officer.follow(f"Continuer avec {ROWS - TWICE} lignes prêtes")
    _pictured(officer, "import_5_confirm")
    officer.press(f"Enregistrer {ROWS - TWICE} salariés")
    officer.reads("Les lignes sont enregistrées")
    expect(officer.page.locator(".figures dd").first).to_have_text(str(ROWS - TWICE))
    _pictured(officer, "import_5_report")


def _undoes(officer: Visitor) -> None:
    officer.follow("Annuler cet import")
    officer.press("Annuler cet import")
    officer.reads("Cet import a été annulé")
    officer.go("/espace/salaries/")
    officer.reads("Personne à afficher")


def _pictured(officer: Visitor, name: str) -> None:
    """On a desk and on a telephone, with nothing cut at the side."""
    for width in (TELEPHONE, DESK):
        officer.page.set_viewport_size({"width": width, "height": 900})
        officer.picture(PICTURES, f"{name}_{width}")
        assert officer.page.evaluate(OVERFLOW) == 0, f"{name} at {width}"
