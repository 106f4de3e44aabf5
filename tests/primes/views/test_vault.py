"""The page of the vault: papers in, their bytes out, what lapses, what claims ask for."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from companies.documents.actions import Paper
from companies.documents.models import Piece
from companies.firms.models import Certificate, Firm, FirmRole
from tests.companies.documents.papers import certificate, kept, pdf, png
from tests.factories.browsers import queries
from tests.factories.claimants import firm
from tests.factories.claims import draft_claim
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db

CERTIFICATE = {
    "kind": "cnss",
    "number": "CNSS-77",
    "valid_from": "01/01/2027",
    "valid_until": "31/12/2027",
}


def sent(content: bytes, name: str = "attestation.pdf", **typed: str) -> dict[str, object]:
    return {"kind": "other", "upload": SimpleUploadedFile(name, content)} | typed


def test_a_certificate_handed_over_is_in_the_vault_and_known_to_claims(
    enter: Enter, the_firm: Firm
):
    client = enter(the_firm)

    answer = client.post(reverse("vault_add"), sent(pdf(), **CERTIFICATE), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(reverse("vault"), 302)]
    assert "CNSS-77" in page
    assert "Non analysée" in page
    assert Certificate.objects.filter(firm=the_firm, number="CNSS-77").exists()


@pytest.mark.parametrize("field", ["number", "valid_from", "valid_until"])
def test_a_certificate_without_its_number_or_days_is_asked_for_them(
    enter: Enter, the_firm: Firm, field: str
):
    answer = enter(the_firm).post(reverse("vault_add"), sent(pdf(), **CERTIFICATE | {field: ""}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Piece.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<html><script>alert(1)</script></html>", "facture.pdf", "piece_active"),
        (pdf(b"<< /S /JavaScript /JS (x) >>"), "facture.pdf", "piece_active"),
        (pdf()[:-20], "facture.pdf", "piece_broken"),
    ],
)
def test_what_is_no_paper_is_refused_with_what_to_do(
    enter: Enter, the_firm: Firm, content: bytes, name: str, code: str
):
    answer = enter(the_firm).post(reverse("vault_add"), sent(content, name))

    assert (answer.status_code, answer.context["refusal"].code) == (422, code)
    assert not Piece.objects.exists()


def test_the_bytes_come_back_as_they_came_to_be_saved_and_never_shown(enter: Enter, the_firm: Firm):
    piece = kept(the_firm, png())

    answer = enter(the_firm, FirmRole.LECTEUR).get(
        reverse("vault_take_out", args=[piece.public_id])
    )

    assert answer.content == png()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="piece.pdf.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_paper_that_waits_for_the_scanner_is_withheld(enter: Enter, the_firm: Firm, settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    piece = kept(the_firm)
    address = reverse("vault_take_out", args=[piece.public_id])
    client = enter(the_firm)

    answer = client.get(address)

    assert (answer.status_code, answer.context["refusal"].code) == (422, "piece_not_released")
    assert f'"{address}"' not in client.get(reverse("vault")).content.decode()


@pytest.mark.parametrize("name", ["vault_take_out", "vault_renew"])
def test_a_paper_of_another_firm_and_none_answer_alike(enter: Enter, the_firm: Firm, name: str):
    theirs = kept(firm(2))
    client = enter(the_firm)

    answers = [client.get(reverse(name, args=[key])) for key in (theirs.public_id, "pce_none")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_newer_paper_takes_the_place_of_the_older_one(enter: Enter, the_firm: Firm):
    older = kept(the_firm, paper=Paper("contract", "Bail"))
    client = enter(the_firm)
    address = reverse("vault_renew", args=[older.public_id])
    assert 'value="contract"' in client.get(address).content.decode()

    client.post(address, sent(png(), kind="contract", title="Nouveau bail"))

    page = client.get(reverse("vault"))
    assert [piece.title for piece in page.context["pieces"]] == ["Nouveau bail"]
    assert [piece.title for piece in page.context["earlier"]] == ["Bail"]


def test_a_reader_adds_nothing(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.LECTEUR)

    assert reverse("vault_add") not in client.get(reverse("vault")).content.decode()
    assert client.post(reverse("vault_add"), sent(pdf())).context["refusal"].code == "role_missing"


def test_what_lapses_is_told_on_the_page_and_on_the_overview(enter: Enter, the_firm: Firm):
    Certificate.objects.filter(firm=the_firm, kind="tax").update(valid_until=date(2026, 4, 20))
    Certificate.objects.filter(firm=the_firm, kind="cnss").update(valid_until=date(2026, 4, 1))
    client = enter(the_firm)

    told = [
        (each.title, each.days_left) for each in client.get(reverse("vault")).context["expiring"]
    ]
    overview = client.get(reverse("dashboard")).content.decode()

    assert told == [
        ("Attestation de régularité CNSS", -6),
        ("Attestation de régularité fiscale", 13),
    ]
    assert "Attestation de régularité CNSS n’est plus valable" in overview
    assert "Attestation de régularité fiscale expire bientôt" in overview


def test_the_page_lists_what_the_claims_ask_for(enter: Enter, the_firm: Firm):
    claim = draft_claim(the_firm)
    Certificate.objects.filter(firm=the_firm, kind="tax").delete()

    page = enter(the_firm).get(reverse("vault"))

    asked = {row.asked.code: row.asked.standing for row in page.context["asked_by_claim"][0].rows}
    assert page.context["asked_by_claim"][0].claim == claim
    assert (asked["cnss_standing"], asked["tax_standing"]) == ("held", "missing")
    assert f"{reverse('vault_add')}?nature=tax" in page.content.decode()


def test_the_page_asks_as_much_for_many_papers_as_for_few(enter: Enter, the_firm: Firm):
    draft_claim(the_firm)
    kept(the_firm, paper=certificate())
    client = enter(the_firm)
    before = queries(client, reverse("vault"))
    for width in range(3, 9):
        kept(the_firm, png(width))

    assert queries(client, reverse("vault")) == before <= 15
