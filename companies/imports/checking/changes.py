"""Values that the load of a row would replace, by the format of the row, as SQL.

`s` is the staged row, `e` the employee it names, `m` the month, `y` the year and `p` the employment
that it speaks of, as they are now.
"""

from typing import NamedTuple


class Change(NamedTuple):
    """A column, its old and its new value, and when the one takes the place of the other."""

    column: str
    old: str
    new: str
    when: str


class Effects(NamedTuple):
    """`joins` bring what there is; `known` tells that a row without changes says nothing new."""

    joins: str
    changes: tuple[Change, ...]
    known: str


_TOLD_BY_AN_ETAT = """EXISTS (SELECT FROM companies_payyear o
  JOIN companies_receivedfile f ON f.id = o.source_id AND f.kind = 'etat9421'
  WHERE o.employee_id = e.id AND o.taxable_income IS NOT NULL AND o.year > {year})"""
_TOLD_BY_A_LATER_MONTH = """EXISTS (SELECT FROM companies_paymonth o
  WHERE o.employee_id = e.id AND (o.month, -o.supplement) > (s.month, -s.supplement))"""
_TOLD_BY_ANY_MONTH = "EXISTS (SELECT FROM companies_paymonth o WHERE o.employee_id = e.id)"
_OFFICIAL = """(y.taxable_income IS NOT NULL AND EXISTS (
  SELECT FROM companies_receivedfile f WHERE f.id = y.source_id AND f.kind = 'etat9421'))"""
_LEFT_BY_A_DECLARATION = """EXISTS (
  SELECT FROM companies_receivedfile f WHERE f.id = p.left_source_id AND f.kind = 'ds')"""

_YEAR = "LEFT JOIN companies_payyear y ON y.employee_id = e.id AND y.year = s.year"
# The employment that begins on the day of the row, else the last one; one that had ended by then is
# not changed, for somebody hired again has a new one.
_EMPLOYMENT = """LEFT JOIN LATERAL (
  SELECT * FROM companies_employment o
  WHERE o.employee_id = e.id AND (o.left_on < s.hired_on) IS NOT TRUE
  ORDER BY (o.hired_on = s.hired_on) IS TRUE DESC, o.hired_on DESC LIMIT 1) p ON true"""
_ENDED_EMPLOYMENT = """LEFT JOIN LATERAL (
  SELECT * FROM companies_employment o
  WHERE s.situation IN ('SO', 'DE') AND o.employee_id = e.id
    AND o.hired_on < s.month + interval '1 month'
  ORDER BY o.hired_on DESC LIMIT 1) p ON true"""
_MONTH = (
    """LEFT JOIN companies_paymonth m
  ON m.employee_id = e.id AND m.month = s.month AND m.supplement = s.supplement
"""
    + _ENDED_EMPLOYMENT
)


def _of_employee(outweighed: str) -> tuple[Change, ...]:
    """The spelling of a name is that of the weightiest file: états 9421, then declarations, then
    the firm's own tables; among the files of a kind, the newest. A number is only ever added."""
    spelt = f"s.last_name <> '' AND NOT ({outweighed})"
    inferred = "(s.nationality <> 'ma' OR e.nationality = '')"
    return (
        *(
            Change(name, f"e.{name}", f"s.{name}", f"s.{name} <> e.{name} AND {spelt}")
            for name in ("last_name", "first_name")
        ),
        Change(
            "nationality",
            "e.nationality",
            "upper(s.nationality)",
            f"s.nationality <> '' AND upper(s.nationality) <> e.nationality AND {inferred}",
        ),
        Change("cin_last", "e.cin_last", "s.cin_last", "e.cin_last = '' AND s.cin_last <> ''"),
        Change("cnss_last", "''", "s.cnss_last", "NOT e.has_cnss_number AND s.cnss_last <> ''"),
    )


def _replaced(row: str, name: str, new: str = "", when: str = "true") -> Change:
    """A value of a row that is there, replaced by another one."""
    old, said = f"{row}.{name}", f"s.{new or name}"
    return Change(
        name, old, said, f"{row}.id IS NOT NULL AND {old} IS DISTINCT FROM {said} AND {when}"
    )


EFFECTS = {
    "ds": Effects(
        _MONTH,
        (
            *_of_employee(f"{_TOLD_BY_AN_ETAT.format(year=0)} OR {_TOLD_BY_A_LATER_MONTH}"),
            *(
                _replaced("m", name)
                for name in ("real_salary", "capped_salary", "days", "situation", "entrant")
            ),
            Change(
                "left_on",
                "p.left_on",
                "(s.month + interval '1 month - 1 day')::date",
                "p.id IS NOT NULL AND p.left_on IS NULL",
            ),
        ),
        "m.id IS NOT NULL",
    ),
    "etat9421": Effects(
        _YEAR,
        (
            *_of_employee(_TOLD_BY_AN_ETAT.format(year="s.year")),
            _replaced("y", "taxable_income"),
            _replaced("y", "recruited_on", "hired_on"),
        ),
        _OFFICIAL,
    ),
    "table": Effects(
        f"{_YEAR} {_EMPLOYMENT}",
        (
            *_of_employee(f"{_TOLD_BY_AN_ETAT.format(year=0)} OR {_TOLD_BY_ANY_MONTH}"),
            _replaced(
                "y", "taxable_income", when=f"s.taxable_income IS NOT NULL AND NOT {_OFFICIAL}"
            ),
            _replaced("y", "funded_by", when="s.funded_by IS NOT NULL"),
            _replaced("y", "months", when="s.months IS NOT NULL"),
            _replaced("p", "hired_on", when="s.hired_on IS NOT NULL"),
            _replaced(
                "p", "left_on", when=f"s.left_on IS NOT NULL AND NOT {_LEFT_BY_A_DECLARATION}"
            ),
            _replaced("p", "contract", when="s.contract IS NOT NULL"),
            _replaced("p", "stable_from", when="s.contract IS NOT NULL"),
            _replaced("p", "earlier_declared", when="s.earlier_declared"),
            _replaced("p", "last_same_employer_on", when="s.earlier_declared"),
        ),
        "y.id IS NOT NULL AND (s.hired_on IS NULL OR p.id IS NOT NULL)",
    ),
}
