"""The steps of the law as plain blocks, in the reader's language.

Page, admin, API and terminal show the same blocks: none of them words a code by itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from accounts import formats
from primes.rules.explain import Answer, Shown, Step
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import Certainty
from primes.wording.explained_values import (
    fact_text,
    figures_of,
    filled,
    parameter_text,
    parameter_value,
    salaries_within,
    word,
)
from primes.wording.words import label

FAVOURABLE = frozenset({Answer.YES, Answer.NOT_ASKED})
_LIMITS = {"training_cost_limit": "training_cost", "cap": "amount_max_per_year"}


@dataclass(frozen=True, slots=True)
class FactSource:
    """The line of a received file that said a fact."""

    fact: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One step in words; `code` and `kind` are those of the step.

    `answer` is a word, or the money of an amount row. `holds` is None for rows and warnings;
    `amount` (centimes) and `formula` are those of a row. `mark` says how the text is known,
    « hypothèse » where it is a reading held until a text says otherwise.
    """

    kind: str
    code: str
    question: str
    answer: str
    holds: bool | None
    amount: int | None
    formula: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    remedy: str
    reference: str
    link: str
    mark: str


def blocks(
    steps: Sequence[Step],
    language: str,
    *,
    sources: Sequence[FactSource] = (),
    assumed: Collection[str] = (),
) -> tuple[Block, ...]:
    """One block a step, in the order given; `assumed` names the facts taken as favourable."""
    shown = _Facts(language, {source.fact: source for source in sources}, frozenset(assumed))
    return tuple(_block(step, shown) for step in steps)


def facts_read(shown: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """Each fact once with its value, in the order in which the law asks for it."""
    return tuple(dict(pair for block in shown for pair in block.facts).items())


@dataclass(frozen=True, slots=True)
class _Facts:
    """How facts are shown to this reader."""

    language: str
    sources: dict[str, FactSource]
    assumed: frozenset[str]

    def of(self, step: Step) -> tuple[tuple[str, str], ...]:
        return tuple(
            (label("fact", name, self.language), self._text(name, value))
            for name, value in step.grounds.facts
        )

    def _text(self, name: str, value: Shown) -> str:
        if name in self.assumed:
            return str(word("named", "assumed", self.language))
        text = fact_text(name, value, self.language)
        source = self.sources.get(name)
        if source is None:
            return text
        place = {"file": source.file, "line": formats.number(source.line, self.language)}
        return filled("formula", "source", self.language, value=text, **place)


def _block(step: Step, shown: _Facts) -> Block:
    language, grounds = shown.language, step.grounds
    parameters = load_scheme(grounds.question.rpartition(".")[0]).parameters
    is_condition = step.kind == "condition"
    return Block(
        kind=step.kind,
        code=step.code,
        question=label(step.kind, step.code, language),
        answer=_answer(step, language),
        holds=step.answer in FAVOURABLE if is_condition else None,
        amount=step.amount,
        formula=_formula(step, language) if step.kind == "row" else "",
        facts=shown.of(step),
        figures=figures_of(step, language),
        parameters=tuple(
            (parameters[read.name].title[language], parameter_text(read, language))
            for read in grounds.parameters
        ),
        remedy=label("remedy", step.remedy, language) if step.remedy else "",
        reference=f"{grounds.reference.text}, {grounds.reference.place}",
        link=grounds.reference.link or "",
        mark=_mark(step, language),
    )


def _answer(step: Step, language: str) -> str:
    if step.answer is None:
        return formats.money(step.amount or 0, language)
    return str(word("answer", step.answer.value, language))


def _mark(step: Step, language: str) -> str:
    """« hypothèse » as soon as the text or one of the numbers read is one."""
    certainties = {step.grounds.certainty, *(read.certainty for read in step.grounds.parameters)}
    hypothesis = Certainty.HYPOTHESIS.value
    weakest = hypothesis if hypothesis in certainties else step.grounds.certainty
    return word("certainty", weakest, language) or ""


def _formula(step: Step, language: str) -> str:
    """The row with the figures of this line: « 90 000,00 DH × 275 jours ÷ 351 jours »."""
    figures = dict(step.figures)
    previous = formats.money(cast("int", figures["previous"]), language)
    if "split" in figures:
        return _split_formula(figures, previous, language)
    if step.code in _LIMITS:
        limit = formats.money(_limit(step), language)
        return filled("formula", "least", language, a=previous, b=limit)
    rates = [read for read in step.grounds.parameters if read.unit == "percent"]
    return " × ".join([previous, *(parameter_value(read, language) for read in rates)])


def _split_formula(figures: dict[str, Shown], previous: str, language: str) -> str:
    match figures["split"]:
        case "by_days":
            w_days, p_days = (
                filled("count", "days", language, n=fact_text(name, figures[name], language))
                for name in ("w_days", "p_days")
            )
            return f"{previous} × {w_days} ÷ {p_days}"
        case "by_months":
            within = formats.money(salaries_within(figures) or 0, language)
            salaries = formats.money(cast("int", figures["salaries"]), language)
            return f"{previous} × {within} ÷ {salaries}"
        case "whole":
            return previous
        case _:
            return str(word("split", "nothing", language))


def _limit(step: Step) -> int:
    """The figure a limit compares with: a fact of the line or a number of the law."""
    read: dict[str, Shown] = dict(step.grounds.facts)
    read |= {parameter.name: parameter.value for parameter in step.grounds.parameters}
    return cast("int", read[_LIMITS[step.code]])
