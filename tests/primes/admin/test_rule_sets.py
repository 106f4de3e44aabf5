"""The page of a version of the rules: its impact before each act, and what changed in it."""

import pytest

from accounts.models import StaffRole as R
from primes.claims.impact import impact_of_running_rules
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import see_rules
from tests.factories.agency import staff
from tests.factories.browsers import queries, signed_in
from tests.factories.claimants import firm
from tests.factories.claims import AT, decided_claim, filed_claim, released_rules
from tests.factories.releases import (
    RATE_SHEET,
    altered,
    answered_before,
    version_proposed,
    version_to_release,
)
from tests.primes.admin.conftest import Visit

PAGE_QUERIES_MAX = 15
REASON = {"reason": "Relu."}


def address(rules: RuleSet, rest: str = "change/") -> str:
    return f"/admin/primes/ruleset/{rules.pk}/{rest}"


def shown(page) -> list[tuple[object, ...]]:
    """The rows of the table by branch."""
    rows = page.context["tables"][0].rows
    return [(row.stage, row.scope, row.figures.people_lost, row.figures.lost) for row in rows]


@pytest.mark.parametrize("place", ["change/", "act/propose/"])
def test_the_impact_stands_on_the_page_and_above_the_form(visit: Visit, place: str) -> None:
    decided_claim(filed_claim(firm(1)))
    filed_claim(firm(2), eligible=3)
    answered_before("amount = amount + 1000")

    page = visit(staff(R.ADMINISTRATEUR), address(version_to_release(), place))

    assert shown(page) == [
        ("Demandes à décider", "ITO", 3, 3000),
        ("Demandes à décider", "Total", 3, 3000),
        ("Demandes décidées", "ITO", 2, 2000),
        ("Demandes décidées", "Total", 2, 2000),
        ("Toutes les demandes", "Total", 5, 5000),
    ]


def test_amounts_are_written_in_dirhams_at_the_end_of_their_cell(visit: Visit) -> None:
    filed_claim()
    answered_before("amount = amount - 1000")

    page = visit(staff(R.ADMINISTRATEUR), address(version_to_release()))

    assert '<td class="figure">+ <bdi class="nowrap">20,00' in page.text.replace("\u2068", "")


def test_nothing_filed_is_said(visit: Visit) -> None:
    see_rules(acting_user=staff(R.ADMINISTRATEUR), at=AT)

    page = visit(staff(R.ADMINISTRATEUR), address(RuleSet.objects.get()))

    assert "Aucune demande n'est déposée" in page.text.replace("&#x27;", "'")


def test_a_version_that_does_not_run_has_no_impact_to_show(visit: Visit) -> None:
    other = RuleSet.objects.create(
        digest="0" * 64, package=altered({}), package_sha256="0" * 64, codes={}, seen_at=AT
    )

    page = visit(staff(R.ADMINISTRATEUR), address(other))

    assert "pas celle en service" in page.text


def test_rules_that_leave_a_claim_without_an_answer_are_refused_in_words(visit: Visit) -> None:
    filed_claim()
    rules = version_to_release()
    answered_before("year = 1999")

    page = visit(staff(R.ADMINISTRATEUR), address(rules))
    sent = visit(staff(R.ADMINISTRATEUR), address(rules, "act/propose/"), REASON)

    assert (page.status_code, sent.status_code) == (200, 422)
    assert "ne répondent pas aux demandes paf-2025 de 1999" in page.text


def test_the_second_person_releases_the_figures_of_the_proposal(visit: Visit) -> None:
    filed_claim()
    rules = version_proposed()
    second = staff(R.ADMINISTRATEUR, "administrateur-2")

    form = visit(second, address(rules, "act/release/"))
    visit(second, address(rules, "act/release/"), REASON)

    rules.refresh_from_db()
    assert "preview" not in form.context["form"].fields
    assert rules.state == RuleSet.State.RELEASED


def test_figures_that_moved_are_shown_and_must_be_confirmed(visit: Visit) -> None:
    filed_claim()
    rules = version_proposed()
    answered_before("amount = amount + 7")
    second, release = staff(R.ADMINISTRATEUR, "administrateur-2"), address(rules, "act/release/")

    refused = visit(second, release, REASON)
    confirmed = visit(second, release, REASON | {"preview": impact_of_running_rules().sha256})

    rules.refresh_from_db()
    assert (refused.status_code, confirmed.status_code) == (422, 302)
    assert impact_of_running_rules().sha256 in refused.text
    assert shown(refused)[-1] == ("Toutes les demandes", "Total", 2, 14)
    assert rules.state == RuleSet.State.RELEASED


def test_a_released_version_shows_what_its_second_person_saw(visit: Visit) -> None:
    filed_claim()
    rules = version_proposed()
    visit(staff(R.ADMINISTRATEUR, "administrateur-2"), address(rules, "act/release/"), REASON)
    answered_before("amount = amount + 7")

    page = visit(staff(R.DIRECTION), address(rules))

    assert shown(page)[-1] == ("Toutes les demandes", "Total", 0, 0)


def test_the_rows_of_many_years_are_told_once(visit: Visit) -> None:
    page = visit(staff(R.ADMINISTRATEUR), address(released_rules()))

    assert "Montant 2007 à 2028" in page.text
    assert "Montant 2025 à 2030" in page.text
    assert "Montant 2008" not in page.text


def test_values_that_change_since_the_version_before_are_listed(visit: Visit) -> None:
    released_rules()
    other = RuleSet.objects.create(
        digest="0" * 64,
        package=altered({RATE_SHEET: ("value: 3.5", "value: 4.0")}),
        package_sha256="0" * 64,
        codes={},
        seen_at=AT,
    )

    page = visit(staff(R.DIRECTION), address(other))

    assert [(row.title, row.change.old, row.change.new) for row in page.context["changes"]] == [
        ("Taux de la prime", "3.5", "4.0")
    ]
    assert "Taux de la prime" in page.text
    assert "01/07/2025" in page.text


@pytest.mark.django_db
def test_the_page_asks_as_much_whatever_the_number_of_claims() -> None:
    administrateur = signed_in(staff(R.ADMINISTRATEUR))
    filed_claim(firm(1))
    decided_claim(filed_claim(firm(2)))
    few = queries(administrateur, address(version_to_release()))

    for rank in range(3, 6):
        filed_claim(firm(rank), eligible=rank)
    many = queries(administrateur, address(version_to_release()))

    assert few == many <= PAGE_QUERIES_MAX
