"""What anybody sees without an account."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from tests.factories.agency import account, staff
from tests.factories.claimants import firm, signataire_of

pytestmark = pytest.mark.django_db
PASSWORD = "une longue phrase de passe"


def test_the_home_page_says_how_much_when_and_where_to_go(client: Client):
    page = client.get("/").content.decode()

    assert "3,5\N{NO-BREAK SPACE}%" in page
    assert "30\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2026" in page
    assert reverse("simulator") in page
    assert reverse("sign_in") in page


def test_a_page_names_its_language_and_its_direction(client: Client):
    assert '<html lang="fr" dir="ltr">' in client.get("/").content.decode()


def test_an_arabic_page_runs_from_right_to_left():
    with translation.override("ar"):
        page = render_to_string("base.html", request=RequestFactory().get("/"))

    assert '<html lang="ar" dir="rtl">' in page


def test_the_simulator_multiplies_what_the_law_gives_one_recruit(client: Client):
    asked = {"mode": "recruits", "year": "2026", "people": "120", "pay": "96 000,50"}

    estimate = client.get("/simulateur/", asked).context["estimate"]

    assert (estimate.each, estimate.total) == (3_360_02, 403_202_40)


def test_the_simulator_gives_the_worked_figure_of_a_conversion(client: Client):
    asked = {"mode": "person", "year": "2026", "hired_on": "15/01/2026", "contract": "CDI"}
    asked |= {"stable_from": "01/04/2026", "income": "90000", "nationality": "MA", "trained": "1"}

    estimate = client.get("/simulateur/", asked).context["estimate"]

    assert (estimate.base, estimate.total) == (70_512_82, 2_467_95)


def test_the_simulator_says_why_nothing_is_due(client: Client):
    asked = {"mode": "person", "year": "2026", "hired_on": "30/06/2025", "contract": "CDI"}
    asked |= {"income": "90000", "nationality": "MA", "trained": "1"}

    estimate = client.get("/simulateur/", asked).context["estimate"]

    assert estimate.reasons == ("hired_in_period",)
    assert estimate.total == 0


def test_an_estimate_never_commits(client: Client):
    asked = {"mode": "recruits", "year": "2026", "people": "1", "pay": "60000"}

    assert "sans valeur d’engagement" in client.get("/simulateur/", asked).content.decode()


def test_a_wrong_figure_is_named_at_the_top_and_beside_its_field(client: Client):
    asked = {"mode": "recruits", "year": "2026", "people": "douze", "pay": "60000"}

    answer = client.get("/simulateur/", asked)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Erreur" in page
    assert '<a href="#recruits-people">' in page
    assert page.count("Écrivez un nombre entier de recrues.") == 2
    assert 'value="douze"' in page


def test_a_problem_names_its_question(client: Client):
    """Two days may be wrong in the same way: the words alone do not say which."""
    asked = {"mode": "person", "year": "2026", "hired_on": "31/02/2026", "left_on": "x"}

    page = client.get("/simulateur/", asked).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert '<a href="#person-hired_on">Embauche : Écrivez un jour qui existe' in page
    assert '<a href="#person-left_on">Départ (facultatif) : Écrivez un jour qui existe' in page


def test_the_next_answer_comes_in_the_language_of_this_one(client: Client):
    asked = {"mode": "recruits", "year": "2026", "people": "1", "pay": "60000", "langue": "ar"}

    page = client.get("/simulateur/", asked).content.decode()

    assert page.count('<input type="hidden" name="langue" value="ar">') == 2


def test_two_forms_of_one_page_never_share_an_anchor(client: Client):
    page = client.get("/simulateur/").content.decode()

    anchors = [part.split('"')[0] for part in page.split(' id="')[1:]]

    assert len(anchors) == len(set(anchors))


def test_health_is_public_and_says_what_answers(client: Client):
    answer = client.get("/sante/")

    assert answer.status_code == 200
    assert answer.json()["database"] is True
    assert {"status", "database", "broker"} == answer.json().keys()


def test_an_unknown_address_says_that_nothing_is_lost_in_three_languages(client: Client):
    client.force_login(account("someone"))

    answer = client.get("/espace/rien-de-tel/")

    assert answer.status_code == 404
    assert all(text in answer.content.decode() for text in ("perdu", "عملكم", "lost"))


def test_the_right_password_opens_the_space(client: Client):
    user = signataire_of(firm())
    user.set_password(PASSWORD)
    user.save()

    answer = client.post("/connexion/", {"username": user.email.upper(), "password": PASSWORD})

    assert answer.url == "/espace/"


def test_a_wrong_password_never_says_which_of_the_two_is_wrong(client: Client):
    typed = {"username": "personne@primes.test", "password": "x"}

    page = client.post("/connexion/", typed).content.decode()

    assert "ensemble, ils ne correspondent à aucun compte" in page
    assert 'value="personne@primes.test"' in page


def test_a_page_of_the_space_asks_to_sign_in_and_comes_back(client: Client):
    answer = client.get("/espace/demandes/")

    assert answer.url == "/connexion/?next=/espace/demandes/"


def test_signing_out_needs_a_post(client: Client):
    client.force_login(account("someone"))

    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").url == "/"


def test_the_agency_is_led_to_its_own_site(client: Client):
    client.force_login(staff("instructeur"))

    assert client.get("/espace/").url == "/admin/"


def test_somebody_who_acts_for_no_firm_is_told_so(client: Client):
    client.force_login(account("nobody"))

    assert "n’agit pour aucune entreprise" in client.get("/espace/").content.decode().replace(
        "n&#x27;", "n’"
    )
