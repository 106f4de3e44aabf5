"""The result of a simulation as its two files hold it: one line a person, in the input's order."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

from primes.claims.from_files import FromFiles
from primes.claims.from_files_person import PersonSaid
from primes.rules.assessment import Assessment
from primes.rules.calendar import year_bounds
from primes.rules.explain import as_data, explain
from primes.rules.parameters.loader import load_scheme

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
# A fact to confirm is named by the column of the people file that would give it.
COLUMN_OF_FACT = {
    "contract": "type_contrat",
    "training_minutes": "heures_formation",
    "paid_elsewhere": "finance_par",
    "last_same_employer_on": "derniere_declaration_meme_employeur",
    "nationality": "nationalite",
}
TO_CONFIRM = "à confirmer"


def result_rows(read: FromFiles, answer: Assessment) -> Iterator[dict[str, str]]:
    """Amounts with two decimals and a point, 0.00 where the person is not eligible."""
    rate = _rate(answer)
    bases = answer.amounts[:, answer.rows.index("base")].tolist()
    amounts, eligible = answer.amount.tolist(), answer.eligible.tolist()
    for position, person in enumerate(read.people):
        holds = eligible[position]
        yield {
            "matricule_cnss": person.number,
            "cin": person.cin,
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


def decimal(hundredths: int) -> str:
    """Centimes as dirhams, hundredths of a percent as percents: `350` is « 3.50 »."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}"


def _warnings(person: PersonSaid, of_the_law: tuple[str, ...]) -> list[str]:
    columns = [COLUMN_OF_FACT[fact] for fact in person.assumed]
    to_confirm = [f"{TO_CONFIRM} : {' '.join(columns)}"] if columns else []
    return [*of_the_law, *person.warnings, *to_confirm]


def _rate(answer: Assessment) -> int:
    """Hundredths of a percent."""
    rate = load_scheme(answer.scheme).parameter("rate", asked_by="simulate")
    value = cast("Fraction", rate.on(year_bounds(answer.year)[1]).value)
    return int(value * 10_000 + Fraction(1, 2))
