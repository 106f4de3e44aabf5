"""Facts and numbers of the law as people read them."""

import pytest

from accounts.formats import NBSP
from primes.rules.explain import ParameterRead, Shown
from primes.rules.parameters.sheets import Reference
from primes.wording.explained_law import parameter_value
from primes.wording.explained_values import fact_text
from primes.wording.explained_words import counted

LRI, FSI, PDI = (
    "\N{LEFT-TO-RIGHT ISOLATE}",
    "\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
)


def dh(text: str) -> str:
    return text.replace(" ", NBSP) + f"{NBSP}DH"


def number(name: str, unit: str, value: Shown) -> ParameterRead:
    return ParameterRead(name, value, "2026-01-01", unit, "text", Reference("T", "P", None))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("salary", (None,) * 12, "inconnus"),
        ("left_on", "no_end", "toujours en poste"),
        ("last_same_employer_on", "never", "aucune"),
        ("stable_from", None, "jour de l'embauche"),
        ("hired_on", "2026-01-15", "15/01/2026"),
        ("training_minutes", 450, "7 heures et 30 minutes"),
        ("training_minutes", 20, "20 minutes"),
        ("export_share_bp", 7_050, f"70,5{NBSP}%"),
        ("has_cnss_number", True, "oui"),
        ("nationality", "OTHER", "autre que marocaine"),
        ("contract", "CDI", "CDI"),
        ("contract", "UN_AUTRE", "UN_AUTRE"),
        ("profile", "bac-call-centre", "bac, centre d'appels"),
        ("degree_years", 5, "5 ans"),
        ("training_cost", 150_050, dh("1 500,50")),
        ("granted_before", (0, 0, 0), "aucune"),
        ("item_first_day", (), "aucune formation"),
        ("item_first_day", ("2024-09-02",), "02/09/2024"),
        ("item_notified_on", (None,), "non notifiée"),
        ("item_invoice", (7,), "facture reçue"),
        ("item_invoice", (0,), "aucune facture"),
    ],
)
def test_a_fact_is_said_as_people_read_it(name: str, value: Shown, said: str):
    assert fact_text(name, value, "fr") == said


def test_each_training_is_named_by_its_rank():
    said = fact_text("item_cost", (500_000, 300_000), "fr")

    assert said == f"{dh('5 000,00')} (formation n° 1) ; {dh('3 000,00')} (formation n° 2)"


def test_what_was_granted_is_said_by_training_year():
    said = fact_text("granted_before", (1_200_000, 0, 0), "en")

    assert said.startswith(f"MAD{NBSP}12,000.00 (first training year); ")


def test_the_months_of_equal_salary_are_said_together():
    said = fact_text("salary", (500_000, *[800_000] * 10, None), "fr")

    assert said == (
        f"{dh('5 000,00')} en janvier ; {dh('8 000,00')} de février à novembre"
        " ; inconnus en décembre"
    )


def test_the_months_of_several_years_name_their_year():
    said = fact_text("salary", (*[None] * 18, *[800_000] * 18), "fr", 2027)

    assert said == (
        f"inconnus de janvier 2025 à juin 2026 ; {dh('8 000,00')} de juillet 2026 à décembre 2027"
    )


def test_the_incomes_of_several_years_name_their_year():
    said = fact_text("income", (None, 6_000_000, 12_000_000), "ar", 2026)

    assert said == (
        f"غير معروف في {FSI}2024{PDI}؛ {LRI}60.000,00{PDI}{NBSP}درهم في {FSI}2025{PDI}"
        f"؛ {LRI}120.000,00{PDI}{NBSP}درهم في {FSI}2026{PDI}"
    )


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (number("bonus_months", "months", 60), "60 mois"),
        (number("overall_max", "dirhams", 6_500_000), dh("65 000,00")),
        (number("rate", "percent", "7/200"), f"3,5{NBSP}%"),
        (number("stable_contracts", "codes", ("CDI", "CDD")), "CDI, CDD"),
        (number("export_share_min", "percent", None), "aucune"),
        (number("degree_years_min", "years_by_profile", (5,)), "5 ans"),
        (number("ceilings", "dirhams_by_profile", (None,) * 3), "case vide, qui ne limite rien"),
        (
            number("ceilings", "dirhams_by_profile", (500_000, 0, 0)),
            (
                f"{dh('5 000,00')} (1re année de formation)"
                f" ; {dh('0,00')} (2e année de formation) ; {dh('0,00')} (3e année de formation)"
            ),
        ),
    ],
)
def test_a_number_of_the_law_is_said_with_its_unit(read: ParameterRead, said: str):
    assert parameter_value(read, "fr") == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, f"{LRI}0{PDI} يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, f"{LRI}3{PDI} أيام"),
        (10, f"{LRI}10{PDI} أيام"),
        (11, f"{LRI}11{PDI} يوما"),
        (99, f"{LRI}99{PDI} يوما"),
        (100, f"{LRI}100{PDI} يوم"),
        (102, f"{LRI}102{PDI} يوم"),
        (103, f"{LRI}103{PDI} أيام"),
        (275, f"{LRI}275{PDI} يوما"),
    ],
)
def test_arabic_counts_in_six_forms(days: int, said: str):
    assert counted("days", days, "ar") == said


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("fr", 0, "0 jour"),
        ("fr", 1, "1 jour"),
        ("fr", 2, "2 jours"),
        ("en", 0, "0 days"),
        ("en", 1, "1 day"),
    ],
)
def test_french_and_english_count_in_two_forms(language: str, days: int, said: str):
    assert counted("days", days, language) == said
