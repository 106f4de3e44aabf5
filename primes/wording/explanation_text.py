"""An explanation as plain text, to be read in a terminal or aloud."""

from collections.abc import Iterator, Sequence

from accounts import formats
from primes.wording.explained_words import filled, joined, words_of
from primes.wording.explanation import Block

_INDENT = "   "


def explanation_text(
    blocks: Sequence[Block], language: str, *, eligible: bool, amount: int, remark: str = ""
) -> Iterator[str]:
    """Line by line: what the law asks, the calculation, the points to check, the conclusion.

    `amount` in centimes is that of the line, recorded or computed; `remark` is a word of the page.
    """
    said = words_of("page", language)
    told = _Told(language)
    for kind, title in (("condition", "conditions"), ("row", "rows"), ("warning", "warnings")):
        of_kind = [block for block in blocks if block.kind == kind]
        if not of_kind:
            continue
        yield from (said[title], "")
        if kind == "row" and not eligible:
            yield from (said["would_have_been"], "")
        for rank, block in enumerate(of_kind, start=1):
            yield f"{rank}. {block.question}"
            yield from (_INDENT + line for line in told.block(block))
            yield ""
    yield from (said["marks"], said["rounded"])
    if remark:
        yield said[remark]
    yield ""
    yield said["eligible" if eligible else "not_eligible"]
    yield _pair(said["amount"], formats.money(amount, language), language)


class _Told:
    """What was said so far: a fact or a number of the law is told with its value once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = words_of("page", language)
        self._pairs: set[tuple[str, str]] = set()

    def block(self, block: Block) -> Iterator[str]:
        answer = f"{block.formula} = {block.answer}" if block.formula else block.answer
        yield f"{answer}. {block.remedy}" if block.remedy else answer
        yield from (_pair(*each, self._language) for each in block.figures)
        read = (*block.facts, *block.parameters)
        again = [name for name, value in read if (name, value) in self._pairs]
        yield from (_pair(*each, self._language) for each in read if each not in self._pairs)
        self._pairs.update(read)
        if again:
            yield self._named("said_before", joined("items", again, self._language))
        yield self._named("reference", _marked(block, self._language))

    def _named(self, code: str, text: str) -> str:
        return _pair(self._words[code], text, self._language)


def _marked(block: Block, language: str) -> str:
    if not block.mark:
        return block.reference
    return filled("formula", "marked", language, text=block.reference, mark=block.mark)


def _pair(name: str, value: str, language: str) -> str:
    return filled("formula", "named", language, name=name, value=value)
