"""The golden explanations: `python -m tests.primes.wording.golden` writes them again.

One text a language, as `manage.py explain` says it, and one JSON of the same steps: codes and
figures without words.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from primes.rules.engine import assess
from primes.rules.explain import as_data, explain
from primes.wording.explanation import FactSource, blocks
from primes.wording.explanation_text import explanation_text
from primes.wording.words import LANGUAGES
from tests.primes.rules.lines import ORDINARY, Line, Training
from tests.primes.rules.texts import facts_for

FOLDER = Path(__file__).parents[2] / "golden" / "explanations"
CONVERTED = Line(
    hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), income=9_000_000,
    filed_on=date(2027, 4, 1),
)  # fmt: skip
CASES: dict[tuple[str, str], tuple[int, Line]] = {
    ("paf-2025", "whole_half_year"): (2025, Line()),
    ("paf-2025", "conversion_by_days"): (2026, CONVERTED),
    ("paf-2025", "conversion_by_months"): (
        2026,
        replace(CONVERTED, salaries=(500_000, *[800_000] * 11)),
    ),
    ("paf-2025", "many_conditions_fail"): (
        2026,
        Line(
            branch=None, certificate_until=date(2026, 6, 30), tax_certificate_until=None,
            filed_on=date(2027, 4, 1), nationality="FR", hired_on=date(2025, 6, 30),
            contract="CDD", last_same_employer_on=date(2024, 9, 30), income=None,
            training_minutes=0, paid_elsewhere=True,
        ),
    ),
    ("paf-2025", "dates_unknown"): (
        2026,
        Line(
            hired_on=None, contract=None, last_same_employer_on=None, nationality=None,
            has_cnss_number=False, filed_on=date(2027, 4, 1),
        ),
    ),
    ("paf-2025", "right_ended"): (
        2030,
        Line(
            hired_on=date(2025, 7, 1), left_on=date(2030, 12, 15), filed_on=date(2031, 4, 1),
            stable_from=date(2030, 9, 1), certificate_until=date(2031, 12, 31), income=0,
        ),
    ),
    ("pae-2025", "two_years"): (2026, ORDINARY["pae-2025"]),
    ("pae-2025", "left_before_eighteen_months"): (
        2026,
        replace(ORDINARY["pae-2025"], left_on=date(2026, 10, 31), granted_here=True,
                income={2025: None, 2026: 9_000_000}),
    ),
    ("aide-formation-2007", "two_trainings"): (
        2024,
        replace(
            ORDINARY["aide-formation-2007"], hired_on=date(2023, 7, 1),
            granted_before=(1_200_000, 0, 0), filed_on=date(2025, 4, 1),
            trainings=(
                Training(first_day=date(2024, 5, 6), last_day=date(2024, 5, 10),
                         notified_on=date(2024, 4, 2), minutes=1_230, cost=5_600_000),
                Training(invoice=2, cost=2_500_050),
            ),
        ),
    ),
    ("aide-formation-2007", "late_notice"): (
        2024,
        replace(
            ORDINARY["aide-formation-2007"], degree_years=3, job_seeker=False,
            filed_on=date(2025, 4, 1),
            trainings=(Training(notified_on=date(2024, 9, 2)), Training(notified_on=None)),
        ),
    ),
}  # fmt: skip
"""Claim year and line, by scheme and case."""


def rendered(scheme: str, case: str) -> dict[str, str]:
    """Every golden file of a case, by its ending."""
    year, line = CASES[scheme, case]
    facts = facts_for([line], scheme, year)
    answer = assess(facts, scheme, year)
    steps = explain(facts, scheme, year)
    sources = [FactSource("income", f"etat9421_{year}.xml", 1_234)] if line.income else []
    files = {"json": json.dumps(as_data(steps), ensure_ascii=False, indent=1) + "\n"}
    for language in LANGUAGES:
        lines = explanation_text(
            blocks(steps, language, year=year, sources=sources), language,
            eligible=bool(answer.eligible[0]), amount=int(answer.amount[0]),
        )  # fmt: skip
        files[f"{language}.txt"] = "\n".join(lines) + "\n"
    return files


def write() -> None:
    for scheme, case in CASES:
        for ending, text in rendered(scheme, case).items():
            path = FOLDER / scheme / f"{case}.{ending}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
