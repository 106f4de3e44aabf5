"""The text of PAF 2025 read a second time, day by day, with dates, sets and fractions.

Nothing here comes from the engine: what both say alike was said twice.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from tests.primes.rules.lines import NO_EARLIER, Line


@dataclass(frozen=True)
class Text:
    rate: Fraction = Fraction(35, 1000)
    hired_from: date = date(2025, 7, 1)
    hired_until: date = date(2030, 12, 31)
    paid_until: date = date(2030, 12, 31)
    bonus_months: int = 60
    months_without_same_employer: int = 12
    training_required: bool = True
    training_hours_min: int = 0
    limit_to_training_cost: bool = False
    amount_max_per_year: int | None = None
    export_share_min: Fraction | None = None
    income_tolerance: Fraction = Fraction(1, 10)


@dataclass(frozen=True)
class Verdict:
    failing: list[str]
    warnings: list[str]
    amounts: dict[str, int]
    amount: int
    p_days: int
    w_days: int
    window: set[date] = field(repr=False)


def judge(line: Line, year: int, text: Text = Text()) -> Verdict:
    employed = _employed(line, year)
    window = {day for day in employed if _counts(line, day, text)}
    answers = _firm_answers(line, year, text) | _person_answers(line, employed, window, text)
    failing = [code for code, held in answers.items() if not held]
    amounts = _amounts(line, employed, window, text)
    return Verdict(
        failing=failing,
        warnings=_warnings(line, employed, text),
        amounts=amounts,
        amount=0 if failing else list(amounts.values())[-1],
        p_days=len(employed),
        w_days=len(window),
        window=window,
    )


def shifted(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _employed(line: Line, year: int) -> set[date]:
    if line.hired_on is None:
        return set()
    days = {date(year, 1, 1) + timedelta(n) for n in range(366)}
    left_on = line.left_on or date.max
    return {day for day in days if day.year == year and line.hired_on <= day <= left_on}


def _counts(line: Line, day: date, text: Text) -> bool:
    stable_from = line.stable_from or line.hired_on
    last = shifted(line.hired_on, text.bonus_months) - timedelta(1)
    stable = line.contract == "CDI" and stable_from <= day
    return stable and text.hired_from <= day <= min(last, text.paid_until)


def _firm_answers(line: Line, year: int, text: Text) -> dict[str, bool]:
    year_end = date(year, 12, 31)
    certificate_from, certificate_until = line.certificate_from, line.certificate_until
    certified = None not in (certificate_from, certificate_until)
    standing = (line.cnss_certificate_until, line.tax_certificate_until)
    asked = text.export_share_min is not None and (
        line.firm_started_on is None or year >= line.firm_started_on.year + 2
    )
    share = Fraction(-1 if line.export_share_bp is None else line.export_share_bp, 10_000)
    return {
        "branch_eligible": line.branch in {"ITO", "CRM", "BPO", "ESO", "KPO"},
        "certificate_valid": certified and certificate_from <= year_end <= certificate_until,
        "firm_in_good_standing": None not in (line.filed_on, *standing)
        and line.filed_on <= min(standing),
        "export_share_reached": not asked or share >= text.export_share_min,
    }


def _person_answers(
    line: Line, employed: set[date], window: set[date], text: Text
) -> dict[str, bool]:
    hired_on = line.hired_on
    stable_from = line.stable_from or hired_on
    minutes = line.training_minutes
    return {
        "nationality_moroccan": line.nationality == "MA",
        "hired_in_period": hired_on is not None and text.hired_from <= hired_on <= text.hired_until,
        "new_recruit": _new_recruit(line, text),
        "stable_contract": line.contract == "CDI" and any(stable_from <= day for day in employed),
        "within_bonus_window": bool(window),
        "declared_to_cnss": _declared(line, window),
        "income_positive": line.income is not None and line.income > 0,
        "trained_in_year": not text.training_required
        or (minutes > 0 and Fraction(minutes, 60) >= text.training_hours_min),
        "not_funded_elsewhere": not line.paid_elsewhere,
    }


def _new_recruit(line: Line, text: Text) -> bool:
    last = line.last_same_employer_on
    if last is None:
        return False
    if last == NO_EARLIER or line.hired_on is None or last >= line.hired_on:
        return True
    return last <= shifted(line.hired_on, -text.months_without_same_employer)


def _declared(line: Line, window: set[date]) -> bool:
    salaries = [line.salaries[month - 1] for month in {day.month for day in window}]
    known = [salary for salary in salaries if salary is not None]
    return line.has_cnss_number and bool(window) and (not known or max(known) > 0)


def _amounts(line: Line, employed: set[date], window: set[date], text: Text) -> dict[str, int]:
    amounts = {"base": _half_up(_base(line, employed, window))}
    amounts["gross"] = _half_up(amounts["base"] * text.rate)
    last = amounts["gross"]
    if text.limit_to_training_cost:
        last = amounts["training_cost_limit"] = min(last, line.training_cost)
    if text.amount_max_per_year is not None:
        amounts["cap"] = min(last, text.amount_max_per_year)
    return amounts


def _base(line: Line, employed: set[date], window: set[date]) -> Fraction:
    income = Fraction(line.income or 0)
    if not window:
        return Fraction(0)
    if window == employed:
        return income
    worked, counted = _by_month(employed), _by_month(window)
    salaries = {month: line.salaries[month - 1] for month in worked}
    if None not in salaries.values() and sum(salaries.values()) > 0:
        within = sum(
            Fraction(salaries[month] * counted.get(month, 0), worked[month]) for month in worked
        )
        return income * within / sum(salaries.values())
    return income * len(window) / len(employed)


def _warnings(line: Line, employed: set[date], text: Text) -> list[str]:
    worked = set(_by_month(employed))
    inside = [line.salaries[month - 1] for month in worked]
    outside = [line.salaries[month - 1] or 0 for month in range(1, 13) if month not in worked]
    warnings = []
    if line.income is not None and inside and None not in inside:
        gap = abs(line.income - sum(inside))
        if gap > text.income_tolerance * line.income:
            warnings.append("income_gap")
    if line.hired_on is not None and any(outside):
        warnings.append("salary_outside_employment")
    return warnings


def _by_month(days: set[date]) -> dict[int, int]:
    months = [day.month for day in days]
    return {month: months.count(month) for month in sorted(set(months))}


def _half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))
