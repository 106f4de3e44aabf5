"""A firm starts, hands over, files: one claim, inside the window, with everything that is kept."""

from datetime import date, datetime, timedelta

import pytest

from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.models import StaffRole
from companies.firms.models import FirmRole
from primes.claims.actions import (
    choose_lines,
    file_claim,
    hand_over_claim,
    start_claim,
    take_back_claim,
    withdraw_claim,
)
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.preview import preview
from primes.claims.windows import open_window
from primes.wording.declaration import declaration
from tests.factories.agency import staff
from tests.factories.claimants import YEAR, firm, member, people, signataire_of
from tests.factories.claims import (
    AT,
    SCHEME,
    decided_claim,
    draft_claim,
    filed_claim,
    released_rules,
)

pytestmark = pytest.mark.django_db


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=CASABLANCA)


def _code(act, **arguments) -> str:
    with pytest.raises(Refusal) as refused:
        act(**arguments)
    return refused.value.code


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_the_law_opens_the_window_from_1_march_to_30_june(day, is_open):
    released_rules()
    people(firm(), 1)
    arguments = {
        "firm": firm(), "scheme": SCHEME, "year": YEAR,
        "acting_user": signataire_of(firm()), "at": _at(day),
    }  # fmt: skip

    if is_open:
        assert start_claim(**arguments).state == ClaimState.DRAFT
    else:
        assert _code(start_claim, **arguments) == "window_closed"


def test_the_agency_moves_the_window_of_a_year():
    people(firm(), 1)
    open_window(
        scheme=SCHEME, year=YEAR, days=(date(2026, 11, 1), date(2026, 12, 31)),
        reason="Première campagne.", acting_user=staff(StaffRole.ADMINISTRATEUR), at=AT,
    )  # fmt: skip
    arguments = {
        "firm": firm(),
        "scheme": SCHEME,
        "year": YEAR,
        "acting_user": signataire_of(firm()),
    }

    assert _code(start_claim, **arguments, at=AT) == "window_closed"
    assert start_claim(**arguments, at=_at(date(2026, 11, 24))).state == ClaimState.DRAFT


def test_starting_twice_gives_the_same_claim():
    first = draft_claim()

    again = start_claim(
        firm=firm(), scheme=SCHEME, year=YEAR, acting_user=signataire_of(firm()), at=AT
    )

    assert again.pk == first.pk
    assert Claim.objects.count() == 1


def test_a_new_claim_holds_the_eligible_people():
    people(firm(), 2, 3)

    claim = start_claim(
        firm=firm(), scheme=SCHEME, year=YEAR, acting_user=signataire_of(firm()), at=AT
    )

    assert claim.lines.count() == 2


def test_filing_gives_a_receipt_and_keeps_what_the_law_said():
    claim = filed_claim(eligible=2, ineligible=1)

    assert claim.receipt_number
    assert claim.receipt_number.startswith("R-2026-")
    assert claim.filed_at == AT
    assert claim.decide_before == AT.date() + timedelta(days=60)
    assert claim.declaration_sha256 == declaration().sha256
    kept = Assessment.objects.filter(line__claim=claim, purpose="filing").order_by("line__position")
    assert [each.amount for each in kept] == [421_752, 421_752, 0]
    assert kept[2].reasons == ("nationality_moroccan",)


def test_filing_needs_released_rules():
    claim = draft_claim()

    code = _code(file_claim, claim_id=claim.pk, acting_user=signataire_of(firm()), at=AT)

    assert code == "rules_not_released"


def test_a_claim_without_anybody_is_not_filed():
    released_rules()
    claim = draft_claim()
    signataire = signataire_of(firm())
    choose_lines(claim_id=claim.pk, employee_ids=[], acting_user=signataire, at=AT)

    assert (
        _code(file_claim, claim_id=claim.pk, acting_user=signataire, at=AT) == "claim_has_no_line"
    )


def test_a_redacteur_hands_over_and_does_not_file():
    released_rules()
    claim = draft_claim()
    redacteur = member(firm(), FirmRole.REDACTEUR, "redacteur")

    assert _code(file_claim, claim_id=claim.pk, acting_user=redacteur, at=AT) == "role_missing"
    handed = hand_over_claim(claim_id=claim.pk, acting_user=redacteur, at=AT)

    assert handed.state == ClaimState.READY_TO_SIGN
    filed = file_claim(claim_id=claim.pk, acting_user=signataire_of(firm()), at=AT)
    assert filed.state == ClaimState.SUBMITTED


def test_a_reader_starts_nothing():
    people(firm(), 1)
    reader = member(firm(), FirmRole.LECTEUR, "lecteur")

    code = _code(start_claim, firm=firm(), scheme=SCHEME, year=YEAR, acting_user=reader, at=AT)

    assert code == "role_missing"


def test_the_signataire_of_another_firm_files_nothing():
    released_rules()
    claim = draft_claim()

    code = _code(file_claim, claim_id=claim.pk, acting_user=signataire_of(firm(2)), at=AT)

    assert code == "role_missing"


def test_people_of_another_firm_are_refused():
    claim = draft_claim()
    strangers = [each.employee_id for each in people(firm(2), 1)]

    code = _code(
        choose_lines, claim_id=claim.pk, employee_ids=strangers,
        acting_user=signataire_of(firm()), at=AT,
    )  # fmt: skip

    assert code == "people_not_employed_that_year"


def test_a_withdrawn_claim_leaves_room_for_another():
    first = filed_claim()
    signataire = signataire_of(firm())
    withdraw_claim(claim_id=first.pk, reason="Erreur", acting_user=signataire, at=AT)

    again = start_claim(firm=firm(), scheme=SCHEME, year=YEAR, acting_user=signataire, at=AT)

    assert again.pk != first.pk


def test_a_claim_taken_back_can_be_changed_again():
    claim = draft_claim()
    signataire = signataire_of(firm())
    hand_over_claim(claim_id=claim.pk, acting_user=signataire, at=AT)
    chosen = list(claim.lines.values_list("employee_id", flat=True))

    arguments = {"claim_id": claim.pk, "employee_ids": chosen, "acting_user": signataire, "at": AT}
    assert _code(choose_lines, **arguments) == "state_forbids"
    take_back_claim(claim_id=claim.pk, acting_user=signataire, at=AT)

    assert choose_lines(**arguments) == len(chosen)


def test_days_paid_by_the_claim_of_the_year_are_not_paid_elsewhere():
    decided_claim()

    seen = preview(firm=firm(), scheme=SCHEME, year=YEAR, on=AT.date())

    assert seen.eligible_count == 2
