"""An import is its firm's alone; a reader looks at it, and a page asks little of the database."""

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import Import
from tests.factories.browsers import queries
from tests.factories.claimants import firm
from tests.factories.imports import an_import, loaded, staged, wrong
from tests.factories.jobs import a_job
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
BUDGET = 15
PAGES = [
    "import_match", "import_check", "import_repair", "import_confirm", "import_result",
    "import_undo", "import_abandon", "import_report",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_an_import_of_another_firm_and_none_answer_alike(enter: Enter, the_firm: Firm, name: str):
    theirs = an_import(firm(2)).public_id

    answers = [enter(the_firm).get(reverse(name, args=[key])) for key in (theirs, "imp_none")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_file_and_the_job_of_another_firm_are_nobodys(enter: Enter, the_firm: Firm):
    theirs = an_import(firm(2))
    client = enter(the_firm)

    annotated = client.get(reverse("import_annotated", args=[theirs.public_id, 0]))
    job = client.get(reverse("job", args=[a_job(theirs).public_id]))

    assert (annotated.status_code, job.status_code) == (404, 404)


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("import_match", {}),
        ("import_repair", {"skip_all": "all"}),
        ("import_confirm", {}),
        ("import_abandon", {}),
    ],
)
def test_nobody_acts_on_the_import_of_another_firm(
    enter: Enter, the_firm: Firm, name: str, posted: dict[str, str]
):
    theirs = an_import(firm(2))

    answer = enter(the_firm).post(reverse(name, args=[theirs.public_id]), posted)

    assert answer.status_code == 404
    assert Import.objects.get().state == Import.State.CHECKED


def test_a_reader_sees_the_repairs_and_no_field_to_write_in(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 2, "matricule_cnss", "employee_number_format", "12345678X")
    address = reverse("import_repair", args=[row.public_id])

    page = enter(the_firm, FirmRole.LECTEUR).get(
        address, {"probleme": "employee_number_format~matricule_cnss"}
    )

    said = page.content.decode()
    assert "<form" not in said.split("<main")[1]
    assert "12345678X" not in said
    assert "…78X" in said


@pytest.mark.parametrize(
    ("name", "posted"),
    [("import_confirm", {}), ("import_abandon", {}), ("import_repair", {"skip_all": "all"})],
)
def test_a_reader_who_acts_is_refused(
    enter: Enter, the_firm: Firm, name: str, posted: dict[str, str]
):
    row = an_import(the_firm)
    wrong(row, 2, "cin", "national_id_format", "X")
    address = f"{reverse(name, args=[row.public_id])}?probleme=national_id_format~cin"

    answer = enter(the_firm, FirmRole.LECTEUR).post(address, posted)

    assert answer.status_code == 422
    assert answer.context["refusal"].code == "role_missing"
    assert Import.objects.get().state == Import.State.CHECKED


def test_a_reader_cannot_undo(enter: Enter, the_firm: Firm):
    row = loaded(the_firm)

    answer = enter(the_firm, FirmRole.LECTEUR).post(reverse("import_undo", args=[row.public_id]))

    assert answer.context["refusal"].code == "role_missing"
    assert Import.objects.get().state == Import.State.LOADED


@pytest.mark.parametrize("name", ["import_repair", "import_confirm"])
def test_a_page_asks_the_same_whatever_the_rows(enter: Enter, the_firm: Firm, name: str):
    row = an_import(the_firm, good=3)
    address = reverse(name, args=[row.public_id]) + "?probleme=date~date_embauche"
    client = enter(the_firm)
    _fill(row, 2)
    before = queries(client, address)
    _fill(row, 60)

    assert queries(client, address) == before <= BUDGET


def _fill(row: Import, last: int) -> None:
    """Wrong rows and rows that change, up to a line."""
    first = row.files.get().problems.count() + 2
    for line in range(first, last + 2):
        wrong(row, line, "date_embauche", "date", "hier")
        changes = {"taxable_income": [6_000_000, 7_000_000]}
        staged(row, 1_000 + line, effect="updated", changes=changes)


def test_the_list_of_imports_stays_within_the_budget(enter: Enter, the_firm: Firm):
    an_import(the_firm)
    client = enter(the_firm)
    before = queries(client, reverse("import_new"))
    for _ in range(8):
        an_import(the_firm)

    assert queries(client, reverse("import_new")) == before <= BUDGET


def test_a_page_of_progress_asks_little(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, Import.State.CHECKING)
    a_job(row, total=348, done=322)

    assert queries(enter(the_firm), reverse("import_check", args=[row.public_id])) <= BUDGET
