"""Sending files: loaded whole, or refused with the place of each problem."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from companies.documents.models import ReceivedFile
from companies.firms.models import Firm, FirmRole
from companies.imports.models import FileLoad
from companies.workforce.models import Employee
from tests.factories.claims import AT
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
COLUMNS = {
    "matricule_cnss": "123456785",
    "cin": "BE123456",
    "nom": "Alami",
    "prenom": "Sara",
    "nationalite": "MA",
    "date_embauche": "01/09/2025",
    "date_depart": "",
    "type_contrat": "CDI",
    "date_contrat_stable": "",
    "derniere_declaration_meme_employeur": "aucune",
    "revenu_brut_imposable": "60000",
    **{f"mois_{month:02}": "" for month in range(1, 13)},
    "heures_formation": "",
    "cout_formation": "",
    "finance_par": "",
}


def people_file(name: str = "salaries.csv", **changed: str) -> SimpleUploadedFile:
    """One person, with what the test changes of her."""
    lines = [COLUMNS.keys(), (COLUMNS | changed).values()]
    return SimpleUploadedFile(name, "".join(";".join(line) + "\n" for line in lines).encode())


def test_a_file_is_loaded_and_its_report_counts_the_people(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.REDACTEUR)

    answer = client.post(reverse("files"), {"uploads": [people_file()]}, follow=True)

    load = FileLoad.objects.get()
    assert answer.redirect_chain == [(reverse("files"), 302)]
    assert (load.rows, load.created) == (1, 1)
    assert client.get(reverse("file_report", args=[load.pk])).status_code == 200


def test_the_same_file_twice_changes_nothing(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    for _ in range(2):
        client.post(reverse("files"), {"uploads": [people_file()]})

    assert (FileLoad.objects.count(), Employee.objects.count()) == (1, 1)


def test_a_refused_file_names_line_field_and_what_was_found(enter: Enter, the_firm: Firm):
    wrong = people_file(date_embauche="le 1er septembre")

    answer = enter(the_firm).post(reverse("files"), {"uploads": [wrong]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "date_embauche" in page
    assert "le 1er septembre" in page
    assert "<title>Erreur" in page


def test_one_refused_file_keeps_all_of_them_out(enter: Enter, the_firm: Firm):
    wrong = people_file("autre.csv", cin="", matricule_cnss="12x")

    enter(the_firm).post(reverse("files"), {"uploads": [people_file(), wrong]})

    assert not ReceivedFile.objects.exists()
    assert not Employee.objects.exists()


def test_sending_nothing_is_said_beside_the_field(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("files"), {})

    assert answer.status_code == 422
    assert answer.content.decode().count("Choisissez au moins un fichier.") == 2


def test_a_file_beyond_the_limit_is_named_with_the_limit(enter: Enter, the_firm: Firm, settings):
    settings.MAX_UPLOAD_BYTES = 50

    page = enter(the_firm).post(reverse("files"), {"uploads": [people_file()]}).content.decode()

    assert "Le fichier salaries.csv dépasse" in page
    assert not ReceivedFile.objects.exists()


def test_a_reader_is_refused(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.LECTEUR)

    answer = client.post(reverse("files"), {"uploads": [people_file()]})

    assert answer.context["refusal"].code == "role_missing"
    assert not ReceivedFile.objects.exists()


def messages_of(answer: HttpResponse) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in answer.context["messages"]]


def test_a_file_received_already_is_said_to_change_nothing(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    client.post(reverse("files"), {"uploads": [people_file()]}, follow=True)
    with time_machine.travel(AT + timedelta(minutes=1)):
        answer = client.post(reverse("files"), {"uploads": [people_file()]}, follow=True)

    assert messages_of(answer) == [("info", "1 fichier avait déjà été reçu : rien ne change.")]


def test_warnings_of_a_loaded_file_are_pointed_at(enter: Enter, the_firm: Firm):
    sent = {"uploads": [people_file(heures_formation="12")]}

    answer = enter(the_firm).post(reverse("files"), sent, follow=True)

    assert [tag for tag, _ in messages_of(answer)] == ["success", "warning"]


def test_an_empty_file_is_named(enter: Enter, the_firm: Firm):
    sent = {"uploads": [people_file(), SimpleUploadedFile("vide.csv", b"")]}

    answer = enter(the_firm).post(reverse("files"), sent)

    assert answer.status_code == 422
    assert "Le fichier vide.csv est vide" in answer.content.decode()
    assert not ReceivedFile.objects.exists()


def test_the_bytes_of_an_image_are_not_shown_to_people(enter: Enter, the_firm: Firm):
    image = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00")

    problem = enter(the_firm).post(reverse("files"), {"uploads": [image]}).context["refusal"]

    assert [each.found for each in problem.problems] == ["PNG"]


def test_a_refused_file_takes_the_focus_without_a_script(enter: Enter, the_firm: Firm):
    wrong = people_file(date_embauche="hier")

    page = enter(the_firm).post(reverse("files"), {"uploads": [wrong]}).content.decode()

    assert 'tabindex="-1" autofocus>' in page


def test_the_period_of_a_yearly_file_is_a_year(enter: Enter, the_firm: Firm):
    client = enter(the_firm)

    client.post(reverse("files"), {"uploads": [people_file()]})
    page = client.get(reverse("files")).content.decode()

    assert "janvier" not in page
    assert 'data-label="Période">2025<' in page
