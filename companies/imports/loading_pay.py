"""Pay by month and by year, as the newest file about each says it."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Q, QuerySet

from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.declaration import Declaration, DeclaredRows
from companies.imports.etat9421 import Etat9421
from companies.imports.incoming import Incoming
from companies.imports.people_columns import People
from companies.imports.sets import array_text, insert_rows
from companies.workforce.models import PayMonth, PayYear

Key = TypeVar("Key", int, tuple[int, int])
Values = tuple[object, ...]

MONTH_VALUES = ("real_salary", "capped_salary", "days", "situation", "entrant")
MONTH_COLUMNS = ("employee_id", "month", "supplement", *MONTH_VALUES, "source_id", "line")
YEAR_VALUES = ("taxable_income", "funded_by", "months")
YEAR_COLUMNS = ("employee_id", "year", *YEAR_VALUES, "source_id", "line")
REPLACE_MONTH = "ON CONFLICT (employee_id, month, supplement) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in (*MONTH_VALUES, "source_id", "line")
)
REPLACE_INCOME = (
    "ON CONFLICT (employee_id, year) DO UPDATE SET taxable_income = excluded.taxable_income,"
    " source_id = excluded.source_id, line = excluded.line"
)
# An income that the tax office was told stays, with the line it came from.
REPLACE_OWN_WORD = """
ON CONFLICT (employee_id, year) DO UPDATE SET
 funded_by = excluded.funded_by, months = excluded.months,
 (taxable_income, source_id, line) = (
  SELECT CASE WHEN told THEN t.taxable_income ELSE excluded.taxable_income END,
   CASE WHEN told THEN t.source_id ELSE excluded.source_id END,
   CASE WHEN told THEN t.line ELSE excluded.line END
  FROM (SELECT f.kind = 'etat9421' AND t.taxable_income IS NOT NULL AS told
   FROM companies_receivedfile f WHERE f.id = t.source_id) AS official)
"""


def load_pay(firm: Firm, file: Incoming) -> None:
    """Write the rows of one stored file in place of those it corrects, and count them."""
    match file.read:
        case Declaration(rows=rows):
            _load_months(firm, file, rows)
        case Etat9421() as etat:
            _load_official_year(firm, file, etat.staff.taxable_income.tolist())
        case People() as people:
            _load_own_word(firm, file, people)


def _load_months(firm: Firm, file: Incoming, rows: DeclaredRows) -> None:
    columns = (
        rows.real_salary.tolist(),
        rows.capped_salary.tolist(),
        rows.days.tolist(),
        rows.texts("situation"),
        rows.entrant.tolist(),
    )
    said: dict[int, Values] = {
        employee: tuple(column[row] for column in columns)
        for employee, row in zip(file.employee_ids, file.kept, strict=True)
    }
    before = PayMonth.objects.filter(
        employee__firm=firm, month=file.period, supplement=file.supplement
    )
    known = {pk: tuple(values) for pk, *values in before.values_list("employee_id", *MONTH_VALUES)}
    insert_rows(
        PayMonth,
        MONTH_COLUMNS,
        (
            (employee, file.period, file.supplement, *said[employee], file.file_id, line)
            for employee, line in zip(file.employee_ids, file.people.line, strict=True)
        ),
        on_conflict=REPLACE_MONTH,
    )
    if known:
        before.exclude(source=file.file_id).delete()
    _count(file, known, said)


def _load_official_year(firm: Firm, file: Incoming, incomes: list[int]) -> None:
    said: dict[int, Values] = {
        employee: (incomes[row],)
        for employee, row in zip(file.employee_ids, file.kept, strict=True)
    }
    official = PayYear.objects.filter(
        employee__firm=firm, year=file.period.year, source__kind=ReceivedFile.Kind.ETAT_9421
    )
    known: dict[int, Values] = {
        pk: (income,) for pk, income in official.values_list("employee_id", "taxable_income")
    }
    insert_rows(
        PayYear,
        YEAR_COLUMNS,
        (
            (employee, file.period.year, *said[employee], "", None, file.file_id, line)
            for employee, line in zip(file.employee_ids, file.people.line, strict=True)
        ),
        on_conflict=REPLACE_INCOME,
    )
    if known:
        _forget_the_left_out(official.exclude(source=file.file_id))
    _count(file, known, said)


def _forget_the_left_out(years: QuerySet[PayYear]) -> None:
    """People whom a correction leaves out keep what the firm itself said of their year."""
    own_word = Q(months__isnull=False) | ~Q(funded_by="")
    years.filter(own_word).update(taxable_income=None)
    years.exclude(own_word).delete()


def _load_own_word(firm: Firm, file: Incoming, people: People) -> None:
    said: dict[tuple[int, int], Values] = {}
    lines: dict[tuple[int, int], int] = {}
    for employee, row in zip(file.employee_ids, file.kept, strict=True):
        key = employee, people_year(file, people, row)
        months = people.months[row]
        known_months = months if any(amount is not None for amount in months) else None
        said[key] = (
            people.taxable_income[row],
            people.funded_by[row],
            array_text(known_months),
        )
        lines[key] = people.line[row]
    before = PayYear.objects.filter(employee__firm=firm, year__in={year for _, year in said})
    known = {
        (employee, year): (income, funded_by, array_text(months))
        for employee, year, income, funded_by, months in before.values_list(
            "employee_id", "year", *YEAR_VALUES
        )
    }
    insert_rows(
        PayYear,
        YEAR_COLUMNS,
        ((*key, *values, file.file_id, lines[key]) for key, values in said.items()),
        on_conflict=REPLACE_OWN_WORD,
    )
    _count(file, known, said)


def people_year(file: Incoming, people: People, row: int) -> int:
    """The year a row speaks of: its own where it has one, else the file's."""
    return people.year[row] or file.period.year


def _count(file: Incoming, known: Mapping[Key, Values], said: Mapping[Key, Values]) -> None:
    file.unchanged = sum(known.get(key) == values for key, values in said.items())
    file.updated = max(len(said) - file.unchanged - file.created, 0)
