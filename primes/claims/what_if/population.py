"""Who the firms of the whole sector employ in a year, as the law is told of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from companies.firms.models import Establishment
from companies.workforce.models import PayYear
from primes.claims.facts import LineRequest, gather
from primes.claims.filing_of_years import Filing
from primes.claims.models.claim import ClaimState
from primes.claims.stored_columns import INT64, read_columns
from primes.claims.windows import window_of
from primes.rules.columns import Facts, Int64s, date_of

PLACES = SEVERAL_SITES, NO_SITE, NO_BRANCH = ("several_sites", "no_site", "no_branch")
"""What stands where no one branch or site is known."""

_EMPLOYED = """
SELECT DISTINCT ON (e.employee_id) e.id::bigint, p.firm_id::bigint, coalesce(c.id, 0)::bigint,
  coalesce((c.filed_at AT TIME ZONE 'Africa/Casablanca')::date - DATE '1970-01-01', 0)::bigint
FROM companies_employment e JOIN companies_employee p ON p.id = e.employee_id
LEFT JOIN primes_claim c ON c.firm_id = p.firm_id AND c.scheme = %(scheme)s
  AND c.year = %(year)s AND c.state <> %(withdrawn)s
WHERE e.hired_on <= make_date(%(year)s, 12, 31)
  AND coalesce(e.left_on, 'infinity') >= make_date(%(year)s, 1, 1)
ORDER BY e.employee_id, e.hired_on DESC
"""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """One line an employee; `sites` names the place of each firm of `firm_ids`, [n].

    `year` ends the year axis of the facts; `pay_year` is the last whose incomes were declared.
    """

    year: int
    pay_year: int
    facts: Facts
    firm_ids: Int64s
    sites: dict[int, str]

    def __len__(self) -> int:
        return len(self.firm_ids)

    @property
    def pay_place(self) -> int:
        """Where `pay_year` stands on the year axis of the facts."""
        return self.facts.years - 1 - (self.year - self.pay_year)


def last_known_year(first: int, last: int) -> int:
    """The latest calendar year from first to last whose incomes somebody declared, else first."""
    years = PayYear.objects.filter(year__range=(first, last))
    return int(years.aggregate(latest=Max("year"))["latest"] or first)


def population(*, scheme: str, year: int, pay_year: int, on: date) -> Population:
    """The last employment of the year of everybody, as if every firm filed for it.

    The day of filing is that of the firm's claim, else the day `on` or the nearest of the window.
    Days that a firm's own claim of the year pays are not « paid elsewhere ».
    """
    asked = {"scheme": scheme, "year": year, "withdrawn": ClaimState.WITHDRAWN}
    names = ("employment", "firm", "claim", "filed_on")
    columns = read_columns(_EMPLOYED, asked, dict.fromkeys(names, INT64))
    otherwise = Filing(*window_of(scheme, year, on), claim=None).filed_on(on)
    lines = zip(
        *(columns[name].tolist() for name in ("employment", "filed_on", "claim")), strict=True
    )
    requests = [
        LineRequest(employment, date_of(filed_on) if filed_on else otherwise, claim)
        for employment, filed_on, claim in lines
    ]
    gathered = gather(requests, scheme=scheme, year=year)
    return Population(year, pay_year, gathered.facts, columns["firm"], _sites())


def _sites() -> dict[int, str]:
    """A firm of one place is in it; people are not told apart by place in a firm of several."""
    sites: dict[int, str] = {}
    for firm_id, site in Establishment.objects.values_list("firm_id", "site").distinct():
        sites[firm_id] = SEVERAL_SITES if firm_id in sites else site
    return sites
