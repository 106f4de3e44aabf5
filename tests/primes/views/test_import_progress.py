"""How far the check of an import has come, with a script and without."""

import pytest
from django.urls import reverse

from accounts.jobs.models import Job
from companies.firms.models import Firm, FirmRole
from companies.imports.models import Import
from tests.factories.imports import an_import
from tests.factories.jobs import a_job
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db


def checking(of: Firm) -> Import:
    return an_import(of, Import.State.CHECKING)


def page_of(enter: Enter, row: Import, role: FirmRole = FirmRole.SIGNATAIRE) -> str:
    answer = enter(row.firm, role).get(reverse("import_check", args=[row.public_id]))
    return answer.content.decode()


def test_rows_done_are_said_in_words_and_on_a_bar(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    a_job(row, done=1322, total=2348)

    page = page_of(enter, row)

    assert 'max="2348" value="1322"' in page
    assert '<bdi class="nowrap">1\N{NO-BREAK SPACE}322</bdi> lignes sur' in page
    assert "Vous pouvez fermer cette page" in page


def test_the_page_has_a_link_that_asks_again_without_a_script(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    a_job(row)

    assert f'<a href="{reverse("import_check", args=[row.public_id])}">Recharger' in page_of(
        enter, row
    )


def test_a_page_of_progress_is_never_kept_by_the_browser(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    a_job(row)

    answer = enter(the_firm).get(reverse("import_check", args=[row.public_id]))

    assert "no-store" in answer.headers["Cache-Control"]


def test_once_it_is_over_the_page_leads_to_the_rows(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, bad=2)
    a_job(row, Job.State.DONE)

    answer = enter(the_firm).get(reverse("import_check", args=[row.public_id]))

    assert answer.headers["Location"] == reverse("import_repair", args=[row.public_id])


def test_somebody_stops_it(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    job = a_job(row)
    address = reverse("import_check", args=[row.public_id])

    page = enter(the_firm).post(address, {"cancel": ""}, follow=True).content.decode()

    job.refresh_from_db()
    assert job.cancel_asked_at is not None
    assert "L’arrêt est demandé" in page


def test_a_reader_cannot_stop_it(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    job = a_job(row)
    client = enter(the_firm, FirmRole.LECTEUR)

    answer = client.post(reverse("import_check", args=[row.public_id]), {"cancel": ""})

    job.refresh_from_db()
    assert answer.context["refusal"].code == "role_missing"
    assert job.cancel_asked_at is None
    assert "Arrêter" not in page_of(enter, row, FirmRole.LECTEUR)


def test_what_failed_says_why_and_may_be_tried_again(enter: Enter, the_firm: Firm):
    row = checking(the_firm)
    a_job(row, Job.State.FAILED, failure="job_gave_up")

    page = page_of(enter, row)

    assert "Cela n’a pas abouti" in page
    assert "Réessayer" in page


def test_a_job_of_the_firm_has_a_page_of_its_own(enter: Enter, the_firm: Firm):
    job = a_job(checking(the_firm), Job.State.WAITING)

    page = enter(the_firm).get(reverse("job", args=[job.public_id]))

    assert "En attente" in page.content.decode()
