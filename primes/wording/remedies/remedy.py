"""What would change an answer, in words: one sentence after another, one a case that fits.

A remedy that has no case of its own keeps the general words of the catalogue.
"""

from collections.abc import Mapping

from primes.rules.explain import Answer, Step
from primes.wording.explained_law import parameter_value
from primes.wording.explained_values import fact_text
from primes.wording.explained_words import remedy_form
from primes.wording.remedies import employment, firm, pay, trainings
from primes.wording.remedies.told import Case, Cases, Told
from primes.wording.words import label

CASES: Mapping[str, Cases] = {
    "check_branch": firm.branch,
    "provide_certificate": firm.certificate,
    "renew_standing_certificates": firm.standing,
    "state_export_share": firm.export_share,
    "check_nationality": employment.nationality,
    "check_hire_date": employment.hire_date,
    "check_earlier_employment": employment.earlier_employment,
    "check_contract": employment.contract,
    "wait_or_end_of_right": employment.days_that_count,
    "wait_for_the_stay": employment.stay,
    "check_earlier_grant": employment.earlier_grant,
    "declare_to_cnss": pay.declaration,
    "check_income": pay.income,
    "check_income_of_each_year": pay.income_of_each_year,
    "check_other_funding": pay.other_funding,
    "record_training": trainings.training,
    "check_degree": trainings.degree,
    "notify_before_training": trainings.notice,
    "check_training_dates": trainings.dates,
    "add_invoice_and_attendance": trainings.proof,
}


def remedy_text(step: Step, year: int, answers: Mapping[str, Answer | None], language: str) -> str:
    """Empty where nothing has to change; `answers` are those of all the conditions of the line."""
    if step.remedy is None:
        return ""
    find = CASES.get(step.remedy)
    cases = list(find(Told.of(step, year, answers))) if find else []
    if not cases:
        return label("remedy", step.remedy, language)
    return " ".join(_sentence(step, each, year, language) for each in cases)


def _sentence(step: Step, case: Case, year: int, language: str) -> str:
    shown = dict(step.grounds.facts) | {"year": year} | dict(case.figures)
    values = {name: fact_text(name, value, language, year) for name, value in shown.items()}
    numbers = {
        read.name: parameter_value(read, language)
        for read in step.grounds.parameters
        if read.name not in values
    }
    form = remedy_form(str(step.remedy), case.code, language)
    return form.format(**numbers, **values)
