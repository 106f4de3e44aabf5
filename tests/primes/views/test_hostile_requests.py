"""What no form of ours sends: answered, never a fault, and nothing is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.models import Import
from primes.claims.models.claim import Claim
from tests.factories.agency import account, staff
from tests.factories.claimants import people
from tests.factories.claims import draft_claim
from tests.primes.views.conftest import Enter, signed_in
from tests.primes.views.handing_over import hand_over

STRANGE_KEYS = ["²", "٣", "-1", "9" * 19, "9" * 5_000, "' OR 1=1"]
STRANGE_YEARS = ["-1", "0", "2010", "10000", "9" * 30, "2025.0", "é"]
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><TraitementEtSalaire>&c;'
FILES = {
    "entities.xml": ENTITIES,
    "deep.xml": b"<a>" * 100_000,
    "nul.csv": b"\0" * 1_000,
    "../../etc/passwd.csv": b"a;b\n1;2",
    "x\nSet-Cookie: a.csv": b"matricule_cnss\n\n",
    "\N{RIGHT-TO-LEFT OVERRIDE}vsc.xml": b"<TraitementEtSalaire/>",
    "n" * 300 + ".csv": b"matricule_cnss;cin\n1;AB1\n",
    "columns.csv": b"a;" * 500_000 + b"\n",
    "quote.csv": b'matricule_cnss;cin\n"' + b"a\n" * 200_000,
    "zip.xlsx": b"PK\x03\x04garbage",
}


@pytest.mark.parametrize("address", ["/espace/demandes/%00/", "/api/v1/claims/%00/", "/?a=%00"])
def test_a_nul_in_an_address_is_a_bad_request(enter: Enter, the_firm: Firm, address: str):
    assert enter(the_firm).get(address).status_code == 400


@pytest.mark.django_db
def test_a_nul_in_a_filter_of_the_administration_is_a_bad_request():
    client = signed_in(staff("instructeur"))

    assert client.get("/admin/primes/claim/?state__exact=%00").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["created_by__password__startswith", "firm__memberships__user"])
def test_a_filter_that_walks_to_passwords_is_refused(lookup: str):
    client = signed_in(staff("instructeur"))

    assert client.get(f"/admin/primes/claim/?{lookup}=!").status_code == 400


@pytest.mark.parametrize("year", STRANGE_YEARS)
def test_a_year_the_scheme_does_not_know_starts_nothing(enter: Enter, the_firm: Firm, year: str):
    answer = enter(the_firm).post(reverse("claims"), {"year": year})

    assert answer.status_code == 302
    assert not Claim.objects.exists()


@pytest.mark.parametrize("key", STRANGE_KEYS)
def test_a_key_that_is_none_is_left_out(enter: Enter, the_firm: Firm, key: str):
    claim = draft_claim(the_firm)
    client = enter(the_firm)

    chosen = client.post(reverse("claim_people", args=[claim.public_id]), {"people": key})
    completed = client.post(reverse("complete_many"), {"employment": key})

    assert {chosen.status_code, completed.status_code} <= {200, 302, 422}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_waits_and_writes_nothing(
    enter: Enter, the_firm: Firm, name: str
):
    people(the_firm, 1)
    before = ReceivedFile.objects.count()
    upload = SimpleUploadedFile(name, FILES[name])

    answer = hand_over(enter(the_firm), upload)

    good = sum(Import.objects.values_list("good", flat=True))
    assert answer.status_code == 422 or good == 0
    assert ReceivedFile.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(client: Client, target: str):
    person = account("personne")
    person.set_password("une-phrase-assez-longue")
    person.save()

    answer = client.post(
        f"{reverse('sign_in')}?next={target}",
        {"username": person.email, "password": "une-phrase-assez-longue", "next": target},
    )

    assert (answer.status_code, answer.url) == (302, "/espace/")


@pytest.mark.parametrize(
    "name", ["import_new", "claims", "choose_firm", "complete_many", "sign_out"]
)
def test_a_form_sent_from_elsewhere_is_refused(enter: Enter, the_firm: Firm, name: str):
    client = Client(enforce_csrf_checks=True)
    client.cookies = enter(the_firm).cookies

    assert client.post(reverse(name)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/connexion/", "/absente/", "/api/v1/claims/", "/sante/"])
def test_every_answer_tells_the_browser_what_to_refuse(client: Client, address: str):
    headers = client.get(address).headers

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")
