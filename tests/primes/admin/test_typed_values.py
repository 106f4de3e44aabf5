"""Values of the law as people type them, and as a sheet writes them."""

import pytest

from primes.admin.typed_values import as_sheet


@pytest.mark.parametrize(
    ("typed", "unit", "written"),
    [
        ("4,5 %", "percent", "4.5"),
        ("4.5", "percent", "4.5"),
        ("5 000", "dirhams", "5000.00"),
        ("5\N{NO-BREAK SPACE}000,5 DH", "dirhams", "5000.50"),
        ("48 mois", "months", "48"),
        ("1 an", "years", "1"),
        ("31/12/2031", "date", "2031-12-31"),
        ("2031-12-31", "date", "2031-12-31"),
        ("30/06", "day_of_following_year", "06-30"),
        ("Oui", "boolean", "true"),
        ("CDI, cdd", "codes", "CDI CDD"),
        ("Aucune", "percent", "none"),
        ("beaucoup", "months", "beaucoup"),
        ("<b>", "a unit to come", "<b>"),
    ],
)
def test_what_is_typed_is_written_as_in_a_sheet(typed: str, unit: str, written: str) -> None:
    assert as_sheet(typed, unit) == written
