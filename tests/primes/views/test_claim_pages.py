"""From a draft to its receipt, as a rédacteur and a signataire walk it."""

import re

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from primes.claims.models.claim import Claim, ClaimState
from primes.wording.declaration import declaration
from tests.factories.claimants import YEAR, people
from tests.factories.claims import draft_claim, filed_claim, released_rules
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
RESULT = re.compile(r"[\d\N{NO-BREAK SPACE}]+,\d\d\N{NO-BREAK SPACE}DH")


def address(name: str, claim: Claim) -> str:
    return reverse(name, args=[claim.public_id])


def test_starting_twice_leads_to_the_same_claim(enter: Enter, the_firm: Firm):
    people(the_firm, 2)
    client = enter(the_firm, FirmRole.REDACTEUR)

    answers = [client.post(reverse("claims"), {"year": YEAR}) for _ in range(2)]

    claim = Claim.objects.get()
    assert [answer.url for answer in answers] == [address("claim", claim)] * 2


def test_a_year_whose_window_is_closed_is_refused_in_words(enter: Enter, the_firm: Firm):
    people(the_firm, 1)

    answer = enter(the_firm).post(reverse("claims"), {"year": 2027})

    assert answer.status_code == 422
    assert answer.context["refusal"].code == "window_closed"
    assert not Claim.objects.exists()


def test_the_task_list_has_seven_tasks_and_honest_statuses(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=2)

    tasks = enter(the_firm).get(address("claim", claim)).context["tasks"]

    assert len(tasks) == 7
    by_url = {task.url: str(task.status) for task in tasks}
    assert by_url[reverse("files")] == "not_started"
    assert by_url[reverse("programmes")] == "done"
    assert by_url[address("claim_declare", claim)] == "not_started"


def test_an_unanswered_question_shows_in_the_task_list(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=2)
    claim.lines.first().employment.__class__.objects.update(contract="")

    tasks = enter(the_firm).get(address("claim", claim)).context["tasks"]

    assert {task.url: str(task.status) for task in tasks}[reverse("complete_many")] == "started"


def test_a_certificate_out_of_date_is_a_problem_of_the_firm(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=1)
    the_firm.certificates.filter(kind="tax").update(valid_until="2026-04-06")

    tasks = enter(the_firm).get(address("claim", claim)).context["tasks"]

    assert str(tasks[0].status) == "problem"


def test_a_claim_without_people_cannot_be_sent_yet(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=1)
    client = enter(the_firm)

    client.post(address("claim_people", claim), {"people": []})

    tasks = client.get(address("claim", claim)).context["tasks"]
    assert str(tasks[-1].status) == "not_available"


def test_only_the_people_ticked_stay(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=3)
    kept = claim.lines.first().employee_id

    enter(the_firm).post(address("claim_people", claim), {"people": [kept, "x"]})

    assert list(claim.lines.values_list("employee_id", flat=True)) == [kept]


def test_the_lines_of_the_check_page_add_up_to_its_total(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=3, ineligible=1)

    answer = enter(the_firm).get(address("claim_check", claim))
    shown = RESULT.findall(answer.content.decode().split("<tbody>")[1].split("</tfoot>")[0])

    lines = answer.context["lines"]
    assert lines.total == sum(row.amount for row in lines.rows) == 3 * 421_752
    assert shown[-1] == "12\N{NO-BREAK SPACE}652,56\N{NO-BREAK SPACE}DH"


def test_somebody_left_out_is_named_with_the_reason(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm, eligible=1, ineligible=1)
    client = enter(the_firm)
    eligible = claim.lines.order_by("position").first().employee_id
    client.post(address("claim_people", claim), {"people": [eligible]})

    left_out = client.get(address("claim_check", claim)).context["left_out"]

    assert [row.reasons for row in left_out] == [("nationality_moroccan",)]


def test_a_redacteur_is_offered_to_hand_over_and_not_to_certify(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)

    page = enter(the_firm, FirmRole.REDACTEUR).get(address("claim_declare", claim))

    assert "Transmettre au signataire" in page.content.decode()
    assert "Je certifie et j’envoie la demande" not in page.content.decode()


def test_a_redacteur_hands_over_and_takes_back(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)
    client = enter(the_firm, FirmRole.REDACTEUR)

    client.post(address("claim_hand_over", claim))
    claim.refresh_from_db()
    handed_over = claim.state
    client.post(address("claim_take_back", claim))
    claim.refresh_from_db()

    assert (handed_over, claim.state) == (ClaimState.READY_TO_SIGN, ClaimState.DRAFT)


def test_a_redacteur_who_posts_the_declaration_files_nothing(enter: Enter, the_firm: Firm):
    released_rules()
    claim = draft_claim(the_firm)

    answer = enter(the_firm, FirmRole.REDACTEUR).post(address("claim_declare", claim), follow=True)

    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT
    assert answer.context["messages"]


def test_a_signataire_reads_the_text_and_its_version(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)

    page = enter(the_firm).get(address("claim_declare", claim)).content.decode()

    assert declaration().version == "claim-1"
    assert 'Texte de certification n° <bdi class="nowrap">1</bdi>' in page
    assert "Je certifie et j’envoie la demande" in page
    assert 'type="checkbox"' not in page


def test_certifying_gives_a_receipt_to_the_second(enter: Enter, the_firm: Firm):
    released_rules()
    claim = draft_claim(the_firm)

    answer = enter(the_firm).post(address("claim_declare", claim), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(address("claim_receipt", claim), 302)]
    assert "R-2026-" in page
    assert "10:12:00" in page
    assert "6\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2026" in page


def test_certifying_twice_files_once_and_shows_the_same_receipt(enter: Enter, the_firm: Firm):
    released_rules()
    claim = draft_claim(the_firm)
    client = enter(the_firm)

    receipts = []
    for _ in range(2):
        client.post(address("claim_declare", claim))
        receipts.append(Claim.objects.get().receipt_number)

    assert receipts[0] == receipts[1]


def test_a_page_of_preparation_leads_to_the_follow_up_once_filed(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm)

    for name in ("claim_people", "claim_check", "claim_declare"):
        assert enter(the_firm).get(address(name, claim)).url == address("claim", claim)


def test_there_is_no_receipt_before_filing(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)

    assert enter(the_firm).get(address("claim_receipt", claim)).status_code == 404


def test_a_claim_is_withdrawn_with_a_reason_only(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)
    client = enter(the_firm)

    client.post(address("claim_withdraw", claim), {"reason": ""})
    claim.refresh_from_db()
    without_reason = claim.state
    client.post(address("claim_withdraw", claim), {"reason": "Doublon"})
    claim.refresh_from_db()

    assert (without_reason, claim.state) == (ClaimState.DRAFT, ClaimState.WITHDRAWN)


def test_a_withdrawn_draft_offers_no_task(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)
    client = enter(the_firm)
    client.post(address("claim_withdraw", claim), {"reason": "Doublon"})

    page = client.get(address("claim", claim)).content.decode()

    assert "Retirée" in page
    assert "Vérifier et signer" not in page


def test_a_year_already_claimed_is_not_offered_again(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    offered = "Nouvelle demande pour"

    before = client.get(reverse("claims")).content.decode()
    draft_claim(the_firm)
    after = client.get(reverse("claims")).content.decode()

    assert offered in before
    assert offered not in after


def test_people_are_not_chosen_while_a_claim_awaits_its_signature(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)
    client = enter(the_firm, FirmRole.REDACTEUR)

    client.post(address("claim_hand_over", claim))
    page = client.get(address("claim_people", claim)).content.decode()

    assert "reprenez-la depuis sa page" in page
    assert "Enregistrer le choix" not in page


def test_a_page_of_somebody_signed_in_is_kept_nowhere(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)

    answer = enter(the_firm).get(address("claim_declare", claim))

    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
