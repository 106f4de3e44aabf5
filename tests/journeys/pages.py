"""Walking through pages as a person does: by what is written on them."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.opening import PASSWORD

PATIENCE_MS = 10_000


class Visitor:
    """One person in a browser of its own."""

    def __init__(self, browser: Browser, address: str, email: str) -> None:
        self.address = address
        self.page: Page = browser.new_context(locale="fr-FR").new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.go("/connexion/")
        self.page.get_by_label("Adresse électronique").fill(email)
        self.page.get_by_label("Mot de passe").fill(PASSWORD)
        self.press("Se connecter")
        expect(self.page).not_to_have_url(f"{address}/connexion/")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def reads(self, words: str) -> None:
        """Waits for the words; a test that never finds them fails with the page's address."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sends(self, label: str, files: list[Path]) -> None:
        self.page.get_by_label(label, exact=True).set_input_files([str(path) for path in files])

    def picture(self, folder: Path, name: str) -> None:
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def leave(self) -> None:
        self.page.context.close()


class Agent(Visitor):
    """A person of the agency or of finance, in the administration."""

    def act(self, path: str, act: str, **fields: str) -> None:
        """Open a page, take the act its button offers, confirm."""
        self.go(path)
        self.follow(act)
        for label, value in fields.items():
            self._fill(label.replace("_", " "), value)
        self.press(act)

    def _fill(self, label: str, value: str) -> None:
        field = self.page.get_by_label(label)
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
