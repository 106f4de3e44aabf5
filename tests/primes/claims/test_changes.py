"""What changed between the kept bytes of two versions of the rules."""

import pytest

from primes.claims.changes import ValueChange, changes_between, changes_since_last_release
from primes.claims.models.rule_set import RuleSet
from primes.rules.digest import package_bytes
from tests.factories.claims import AT, released_rules
from tests.factories.releases import RATE_SHEET, altered

SCHEME = "primes/rules/parameters/paf-2025/scheme.yaml"
CEILINGS = "primes/rules/parameters/aide-formation-2007/ceilings.yaml"


def test_a_package_compared_with_itself_changes_nothing():
    changes = changes_between(package_bytes(), package_bytes())

    assert (changes.values, changes.texts) == ((), ())


def test_a_rate_is_shown_as_it_was_and_is_written():
    changes = changes_between(altered({RATE_SHEET: ("value: 3.5", "value: 3.25")}), package_bytes())

    assert changes.values == (ValueChange("paf-2025", "rate", "2025-07-01", "3.25", "3.5"),)
    assert changes.texts == ()


def test_a_new_date_of_effect_has_nothing_before_it():
    new = altered(
        {RATE_SHEET: ("  2025-07-01:", "  2026-07-01: &r\n    value: 4.0\n  2025-07-01:")}
    )

    changes = changes_between(package_bytes(), new)

    assert changes.values == (ValueChange("paf-2025", "rate", "2026-07-01", "", "4.0"),)


def test_a_parameter_that_leaves_has_nothing_after_it():
    changes = changes_between(package_bytes(), altered({RATE_SHEET: None}))

    assert changes.values == (ValueChange("paf-2025", "rate", "2025-07-01", "3.5", ""),)


def test_the_life_of_a_scheme_is_a_value_too():
    changes = changes_between(package_bytes(), altered({SCHEME: ("last: 2030", "last: 2031")}))

    assert changes.values == (
        ValueChange("paf-2025", "scheme", "2025-07-01", "2025–2030", "2025–2031"),
    )


def test_words_for_people_are_no_change_of_the_law():
    changes = changes_between(
        package_bytes(), altered({RATE_SHEET: ("Taux de la prime", "Le taux")})
    )

    assert changes.values == ()


def test_a_table_is_written_a_profile_after_the_other():
    sheet = (
        "values:\n  2007-05-07:\n    value: {management: [none, none], engineer-it: [1.00, none]}"
    )

    changes = changes_between(
        altered({CEILINGS: None}), altered({CEILINGS: None}, {CEILINGS: sheet})
    )

    written = "management none / none ; engineer-it 1.00 / none"
    assert changes.values == (
        ValueChange("aide-formation-2007", "ceilings", "2007-05-07", "", written),
    )


@pytest.mark.parametrize("name", ["engine.py", "parameters/cumulation.yaml"])
def test_other_files_whose_text_changes_are_named(name):
    changes = changes_between(package_bytes(), altered({f"primes/rules/{name}": None}))

    assert (changes.values, changes.texts) == ((), (name,))


@pytest.mark.django_db
def test_the_first_version_has_nothing_to_be_compared_with():
    assert changes_since_last_release(released_rules()) is None


@pytest.mark.django_db
def test_a_version_is_compared_with_the_one_released_before_it():
    released = released_rules()
    package = altered({RATE_SHEET: ("value: 3.5", "value: 4.0")})
    seen = RuleSet.objects.create(
        digest="0" * 64, package=package, package_sha256="0" * 64, codes={}, seen_at=AT
    )

    found = changes_since_last_release(seen)

    assert found is not None
    earlier, changes = found
    assert (earlier, len(changes.values)) == (released, 1)
