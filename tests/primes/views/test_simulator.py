"""The public simulator: one person explained, many rows computed, nothing kept."""

from collections.abc import Mapping

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.test import Client

from primes.rules.digest import rule_digest
from tests.companies.imports.formats.workbooks import Cell, Sheet, table, workbook

pytestmark = pytest.mark.django_db

PAF = {
    "mode": "person",
    "regime": "paf-2025",
    "year": "2026",
    "hired_on": "15/01/2026",
    "contract": "CDI",
    "stable_from": "01/04/2026",
    "income": "90000",
    "nationality": "MA",
    "trained": "1",
}
PAE = {
    "mode": "person",
    "regime": "pae-2025",
    "year": "2027",
    "hired_on": "10/09/2025",
    "contract": "CDI",
    "first_income": "40000",
    "second_income": "120000",
    "nationality": "MA",
}
TITLES = ("cin", "nationalite", "date_embauche", "type_contrat", "revenu_brut_imposable")
TITLES_OF_ALL = (*TITLES, "matricule_cnss", "heures_formation")
SALMA: dict[str, Cell] = {
    "cin": "AB12345",
    "nationalite": "MA",
    "date_embauche": "2026-01-01",
    "type_contrat": "CDI",
    "revenu_brut_imposable": "60000",
    "matricule_cnss": "123456785",
    "heures_formation": "12",
}
OMAR = SALMA | {"cin": "AB2222", "matricule_cnss": "100000018"}


def pasted(*rows: Mapping[str, Cell]) -> str:
    lines = [TITLES_OF_ALL, *([str(row[name]) for name in TITLES_OF_ALL] for row in rows)]
    return "\n".join("\t".join(line) for line in lines)


def send(client: Client, **fields: object) -> HttpResponse:
    asked = {"scheme": "paf-2025", "year": "2026", "rows": ""} | fields
    return client.post("/simulateur/", asked)


def words(answer: HttpResponse) -> str:
    """The page on one line; no-break spaces become spaces."""
    return " ".join(answer.content.decode().split())


def test_a_person_gets_verdict_amount_articles_and_certainty(client: Client):
    page = words(client.get("/simulateur/", PAF))

    assert "sans valeur d’engagement" in page
    assert "2 467,95 DH" in page
    assert "(hypothèse)" in page
    assert "90 000,00 DH × 275 jours ÷ 351 jours" in page


def test_every_failing_condition_is_said_with_its_remedy(client: Client):
    asked = PAF | {"nationality": "XX", "contract": "CDD", "trained": ""}

    answer = client.get("/simulateur/", asked)

    failing = [block for block in answer.context["estimate"].conditions if block.holds is False]
    assert [block.code for block in failing] == [
        "nationality_moroccan",
        "stable_contract",
        "within_bonus_window",
        "declared_to_cnss",
        "trained_in_year",
    ]
    page = answer.content.decode()
    assert all(block.remedy and block.reference for block in failing)
    assert page.count('<span class="tag err">') == len(failing)


def test_the_employment_bonus_is_taken_from_two_years(client: Client):
    estimate = client.get("/simulateur/", PAE).context["estimate"]

    assert (estimate.base, estimate.total) == (122_849_32, 20_884_38)


@pytest.mark.parametrize(("typed", "reasons"), [("", ("income_positive",)), ("0", ())])
def test_an_empty_second_income_is_unknown_and_zero_is_known(
    client: Client, typed: str, reasons: tuple[str, ...]
):
    estimate = client.get("/simulateur/", PAE | {"second_income": typed}).context["estimate"]

    assert estimate.reasons == reasons


@pytest.mark.parametrize(("year", "eligible"), [("2026", False), ("2027", True), ("2028", False)])
def test_the_employment_bonus_belongs_to_the_year_of_the_eighteen_months(
    client: Client, year: str, eligible: bool
):
    asked = PAE | {"year": year}

    assert client.get("/simulateur/", asked).context["estimate"].eligible is eligible


@pytest.mark.parametrize("regime", ["paf-2025", "pae-2025"])
def test_one_person_is_asked_six_to_eight_questions(client: Client, regime: str):
    person = client.get("/simulateur/", {"regime": regime}).context["person"]

    assert 6 <= len(person.fields) <= 8


def test_a_result_has_an_address_with_its_day_and_the_version_of_the_rules(client: Client):
    page = client.get("/simulateur/", PAF).content.decode()
    address = page.split('<a href="http://testserver')[1].split('"')[0].replace("&amp;", "&")

    again = client.get(address)

    assert f"regles={rule_digest()[:12]}" in address
    assert "jour=20" in address
    assert again.context["estimate"].total == 2_467_95
    assert "ont changé depuis" not in again.content.decode()


def test_an_address_kept_under_other_rules_says_so(client: Client):
    kept = PAF | {"jour": "2026-03-05", "regles": "0123456789ab"}

    page = words(client.get("/simulateur/", kept))

    assert "5 mars 2026 avec la version 0123456789ab" in page
    assert "ont changé depuis" in page


@pytest.mark.parametrize(
    "kept", [{"jour": "hier", "regles": "0123456789ab"}, {"jour": "2026-03-05", "regles": "<b>"}]
)
def test_what_is_no_version_of_rules_is_not_read(client: Client, kept: dict[str, str]):
    page = client.get("/simulateur/", PAF | kept).content.decode()

    assert "ont changé depuis" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("language", "direction", "title"),
    [
        ("ar", "rtl", "تقدير دون أي التزام"),
        ("en", "ltr", "Estimate without commitment"),
        ("xx", "ltr", "Estimation sans valeur d’engagement"),
    ],
)
def test_the_result_is_read_in_three_languages(
    client: Client, language: str, direction: str, title: str
):
    page = client.get("/simulateur/", PAF | {"langue": language}).content.decode()

    section = page.split('<section class="notice info"')[1].split("</section>")[0]
    assert f'dir="{direction}"' in section
    assert title in section


def test_pasted_rows_are_computed_and_summed(client: Client):
    people = send(client, rows=pasted(SALMA, OMAR)).context["people"]

    assert [(line.identifier, line.amount) for line in people.lines] == [
        ("AB12345", 2_100_00),
        ("AB2222", 2_100_00),
    ]
    assert (people.eligible_count, people.total, people.problems) == (2, 4_200_00, ())


def test_good_rows_are_computed_and_bad_ones_named_with_what_to_do(client: Client):
    bad = SALMA | {"cin": "J12345", "matricule_cnss": "0", "date_embauche": "32/01/2026"}

    answer = send(client, rows=pasted(SALMA, bad, OMAR))

    people, page = answer.context["people"], words(answer)
    assert answer.status_code == 200
    assert [line.line for line in people.lines] == [2, 4]
    assert (people.total, people.wrong_lines) == (4_200_00, 1)
    assert "date_embauche" in page
    assert "32/01/2026" in page
    assert "Écrivez-la par exemple 31/01/2026." in page


def test_absent_columns_are_read_as_empty_and_named(client: Client):
    text = "\n".join(["\t".join(TITLES), "\t".join(str(SALMA[name]) for name in TITLES)])

    people = send(client, rows=text).context["people"]

    assert "heures_formation" in people.absent
    assert people.lines[0].reasons == ("declared_to_cnss", "trained_in_year")


def test_rows_that_disagree_leave_the_others_computed(client: Client):
    titles = (*TITLES, "annee")
    rows = [
        SALMA | {"annee": "2025", "date_embauche": "2025-09-10"},
        SALMA | {"annee": "2026", "date_embauche": "2025-09-11"},
        OMAR | {"annee": "2026", "date_embauche": "2025-09-10"},
    ]
    text = "\n".join("\t".join(str(row.get(name)) for name in titles) for row in rows)

    answer = send(client, rows="\t".join(titles) + "\n" + text, scheme="pae-2025", year="2027")

    people = answer.context["people"]
    assert [line.identifier for line in people.lines] == ["AB2222"]
    assert [problem.code for problem in people.problems] == ["rows_disagree"]


def test_a_workbook_is_computed_as_its_rows_would_be(client: Client):
    content = workbook(Sheet(table(SALMA, OMAR, names=TITLES_OF_ALL)))

    answer = send(client, file=SimpleUploadedFile("gens.xlsx", content))

    assert answer.context["people"].total == 4_200_00


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"AB12345\tMA\t2026-01-01", "header_missing"),
        (b"<html></html>", "header_missing"),
        (b"PK\x05\x06" + bytes(18), "zip_not_workbook"),
        (b"cin\tnom\tprenom\n\xff", "not_utf8"),
        (b"cin\tnom\tprenom\tmois_13\n", "month_column"),
        (b"cin\tnom\tprenom\n" + b"X\tY\tZ\n" * 1001, "too_many_people"),
    ],
)
def test_what_cannot_be_read_at_all_is_said_and_computes_nothing(
    client: Client, content: bytes, code: str
):
    answer = send(client, file=SimpleUploadedFile("gens.txt", content))

    assert answer.status_code == 422
    assert answer.context["refusal"].code == code
    assert answer.context["people"] is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "rows"),
        ({"rows": "x", "file": SimpleUploadedFile("a.csv", b"x")}, "rows"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * ((2 << 20) + 1))}, "file"),
        ({"rows": "x" * ((1 << 20) + 1)}, "rows"),
        ({"rows": "x", "year": "2031"}, "year"),
        ({"rows": "x", "year": "demain"}, "year"),
        ({"rows": "x", "scheme": "paf-2026"}, "scheme"),
    ],
)
def test_what_is_asked_wrongly_is_named_beside_its_field(
    client: Client, fields: dict[str, object], field: str
):
    answer = send(client, **fields)

    assert answer.status_code == 422
    assert list(answer.context["rows"].errors) == [field]


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/1899", "01/01/2200", "31/12/9999"])
@pytest.mark.parametrize("field", ["hired_on", "left_on", "stable_from"])
def test_a_day_of_no_plausible_year_is_refused(client: Client, field: str, day: str):
    answer = client.get("/simulateur/", PAE | {field: day})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_nothing_of_what_was_sent_is_stored(client: Client):
    send(client, rows=pasted(SALMA, OMAR))

    kept = {model.__name__: model._default_manager.count() for model in rows_of_people()}
    assert set(kept.values()) == {0}


def rows_of_people() -> list[type[models.Model]]:
    names = {"ReceivedFile", "Person", "Employee", "PayYear", "Claim", "Assessment", "JournalEntry"}
    found = [model for model in apps.get_models() if model.__name__ in names]
    assert {model.__name__ for model in found} == names
    return found


def test_a_form_of_another_site_computes_nothing():
    client = Client(enforce_csrf_checks=True)

    assert send(client, rows=pasted(SALMA)).status_code == 403
