"""Amounts in French words."""

import pytest

from primes.wording.figures import LIMIT, amount_in_words, number_in_words

NUMBERS = {
    0: "zéro",
    1: "un",
    16: "seize",
    17: "dix-sept",
    20: "vingt",
    21: "vingt et un",
    22: "vingt-deux",
    61: "soixante et un",
    70: "soixante-dix",
    71: "soixante et onze",
    72: "soixante-douze",
    79: "soixante-dix-neuf",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    200: "deux cents",
    201: "deux cent un",
    999: "neuf cent quatre-vingt-dix-neuf",
    1_000: "mille",
    1_001: "mille un",
    2_000: "deux mille",
    80_000: "quatre-vingt mille",
    200_000: "deux cent mille",
    1_000_000: "un million",
    80_000_000: "quatre-vingts millions",
    200_000_000: "deux cents millions",
    1_000_000_000: "un milliard",
    9_412_880: "neuf millions quatre cent douze mille huit cent quatre-vingts",
}
AMOUNTS = {
    0: "zéro dirham",
    1: "zéro dirham et un centime",
    100: "un dirham",
    202: "deux dirhams et deux centimes",
    100_000_000: "un million de dirhams",
    100_000_100: "un million un dirhams",
    100_000_000_000_0: "dix milliards de dirhams",
    123_456_789: (
        "un million deux cent trente-quatre mille cinq cent soixante-sept dirhams"
        " et quatre-vingt-neuf centimes"
    ),
}


@pytest.mark.parametrize(("number", "words"), NUMBERS.items())
def test_a_number_is_said_as_french_says_it(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(("centimes", "words"), AMOUNTS.items())
def test_an_amount_says_dirhams_then_centimes(centimes: int, words: str) -> None:
    assert amount_in_words(centimes) == words


def test_no_two_numbers_are_said_alike() -> None:
    numbers = range(20_000)

    said = {number_in_words(number) for number in numbers}

    assert len(said) == len(numbers)


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_a_number_that_cannot_be_said_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        number_in_words(number)
