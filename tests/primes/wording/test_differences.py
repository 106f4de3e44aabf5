"""A difference of two amounts in words."""

import pytest

from primes.wording.differences import change_text, difference_text


@pytest.mark.parametrize(
    ("today", "draft", "said"),
    [
        (1_265_256, 1_446_006, ("+1 807,50 DH", "+14,3 %")),
        (100_000, 99_500, ("−5,00 DH", "−0,5 %")),
        (100_000, 100_000, ("0,00 DH", "0 %")),
        (10_000_000, 10_000_001, ("+0,01 DH", "0 %")),
        (0, 100, ("+1,00 DH", "")),
    ],
)
def test_a_difference_is_signed_and_its_change_has_one_decimal(
    today: int, draft: int, said: tuple[str, str]
) -> None:
    found = (difference_text(today, draft, "fr"), change_text(today, draft, "fr"))

    assert tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in found) == said
