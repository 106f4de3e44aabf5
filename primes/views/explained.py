"""Why one line has its amount: each question with its answer, then the formula with its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext, gettext_lazy

from accounts import formats
from accounts.templatetags.formats import language
from primes.claims.models.assessment import Assessment
from primes.claims.promises import facts_of
from primes.rules.digest import rule_digest
from primes.rules.explain import Answer, Shown, Step, explain
from primes.rules.parameters.loader import load_scheme

ANSWER_WORDS = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.UNKNOWN: gettext_lazy("Not known"),
    Answer.NOT_ASKED: gettext_lazy("Not asked this year"),
}
CERTAINTY_WORDS = {
    "text": gettext_lazy("read in the text"),
    "press": gettext_lazy("known from the press"),
    "hypothesis": gettext_lazy("reading held until the text is published"),
}
FACT_NAMES = {
    "income": gettext_lazy("Gross taxable pay of the year"),
    "hired_on": gettext_lazy("Hired on"),
    "left_on": gettext_lazy("Left on"),
    "contract": gettext_lazy("Contract"),
    "stable_from": gettext_lazy("Start of the stable contract"),
    "last_same_employer_on": gettext_lazy("Earlier employment with your firm"),
    "nationality": gettext_lazy("Nationality"),
    "training_minutes": gettext_lazy("Training attended in the year"),
}
NAMED = {"never": gettext_lazy("none"), "no_end": gettext_lazy("still in post")}


@dataclass(frozen=True, slots=True)
class Question:
    """`code` has words of its own when the answer is not favourable."""

    code: str
    asked: str
    answer: str
    holds: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the amount: `formula` with the figures of this line, `amount` in centimes."""

    title: str
    formula: str
    amount: int
    reference: str


@dataclass(frozen=True, slots=True)
class FactShown:
    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Explained:
    """`is_current` is false when older rules made the assessment than those that explain it."""

    questions: tuple[Question, ...]
    stages: tuple[Stage, ...]
    facts: tuple[FactShown, ...]
    is_current: bool


def explained(assessment: Assessment) -> Explained:
    """From the facts stored with the assessment; sources are loaded with it."""
    steps = explain(facts_of([assessment]), assessment.scheme, assessment.year)
    told = {name: value for step in steps for name, value in step.grounds.facts}
    return Explained(
        questions=tuple(_question(step, assessment) for step in steps if step.kind == "condition"),
        stages=tuple(_stage(step, assessment) for step in steps if step.kind == "row"),
        facts=tuple(_fact(name, told[name], assessment) for name in FACT_NAMES if name in told),
        is_current=assessment.rule_set.digest == rule_digest(),
    )


def _question(step: Step, assessment: Assessment) -> Question:
    answer = step.answer or Answer.UNKNOWN
    return Question(
        code=step.code,
        asked=load_scheme(assessment.scheme).conditions[step.code].question[language()],
        answer=str(ANSWER_WORDS[answer]),
        holds=answer in {Answer.YES, Answer.NOT_ASKED},
        reference=_reference(step),
    )


def _stage(step: Step, assessment: Assessment) -> Stage:
    return Stage(
        title=load_scheme(assessment.scheme).rows[step.code].question[language()],
        formula=FORMULAS.get(step.code, _least)(step),
        amount=step.amount or 0,
        reference=_reference(step),
    )


def _reference(step: Step) -> str:
    grounds = step.grounds
    certainty = CERTAINTY_WORDS.get(grounds.certainty, grounds.certainty)
    return f"{grounds.reference.text}, {grounds.reference.place} ({certainty})"


def _base(step: Step) -> str:
    """The whole income, or its share by days or by salaries."""
    figures = dict(step.figures)
    income = _money(figures["previous"])
    if figures["split"] == "by_days":
        days = {"within": figures["w_days"], "all": figures["p_days"]}
        return f"{income} × " + gettext("%(within)s days ÷ %(all)s days") % days
    if figures["split"] == "by_months":
        within = Fraction(
            int(str(figures["salaries_within_numerator"])),
            int(str(figures["salaries_within_denominator"])),
        )
        return f"{income} × {_money(round(within))} ÷ {_money(figures['salaries'])}"
    if figures["split"] == "whole":
        return gettext("%(amount)s, the whole income") % {"amount": income}
    return _money(0)


def _gross(step: Step) -> str:
    rate = next(read.value for read in step.grounds.parameters if read.name == "rate")
    share = formats.percent(Fraction(str(rate)), language())
    return f"{_money(dict(step.figures)['previous'])} × {share}"


def _least(step: Step) -> str:
    """A limit: the lesser of what comes before and of the limit."""
    return gettext("at most, from %(amount)s") % {"amount": _money(dict(step.figures)["previous"])}


FORMULAS: dict[str, Callable[[Step], str]] = {"base": _base, "gross": _gross}


def _money(centimes: Shown) -> str:
    return formats.money(int(str(centimes)), language())


def _fact(name: str, value: Shown, assessment: Assessment) -> FactShown:
    return FactShown(str(FACT_NAMES[name]), _value(name, value), _source(name, assessment))


def _value(name: str, value: Shown) -> str:
    if isinstance(value, tuple):
        return _value(name, value[0])
    if value is None:
        return gettext("unknown")
    if name == "income":
        return _money(value)
    if name == "training_minutes":
        return formats.duration(int(str(value)), language())
    if name.endswith(("_on", "_from")) and value not in NAMED:
        return formats.day(date.fromisoformat(str(value)), language())
    return str(NAMED.get(str(value), value))


def _source(name: str, assessment: Assessment) -> str:
    """The file and the line that said so; the firm's own answers have none."""
    file, line = {
        "income": (assessment.income_source, assessment.income_line),
        "hired_on": (assessment.hired_source, assessment.hired_line),
    }.get(name, (None, None))
    return gettext("%(file)s, line %(line)s") % {"file": file, "line": line} if file else ""
