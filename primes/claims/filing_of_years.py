"""When a firm files, or would file, for each claim year of every scheme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from accounts.formats import CASABLANCA
from companies.firms.models import Firm
from primes.claims.models.claim import Claim
from primes.claims.models.window import FilingWindow
from primes.rules.deadlines import filing_window
from primes.rules.engine import rules_of
from primes.rules.parameters.loader import scheme_names


class ClaimYear(NamedTuple):
    scheme: str
    year: int


@dataclass(frozen=True, slots=True)
class Filing:
    """The window of a claim year, both days included, and the firm's live claim for it."""

    opens_on: date
    closes_on: date
    claim: Claim | None

    def filed_on(self, on: date) -> date:
        """The day of filing; of a claim not filed, the day of the window that is nearest to now."""
        if self.claim is not None and self.claim.filed_at is not None:
            return self.claim.filed_at.astimezone(CASABLANCA).date()
        return min(max(on, self.opens_on), self.closes_on)


def claim_years_since(year: int) -> list[ClaimYear]:
    """Every claim year that is not before a calendar year, of the schemes whose facts are recorded:
    no row tells the trainings of a line one by one yet."""
    told = [rules_of(name) for name in scheme_names()]
    lives = [text for rules, text in told if not rules.reads_trainings]
    return [
        ClaimYear(life.name, each)
        for life in lives
        for each in range(max(life.first_year, year), life.last_year + 1)
    ]


def filings_of(firm: Firm, years: Iterable[ClaimYear], on: date) -> dict[ClaimYear, Filing]:
    """Two queries, whatever the years."""
    claims = {
        ClaimYear(claim.scheme, claim.year): claim for claim in Claim.objects.of_firm(firm).live()
    }
    own = {
        ClaimYear(window.scheme, window.year): (window.opens_on, window.closes_on)
        for window in FilingWindow.objects.all()
    }
    return {
        each: Filing(*(own.get(each) or filing_window(*each, on)), claims.get(each))
        for each in years
    }
