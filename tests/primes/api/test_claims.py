"""A firm reads its own claims, and no other's."""

import pytest

from companies.firms.models import FirmRole
from primes.claims.actions import withdraw_claim
from primes.claims.models.claim import Claim
from tests.factories.agency import account, superuser
from tests.factories.claimants import firm, member, signataire_of
from tests.factories.claims import (
    AT,
    decided_claim,
    draft_claim,
    filed_claim,
    prepared_run,
    proposed_claim,
    settled_run,
)
from tests.primes.api.conftest import Call

BONUS = {"amount": "4217.52", "currency": "MAD"}
CLAIMS = "/api/v1/claims/"


def withdrawn_claims(count: int) -> list[Claim]:
    """As many claims of one firm, the oldest first."""
    made = []
    for _ in range(count):
        claim = draft_claim()
        signataire = signataire_of(claim.firm)
        withdraw_claim(claim_id=claim.pk, reason="Erreur.", acting_user=signataire, at=AT)
        made.append(claim)
    return made


def test_a_claim_is_told_with_its_identifiers_dates_and_money(call: Call) -> None:
    claim = filed_claim()

    (told,) = call(signataire_of(claim.firm), CLAIMS).json()["data"]

    assert told == {
        "id": claim.public_id,
        "reference": claim.reference,
        "firm": {"id": claim.firm.public_id, "name": "Entreprise 1"},
        "scheme": "paf-2025",
        "year": 2025,
        "state": "submitted",
        "created_at": "2026-04-07T09:12:00Z",
        "filed_at": "2026-04-07T09:12:00Z",
        "receipt_number": claim.receipt_number,
        "decide_before": claim.decide_before.isoformat(),
        "decided_at": None,
        "line_count": 2,
        "amounts": {
            "requested": {"amount": "8435.04", "currency": "MAD"},
            "granted": None,
            "paid": {"amount": "0.00", "currency": "MAD"},
        },
    }


def test_a_line_is_told_with_its_codes_and_its_steps(call: Call) -> None:
    claim = filed_claim(eligible=1, ineligible=1)

    detail = call(signataire_of(claim.firm), f"{CLAIMS}{claim.public_id}/").json()

    entitled, other = detail["lines"]
    assert entitled["steps"][-1] == {"code": "gross", "amount": BONUS}
    assert (entitled["eligible"], entitled["reasons"]) == (True, [])
    assert entitled["requested"] == BONUS
    assert (other["eligible"], other["reasons"]) == (False, ["nationality_moroccan"])


def test_a_draft_has_lines_and_no_amount_yet(call: Call) -> None:
    claim = draft_claim(eligible=1)

    detail = call(signataire_of(claim.firm), f"{CLAIMS}{claim.public_id}/").json()

    (line,) = detail["lines"]
    assert (line["eligible"], line["requested"], line["steps"]) == (None, None, [])


def test_the_figures_follow_the_claim_to_its_payment(call: Call) -> None:
    returned = settled_run()
    claim = Claim.objects.get()

    detail = call(signataire_of(claim.firm), f"{CLAIMS}{claim.public_id}/").json()

    total = {"amount": "8435.04", "currency": "MAD"}
    assert detail["amounts"] == {"requested": total, "granted": total, "paid": total}
    assert detail["payments"] == [
        {
            "reference": returned.run.payments.get().reference,
            "state": "paid",
            "amount": total,
            "answered_at": "2026-04-07T09:12:00Z",
            "return_code": "",
        }
    ]


def test_a_payment_in_preparation_is_no_news(call: Call) -> None:
    claim = decided_claim().claim
    prepared_run()

    detail = call(signataire_of(claim.firm), f"{CLAIMS}{claim.public_id}/").json()

    assert detail["payments"] == []


def test_a_proposal_is_read_as_a_claim_under_review(call: Call) -> None:
    claim = proposed_claim()

    answer = call(signataire_of(claim.firm), f"{CLAIMS}?state=in_review").json()

    assert [each["state"] for each in answer["data"]] == ["in_review"]


def test_another_firms_claim_is_as_absent_as_one_never_made(call: Call) -> None:
    mine, theirs = filed_claim(firm(1)), filed_claim(firm(2))
    signataire = signataire_of(mine.firm)

    other = call(signataire, f"{CLAIMS}{theirs.public_id}/")
    missing = call(signataire, f"{CLAIMS}clm_never/")

    assert other.status_code == missing.status_code == 404
    assert other.json() | {"instance": ""} == missing.json() | {"instance": ""}
    assert [row["id"] for row in call(signataire, CLAIMS).json()["data"]] == [mine.public_id]


@pytest.mark.parametrize("stranger", [lambda: account("nobody"), superuser])
def test_who_acts_for_no_firm_reads_nothing(call: Call, stranger: object) -> None:
    claim = filed_claim()
    user = stranger()

    assert call(user, CLAIMS).json()["data"] == []
    assert call(user, f"{CLAIMS}{claim.public_id}/").status_code == 404


def test_a_role_that_ended_reads_nothing_more(call: Call) -> None:
    claim = filed_claim()
    reader = member(claim.firm, FirmRole.LECTEUR, "lecteur")
    before = call(reader, f"{CLAIMS}{claim.public_id}/").status_code

    reader.memberships.update(ended_at=AT)
    after = call(reader, f"{CLAIMS}{claim.public_id}/").status_code

    assert (before, after) == (200, 404)


def test_pages_follow_one_another_to_the_last(call: Call) -> None:
    made = withdrawn_claims(3)
    signataire = signataire_of(made[0].firm)

    first = call(signataire, f"{CLAIMS}?limit=2&state=withdrawn")
    last = call(signataire, first.json()["next"])

    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert (first.json()["has_more"], last.json()["has_more"], last.json()["next"]) == (
        True, False, None,
    )  # fmt: skip
    read = [row["id"] for page in (first, last) for row in page.json()["data"]]
    assert read == [claim.public_id for claim in reversed(made)]


def test_a_claim_made_meanwhile_moves_no_page(call: Call) -> None:
    made = withdrawn_claims(2)
    signataire = signataire_of(made[0].firm)
    first = call(signataire, f"{CLAIMS}?limit=1").json()

    withdrawn_claims(1)
    second = call(signataire, first["next"]).json()

    assert [row["id"] for row in second["data"]] == [made[0].public_id]


def test_nothing_told_names_a_person_by_a_number(call: Call) -> None:
    claim = decided_claim().claim

    text = call(signataire_of(claim.firm), f"{CLAIMS}{claim.public_id}/").text

    assert not any(mark in text for mark in ("BE0", "230780", "cin", "cnss_", "rib"))
