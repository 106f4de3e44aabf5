"""The simulator's people as columns of facts: what is not asked is taken as favourable."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Facts,
    day_of,
)

# More minutes than any minimum a year may ask for.
TRAINED_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """`income` in centimes for the claim year; no `stable_from` means the hire date."""

    hired_on: date
    income: int
    contract: str = "CDI"
    stable_from: date | None = None
    left_on: date | None = None
    nationality: str = "MA"
    trained: bool = True


def facts_of(person: SimulatedPerson) -> Facts:
    """One line, no monthly salary known, a firm in good standing."""

    def days(day: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([day], dtype=np.int64)

    return Facts(
        branch=BRANCHES.encode(["ITO"]),
        certificate_from=days(NEVER),
        certificate_until=days(NO_END),
        cnss_certificate_until=days(NO_END),
        tax_certificate_until=days(NO_END),
        filed_on=days(day_of(person.hired_on)),
        export_share_bp=days(UNKNOWN_SHARE),
        firm_started_on=days(day_of(person.hired_on)),
        nationality=NATIONALITIES.encode([person.nationality]),
        hired_on=days(day_of(person.hired_on)),
        left_on=days(day_of(person.left_on) if person.left_on else NO_END),
        contract=CONTRACTS.encode([person.contract]),
        stable_from=days(day_of(person.stable_from) if person.stable_from else UNKNOWN_DAY),
        last_same_employer_on=days(NEVER),
        has_cnss_number=np.array([True]),
        income=days(person.income).reshape(1, 1),
        income_known=np.array([[True]]),
        salary=np.zeros((1, 12), dtype=np.int64),
        salary_known=np.zeros((1, 12), dtype=np.bool_),
        training_minutes=days(TRAINED_MINUTES * person.trained),
        training_cost=days(0),
        paid_elsewhere=np.array([False]),
    )
