"""The words of a return."""

import re

import pytest

from primes.payouts.formats.return_reasons import return_reason, return_reasons

REMEDIES = {
    "new_account", "firm_answers", "agency_funds", "agency_corrects", "ask_bank", "stop",
}  # fmt: skip


@pytest.mark.parametrize("bank_code", sorted(return_reasons()))
def test_each_reason_says_what_happened_and_what_to_do_in_three_languages(bank_code: str) -> None:
    reason = return_reasons()[bank_code]

    assert re.fullmatch(r"[A-Z0-9]{4}", reason.bank_code)
    assert re.fullmatch(r"[a-z_]+", reason.code)
    assert reason.remedy in REMEDIES
    for words in (reason.sentence, reason.action):
        assert set(words) == {"fr", "ar", "en"}
        assert all(text.endswith(".") for text in words.values())


def test_one_code_has_one_wording() -> None:
    wordings: dict[str, set[str]] = {}

    for reason in return_reasons().values():
        wordings.setdefault(reason.code, set()).add(reason.sentence["fr"] + reason.action["fr"])

    assert all(len(said) == 1 for said in wordings.values())


@pytest.mark.parametrize("bank_code", ["AC01", "AC04", "AC06", "AM04", "BE01", "MD07"])
def test_the_usual_codes_have_words_of_their_own(bank_code: str) -> None:
    assert return_reason(bank_code).bank_code == bank_code


@pytest.mark.parametrize("bank_code", [None, "ZZ99"])
def test_an_unknown_code_reads_as_no_reason_given(bank_code: str | None) -> None:
    assert return_reason(bank_code).code == "reason_unspecified"
