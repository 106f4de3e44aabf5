"""What the law says of one employment, claim year after claim year: held, hoped for, or lost.

The same engine answers three times for each year. On the facts as they stand: what is due. On the
facts foreseen: what may still come. On those of somebody whom nothing hinders: which years the
right has at all. None of it is a second writing of the law, and nothing is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from companies.workforce.models import Employment
from primes.claims.facts import LineRequest, gather_years
from primes.claims.filing_of_years import ClaimYear, Filing, claim_years_since, filings_of
from primes.claims.foreseen_facts import (
    SOME_PAY,
    DailyPay,
    foreseen,
    in_post,
    last_known_pay,
    undisputed,
)
from primes.rules.assessment import Assessment
from primes.rules.columns import Facts, date_of
from primes.rules.engine import assess

LINE = 0
"""The facts of each year are those of one line."""


@dataclass(frozen=True, slots=True)
class YearOfRight:
    """One claim year of a right; amounts in centimes.

    `unmet` are the conditions that the facts as they stand do not meet, `hindrances` those that
    would fail even if all that is open went well, both in the order of the law. `amount` is what
    the law gives, or what is foreseen where `is_estimate`; None when no pay was ever known. Of a
    year that is hindered it is what would have come otherwise.
    """

    scheme: str
    year: int
    filing: Filing
    first_day: date
    last_day: date
    days: int
    unmet: tuple[str, ...]
    hindrances: tuple[str, ...]
    is_hindered_by_departure: bool
    amount: int | None
    is_estimate: bool

    @property
    def holds(self) -> bool:
        """Whether the facts as they stand give the right."""
        return not self.unmet


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The years of every right, by scheme and year; why there is none, by scheme, without any."""

    years: tuple[YearOfRight, ...]
    reasons: Mapping[str, tuple[str, ...]]
    pay: DailyPay | None
    """What estimates take the pay from."""


def entitlement_of(employment: Employment, on: date) -> Entitlement:
    """Every year of the rights of a person in a firm, as of a day; `employee` is loaded with it."""
    asked = claim_years_since(employment.hired_on.year)
    filings = filings_of(employment.employee.firm, asked, on)
    told = _told(employment, filings, on)
    pay = last_known_pay((each.year, facts) for each, facts in told.items())
    answers = {each: _Answers.of(facts, each, pay or SOME_PAY) for each, facts in told.items()}
    years = [
        _year(each, filings[each], answers[each], on, pay)
        for each in asked
        if answers[each].hoped.eligible[LINE]
    ]
    return Entitlement(tuple(years), {} if years else _reasons(answers), pay)


def _told(
    employment: Employment, filings: Mapping[ClaimYear, Filing], on: date
) -> dict[ClaimYear, Facts]:
    asked: dict[str, dict[int, list[LineRequest]]] = {}
    for each, filing in filings.items():
        asked.setdefault(each.scheme, {})[each.year] = [_request(employment, filing, on)]
    return {
        ClaimYear(scheme, year): gathered.facts
        for scheme, of_scheme in asked.items()
        for year, gathered in gather_years(of_scheme, scheme=scheme).items()
    }


def _request(employment: Employment, filing: Filing, on: date) -> LineRequest:
    claim_id = filing.claim.pk if filing.claim else 0
    return LineRequest(employment.pk, filing.filed_on(on), claim_id)


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the law says of one claim year, on each of the three grounds."""

    told: Assessment
    foreseen: Assessment
    hoped: Assessment
    hoped_until_departure: Assessment

    @classmethod
    def of(cls, told: Facts, each: ClaimYear, pay: DailyPay) -> "_Answers":
        """`hoped_until_departure` tells a departure from any other hindrance."""
        free = undisputed(told)
        grounds = (
            told,
            foreseen(told, *each, pay),
            foreseen(in_post(free), *each, pay),
            foreseen(free, *each, pay),
        )
        return cls(*(assess(facts, *each) for facts in grounds))

    def kept(self) -> Assessment:
        """The answer that the days and the amount are read from."""
        if self.told.eligible[LINE]:
            return self.told
        return self.foreseen if self.foreseen.eligible[LINE] else self.hoped


def _year(
    each: ClaimYear, filing: Filing, answers: _Answers, on: date, pay: DailyPay | None
) -> YearOfRight:
    kept = answers.kept()
    is_estimate = kept is not answers.told or each.year >= on.year
    return YearOfRight(
        scheme=each.scheme,
        year=each.year,
        filing=filing,
        first_day=date_of(kept.w_from[LINE]),
        last_day=date_of(kept.w_until[LINE]),
        days=int(kept.w_days[LINE]),
        unmet=answers.told.reasons(LINE),
        hindrances=answers.foreseen.reasons(LINE),
        is_hindered_by_departure=not answers.hoped_until_departure.eligible[LINE],
        amount=None if is_estimate and pay is None else int(kept.amount[LINE]),
        is_estimate=is_estimate,
    )


def _reasons(answers: Mapping[ClaimYear, _Answers]) -> dict[str, tuple[str, ...]]:
    """Of each scheme, in the year that lacks least; the scheme that lacks least comes first."""
    lacking: dict[str, tuple[str, ...]] = {}
    for each, answer in answers.items():
        reasons = answer.hoped.reasons(LINE)
        lacking[each.scheme] = min(lacking.get(each.scheme, reasons), reasons, key=len)
    return dict(sorted(lacking.items(), key=lambda of_scheme: len(of_scheme[1])))
