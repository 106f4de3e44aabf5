"""A paper that lapses is told thirty days before, until a newer one is there."""

from datetime import date, timedelta

import pytest

from companies.documents.actions import Paper, replace_piece
from companies.documents.validity import expiring_pieces
from companies.firms.models import Certificate
from tests.companies.documents.papers import AT, certificate, kept, png
from tests.factories.claimants import firm, signataire_of

pytestmark = pytest.mark.django_db

LAST = date(2026, 12, 31)
"""Last day of every certificate of the factories."""
CONTRACT = Paper("contract", "Contrat de bail", valid_until=date(2026, 5, 31))


def told(on: date) -> list[tuple[str, int]]:
    return [(each.title, each.days_left) for each in expiring_pieces(firm(), on)]


@pytest.mark.parametrize(
    ("left", "warned"), [(31, False), (30, True), (29, True), (0, True), (-1, True)]
)
def test_a_certificate_is_told_thirty_days_before_it_lapses(left: int, warned: bool):
    Certificate.objects.filter(firm=firm()).exclude(kind="cnss").delete()

    expiring = expiring_pieces(firm(), LAST - timedelta(days=left))

    assert [each.days_left for each in expiring] == ([left] if warned else [])
    assert [each.has_lapsed for each in expiring] == ([left < 0] if warned else [])


@pytest.mark.parametrize(
    ("left", "warned"), [(31, False), (30, True), (29, True), (0, True), (-1, True)]
)
def test_any_other_dated_paper_is_told_as_well(left: int, warned: bool):
    kept(firm(), paper=CONTRACT)

    expiring = told(date(2026, 5, 31) - timedelta(days=left))

    assert expiring == ([("Contrat de bail", left)] if warned else [])


def test_the_last_certificate_of_a_nature_is_the_one_that_counts():
    kept(firm(), paper=certificate("CNSS-10", date(2027, 12, 31)))

    titles = [title for title, _ in told(LAST)]

    assert "Attestation de régularité CNSS" not in titles
    assert "Attestation de régularité fiscale" in titles


def test_platform_and_committee_stand_for_one_another():
    Certificate.objects.filter(firm=firm(), kind="committee").update(valid_until=date(2027, 12, 31))

    titles = [title for title, _ in told(LAST)]

    assert titles == ["Attestation de régularité CNSS", "Attestation de régularité fiscale"]


def test_a_paper_that_was_replaced_is_told_no_more():
    older = kept(firm(), paper=CONTRACT)
    replace_piece(
        piece_id=older.pk,
        paper=Paper("contract", "Nouveau bail", valid_until=date(2027, 5, 31)),
        name="bail.png",
        content=png(),
        acting_user=signataire_of(firm()),
        at=AT,
    )

    assert told(date(2026, 5, 31)) == []


def test_papers_of_another_firm_are_told_to_nobody_else():
    kept(firm(2), paper=CONTRACT)

    assert told(date(2026, 5, 31)) == []
