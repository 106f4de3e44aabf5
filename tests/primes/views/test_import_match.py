"""Columns of the firm's own table, matched to ours: guessed, said, remembered."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import Import, KnownLayout
from companies.workforce.models import Employment
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import confirm, hand_over, table

pytestmark = pytest.mark.django_db
TITLES = ["N° CNSS", "Nom", "Date d'entrée", "Contrat", "Nationalité"]
ROW = ["123456785", "Alami", "13/09/2025", "Statutaire", "MA"]


def asked(client: Client, *rows: list[str]) -> HttpResponse:
    """The page of matches of a table with these rows."""
    return hand_over(client, table("effectif.csv", TITLES, *(rows or [ROW])))


def matched(client: Client, **answers: str) -> HttpResponse:
    """The page sent as it stands, but for these answers."""
    row = Import.objects.get()
    prefix = f"f{row.files.get().pk}-"
    page = client.get(reverse("import_match", args=[row.public_id]))
    [form] = page.context["forms"]
    sent = {prefix + name: form[name].value() or "" for name in form.fields}
    sent |= {f"{prefix}column_cin": "none", f"{prefix}column_revenu_brut_imposable": "none"}
    sent |= {f"{prefix}column_prenom": "none", "remember": "on"}
    sent |= {prefix + name: text for name, text in answers.items()}
    return client.post(reverse("import_match", args=[row.public_id]), sent, follow=True)


def test_our_fields_stand_beside_their_columns_with_samples_and_a_reason(
    enter: Enter, the_firm: Firm
):
    page = asked(enter(the_firm)).content.decode()

    assert "A – N° CNSS (123456785)" in page
    assert "même nom" in page
    assert "<bdi data-samples>123456785</bdi>" in page


def test_a_word_is_given_its_meaning_once(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    page = asked(client).content.decode()
    matched(client, word_type_contrat_0="CDI")
    confirm(client)

    assert "« Statutaire »" in page
    assert Employment.objects.get().contract == "CDI"


def test_a_word_that_is_left_keeps_its_rows_waiting(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    asked(client)

    answer = matched(client)

    assert "<title>1 ligne à corriger sur 1" in answer.content.decode()


def test_days_that_may_be_read_two_ways_are_asked_about_with_an_example(
    enter: Enter, the_firm: Firm
):
    client = enter(the_firm)
    ambiguous = [*ROW[:2], "05/08/2025", "CDI", "MA"]

    page = asked(client, ambiguous).content.decode()
    unanswered = matched(client)
    matched(client, order_date_embauche="mdy")
    confirm(client)

    assert "que veut dire 05/08/2025" in page
    assert "5\N{NO-BREAK SPACE}août" in page or "5 août" in page
    assert unanswered.status_code == 422
    assert Employment.objects.get().hired_on.isoformat() == "2025-05-08"


def test_one_column_is_not_two_fields(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    asked(client)

    answer = matched(client, column_prenom="1")

    assert answer.status_code == 422
    assert "Cette colonne est déjà prise par" in answer.content.decode()


def test_somebody_must_be_named_by_a_number(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    asked(client)

    answer = matched(client, column_matricule_cnss="none")

    assert "Il en faut au moins une : matricule_cnss, cin." in answer.content.decode().replace(
        "\N{NO-BREAK SPACE}:", " :"
    )


def test_what_was_answered_is_not_asked_again(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    asked(client)
    matched(client, word_type_contrat_0="CDI")

    answer = asked(client, ["123456793", "Bennani", "14/09/2025", "Statutaire", "MA"])

    assert answer.redirect_chain[0][0].endswith("/confirmer/")


def test_nothing_is_remembered_when_the_box_is_not_ticked(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    asked(client)
    row = Import.objects.get()
    prefix = f"f{row.files.get().pk}-"
    columns = {"matricule_cnss": 0, "nom": 1, "date_embauche": 2, "type_contrat": 3}
    sent = {f"{prefix}column_{name}": place for name, place in columns.items()}
    unsaid = ("cin", "prenom", "nationalite", "revenu_brut_imposable")
    sent |= {f"{prefix}column_{name}": "none" for name in unsaid}

    client.post(reverse("import_match", args=[row.public_id]), sent)

    assert Import.objects.get().state == Import.State.CHECKED
    assert not KnownLayout.objects.exists()


def test_a_reader_looks_and_matches_nothing(enter: Enter, the_firm: Firm):
    asked(enter(the_firm))
    reader = enter(the_firm, FirmRole.LECTEUR)

    answer = matched(reader)

    assert answer.context["refusal"].code == "role_missing"
    assert Import.objects.get().state == Import.State.MATCHING


def test_words_of_a_column_that_was_not_guessed_are_asked_in_a_second_round(
    enter: Enter, the_firm: Firm
):
    client = enter(the_firm)
    titles = ["N° CNSS", "Nom", "Date d'entrée", "Régime interne", "Nationalité"]
    hand_over(client, table("effectif.csv", titles, [*ROW[:2], "05/08/2025", *ROW[3:]]))
    answers = {"order_date_embauche": "dmy", "column_type_contrat": "3"}

    second = matched(client, **answers)
    matched(client, **answers, word_type_contrat_0="CDD")
    confirm(client)

    assert "à préciser une fois" in second.content.decode()
    assert Employment.objects.get().contract == "CDD"
