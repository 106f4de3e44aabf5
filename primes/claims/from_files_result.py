"""The result of a simulation as its two files hold it: one line a person, in the input's order."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from accounts.formats import decimal
from primes.claims.from_files import FromFiles
from primes.claims.from_files_asked import rate_of
from primes.claims.from_files_person import PersonSaid
from primes.rules.assessment import Assessment
from primes.rules.explain import as_data, explain

COLUMNS = (
    "matricule_cnss",
    "cin",
    "eligible",
    "motifs",
    "assiette",
    "taux",
    "montant",
    "avertissements",
)
# A fact to confirm is named by the column of the people file that would give it; no column says who
# was a job seeker.
COLUMN_OF_FACT = {
    "contract": "type_contrat",
    "training_minutes": "heures_formation",
    "paid_elsewhere": "finance_par",
    "last_same_employer_on": "derniere_declaration_meme_employeur",
    "nationality": "nationalite",
    "granted_here": "deja_accorde",
    "job_seeker": "demandeur_emploi",
}
TO_CONFIRM = "à confirmer"
# A spreadsheet takes a text that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def result_rows(read: FromFiles, answer: Assessment) -> Iterator[dict[str, str]]:
    """Amounts with two decimals and a point, 0.00 where the person is not eligible.

    What a row says in parts is summed: the years of a base, the training years of a cost.
    """
    rate, bases = _rate(answer), answer.base.tolist()
    amounts, eligible = answer.amount.tolist(), answer.eligible.tolist()
    for position, person in enumerate(read.people):
        holds = eligible[position]
        yield {
            "matricule_cnss": person.number,
            "cin": inert(person.cin),
            "eligible": "oui" if holds else "non",
            "motifs": ";".join(answer.reasons(position)),
            "assiette": decimal(bases[position] if holds else 0),
            "taux": decimal(rate if holds else 0),
            "montant": decimal(amounts[position]),
            "avertissements": ";".join(_warnings(person, answer.warnings_of(position))),
        }


def trace_rows(read: FromFiles, answer: Assessment) -> Iterator[dict[str, Any]]:
    """Every step of every line, with the line of the file it stands on; amounts in centimes."""
    for position, person in enumerate(read.people):
        yield {
            "matricule_cnss": person.number,
            "cin": person.cin,
            "file": person.file,
            "line": person.line,
            "eligible": bool(answer.eligible[position]),
            "amount": int(answer.amount[position]),
            "assumed": {"firm": read.firm_assumed, "person": person.assumed},
            "warnings": person.warnings,
            "steps": as_data(explain(read.facts, answer.scheme, answer.year, position)),
        }


def inert(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _warnings(person: PersonSaid, of_the_law: tuple[str, ...]) -> list[str]:
    columns = [COLUMN_OF_FACT[fact] for fact in person.assumed]
    to_confirm = [f"{TO_CONFIRM} : {' '.join(columns)}"] if columns else []
    return [*of_the_law, *person.warnings, *to_confirm]


def _rate(answer: Assessment) -> int:
    """Hundredths of a percent, half up; 0 for a scheme that pays a cost."""
    rate = rate_of(answer.scheme, answer.year) or 0
    return int(rate * 10_000 + Fraction(1, 2))
