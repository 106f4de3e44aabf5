"""The steps of the law as plain blocks, in the reader's language.

Page, admin, API and terminal show the same blocks: none of them words a code by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from accounts import formats
from primes.rules.explain import Answer, Shown, Step
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import Certainty
from primes.wording.explained_law import parameter_text, reference_text
from primes.wording.explained_values import fact_text, figures_of, part_text
from primes.wording.explained_words import certainty_mark, filled, held_together, joined, word
from primes.wording.formulas import formula
from primes.wording.remedies.remedy import remedy_text
from primes.wording.words import isolated, label, sentence

FAVOURABLE = frozenset({Answer.YES, Answer.NOT_ASKED})


@dataclass(frozen=True, slots=True)
class FactSource:
    """The line of a received file that said a fact."""

    fact: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One step in words; `code` and `kind` are those of the step, « base:2026 » for a part.

    `answer` is a word, or the money of an amount row. `holds` is None for rows and warnings; a
    warning that is to be said has a remedy. `amount` (centimes) and `formula` are those of a row.
    `mark` says how the text is known, « hypothèse » where it is a reading held until a text says
    otherwise.
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
    year: int,
    sources: Sequence[FactSource] = (),
    assumed: Collection[str] = (),
) -> tuple[Block, ...]:
    """One block a step, in the order given; `assumed` names the facts taken as favourable.

    `year` is the claim year.
    """
    places: defaultdict[str, list[FactSource]] = defaultdict(list)
    for source in sources:
        places[source.fact].append(source)
    reader = _Reader(language, year, places, frozenset(assumed))
    answers = {step.code: step.answer for step in steps if step.kind == "condition"}
    return tuple(_block(step, steps, answers, reader) for step in steps)


def facts_read(shown: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """Each fact once with its value, in the order in which the law asks for it."""
    return tuple(dict(pair for block in shown for pair in block.facts).items())


@dataclass(frozen=True, slots=True)
class _Reader:
    """To whom the facts of which year are shown, and where each comes from."""

    language: str
    year: int
    sources: Mapping[str, Sequence[FactSource]]
    assumed: frozenset[str]

    def facts_of(self, step: Step) -> tuple[tuple[str, str], ...]:
        return tuple(
            (
                held_together(label("fact", name, self.language), self.language),
                self._text(name, value),
            )
            for name, value in step.grounds.facts
        )

    def _text(self, name: str, value: Shown) -> str:
        language = self.language
        if name in self.assumed:
            return str(word("named", "assumed", language))
        text = fact_text(name, value, language, self.year)
        sources = self.sources.get(name, ())
        if not sources:
            return text
        places = joined("items", map(self._place, sources), language)
        return filled("formula", "sourced", language, value=text, places=places)

    def _place(self, source: FactSource) -> str:
        line = formats.number(source.line, self.language)
        file = isolated(source.file, self.language)
        return filled("formula", "place", self.language, file=file, line=line)


def _block(
    step: Step,
    steps: Sequence[Step],
    answers: Mapping[str, Answer | None],
    reader: _Reader,
) -> Block:
    language, grounds = reader.language, step.grounds
    titles = load_scheme(grounds.question.rpartition(".")[0]).parameters
    is_condition = step.kind == "condition"
    return Block(
        kind=step.kind,
        code=f"{step.code}:{step.part}" if step.part else step.code,
        question=_question(step, language),
        answer=_answer(step, language),
        holds=step.answer in FAVOURABLE if is_condition else None,
        amount=step.amount,
        formula=formula(step, _row_before(step, steps), language) if step.kind == "row" else "",
        facts=reader.facts_of(step),
        figures=figures_of(step, language),
        parameters=tuple(
            (
                held_together(
                    titles[read.name].title[language] if read.name in titles else read.name,
                    language,
                ),
                parameter_text(read, language),
            )
            for read in grounds.parameters
        ),
        remedy=_remedy(step, answers, reader),
        reference=reference_text(grounds.reference, language),
        link=grounds.reference.link or "",
        mark=_mark(step, language),
    )


def _question(step: Step, language: str) -> str:
    """The question of the scheme's own sheet; with its year where it is put several times."""
    scheme = load_scheme(step.grounds.question.rpartition(".")[0])
    parts = {"condition": scheme.conditions, "row": scheme.rows, "warning": scheme.warnings}
    provision = parts[step.kind].get(step.code)
    # Rules kept from before may put a question that the sheet no longer holds.
    question = held_together(provision.question[language] if provision else step.code, language)
    if not step.part:
        return question
    part = part_text(step.part, language)
    return filled("formula", "marked", language, text=question, mark=part)


def _row_before(step: Step, steps: Sequence[Step]) -> list[Step]:
    """Every part of the amount row before that of `step`."""
    codes = list(dict.fromkeys(each.code for each in steps if each.kind == "row"))
    place = codes.index(step.code)
    return [each for each in steps if place and (each.kind, each.code) == ("row", codes[place - 1])]


def _answer(step: Step, language: str) -> str:
    if step.answer is None:
        return formats.money(step.amount or 0, language)
    return str(word("answer", step.answer.value, language))


def _remedy(step: Step, answers: Mapping[str, Answer | None], reader: _Reader) -> str:
    if step.kind == "warning":
        is_said = step.answer is Answer.YES
        return sentence(step.code, language=reader.language).do if is_said else ""
    return remedy_text(step, reader.year, answers, reader.language)


def _mark(step: Step, language: str) -> str:
    """« hypothèse » as soon as the text or one of the numbers read is one."""
    certainties = {step.grounds.certainty, *(read.certainty for read in step.grounds.parameters)}
    hypothesis = Certainty.HYPOTHESIS.value
    weakest = hypothesis if hypothesis in certainties else step.grounds.certainty
    return certainty_mark(weakest, language)
