"""Read the sheets of a scheme and refuse any that does not keep to the form.

A sheet holds one parameter: `<scheme>/<name>.yaml`. Its values are keyed by their date of effect
and each holds until the next, so that none can overlap; the first date is the scheme's own, so that
none is missing. `scheme.yaml` holds the life of the scheme and the text behind each condition.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from primes.rules.errors import ParameterRefused, UnknownScheme
from primes.rules.parameters import form
from primes.rules.parameters.form import Sheet, require, require_keys
from primes.rules.parameters.sheets import (
    Certainty,
    DatedValue,
    Parameter,
    Provision,
    ReadOn,
    SchemeText,
)
from primes.rules.parameters.units import UNITS, parse

_SCHEME_SHEET = "scheme.yaml"


class _TextLoader(yaml.BaseLoader):
    """Every scalar stays the text that was written; a key written twice is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise ParameterRefused(str(node.start_mark), sorted(keys), "each key once")
        return super().construct_mapping(node, deep=deep)


def scheme_names() -> tuple[str, ...]:
    folders = files("primes.rules.parameters").iterdir()
    return tuple(sorted(f.name for f in folders if f.joinpath(_SCHEME_SHEET).is_file()))


@cache
def load_scheme(name: str) -> SchemeText:
    """The text of a scheme, read once a process; raise `UnknownScheme` or `ParameterRefused`."""
    if name not in scheme_names():
        raise UnknownScheme(name, scheme_names())
    return read_scheme(name, files("primes.rules.parameters").joinpath(name))


def read_scheme(name: str, folder: Traversable) -> SchemeText:
    sheet = read_sheet(folder.joinpath(_SCHEME_SHEET))
    place = f"{name}/{_SCHEME_SHEET}"
    expected = {"title", "in_force_from", "claim_years", "last_checked_on"}
    require_keys(sheet, expected | {"conditions", "rows", "warnings"}, place)
    in_force_from = form.day(sheet["in_force_from"], place)
    sheets = [f for f in folder.iterdir() if f.name.endswith(".yaml") and f.name != _SCHEME_SHEET]
    parameters = [_parameter(name, f, in_force_from) for f in sorted(sheets, key=lambda f: f.name)]
    years = sheet["claim_years"]
    require_keys(years, {"first", "last"}, f"{place}: claim_years")
    return SchemeText(
        name=name,
        title=form.words(sheet["title"], place),
        in_force_from=in_force_from,
        first_year=int(years["first"]),
        last_year=int(years["last"]),
        last_checked_on=form.day(sheet["last_checked_on"], place),
        conditions=_provisions(sheet["conditions"], place),
        rows=_provisions(sheet["rows"], place),
        warnings=_provisions(sheet["warnings"], place),
        parameters={parameter.name: parameter for parameter in parameters},
    )


def read_sheet(sheet: Traversable) -> Sheet:
    """The parsed sheet, every scalar as the text that was written."""
    try:
        return yaml.load(sheet.read_text(encoding="utf-8"), Loader=_TextLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise ParameterRefused(sheet.name, str(error), "a YAML sheet") from error


def _parameter(scheme: str, file: Traversable, in_force_from: date) -> Parameter:
    place = f"{scheme}/{file.name}"
    sheet = read_sheet(file)
    expected = {"title", "unit", "may_be_none", "read_on", "last_checked_on", "values"}
    require_keys(sheet, expected, place)
    require(sheet["unit"] in UNITS, place, sheet["unit"], " or ".join(UNITS))
    require(sheet["may_be_none"] in {"true", "false"}, place, sheet["may_be_none"], "true, false")
    values = tuple(_dated(since, entry, sheet, place) for since, entry in sheet["values"].items())
    dates = [dated.since for dated in values]
    # A day written in two ways would be two values of one date.
    require(dates == sorted(set(dates)) and bool(dates), place, dates, "ascending dates")
    require(dates[0] == in_force_from, place, dates[0], f"a first value on {in_force_from}")
    return Parameter(
        name=file.name.removesuffix(".yaml"),
        title=form.words(sheet["title"], place),
        unit=sheet["unit"],
        may_be_none=sheet["may_be_none"] == "true",
        read_on=form.member(ReadOn, sheet["read_on"], place),
        last_checked_on=form.day(sheet["last_checked_on"], place),
        values=values,
    )


def _dated(since: str, entry: Sheet, sheet: Sheet, place: str) -> DatedValue:
    place = f"{place}: {since}"
    require_keys(entry, {"value", "certainty", "reference"}, place)
    may_be_none = sheet["may_be_none"] == "true"
    return DatedValue(
        since=form.day(since, place),
        value=parse(entry["value"], sheet["unit"], may_be_none=may_be_none, place=place),
        certainty=form.member(Certainty, entry["certainty"], place),
        reference=form.reference(entry["reference"], place),
    )


def _provisions(entries: Sheet, place: str) -> Mapping[str, Provision]:
    require(isinstance(entries, dict), place, entries, "a mapping by code")
    return {code: _provision(entry, f"{place}: {code}") for code, entry in entries.items()}


def _provision(entry: Sheet, place: str) -> Provision:
    require_keys(entry, {"question", "certainty", "reference"}, place)
    return Provision(
        question=form.words(entry["question"], place),
        certainty=form.member(Certainty, entry["certainty"], place),
        reference=form.reference(entry["reference"], place),
    )
