"""An explanation on a page, in the language its reader chose for it, whatever the page's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts import formats
from accounts.templatetags.formats import language
from primes.claims.explanation import Explanation
from primes.wording.explained_words import words_of
from primes.wording.explanation import Block, facts_read

LANGUAGE_PARAMETER = "langue"
"""Of the address: `?langue=ar`."""
LANGUAGES = {"fr": "Français", "ar": "العربية", "en": "English"}
"""Each by its own name, as a link says it."""
_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Explained:
    """What the template `primes/explanation.html` shows; `amount` is written, `words` by code."""

    language: str
    blocks: Sequence[Block]
    eligible: bool
    amount: str
    remark: str
    languages: Mapping[str, str]
    parameter: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def words(self) -> Mapping[str, str]:
        return words_of("page", self.language)

    @property
    def conditions(self) -> list[Block]:
        return self._of_kind("condition")

    @property
    def rows(self) -> list[Block]:
        return self._of_kind("row")

    @property
    def cautions(self) -> list[Block]:
        """The warnings that are to be said."""
        return [block for block in self._of_kind("warning") if block.remedy]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return facts_read(self.blocks)

    def _of_kind(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]


def direction_of(language: str) -> str:
    """As HTML writes it."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def explained(explanation: Explanation, asked: str | None) -> Explained:
    """In the language of the page when none of ours is asked for."""
    chosen = asked if asked in LANGUAGES else language()
    return Explained(
        language=chosen,
        blocks=explanation.in_words(chosen),
        eligible=explanation.eligible,
        amount=formats.money(explanation.amount, chosen),
        remark=words_of("page", chosen).get(explanation.remark, ""),
        languages=LANGUAGES,
        parameter=LANGUAGE_PARAMETER,
    )
