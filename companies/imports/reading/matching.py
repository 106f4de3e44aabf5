"""Which column of a firm's table is which field: a proposal, and what only a person can answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from companies.imports.reading.column_evidence import (
    day_orders,
    looks_like,
    texts_of,
    unknown_words,
)
from companies.imports.reading.column_titles import is_title_of, nearness
from companies.imports.reading.fields import Field
from companies.imports.reading.layout import ColumnMatch, Layout, Reason, is_anomalies
from companies.imports.reading.targets import Target

SAMPLES = 3
WORDS_ASKED_MAX = 50


@dataclass(frozen=True, slots=True)
class Question:
    """`column`: what is this column (`field` proposed, or None)? Without `position`: where is this
    field? `day_order`: is the day or the month first in these days? `word`: what do these words
    mean? `found` are texts of the column.
    """

    kind: Literal["column", "day_order", "word"]
    position: int | None
    field: str | None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`samples`: for each column, three texts that it holds."""

    layout: Layout
    samples: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...]


def propose(
    titles: Sequence[str],
    sample: Sequence[Sequence[str]],
    target: Target,
    known: Layout | None = None,
) -> Proposal:
    """`sample` are kinded cells of the first rows; `known` is how a table with these titles was
    read last: its answers are not asked for again.
    """
    texts = [texts_of(sample, position) for position in range(len(titles))]
    matching = _Matching(titles, texts, target)
    if known is None:
        matching.by_titles()
        matching.by_content()
    else:
        matching.as_known(known)
    layout = Layout(
        columns=matching.columns(),
        words=known.words if known else {},
        day_order=known.day_order if known else {},
    )
    layout, doubtful = _with_day_orders(layout, sample, target)
    questions = (
        *matching.questions(asks=known is None),
        *(Question("day_order", *_of(layout, texts, name)) for name in doubtful),
        *_about_words(layout, texts, target),
    )
    return Proposal(layout, tuple(_shown(column) for column in texts), questions)


class _Matching:
    """Columns and fields that are being brought together, each at most once."""

    def __init__(
        self, titles: Sequence[str], texts: Sequence[Sequence[str]], target: Target
    ) -> None:
        self._titles = titles
        self._texts = texts
        self._target = target
        self._found: dict[int, tuple[str, Reason]] = {}
        self._unclear: set[int] = set()

    def as_known(self, known: Layout) -> None:
        for each in known.columns:
            if each.field is not None and each.position < len(self._titles):
                self._found[each.position] = each.field, "known"

    def by_titles(self) -> None:
        """The same titles first; a title that names a field once more is asked about."""
        for position, title in enumerate(self._titles):
            fields = [field for field in self._target.fields if is_title_of(title, field)]
            if fields and self._is_free(fields[0]):
                self._found[position] = fields[0].name, "same"
            elif fields:
                self._unclear.add(position)
        for _, position, name in sorted(self._near(), reverse=True):
            if position not in self._found and self._is_free(self._target.field(name)):
                self._found[position] = name, "near"

    def _near(self) -> Iterator[tuple[float, int, str]]:
        for position in self._unmatched():
            for field in filter(self._is_free, self._target.fields):
                how_near = nearness(self._titles[position], field)
                if how_near:
                    yield how_near, position, field.name

    def by_content(self) -> None:
        """What only one column can be is proposed; where several can, all are asked about."""
        for field in self._target.fields:
            if not field.wanted or not self._is_free(field):
                continue
            alike = [at for at in self._unmatched() if looks_like(field, self._texts[at])]
            if len(alike) == 1:
                self._found[alike[0]] = field.name, "content"
            self._unclear.update(alike)

    def _is_free(self, field: Field) -> bool:
        return all(name != field.name for name, _ in self._found.values())

    def _unmatched(self) -> list[int]:
        return [
            at
            for at, title in enumerate(self._titles)
            if at not in self._found and not is_anomalies(title)
        ]

    def columns(self) -> tuple[ColumnMatch, ...]:
        return tuple(
            ColumnMatch(position, title, *self._found.get(position, (None, "none")))
            for position, title in enumerate(self._titles)
        )

    def questions(self, *, asks: bool) -> Iterator[Question]:
        """About columns, unless they are read as last time; then about fields that are nowhere."""
        if not asks:
            return
        for position in range(len(self._titles)):
            name, reason = self._found.get(position, (None, "none"))
            if reason in {"near", "content"} or (name is None and position in self._unclear):
                yield Question("column", position, name, _shown(self._texts[position]))
        for field in self._target.fields:
            if field.required and self._is_free(field):
                yield Question("column", None, field.name)
        one_of = [self._target.field(name) for name in self._target.one_of]
        if one_of and all(map(self._is_free, one_of)):
            yield Question("column", None, one_of[0].name)


def _with_day_orders(
    layout: Layout, sample: Sequence[Sequence[str]], target: Target
) -> tuple[Layout, tuple[str, ...]]:
    """The order that the days themselves show, and the fields about which they show nothing.

    Under a title of our own template, days are written as the template says.
    """
    positions = {
        name: position
        for name, position in layout.positions.items()
        if target.field(name).kind == "day" and name not in layout.day_order
    }
    orders = day_orders(sample, positions)
    doubtful = tuple(name for name in orders.doubtful if layout.titles[positions[name]] != name)
    return replace(layout, day_order={**layout.day_order, **orders.sure}), doubtful


def _about_words(
    layout: Layout, texts: Sequence[Sequence[str]], target: Target
) -> Iterator[Question]:
    for name, position in layout.positions.items():
        field = target.field(name)
        if field.kind == "word":
            unknown = unknown_words(field, texts[position], layout.words.get(name, {}))
            if unknown:
                yield Question("word", position, name, unknown[:WORDS_ASKED_MAX])


def _of(
    layout: Layout, texts: Sequence[Sequence[str]], name: str
) -> tuple[int, str, tuple[str, ...]]:
    position = layout.positions[name]
    return position, name, _shown(texts[position])


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:SAMPLES]
