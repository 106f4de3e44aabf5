"""The law of PAF 2025 as a tuned OpenFisca model: whole arrays in, one formula a question.

What is tuned: no tracer, no dictionary of test cases, inputs handed over in the types the library
keeps them in (nothing is converted on the way), the splits computed only for the lines that need
them. Money is in dirhams and in floating point, as the library has it, rounded half up by NumPy.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Period, period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_core.variables.config import VALUE_TYPES

from bench.rules.people import YEAR
from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    UNKNOWN_DAY,
    Column,
    Facts,
    date_of,
)
from primes.rules.parameters.sheets import SchemeText, Value

CLAIM_YEAR = period(str(YEAR))
MONTHS = CLAIM_YEAR.get_subperiods(DateUnit.MONTH)
PERSON = build_entity(key="person", plural="persons", label="Person", is_person=True)

Inputs = dict[tuple[str, Period], Column]


def system(text: SchemeText, formulas: list[type[Variable]], floats: type) -> TaxBenefitSystem:
    """`floats` is the type amounts are kept in: the library's own is `np.float32`."""
    made = TaxBenefitSystem([PERSON])
    made.parameters = ParameterNode(name="", data=_parameters(text))
    own = VALUE_TYPES[float]["dtype"]
    VALUE_TYPES[float]["dtype"] = floats
    for one in (*_INPUTS, *formulas):
        made.add_variable(one)
    VALUE_TYPES[float]["dtype"] = own
    return made


def inputs(facts: Facts, read: frozenset[str], floats: type) -> Inputs:
    """One contiguous array a variable and period, in its type, of the facts that are read."""
    told = facts.columns()
    once = {name: told[name].astype("datetime64[D]") for name in read.intersection(_DATES)}
    once |= {name: told[name].astype(np.int32) for name in read.intersection(_WORDS)}
    once |= {name: told[name].copy() for name in read.intersection(_FLAGS)}
    arrays = {(name, CLAIM_YEAR): array for name, array in once.items()}
    arrays["income", CLAIM_YEAR] = (facts.income[:, 0] / 100).astype(floats)
    arrays["training_minutes", CLAIM_YEAR] = facts.training_minutes.astype(np.int32)
    for number, month in enumerate(MONTHS if "salary" in read else []):
        arrays["salary", month] = (facts.salary[:, number] / 100).astype(floats)
        arrays["salary_known", month] = facts.salary_known[:, number].copy()
    return arrays


def simulation(law: TaxBenefitSystem, size: int) -> Simulation:
    return SimulationBuilder().build_default_simulation(law, size)


def calculate(run: Simulation, arrays: Inputs, outputs: list[str]) -> list[Column]:
    for (name, when), array in arrays.items():
        run.set_input(name, when, array)
    return [run.calculate(name, CLAIM_YEAR) for name in outputs]


def variable(
    name: str, kind: type, unit: DateUnit, **attributes: Callable[..., Column]
) -> type[Variable]:
    attributes |= {"value_type": kind, "entity": PERSON, "definition_period": unit}
    return type(name, (Variable,), attributes)


def half_up(dirhams: Column) -> Column:
    """In 64 bits, whatever the type amounts are kept in."""
    return np.floor(dirhams.astype(np.float64) * 100 + 0.5) / 100


def known(days: Column) -> Column:
    return days != _UNKNOWN


def day(text: str) -> np.datetime64:
    return np.datetime64(text, "D")


def later(days: Column, months: int) -> Column:
    month = days.astype("datetime64[M]")
    moved = (month + months).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    return np.minimum(moved, (month + months + 1).astype("datetime64[D]") - 1)


def _parameters(text: SchemeText) -> dict[str, Any]:
    """The dated values of the sheets, in the library's own form."""
    return {
        name: {
            "values": {
                str(dated.since): {"value": _plain(name, parameter.unit, dated.value)}
                for dated in parameter.values
            }
        }
        for name, parameter in text.parameters.items()
    }


def _plain(name: str, unit: str, value: Value) -> object:
    if isinstance(value, tuple):
        return _VOCABULARIES[name].encode(value).tolist() if unit == "codes" else list(value)
    if isinstance(value, Fraction):
        return float(value)
    return str(date_of(value)) if unit == "date" and isinstance(value, int) else value


_VOCABULARIES = {
    "branches": BRANCHES,
    "nationality": NATIONALITIES,
    "stable_contracts": CONTRACTS,
}

_UNKNOWN = np.datetime64(UNKNOWN_DAY, "D")
_DATES = (
    *("certificate_from", "certificate_until", "cnss_certificate_until", "tax_certificate_until"),
    *("filed_on", "hired_on", "left_on", "stable_from", "last_same_employer_on"),
)
_WORDS = ("branch", "nationality", "contract")
_FLAGS = ("has_cnss_number", "paid_elsewhere")
_INPUTS = [
    *(variable(name, date, DateUnit.ETERNITY) for name in _DATES),
    *(variable(name, int, DateUnit.ETERNITY) for name in _WORDS),
    *(variable(name, bool, DateUnit.ETERNITY) for name in _FLAGS),
    variable("income", float, DateUnit.YEAR),
    variable("training_minutes", int, DateUnit.YEAR),
    variable("salary", float, DateUnit.MONTH),
    variable("salary_known", bool, DateUnit.MONTH),
]
