"""What would change an answer, with the figures of the line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.formats import NBSP
from primes.rules.engine import assess, rules_of
from primes.rules.explain import Answer, Grounds, ParameterRead, Shown, Step, explain
from primes.rules.parameters.loader import scheme_names
from primes.rules.parameters.sheets import Reference
from primes.wording.explained_words import sheet
from primes.wording.explanation import blocks
from primes.wording.remedies.employment import first_accepted_hire
from primes.wording.remedies.remedy import CASES, remedy_text
from primes.wording.words import LANGUAGES
from tests.primes.rules.lines import ORDINARY, Line, Training
from tests.primes.rules.texts import facts_for

PAF, PAE, AID = "paf-2025", "pae-2025", "aide-formation-2007"
NOWHERE = Reference("Texte", "Article", None)
YEAR = {PAF: 2026, PAE: 2026, AID: 2024}


def remedy(scheme: str, code: str, language: str = "fr", **differs: object) -> str:
    line = replace(ORDINARY[scheme], **differs)
    steps = explain(facts_for([line], scheme, YEAR[scheme]), scheme, YEAR[scheme])
    told = blocks(steps, language, year=YEAR[scheme])
    (found,) = [each.remedy for each in told if each.code == code]
    return found


TOLD = [
    (PAF, "branch_eligible", {"branch": None}, "ouvrent droit : ITO, CRM, BPO, ESO, KPO"),
    (PAF, "branch_eligible", {"branch": "TEXTILE"}, "La filière enregistrée (hors liste)"),
    (PAF, "certificate_valid", {"certificate_until": None}, "celui qui couvre le 31/12/2026"),
    (PAF, "certificate_valid", {"certificate_until": date(2026, 12, 30)}, "jusqu'au 30/12/2026"),
    (PAF, "certificate_valid", {"certificate_from": date(2027, 1, 1)}, "qu'à partir du 01/01/2027"),
    (PAF, "firm_in_good_standing", {"filed_on": None}, "La demande n'est pas déposée"),
    (PAF, "firm_in_good_standing", {"tax_certificate_until": None}, "Aucune attestation fiscale"),
    (
        PAF,
        "firm_in_good_standing",
        {"cnss_certificate_until": date(2026, 3, 31)},
        "L'attestation CNSS n'était valable que jusqu'au 31/03/2026",
    ),
    (PAF, "nationality_moroccan", {"nationality": None}, "Indiquez la nationalité"),
    (PAF, "nationality_moroccan", {"nationality": "FR"}, "rien ne peut changer cette réponse"),
    (PAF, "hired_in_period", {"hired_on": None}, "du 01/07/2025 au 31/12/2030"),
    (PAF, "hired_in_period", {"hired_on": date(2025, 6, 30)}, "à partir du 01/07/2025"),
    (PAF, "hired_in_period", {"hired_on": date(2031, 1, 1)}, "jusqu'au 31/12/2030"),
    (PAF, "new_recruit", {"last_same_employer_on": None}, "12 mois au moins avant l'embauche"),
    (PAF, "new_recruit", {"last_same_employer_on": date(2024, 9, 30)}, "à partir du 30/09/2025"),
    (PAF, "stable_contract", {"contract": None}, "Indiquez le type de contrat"),
    (PAF, "stable_contract", {"contract": "CDD"}, "(CDD) n'est pas un contrat stable (CDI)"),
    (PAF, "stable_contract", {"stable_from": date(2027, 2, 1)}, "pour l'exercice 2027"),
    (PAF, "stable_contract", {"left_on": date(2025, 12, 31)}, "avant l'exercice 2026"),
    (
        PAF,
        "stable_contract",
        {"left_on": date(2026, 3, 31), "stable_from": date(2026, 4, 1)},
        "parti le 31/03/2026, avant le 01/04/2026",
    ),
    (PAF, "within_bonus_window", {"contract": "CDD"}, "sans contrat stable, aucun jour"),
    (PAF, "within_bonus_window", {"hired_on": date(2021, 1, 1)}, "il a pris fin le 31/12/2025"),
    (PAF, "declared_to_cnss", {"has_cnss_number": False}, "Aucun numéro CNSS"),
    (PAF, "declared_to_cnss", {"salaries": (0,) * 12}, "aucun salaire pour les mois"),
    (PAF, "declared_to_cnss", {"contract": "CDD"}, "Réglez d'abord la condition sur les jours"),
    (PAF, "income_positive", {"income": None}, "envoyez l'état 9421 de 2026"),
    (PAF, "income_positive", {"income": 0}, "enregistré pour 2026 est nul"),
    (PAF, "trained_in_year", {"training_minutes": 0}, "Aucune heure de formation"),
    (PAF, "not_funded_elsewhere", {"paid_elsewhere": True}, "Tant que cette autre décision tient"),
    (PAE, "within_bonus_window", {"contract": "CDD"}, "sans contrat stable, aucun jour"),
    (PAE, "income_positive", {"income": {2026: 5}}, "Le revenu brut imposable de 2025"),
    (PAE, "income_positive", {"income": {2025: 0, 2026: 0}}, "pour les 12 mois payés est nul"),
    (PAE, "income_positive", {"hired_on": date(2023, 7, 1)}, "commencent le 01/07/2023, trop tôt"),
    (PAE, "stayed_18_months", {"left_on": date(2026, 12, 30)}, "soit jusqu'au 31/12/2026"),
    (PAE, "stayed_18_months", {"hired_on": date(2025, 7, 2)}, "pour l'exercice 2027"),
    (PAE, "stayed_18_months", {"contract": "CDD"}, "sans contrat stable"),
    (PAE, "not_paid_before", {"granted_here": True}, "déjà été accordée"),
    (AID, "job_seeker_graduate", {"job_seeker": False}, "demandeur d'emploi"),
    (AID, "job_seeker_graduate", {"profile": None}, "Indiquez le profil"),
    (AID, "job_seeker_graduate", {"degree_years": None}, "en demande au moins 5 ans"),
    (AID, "job_seeker_graduate", {"degree_years": 4}, "Études enregistrées après le bac : 4 ans"),
    (AID, "notified_before_training", {"trainings": ()}, "n'a pris fin en 2024"),
    (
        AID,
        "notified_before_training",
        {"trainings": (Training(notified_on=None),)},
        "au plus tard le 01/09/2024",
    ),
    (
        AID,
        "notified_before_training",
        {"trainings": (Training(notified_on=date(2024, 9, 2)),)},
        "ont été reçus le 02/09/2024",
    ),
    (AID, "training_within_three_years", {"hired_on": date(2021, 7, 1)}, "au 30/06/2024"),
    (AID, "training_within_three_years", {"trainings": ()}, "la condition sur la notification"),
    (AID, "cost_proved", {"trainings": (Training(invoice=0),)}, "Ajoutez la facture"),
    (AID, "cost_proved", {"trainings": (Training(minutes=0),)}, "Enregistrez la présence"),
    (AID, "cost_proved", {"trainings": ()}, "aucune formation n'est retenue"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "code", "differs", "told"), TOLD)
def test_a_condition_says_what_would_change_it(scheme, code, differs, told):
    assert told in remedy(scheme, code, **differs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "code", "differs", "told"), TOLD)
def test_every_case_is_whole_in_its_language(scheme, code, differs, told, language):
    said = remedy(scheme, code, language, **differs)

    assert said
    assert "{" not in said
    assert (language == "fr") == (told in said)


def test_two_certificates_missing_are_both_asked_for():
    said = remedy(
        PAF, "firm_in_good_standing", cnss_certificate_until=None, tax_certificate_until=None
    )

    assert said.count("Aucune attestation") == 2


def test_each_year_without_an_income_is_asked_for():
    said = remedy(PAE, "income_positive", income=None)

    assert said.count("envoyez l'état 9421 de 2025") == 1
    assert said.count("envoyez l'état 9421 de 2026") == 1


def test_every_remedy_of_the_law_has_its_cases_and_every_case_its_words():
    asked = {each.remedy for name in scheme_names() for each in rules_of(name)[0].conditions}

    assert set(CASES) == set(sheet("remedies")) == asked


def not_asked_yet(condition: str, remedy: str, number: ParameterRead, **facts: Shown) -> str:
    """A condition that refuses nobody under the numbers in force."""
    grounds = Grounds(f"{PAF}.{condition}", tuple(facts.items()), (number,), "text", NOWHERE)
    step = Step("condition", condition, grounds, answer=Answer.NO, remedy=remedy)
    return remedy_text(step, 2026, {condition: Answer.NO}, "fr")


def test_the_hours_that_are_missing_are_counted():
    least = ParameterRead("training_hours_min", 20, "2026-01-01", "hours", "text", NOWHERE)

    said = not_asked_yet("trained_in_year", "record_training", least, training_minutes=450)

    assert "il faut au moins 20 heures, il manque 12 heures et 30 minutes" in said


@pytest.mark.parametrize(
    ("share", "told"),
    [(None, "Indiquez la part d'export"), (6_999, "enregistrée est de 69,99")],
)
def test_the_export_share_asked_for_is_said(share: int | None, told: str):
    least = ParameterRead("export_share_min", "7/10", "2026-01-01", "percent", "text", NOWHERE)

    said = not_asked_yet("export_share_reached", "state_export_share", least, export_share_bp=share)

    assert told in said
    assert f"il faut au moins 70{NBSP}%" in said


@given(
    last=st.dates(date(2020, 1, 1), date(2029, 12, 31)),
)
def test_the_first_hire_said_to_be_accepted_is_the_first_that_the_law_accepts(last: date):
    first = first_accepted_hire(last, 12)
    hires = [first - timedelta(days=1), first]
    lines = [Line(hired_on=day, last_same_employer_on=last) for day in hires]

    answer = assess(facts_for(lines, PAF, 2026), PAF, 2026)

    assert ["new_recruit" in answer.reasons(line) for line in range(2)] == [True, False]


def test_the_end_of_february_opens_a_day_later():
    assert first_accepted_hire(date(2024, 2, 29), 12) == date(2025, 3, 1)
