"""What a firm reads of a claim after filing: who acts, what was decided, what was paid."""

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from primes.claims.models.claim import Claim, ClaimState
from primes.payouts.models import Payment, PaymentRun
from primes.payouts.returns import load_bank_return
from primes.views.amounts import Amounts
from primes.views.standing import standing_of
from tests.factories.agency import staff
from tests.factories.claims import (
    AT,
    bank_answer,
    decided_claim,
    exported_run,
    filed_claim,
    settled_run,
)
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def page_of(enter: Enter, firm: Firm) -> object:
    claim = Claim.objects.get()
    return enter(firm, FirmRole.LECTEUR).get(reverse("claim", args=[claim.public_id]))


def send_back(run: PaymentRun) -> None:
    """The bank answers that the account is closed."""
    returned = {Payment.objects.get(run=run).reference: "AC04"}
    load_bank_return(
        name="retour.xml",
        content=bank_answer(run, returned),
        acting_user=staff("payeur"),
        at=AT,
    )


@pytest.mark.parametrize("state", ClaimState)
def test_every_state_says_who_acts(state: ClaimState):
    standing = standing_of(Claim(state=state), Amounts())

    assert standing.who
    assert standing.words == state.for_firm


def test_the_clock_runs_until_the_decision_only():
    filed = Claim(state=ClaimState.IN_REVIEW, decide_before="2026-06-06")
    decided = Claim(state=ClaimState.APPROVED, decide_before="2026-06-06")

    assert standing_of(filed, Amounts()).before == "2026-06-06"
    assert standing_of(decided, Amounts()).before is None


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (Amounts(granted=100, sent=100), "Paiement en cours"),
        (Amounts(granted=100, paid=100), "Payée"),
        (
            Amounts(granted=100, returned=100),
            "Paiement rejeté\N{NO-BREAK SPACE}: vérifiez votre RIB",
        ),
        (Amounts(granted=100, returned=100, sent=100), "Paiement en cours"),
        (Amounts(granted=100, returned=100, paid=100), "Payée"),
    ],
)
def test_money_that_moved_says_more_than_the_decision(amounts: Amounts, words: str):
    assert str(standing_of(Claim(state=ClaimState.APPROVED), amounts).words) == words


def test_a_filed_claim_says_the_agency_acts_and_before_when(enter: Enter, the_firm: Firm):
    filed_claim(the_firm)

    page = page_of(enter, the_firm).content.decode()

    assert "Déposée" in page
    assert f"6{NBSP}juin{NBSP}2026" in page


def test_a_decided_claim_gives_amount_and_reasons_line_by_line(enter: Enter, the_firm: Firm):
    decided_claim(filed_claim(the_firm, eligible=2, ineligible=1))

    context = page_of(enter, the_firm).context

    decided = [row.decided.amount for row in context["rows"]]
    assert sum(decided) == context["decision"].amount == 2 * 421_752
    assert [tuple(row.assessment.reasons) for row in context["rows"]][-1] == (
        "nationality_moroccan",
    )


def test_a_payment_sent_to_the_bank_shows_and_one_in_preparation_does_not(
    enter: Enter, the_firm: Firm
):
    decided_claim(filed_claim(the_firm))
    before = page_of(enter, the_firm).context["payments"]

    exported_run()

    assert before == []
    assert [row.words for row in page_of(enter, the_firm).context["payments"]] == [
        "Envoyé à la banque"
    ]


def test_a_paid_claim_says_so_and_nobody_acts(enter: Enter, the_firm: Firm):
    settled_run()

    answer = page_of(enter, the_firm)

    assert answer.context["amounts"].paid == 2 * 421_752
    assert str(answer.context["standing"].words) == "Payée"


def test_a_returned_payment_says_why_and_what_to_do(enter: Enter, the_firm: Firm):
    send_back(exported_run())

    page = page_of(enter, the_firm).content.decode()

    assert "Le compte est clôturé." in page
    assert "vérifiez votre RIB" in page


def test_a_returned_payment_is_the_first_thing_to_do(enter: Enter, the_firm: Firm):
    send_back(exported_run())

    todo = enter(the_firm).get(reverse("dashboard")).context["todo"]

    assert todo[0].url == reverse("claim", args=[Claim.objects.get().public_id])


def test_the_page_of_payments_lists_what_left(enter: Enter, the_firm: Firm):
    settled_run()

    rows = enter(the_firm).get(reverse("payments")).context["rows"]

    assert [(row.payment.amount, row.words) for row in rows] == [(2 * 421_752, "Payé")]


def test_the_overview_adds_up_what_was_asked_granted_and_paid(enter: Enter, the_firm: Firm):
    settled_run()

    total = enter(the_firm).get(reverse("dashboard")).context["total"]

    assert (total.asked, total.granted, total.paid) == (843_504, 843_504, 843_504)
