"""The law in force, as its sheets say it: read on a screen, changed only in the sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from unicodedata import normalize

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from primes.admin.scheme_choice import SCHEME_PARAMETER, scheme_links, unknown_scheme
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.rules.parameters.sheets import (
    Certainty,
    Parameter,
    Provision,
    Reference,
    SchemeText,
)
from primes.wording.explained_law import reference_text
from primes.wording.sheets import value_texts
from primes.wording.words import label

SHEETS = "Feuilles de paramètres"


@dataclass(frozen=True, slots=True)
class Source:
    """How something of the law is known; `certainty` is its code, `mark` its word."""

    certainty: str
    mark: str
    text: str
    link: str | None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    code: str
    question: str
    source: Source


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A dated value; `until` is its last day, None for the last value of a parameter."""

    texts: tuple[str, ...]
    since: date
    until: date | None
    is_in_force: bool
    source: Source


@dataclass(frozen=True, slots=True)
class ParameterRows:
    name: str
    title: str
    unit: str
    read_on: str
    last_checked_on: date
    values: list[ValueRow]


@dataclass(frozen=True, slots=True)
class SchemeSheets:
    """`parts` are the questions by what they decide, each in the order of the law."""

    text: SchemeText
    parts: dict[str, list[QuestionRow]]
    parameters: list[ParameterRows]

    @property
    def title(self) -> str:
        return self.text.title["fr"]


def sheets_page(request: HttpRequest, site: AdminSite) -> TemplateResponse:
    """The scheme of the address, else all."""
    refused = unknown_scheme(request.GET)
    asked = request.GET.get(SCHEME_PARAMETER, "")
    names = () if refused else (asked,) if asked else scheme_names()
    on = timezone.localdate()
    context = {
        **site.each_context(request),
        "title": SHEETS,
        "links": scheme_links(asked, everything="Tous les dispositifs"),
        "refused": refused,
        "schemes": [scheme_sheets(load_scheme(name), on) for name in names],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return TemplateResponse(request, "admin/primes/sheets.html", context, status=status)


def scheme_sheets(text: SchemeText, on: date) -> SchemeSheets:
    parts = {
        "Conditions, dans l'ordre de la loi": text.conditions,
        "Calcul du montant, étape par étape": text.rows,
        "Points à vérifier, sans effet sur la réponse": text.warnings,
    }
    return SchemeSheets(
        text=text,
        parts={title: _questions(provisions) for title, provisions in parts.items() if provisions},
        parameters=[_parameter(each, on) for each in by_title(text)],
    )


def by_title(text: SchemeText) -> list[Parameter]:
    """« Écart » stands among the words in E."""
    return sorted(text.parameters.values(), key=lambda each: normalize("NFKD", each.title["fr"]))


def _questions(provisions: Mapping[str, Provision]) -> list[QuestionRow]:
    return [
        QuestionRow(code, each.question["fr"], _source(each.certainty, each.reference))
        for code, each in provisions.items()
    ]


def _parameter(parameter: Parameter, on: date) -> ParameterRows:
    return ParameterRows(
        name=parameter.name,
        title=parameter.title["fr"],
        unit=label("unit", parameter.unit),
        read_on=label("read_on", parameter.read_on),
        last_checked_on=parameter.last_checked_on,
        values=list(_values(parameter, on)),
    )


def _values(parameter: Parameter, on: date) -> Iterator[ValueRow]:
    """Each value holds until the day before the next."""
    nexts = [dated.since for dated in parameter.values[1:]]
    ends = [*(since - timedelta(days=1) for since in nexts), None]
    for dated, until in zip(parameter.values, ends, strict=True):
        yield ValueRow(
            texts=value_texts(parameter, dated, "fr"),
            since=dated.since,
            until=until,
            is_in_force=dated.since <= on and (until is None or on <= until),
            source=_source(dated.certainty, dated.reference),
        )


def _source(certainty: Certainty, reference: Reference) -> Source:
    mark = label("certainty", certainty)
    return Source(certainty.value, mark, reference_text(reference, "fr"), reference.link)
