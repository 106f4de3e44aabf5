"""One line, step by step: codes and figures, no prose. Words are rendered from them elsewhere."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, cast

from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    PROFILES,
    UNKNOWN_DAY,
    Facts,
    Int64s,
    date_of,
    unknown_value,
)
from primes.rules.engine import known_income, row_amounts, rows_of, rules_of
from primes.rules.law import Law
from primes.rules.parameters.sheets import (
    DatedValue,
    Parameter,
    Provision,
    ReadOn,
    Reference,
)
from primes.rules.schemes.declaration import AmountRow, Caution, Condition

Shown = str | int | bool | None | tuple[str | int | None, ...]
"""A fact or a figure that JSON can hold: a day as yyyy-mm-dd, None for what is not known."""

_VOCABULARIES = {each.name: each for each in (BRANCHES, CONTRACTS, NATIONALITIES, PROFILES)}
_NAMED_DAYS = {UNKNOWN_DAY: None, NEVER: "never", NO_END: "no_end"}
_DAY_NAMES = ("_on", "_from", "_until", "_day")


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class ParameterRead:
    """The value one line read, since when it holds, and where it is written.

    Units are those of the sheet; a percentage is an exact fraction (« 7/200 »), money centimes.
    """

    name: str
    value: Shown
    since: str
    unit: str
    certainty: str
    reference: Reference


@dataclass(frozen=True)
class Grounds:
    """What a step stands on: the facts and parameters it reads, and the text that says so."""

    question: str
    """The code of the words, `<scheme>.<code>`."""
    facts: tuple[tuple[str, Shown], ...]
    parameters: tuple[ParameterRead, ...]
    certainty: str
    reference: Reference


@dataclass(frozen=True)
class Step:
    """One condition, amount row or warning of one line.

    `answer` is None for an amount row, and `amount`, in centimes, None for all others. A warning
    answers yes when it is to be said. A row that stands several times is as many steps, whose
    `part` names the calendar year or the training year.
    """

    kind: str
    code: str
    grounds: Grounds
    part: str = ""
    answer: Answer | None = None
    remedy: str | None = None
    figures: tuple[tuple[str, Shown], ...] = ()
    amount: int | None = None


def explain(facts: Facts, scheme: str, year: int, line: int = 0) -> tuple[Step, ...]:
    """Every condition in the order of the law, then the amount rows, then the warnings."""
    rules, text = rules_of(scheme)
    text.require_year(year)
    facts = facts.take([line])
    law = Law(text, year, facts)
    conditions = [_condition_step(condition, facts, law) for condition in rules.conditions]
    warnings = [_warning_step(warning, facts, law) for warning in rules.warnings]
    return (*conditions, *_row_steps(rows_of(rules, law), facts, law), *warnings)


def as_data(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """The steps as JSON would hold them."""
    return [asdict(step) for step in steps]


def from_data(steps: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The steps again. Raise `KeyError` or `TypeError` for what are no steps of this form."""
    return tuple(_step(dict(step)) for step in steps)


def _step(data: dict[str, Any]) -> Step:
    grounds = dict(data.pop("grounds"))
    reference = Reference(**grounds.pop("reference"))
    parameters = tuple(_parameter_read(dict(read)) for read in grounds.pop("parameters"))
    answer = data.pop("answer")
    return Step(
        **data | {"figures": _pairs(data["figures"])},
        answer=None if answer is None else Answer(answer),
        grounds=Grounds(
            **grounds | {"facts": _pairs(grounds["facts"])},
            parameters=parameters,
            reference=reference,
        ),
    )


def _parameter_read(data: dict[str, Any]) -> ParameterRead:
    reference = Reference(**data.pop("reference"))
    return ParameterRead(**data | {"value": _frozen(data["value"])}, reference=reference)


def _pairs(pairs: list[list[Any]]) -> tuple[tuple[str, Shown], ...]:
    return tuple((name, _frozen(value)) for name, value in pairs)


def _frozen(value: Any) -> Shown:  # noqa: ANN401 - whatever JSON held
    return tuple(value) if isinstance(value, list) else value


def _condition_step(condition: Condition, facts: Facts, law: Law) -> Step:
    answer = _answer(condition, facts, law)
    return Step(
        "condition",
        condition.code,
        _grounds(condition, law.text.conditions[condition.code], facts, law),
        answer=answer,
        remedy=condition.remedy if answer in {Answer.NO, Answer.UNKNOWN} else None,
    )


def _answer(condition: Condition, facts: Facts, law: Law) -> Answer:
    if condition.asked is not None and not condition.asked(facts, law)[0]:
        return Answer.NOT_ASKED
    if condition.test(facts, law)[0]:
        return Answer.YES
    return Answer.UNKNOWN if condition.lacks_a_fact(facts, law)[0] else Answer.NO


def _row_steps(rows: tuple[AmountRow, ...], facts: Facts, law: Law) -> list[Step]:
    """The first row starts from the income where it reads it, from nothing otherwise."""
    steps: list[Step] = []
    previous = known_income(facts)
    for row in rows:
        amounts = row_amounts(row, facts, law, previous)
        grounds = _grounds(row, law.text.rows[row.code], facts, law)
        for position, part in enumerate(row.part_names(law)):
            figures: dict[str, int | str] = {}
            if steps or "income" in row.facts:
                figures["previous"] = _previous(previous, position, len(amounts[0]))
            if row.figures is not None:
                figures |= row.figures(facts, law, part)
            amount = int(amounts[0, position])
            shown = tuple(figures.items())
            steps.append(Step("row", row.code, grounds, part, figures=shown, amount=amount))
        previous = amounts
    return steps


def _previous(previous: Int64s, position: int, parts: int) -> int:
    """What a part starts from: the same part of the row before, else the sum of its parts."""
    same_part = previous.shape[1] == parts
    return int(previous[0, position]) if same_part else sum(previous[0].tolist())


def _warning_step(warning: Caution, facts: Facts, law: Law) -> Step:
    answer = Answer.YES if warning.test(facts, law)[0] else Answer.NO
    grounds = _grounds(warning, law.text.warnings[warning.code], facts, law)
    return Step("warning", warning.code, grounds, answer=answer)


def _grounds(
    rule: Condition | AmountRow | Caution, provision: Provision, facts: Facts, law: Law
) -> Grounds:
    return Grounds(
        question=f"{law.text.name}.{rule.code}",
        facts=tuple((name, _fact(facts, name)) for name in rule.facts),
        parameters=tuple(
            _parameter(law.text.parameter(name, asked_by=rule.code), facts, law)
            for name in rule.parameters
        ),
        certainty=provision.certainty.value,
        reference=provision.reference,
    )


def _fact(facts: Facts, name: str) -> Shown:
    columns = facts.columns()
    if name.startswith("item_"):
        return tuple(_shown(name, value) for value in columns[name].tolist())
    value = columns[name][0]
    if f"{name}_known" in columns:
        pairs = zip(value.tolist(), columns[f"{name}_known"][0].tolist(), strict=True)
        return tuple(figure if known else None for figure, known in pairs)
    if value.ndim:
        return tuple(value.tolist())
    if name in _VOCABULARIES:
        return _VOCABULARIES[name].decode(columns[name])[0]
    return _shown(name, value.item())


def _shown(name: str, value: int) -> str | int | None:
    if name.endswith(_DAY_NAMES):
        return _day(value)
    return None if value == unknown_value(name) else value


def _day(day: int) -> str | None:
    return _NAMED_DAYS[day] if day in _NAMED_DAYS else date_of(day).isoformat()


def _parameter(parameter: Parameter, facts: Facts, law: Law) -> ParameterRead:
    days = {
        ReadOn.HIRE_DATE: int(facts.hired_on[0]),
        ReadOn.FILING_DAY: int(facts.filed_on[0]),
        ReadOn.CLAIM_YEAR_END: law.last_day,
    }
    dated = parameter.on(days[parameter.read_on])
    return ParameterRead(
        name=parameter.name,
        value=_value(dated, parameter.unit, facts),
        since=dated.since.isoformat(),
        unit=parameter.unit,
        certainty=dated.certainty.value,
        reference=dated.reference,
    )


def _value(dated: DatedValue, unit: str, facts: Facts) -> Shown:
    value = dated.value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Mapping):
        profile = PROFILES.decode(facts.profile)[0]
        return value.get(profile or "")
    return _day(cast("int", value)) if unit == "date" else value
