"""Every refusal of the API is a problem with a stable code."""

import pytest
from django.utils import translation
from rest_framework import exceptions
from rest_framework.test import APIRequestFactory

from primes.api.problems import TITLES, problem
from tests.factories.claimants import signataire_of
from tests.factories.claims import filed_claim
from tests.primes.api.conftest import Call

CLAIMS = "/api/v1/claims/"


@pytest.mark.parametrize("address", [CLAIMS, f"{CLAIMS}clm_1/"])
def test_without_a_session_the_answer_is_401(call: Call, address: str) -> None:
    answer = call(None, address)

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Session")
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    ("address", "method", "options", "status", "code"),
    [
        (CLAIMS, "post", {}, 405, "method_not_allowed"),
        (CLAIMS, "delete", {}, 405, "method_not_allowed"),
        (CLAIMS, "get", {"headers": {"accept": "text/html"}}, 406, "not_acceptable"),
        (f"{CLAIMS}clm_1/", "get", {}, 404, "not_found"),
        ("/api/v1/firms/", "get", {}, 404, "not_found"),
        (f"{CLAIMS}?page=2", "get", {}, 400, "unknown_parameter"),
        (f"{CLAIMS}clm_1/?expand=lines", "get", {}, 400, "unknown_parameter"),
        (f"{CLAIMS}?state=proposed", "get", {}, 400, "invalid_parameter"),
        (f"{CLAIMS}?limit=0", "get", {}, 400, "invalid_parameter"),
        (f"{CLAIMS}?limit=101", "get", {}, 400, "invalid_parameter"),
        (f"{CLAIMS}?limit=1.5", "get", {}, 400, "invalid_parameter"),
        (f"{CLAIMS}?after=clm_other", "get", {}, 400, "invalid_parameter"),
    ],
)
def test_a_wrong_call_is_a_problem_with_its_code(
    call: Call, address: str, method: str, options: dict[str, object], status: int, code: str
) -> None:
    signataire = signataire_of(filed_claim().firm)

    answer = call(signataire, address, method, **options)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (answer.json()["status"], answer.json()["code"]) == (status, code)
    assert answer.json()["instance"] == address.partition("?")[0]


def test_an_unknown_parameter_is_named(call: Call) -> None:
    signataire = signataire_of(filed_claim().firm)

    answer = call(signataire, f"{CLAIMS}?stat=draft").json()

    assert answer["errors"] == [
        {"parameter": "stat", "code": "unknown_parameter", "expected": "after, limit, state"}
    ]


def test_a_limit_within_its_bounds_is_accepted(call: Call) -> None:
    signataire = signataire_of(filed_claim().firm)

    answers = [call(signataire, f"{CLAIMS}?limit={limit}").status_code for limit in (1, 100)]

    assert answers == [200, 200]


@pytest.mark.parametrize(
    ("exception", "status", "code"),
    [
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=30), 429, "throttled"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.AuthenticationFailed(), 401, "not_authenticated"),
    ],
)
def test_a_refusal_of_the_framework_is_a_problem(
    exception: exceptions.APIException, status: int, code: str
) -> None:
    request = APIRequestFactory().get(CLAIMS)

    answer = problem(exception, {"request": request})

    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert answer.data["type"] == f"urn:primes:error:{code}"


def test_too_many_requests_say_how_long_to_wait() -> None:
    answer = problem(exceptions.Throttled(wait=30), {"request": APIRequestFactory().get(CLAIMS)})

    assert answer.headers["Retry-After"] == "30"


def test_a_fault_of_ours_is_not_dressed_as_a_refusal() -> None:
    assert problem(ZeroDivisionError(), {}) is None


def test_every_title_is_said_in_three_languages() -> None:
    assert all(
        set(words) == {"fr", "ar", "en"} and all(words.values()) for words in TITLES.values()
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Cette ressource n'existe pas"), ("en", "This resource does not exist")],
)
def test_the_title_follows_the_reader_and_the_code_does_not(language: str, title: str) -> None:
    request = APIRequestFactory().get(CLAIMS)

    with translation.override(language):
        answer = problem(exceptions.NotFound(), {"request": request})

    assert (answer.data["title"], answer.data["code"]) == (title, "not_found")
