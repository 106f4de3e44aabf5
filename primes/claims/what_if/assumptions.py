"""What a forecast takes for granted of the years that nobody has declared yet."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Each is shown beside the result and can be changed.

    `pay_growth` is the yearly growth of pay, `leavers` the share of the people in post who leave
    each 31 December, both exact ratios; `hires_per_month` recruits come on the first of each month,
    spread over firms as the people in post are and paid as they are on average.

    Always taken: eligibility, CNSS and tax certificates are renewed, the training of the last known
    year goes on, claims are filed on the first day of their window.
    """

    pay_growth: Fraction = Fraction(0)
    leavers: Fraction = Fraction(0)
    hires_per_month: int = 0
