"""From a code and its facts to a sentence."""

from datetime import date

import pytest

from accounts.models import StaffRole
from primes.rules.engine import rules_of
from primes.wording.words import LANGUAGES, NO_FACT, Sentence, label, sentence, sentences

NBSP = "\N{NO-BREAK SPACE}"


def test_a_sentence_says_what_happened_and_what_to_do() -> None:
    said = sentence("window_closed", {"year": 2026})

    assert said == Sentence(
        "Le dépôt des demandes pour l'exercice 2026 n'est pas ouvert.",
        "Consultez les dates de dépôt ; votre brouillon est conservé.",
    )


def test_centimes_are_written_as_money() -> None:
    said = sentence("envelope_short", {"asked": 123456, "available": 7}, "en")

    assert said.what == (
        f"The credits are not enough: MAD{NBSP}1,234.56 asked, MAD{NBSP}0.07 available."
    )


def test_a_count_is_written_with_its_groups() -> None:
    said = sentence("people_not_employed_that_year", {"count": 1200})

    assert said.what.startswith(f"1{NBSP}200 des salariés")


def test_codes_of_roles_are_written_as_names() -> None:
    said = sentence("role_missing", {"roles": [StaffRole.PAYEUR, "firm_signataire"]})

    assert said.do == "Rôle attendu : Payeur, Signataire."


def test_a_day_is_written_day_month_year() -> None:
    said = sentence("unknown_scheme", {"found": date(2026, 8, 5)})

    assert said.what == "Ce dispositif n'existe pas : 05/08/2026."


def test_a_reference_keeps_its_direction_in_an_arabic_sentence() -> None:
    said = sentence("payment_unknown", {"reference": "P-2026-000001"}, "ar")

    assert "\N{FIRST STRONG ISOLATE}P-2026-000001\N{POP DIRECTIONAL ISOLATE}" in said.what


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_fact_leaves_a_dash(language: str) -> None:
    said = sentence("window_closed", {}, language)

    assert NO_FACT in said.what


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_code_is_shown_and_crashes_nothing(language: str) -> None:
    said = sentence("nobody_wrote_this", {"amount": object()}, language)

    assert "nobody_wrote_this" in said.what
    assert said.do


@pytest.mark.parametrize("value", [None, "", [], "text", -5, 1.5, {"a": 1}, [None, 3]])
def test_no_value_of_a_fact_crashes_a_sentence(value: object) -> None:
    for code in sentences():
        facts = dict.fromkeys(("asked", "available", "found", "expected", "roles", "count"), value)

        assert sentence(code, facts, "ar").what


def test_braces_in_a_fact_are_only_text() -> None:
    said = sentence("payment_unknown", {"reference": "{year:money}"})

    assert "{year:money}" in said.what


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_condition_that_fails_gives_its_reason_and_its_remedy(language: str) -> None:
    condition = rules_of("paf-2025")[0].conditions[0]

    said = sentence(condition.code, {}, language)

    assert said.what == label("reason", condition.code, language)
    assert said.do == label("remedy", condition.remedy, language)


def test_a_condition_is_named_by_the_question_of_the_law() -> None:
    assert label("condition", "branch_eligible", "en") == "Is the firm's branch eligible?"


def test_a_check_and_a_condition_of_one_code_have_their_own_names() -> None:
    names = {label(kind, "declared_to_cnss") for kind in ("check", "condition", "reason")}

    assert len(names) == 3


def test_a_code_without_a_label_is_its_own() -> None:
    assert label("check", "nobody_wrote_this") == "nobody_wrote_this"
