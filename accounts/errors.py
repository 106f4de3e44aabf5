"""The one shape of a refusal, from the database to every skin."""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 - a refusal is an answer of the domain, not a fault
    """An act that may not happen.

    `code` is stable and has its words in the catalogue of `primes.wording`; `facts` are the figures
    and names those words need. Skins render it; nothing in the domain reads its text.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({shown})" if shown else self.code
