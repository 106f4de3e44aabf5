"""A value of the law tried on screen: what it would cost, what is wrong, and nothing written."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from accounts.models import StaffRole
from companies.firms.models import Firm
from primes.admin.what_if_form import HIRES_MAX
from primes.claims.what_if.forecast import Cost
from tests.factories.agency import staff
from tests.factories.browsers import queries, signed_in
from tests.factories.claimants import firm, people
from tests.primes.admin.conftest import Visit

R = StaffRole
READERS = {R.ADMINISTRATEUR, R.INSTRUCTEUR, R.DECIDEUR, R.DIRECTION, R.AUDITEUR}
PAGE, DETAIL = "/admin/primes/what-if/", "/admin/primes/what-if/detail.csv"
RATE = {"scheme": "paf-2025", "draft1-name": "rate", "draft1-value": "4,0 %", "until": "2025"}
TODAY, DRAFT = 421_752, 482_002
"""3.5 % and 4.0 % of 120 500.50 dirhams, half up."""
TODAY_2026, DRAFT_2026 = 1_261_798, 1_442_055
"""The same pay a day, 365 days for 122: 360 513.79 dirhams, at 3.5 % and at 4.0 %."""
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "CREATE", "ALTER", "FROM STDIN")

pytestmark = pytest.mark.django_db


def address(typed: dict[str, str], page: str = PAGE) -> str:
    return f"{page}?{urlencode(typed)}"


def tried(visit: Visit, **typed: str) -> HttpResponse:
    """The page of the rate at 4.0 % over 2025; a name written with `_` stands for its `-`."""
    changed = {name.replace("draft1_", "draft1-"): text for name, text in typed.items()}
    return visit(staff(R.DIRECTION), address(RATE | changed))


def spoken(page: HttpResponse) -> str:
    return page.text.replace("\N{NO-BREAK SPACE}", " ").replace("&#x27;", "'")


def years(page: HttpResponse) -> list[Cost]:
    return [row.cost for row in page.context["result"]["tables"][0].rows]


@pytest.fixture
def three_people() -> Firm:
    of = firm()
    people(of, eligible=3, ineligible=1)
    return of


def test_a_first_visit_asks_and_computes_nothing(visit: Visit) -> None:
    page = visit(staff(R.DIRECTION), PAGE)

    assert (page.status_code, page.context["result"]) == (200, None)
    assert 'aria-invalid="true"' not in page.text


def test_a_known_year_costs_what_the_law_says_both_ways(visit: Visit, three_people: Firm) -> None:
    (cost,) = years(tried(visit))

    assert (cost.people_today, cost.people_draft, cost.is_estimate) == (3, 3, False)
    assert (cost.today, cost.draft) == (3 * TODAY, 3 * DRAFT)


def test_the_difference_is_said_in_dirhams_and_percent(visit: Visit, three_people: Firm) -> None:
    text = spoken(tried(visit))

    assert "12 652,56 DH" in text
    assert "14 460,06 DH" in text
    assert "+1 807,50 DH" in text
    assert "+14,3 %" in text


def test_a_year_that_nobody_declared_is_marked(visit: Visit, three_people: Firm) -> None:
    page = tried(visit, until="2026")
    declared, estimated = years(page)

    assert (declared.is_estimate, estimated.is_estimate) == (False, True)
    assert (estimated.today, estimated.draft) == (3 * TODAY_2026, 3 * DRAFT_2026)
    assert page.text.count('<span class="estimate">') == 1


def test_the_assumptions_stand_beside_the_figures(visit: Visit, three_people: Firm) -> None:
    page = tried(visit, until="2026", pay_growth="2,5", leavers="10 %", hires_per_month="4")

    text = spoken(page)

    assert "Exercices déclarés jusqu'à 2025 ; au-delà, estimation." in text
    assert "Rémunérations : la même par jour, avec 2,5 % de hausse par an." in text
    assert "Départs : 10 % des personnes en poste" in text
    assert "Embauches : 4 par mois" in text
    assert years(page)[1].people_today == 3 + 4 * 12 * 3 // 4


def test_a_draft_of_a_later_day_leaves_earlier_years(visit: Visit, three_people: Firm) -> None:
    earlier, later = years(tried(visit, draft1_since="01/01/2026", until="2026"))

    assert earlier.difference == 0
    assert later.draft == 3 * DRAFT_2026


def test_several_values_are_tried_together(visit: Visit, three_people: Firm) -> None:
    limit = {"draft3-name": "amount_max_per_year", "draft3-value": "1 000"}

    page = tried(visit, **limit)

    assert years(page)[0].draft == 3 * 100_000
    assert [row.today for row in page.context["result"]["drafts"]][1] == "aucune valeur"


def test_without_anybody_declared_the_page_says_so(visit: Visit) -> None:
    page = tried(visit)

    assert page.status_code == 200
    assert "Personne n'est déclaré pour ces exercices." in spoken(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"draft1_value": "beaucoup"}, "« Taux de la prime » ne peut pas être lue : beaucoup."),
        ({"draft1_value": "beaucoup"}, "Valeur attendue : "),
        ({"draft1_value": "101 %"}, "Valeur attendue : un pourcentage de 0 à 100"),
        ({"draft1_value": ""}, "Écrivez la valeur à essayer."),
        ({"draft1_name": ""}, "Choisissez le paramètre à essayer."),
        ({"draft1_name": "", "draft1_value": ""}, "Choisissez au moins un paramètre à essayer."),
        ({"draft1_name": "salaire"}, "Choisissez un paramètre de ce dispositif."),
        ({"draft1_since": "demain"}, "Écrivez un jour, par exemple 01/01/2027."),
        ({"draft1_since": "30/06/2025"}, "ne peut pas être lue : 30/06/2025."),
        ({"draft1_since": "30/06/2025"}, "Valeur attendue : 01/07/2025."),
        ({"draft1_name": "branches", "draft1_value": "XYZ"}, "Valeur attendue : ITO CRM BPO"),
        ({"until": "2031"}, "ne couvre pas l'exercice 2031. Choisissez un exercice de 2025 à 2030"),
        ({"until": "bientôt"}, "Écrivez une année en quatre chiffres"),
        ({"pay_growth": "101"}, "Écrivez un pourcentage de 0 à 100."),
        ({"leavers": "-1"}, "Écrivez un pourcentage de 0 à 100."),
        ({"hires_per_month": str(HIRES_MAX + 1)}, "personnes par mois au plus."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_computed(
    visit: Visit, three_people: Firm, typed: dict[str, str], said: str
) -> None:
    page = tried(visit, **typed)

    assert (page.status_code, page.context["result"]) == (422, None)
    assert said in spoken(page)


def test_an_error_stands_with_its_field_and_all_that_was_typed_is_kept(visit: Visit) -> None:
    page = tried(visit, draft1_value="beaucoup", pay_growth="2,5", until="2027")

    trial = page.context["trial"]
    assert list(trial.drafts[0].errors) == ["value"]
    assert not trial.assumptions.errors
    assert 'value="beaucoup"' in page.text
    assert 'value="2,5"' in page.text
    assert 'value="2027"' in page.text
    assert '<option value="rate" selected>' in page.text


def test_a_value_and_its_day_are_refused_at_once(visit: Visit) -> None:
    page = tried(visit, draft1_value="beaucoup", draft1_since="demain")

    assert sorted(page.context["trial"].drafts[0].errors) == ["since", "value"]


def test_a_table_is_not_offered_and_titles_follow_the_alphabet(visit: Visit) -> None:
    page = visit(staff(R.DIRECTION), address({"scheme": "aide-formation-2007"}))

    names = [name for name, _ in page.context["trial"].drafts[0].fields["name"].choices]
    assert names[1:3] == ["training_years", "filing_closes"]
    assert not {"ceilings", "degree_years_min"} & set(names)


def test_a_scheme_that_is_none_is_refused_in_words(visit: Visit) -> None:
    page = tried(visit, scheme="paf-1999")

    assert page.status_code == 422
    assert "Ce dispositif n'existe pas : paf-1999." in spoken(page)


@pytest.mark.parametrize("page", [PAGE, DETAIL])
def test_a_trial_is_read_by_who_reads_the_rule_sets(visit: Visit, page: str) -> None:
    answers = {role: visit(staff(role), address(RATE, page)).status_code for role in R}

    assert answers == {role: 200 if role in READERS else 403 for role in R}


@pytest.mark.parametrize("page", [PAGE, DETAIL])
def test_nothing_can_be_sent_to_it(visit: Visit, page: str) -> None:
    assert visit(staff(R.DIRECTION), page, RATE).status_code == 405


def test_the_database_is_asked_the_same_whatever_the_population() -> None:
    browser, typed = signed_in(staff(R.DIRECTION)), RATE | {"until": "2027"}
    people(firm(1), eligible=1)
    few = queries(browser, address(typed))

    for rank in range(1, 4):
        people(firm(rank), eligible=5, ineligible=1)
    many = queries(browser, address(typed))

    assert few == many


@pytest.mark.parametrize("page", [PAGE, DETAIL])
def test_nothing_is_written(three_people: Firm, page: str) -> None:
    browser = signed_in(staff(R.DIRECTION))

    with CaptureQueriesContext(connection) as asked:
        browser.get(address(RATE | {"until": "2026"}, page))

    statements = [query["sql"].upper() for query in asked]
    assert any("COMPANIES_EMPLOYMENT" in statement for statement in statements)
    assert [each for each in statements if any(word in each for word in WRITES)] == []


def test_the_detail_has_one_line_a_year_branch_and_site(visit: Visit, three_people: Firm) -> None:
    answer = visit(staff(R.DIRECTION), address(RATE, DETAIL))

    assert answer["Content-Disposition"] == 'attachment; filename="essai-paf-2025.csv"'
    assert answer.text == (
        "exercice,estimation,filiere,site,personnes_avant,personnes_apres,"
        "montant_avant,montant_apres,ecart\n"
        "2025,non,ITO,site non déclaré,3,3,12652.56,14460.06,1807.50\n"
    )


def test_the_detail_of_what_is_refused_leads_back_to_the_page(visit: Visit) -> None:
    typed = RATE | {"draft1-value": "beaucoup"}

    answer = visit(staff(R.DIRECTION), address(typed, DETAIL))

    assert (answer.status_code, answer.url) == (302, address(typed))
