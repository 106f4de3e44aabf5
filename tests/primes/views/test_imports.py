"""An import begins: files chosen, refused where nothing can be read, columns matched."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import Import
from companies.workforce.models import Employee
from tests.factories.claimants import firm
from tests.factories.imports import an_import
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import confirm, hand_over, people_file

pytestmark = pytest.mark.django_db


def test_nothing_is_written_before_the_confirmation(enter: Enter, the_firm: Firm):
    client = enter(the_firm, FirmRole.REDACTEUR)

    hand_over(client, people_file())
    before = Employee.objects.count()
    confirm(client)

    assert (before, Employee.objects.count()) == (0, 1)


def test_a_file_without_a_fault_leads_to_its_confirmation(enter: Enter, the_firm: Firm):
    answer = hand_over(enter(the_firm), people_file())

    address = reverse("import_confirm", args=[Import.objects.get().public_id])
    assert answer.redirect_chain == [(address, 302)]


def test_a_file_with_a_wrong_cell_leads_to_its_repair(enter: Enter, the_firm: Firm):
    answer = hand_over(enter(the_firm), people_file(date_embauche="le 1er septembre"))

    page = answer.content.decode()
    assert answer.redirect_chain[0][0].endswith("/corriger/")
    assert "<title>1 ligne à corriger sur 1" in page


def test_limits_are_said_before_choosing(enter: Enter, the_firm: Firm):
    page = enter(the_firm).get(reverse("import_new")).content.decode()

    assert "50 Mo et 100\N{NO-BREAK SPACE}000 lignes" in page
    assert "Rien n’est enregistré avant votre confirmation" in page


def test_sending_nothing_is_said_beside_the_field(enter: Enter, the_firm: Firm):
    answer = enter(the_firm).post(reverse("import_new"), {})

    assert answer.status_code == 422
    assert answer.content.decode().count("Choisissez au moins un fichier.") == 2


def test_a_file_beyond_the_limit_is_named_with_the_limit(enter: Enter, the_firm: Firm, settings):
    settings.MAX_UPLOAD_BYTES = 50

    page = hand_over(enter(the_firm), people_file()).content.decode()

    assert "Le fichier salaries.csv dépasse" in page
    assert not Import.objects.exists()


def test_an_empty_file_is_named(enter: Enter, the_firm: Firm):
    answer = hand_over(enter(the_firm), people_file(), SimpleUploadedFile("vide.csv", b""))

    assert answer.status_code == 422
    assert "Le fichier vide.csv est vide" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_nobody_can_read_keeps_all_of_them_out(enter: Enter, the_firm: Firm):
    image = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00")

    answer = hand_over(enter(the_firm), people_file(), image)

    assert [each.found for each in answer.context["refusal"].problems] == ["PNG"]
    assert 'tabindex="-1" autofocus>' in answer.content.decode()
    assert not Import.objects.exists()


def test_a_reader_is_refused(enter: Enter, the_firm: Firm):
    answer = hand_over(enter(the_firm, FirmRole.LECTEUR), people_file())

    assert answer.context["refusal"].code == "role_missing"
    assert not Import.objects.exists()


def test_an_import_left_alone_is_found_again_with_the_days_left(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file(date_embauche="hier"))

    page = client.get(reverse("import_new")).content.decode()

    assert "encore 7 jours" in page
    assert reverse("import_repair", args=[Import.objects.get().public_id]) in page


def test_a_corrected_file_takes_the_place_of_its_import(enter: Enter, the_firm: Firm):
    corrected = an_import(the_firm)

    hand_over(enter(the_firm), people_file(), instead_of=corrected.public_id)

    corrected.refresh_from_db()
    assert corrected.state == Import.State.ABANDONED


def test_no_import_of_another_firm_is_replaced(enter: Enter, the_firm: Firm):
    theirs = an_import(firm(2))

    hand_over(enter(the_firm), people_file(), instead_of=theirs.public_id)

    theirs.refresh_from_db()
    assert theirs.state == Import.State.CHECKED
