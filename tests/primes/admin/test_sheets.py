"""The law in force on a page: every scheme, every value, its source, to be read only."""

from datetime import date
from types import MappingProxyType

import pytest

from accounts.models import StaffRole
from primes.admin.sheets import SchemeSheets, scheme_sheets
from primes.rules.drafts import DraftValue, drafted
from primes.rules.engine import rules_of
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.rules.parameters.sheets import SchemeText
from tests.factories.agency import account, staff
from tests.primes.admin.conftest import Visit

R = StaffRole
READERS = {R.ADMINISTRATEUR, R.INSTRUCTEUR, R.DECIDEUR, R.DIRECTION, R.AUDITEUR}
SHEETS = "/admin/primes/sheets/"
TODAY = date(2026, 11, 24)


def spoken(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def sheets(text: SchemeText | None = None) -> SchemeSheets:
    return scheme_sheets(text or load_scheme("paf-2025"), TODAY)


def texts_of(told: SchemeSheets, name: str) -> list[str]:
    (found,) = [each for each in told.parameters if each.name == name]
    return [spoken(text) for value in found.values for text in value.texts]


def test_the_sheets_are_read_by_who_reads_the_rule_sets(visit: Visit) -> None:
    answers = {role: visit(staff(role), SHEETS).status_code for role in R}

    assert answers == {role: 200 if role in READERS else 403 for role in R}


def test_a_person_of_a_firm_is_sent_away(visit: Visit) -> None:
    assert visit(account("signataire"), SHEETS).status_code == 302


def test_the_page_takes_no_form(visit: Visit) -> None:
    assert visit(staff(R.AUDITEUR), SHEETS, {"rate": "4"}).status_code == 405


def test_every_scheme_is_shown_unless_one_is_asked_for(visit: Visit) -> None:
    auditeur = staff(R.AUDITEUR)

    all_of_them = visit(auditeur, SHEETS).context["schemes"]
    asked = visit(auditeur, f"{SHEETS}?scheme=pae-2025").context["schemes"]

    assert [each.text.name for each in all_of_them] == list(scheme_names())
    assert [each.text.name for each in asked] == ["pae-2025"]


def test_a_scheme_that_is_none_is_refused_in_words(visit: Visit) -> None:
    page = visit(staff(R.AUDITEUR), f"{SHEETS}?scheme=paf-1999")

    assert page.status_code == 422
    assert "Ce dispositif n&#x27;existe pas : paf-1999." in page.text


@pytest.mark.parametrize("scheme", scheme_names())
def test_questions_stand_in_the_order_of_the_law(scheme: str) -> None:
    rules, _ = rules_of(scheme)

    told = sheets(load_scheme(scheme))
    conditions, rows, *_ = told.parts.values()

    assert [each.code for each in conditions] == [each.code for each in rules.conditions]
    assert [each.code for each in rows] == [each.code for each in rules.rows]


@pytest.mark.parametrize("scheme", scheme_names())
def test_every_parameter_of_a_scheme_is_there_once(scheme: str) -> None:
    text = load_scheme(scheme)

    told = sheets(text)

    assert sorted(each.name for each in told.parameters) == sorted(text.parameters)
    assert all(value.texts for each in told.parameters for value in each.values)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rate", "3,5 %"),
        ("hired_until", "31/12/2030"),
        ("filing_opens", "1er mars de l'année suivante"),
        ("amount_max_per_year", "aucune valeur"),
        ("nationality", "marocaine"),
        ("training_required", "oui"),
        ("bonus_months", "60 mois"),
    ],
)
def test_a_value_is_said_in_words(name: str, said: str) -> None:
    assert texts_of(sheets(), name) == [said]


def test_a_table_has_a_line_a_profile_unless_all_read_the_same() -> None:
    told = sheets(load_scheme("aide-formation-2007"))

    assert "encadrement : 4 ans" in texts_of(told, "degree_years_min")
    assert texts_of(told, "ceilings") == ["case vide, qui ne limite rien"]


@pytest.mark.parametrize(
    ("on", "in_force"),
    [(date(2026, 12, 31), [True, False]), (date(2027, 1, 1), [False, True])],
)
def test_each_dated_value_holds_until_the_day_before_the_next(
    on: date, in_force: list[bool]
) -> None:
    draft = DraftValue("paf-2025", "rate", "4.0", date(2027, 1, 1))

    told = scheme_sheets(drafted(load_scheme("paf-2025"), [draft]), on)
    (rate,) = [each for each in told.parameters if each.name == "rate"]

    assert [value.until for value in rate.values] == [date(2026, 12, 31), None]
    assert [value.is_in_force for value in rate.values] == in_force


def test_a_source_is_marked_and_linked_where_the_text_is_public(visit: Visit) -> None:
    page = visit(staff(R.AUDITEUR), f"{SHEETS}?scheme=paf-2025")
    (rate,) = [each for each in page.context["schemes"][0].parameters if each.name == "rate"]

    source = rate.values[0].source

    assert (source.certainty, source.mark) == ("press", "presse")
    assert f'<a href="{source.link}" rel="noreferrer">' in page.text
    assert '<span class="certainty hypothesis">hypothèse</span>' in page.text


def test_a_scheme_without_warnings_has_no_empty_table() -> None:
    text = load_scheme("paf-2025")
    silent = SchemeText(**(vars(text) | {"warnings": MappingProxyType({})}))

    assert len(sheets(silent).parts) == len(sheets().parts) - 1


def test_the_index_leads_to_both_pages_after_the_rule_sets(visit: Visit) -> None:
    page = visit(staff(R.DIRECTION), "/admin/")

    addresses = [model["admin_url"] for app in page.context["app_list"] for model in app["models"]]
    after = addresses.index("/admin/primes/ruleset/") + 1

    assert addresses[after : after + 2] == [SHEETS, "/admin/primes/what-if/"]


def test_the_index_hides_both_pages_from_who_may_not_read_them(visit: Visit) -> None:
    page = visit(staff(R.PAYEUR), "/admin/")

    assert SHEETS not in page.text
    assert "/admin/primes/what-if/" not in page.text
