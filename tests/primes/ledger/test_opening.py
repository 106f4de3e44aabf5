"""Conventions and credits are opened once, by an administrateur, and told in the journal."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole
from companies.identifiers import Rib
from primes.ledger.models import Convention, Envelope
from primes.ledger.opening import ConventionTerms, open_convention, open_envelope
from tests.factories.agency import staff
from tests.factories.claimants import rib
from tests.factories.claims import AT

pytestmark = pytest.mark.django_db
TERMS = ConventionTerms(
    code="CONV-1",
    title="Convention",
    scheme="paf-2025",
    signed_on=date(2026, 1, 1),
    ends_on=date(2027, 12, 31),
    payer_name="AGENCE",
    payer_rib=Rib(rib(5)),
)


def opened(terms: ConventionTerms = TERMS) -> Convention:
    return open_convention(terms=terms, acting_user=staff(StaffRole.ADMINISTRATEUR), at=AT)


def credited(convention: Convention, year: int = 2026, cap: int = 100) -> Envelope:
    return open_envelope(
        convention_id=convention.pk,
        year=year,
        cap=cap,
        acting_user=staff(StaffRole.ADMINISTRATEUR),
        at=AT,
    )


def test_a_convention_keeps_its_terms_and_is_told() -> None:
    convention = opened()

    convention.refresh_from_db()
    assert (convention.code, convention.payer_rib) == ("CONV-1", rib(5))
    assert JournalEntry.objects.get(stream="convention:CONV-1").action == "convention.open"


def test_credits_are_available_in_whole() -> None:
    envelope = credited(opened(), cap=1)

    assert (envelope.available, envelope.reserved) == (1, 0)


def test_a_convention_may_end_on_the_day_it_begins() -> None:
    assert opened(replace(TERMS, ends_on=TERMS.signed_on)).pk


def test_a_convention_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refusal) as refused:
        opened(replace(TERMS, ends_on=date(2025, 12, 31)))

    assert refused.value.code == "convention_ends_before_it_begins"


def test_a_code_names_one_convention() -> None:
    opened()

    with pytest.raises(Refusal) as refused:
        opened()

    assert refused.value.code == "convention_code_taken"


@pytest.mark.parametrize(
    ("year", "code"),
    [(2025, "year_outside_the_convention"), (2028, "year_outside_the_convention")],
)
def test_credits_are_of_a_year_of_the_convention(year: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        credited(opened(), year=year)

    assert refused.value.code == code


def test_the_first_and_last_years_of_the_convention_are_its_own() -> None:
    convention = opened()

    years = [credited(convention, year=year).year for year in (2026, 2027)]

    assert years == [2026, 2027]


@pytest.mark.parametrize("cap", [0, -1])
def test_credits_are_above_zero(cap: int) -> None:
    with pytest.raises(Refusal) as refused:
        credited(opened(), cap=cap)

    assert refused.value.code == "envelope_without_credits"


def test_a_year_is_credited_once() -> None:
    convention = opened()
    credited(convention)

    with pytest.raises(Refusal) as refused:
        credited(convention)

    assert refused.value.code == "envelope_once_a_year"


@pytest.mark.parametrize("role", [StaffRole.ORDONNATEUR, StaffRole.PAYEUR, StaffRole.DECIDEUR])
def test_only_an_administrateur_opens(role: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_convention(terms=TERMS, acting_user=staff(role), at=AT)

    assert refused.value.code == "role_missing"
