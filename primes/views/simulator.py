"""The public simulator: the law itself on a few figures or many rows, nothing stored."""

import re
from datetime import date
from http import HTTPStatus
from typing import cast

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from accounts import formats
from companies.imports.errors import FileRefused
from primes.rules.parameters.loader import load_scheme
from primes.views.exercise import SCHEME, exercise_asked
from primes.views.explained import LANGUAGE_PARAMETER, LANGUAGES, direction_of
from primes.views.simulated import Estimate, estimated
from primes.views.simulated_rows import simulated_people
from primes.views.simulator_forms import PERSON_FORMS, PersonForm, RecruitsForm, RowsForm
from primes.wording.estimate import estimate_words

RULES_VERSION = re.compile(r"[0-9a-f]{12}")

Answer = dict[str, object]
NO_ANSWER: Answer = {"estimate": None, "result": "", "people": None, "refusal": None}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def simulator(request: HttpRequest) -> HttpResponse:
    """Questions by GET, so that an answer can be kept as an address; rows by POST, kept nowhere."""
    today = timezone.localdate()
    shown = _forms(request, exercise_asked(request, today).year)
    if request.method == "POST":
        sent, answer = shown["rows"], _of_rows(cast("RowsForm", shown["rows"]))
    else:
        sent = shown["person" if request.GET.get("mode") == "person" else "recruits"]
        answer = _of_questions(request, cast("RecruitsForm | PersonForm", sent), today)
    context = NO_ANSWER | shown | {"form": sent} | answer
    wrong = sent.errors or context["refusal"]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "primes/simulator.html", context, status=status)


def _forms(request: HttpRequest, year: int) -> dict[str, forms.Form]:
    """The three forms; one that was sent holds what was typed."""
    asked = {request.GET.get("mode", ""): request.GET}
    person = PERSON_FORMS.get(request.GET.get("regime", ""), PERSON_FORMS[SCHEME])
    person_year = max(year, load_scheme(person.scheme).first_year)
    is_post = request.method == "POST"
    posted, files = (request.POST, request.FILES) if is_post else (None, None)
    of_rows = {"scheme": SCHEME, "year": year}
    return {
        "recruits": RecruitsForm(
            asked.get("recruits"), initial={"year": year}, auto_id="recruits-%s"
        ),
        "person": person(asked.get("person"), initial={"year": person_year}, auto_id="person-%s"),
        "rows": RowsForm(posted, files, initial=of_rows, auto_id="rows-%s"),
    }


def _of_questions(request: HttpRequest, sent: RecruitsForm | PersonForm, today: date) -> Answer:
    if not sent.is_valid():
        return {}
    asked = request.GET.get(LANGUAGE_PARAMETER, "")
    language = asked if asked in LANGUAGES else "fr"
    people = int(sent.cleaned_data.get("people", 1))
    year = sent.cleaned_data["year"]
    estimate = estimated(sent.person(), sent.scheme, year, people=people, language=language)
    return {"estimate": estimate, "result": _result(request, estimate, today, language)}


def _of_rows(sent: RowsForm) -> Answer:
    if not sent.is_valid():
        return {}
    name, content = sent.named_content()
    scheme, year = sent.cleaned_data["scheme"], sent.cleaned_data["year"]
    try:
        return {"people": simulated_people(content, name, scheme, year)}
    except FileRefused as refused:
        return {"refusal": refused}


def _result(request: HttpRequest, estimate: Estimate, today: date, language: str) -> SafeString:
    """In the language asked, with the address under which the same result is found again."""
    kept_day, kept_rules = _kept(request)
    is_same = kept_rules in {"", estimate.rules}
    day = kept_day if kept_day and is_same else today
    address = request.GET.copy()
    address["jour"], address["regles"] = day.isoformat(), estimate.rules
    words = estimate_words(
        language,
        year=str(estimate.year),
        day=formats.long_day(day, language),
        rules=estimate.rules,
        kept_day=formats.long_day(kept_day or today, language),
        kept_rules=kept_rules,
    )
    context = {
        "estimate": estimate,
        "words": words,
        "language": language,
        "direction": direction_of(language),
        "has_changed": not is_same,
        "address": request.build_absolute_uri(f"{request.path}?{address.urlencode()}"),
        "languages": [
            (code, name, _with(address, LANGUAGE_PARAMETER, code))
            for code, name in LANGUAGES.items()
        ],
    }
    with translation.override(language):
        return render_to_string("primes/simulator_result.html", context, request)


def _kept(request: HttpRequest) -> tuple[date | None, str]:
    """The day and the version of the rules of an address that was kept; others are not read."""
    rules = request.GET.get("regles", "")
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return None, ""
    return (day, rules) if RULES_VERSION.fullmatch(rules) else (None, "")


def _with(address: QueryDict, name: str, value: str) -> str:
    changed = address.copy()
    changed[name] = value
    return f"?{changed.urlencode()}"
