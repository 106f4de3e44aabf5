"""The files a firm of the sector would hand over: DS and DSC, état 9421, people file."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from companies.imports.formats.declaration import Declaration, DeclarationHeader, DeclaredRows
from companies.imports.formats.ds_layout import COMPLEMENTARY, MAIN
from companies.imports.formats.ds_writer import file_name_of, write_declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff
from companies.imports.formats.etat9421_writer import write_etat9421
from companies.imports.reading.people_columns import COLUMNS
from primes.management.demonstration.cases import Case
from primes.management.demonstration.months import MONTHS, SUPPLEMENT_MONTH, Year, live_through
from primes.management.demonstration.parts import CITIES, Mixture
from primes.management.demonstration.pay import capped
from primes.management.demonstration.sector import Firm, plain_capitals
from primes.management.demonstration.staff import Staff

NamedFile = tuple[str, bytes]

ISSUED_AFTER, DUE_AFTER = timedelta(days=5), timedelta(days=10)
SUPPLEMENT_DAYS = 1
OCCASIONAL_COUNT, TRAINEE_COUNT = 2, 1
"""People the état 9421 of a firm with every case also counts, without a bonus for them."""


def files_of(firm: Firm, year: int) -> list[NamedFile]:
    """All files of one firm for one year, named and in bytes."""
    lived = live_through(firm.staff, year)
    declarations = [_main(firm, lived, date(year, month, 1)) for month in range(1, MONTHS + 1)]
    if lived.supplement.any():
        declarations.append(_complementary(firm, lived, date(year, SUPPLEMENT_MONTH, 1)))
    return [
        *((file_name_of(each.header), write_declaration(each)) for each in declarations),
        (f"etat9421_{year}.xml", write_etat9421(_yearly(firm, lived, year))),
        (f"personnel_{year}.csv", _people(firm.staff)),
    ]


def _main(firm: Firm, lived: Year, period: date) -> Declaration:
    """Those in post by number, then those who enter."""
    month = period.month - 1
    number = np.where(lived.pending[:, month], 0, firm.staff.number)
    rows = np.flatnonzero(lived.declared[:, month])
    rows = rows[np.lexsort((number[rows], lived.entrant[rows, month]))]
    entrant, salary = lived.entrant[rows, month], lived.salary[rows, month]
    return Declaration(
        _header(firm, period, MAIN),
        DeclaredRows.of(
            number=number[rows],
            entrant=entrant,
            last_name=firm.staff.last_name[rows].astype("S30"),
            first_name=firm.staff.first_name[rows].astype("S30"),
            cin=np.where(entrant, firm.staff.cin[rows], b""),
            days=lived.days[rows, month],
            real_salary=salary,
            capped_salary=capped(salary),
            situation=np.where(entrant, b"", lived.situation[rows, month]),
        ),
    )


def _complementary(firm: Firm, lived: Year, period: date) -> Declaration:
    """What the first complementary declaration of a month adds; the ceiling is used up already."""
    rows = np.flatnonzero(lived.supplement)
    rows = rows[np.argsort(firm.staff.number[rows])]
    return Declaration(
        _header(firm, period, COMPLEMENTARY),
        DeclaredRows.of(
            number=firm.staff.number[rows],
            last_name=firm.staff.last_name[rows].astype("S30"),
            first_name=firm.staff.first_name[rows].astype("S30"),
            days=np.full(len(rows), SUPPLEMENT_DAYS),
            real_salary=lived.supplement[rows],
        ),
    )


def _header(firm: Firm, period: date, family: str) -> DeclarationHeader:
    next_month = (period + timedelta(days=31)).replace(day=1)
    return DeclarationHeader(
        family=family,
        employer_number=str(firm.employer_number),
        period=period,
        supplement=int(family == COMPLEMENTARY),
        transfer_id=f"{firm.rank:06}{period:%Y%m}",
        name=firm.latin_name[:40],
        activity=f"OFFSHORING {firm.part.branch}",
        address=plain_capitals(firm.part.site),
        city=plain_capitals(CITIES[firm.part.site]),
        issued_on=next_month + ISSUED_AFTER,
        due_on=next_month + DUE_AFTER,
    )


def _yearly(firm: Firm, lived: Year, year: int) -> Etat9421:
    """Everybody employed in the year, in the order of their names."""
    staff = firm.staff
    listed = lived.declared.any(axis=1) & (staff.case != Case.NOT_IN_9421)
    rows = np.flatnonzero(listed)
    rows = rows[np.lexsort((staff.first_name[rows], staff.last_name[rows]))]
    has_others = firm.part.mixture is Mixture.ALL
    return Etat9421(
        fiscal_id=str(firm.fiscal_id),
        employer_number=str(firm.employer_number),
        year=year,
        name=firm.name,
        staff=PermanentStaff(
            line=np.arange(len(rows), dtype=np.int32),
            cnss_number=_numbers(staff.number[rows]),
            cin=[cin.decode() or None for cin in staff.cin[rows].tolist()],
            last_name=staff.last_name[rows].tolist(),
            first_name=staff.first_name[rows].tolist(),
            taxable_income=lived.income[rows],
            hired_on=staff.hired_on[rows].tolist(),
        ),
        occasional_count=OCCASIONAL_COUNT * has_others,
        trainee_count=TRAINEE_COUNT * has_others,
    )


def _people(staff: Staff) -> bytes:
    """What the other files can't say of each person; the rest of the columns stays empty."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_answers(staff))
    return out.getvalue().encode()


def _answers(staff: Staff) -> Iterator[dict[str, str]]:
    rows = np.flatnonzero(staff.case != Case.TO_COMPLETE)
    columns = {
        "matricule_cnss": [number or "" for number in _numbers(staff.number[rows])],
        "cin": [cin.decode() for cin in staff.cin[rows].tolist()],
        "nom": staff.last_name[rows].tolist(),
        "prenom": staff.first_name[rows].tolist(),
        "nationalite": staff.nationality[rows].tolist(),
        "date_embauche": _days(staff.hired_on[rows]),
        "date_depart": _days(staff.left_on[rows]),
        "type_contrat": staff.contract[rows].tolist(),
        "date_contrat_stable": _days(staff.stable_from[rows]),
        "derniere_declaration_meme_employeur": _days(staff.last_same_employer_on[rows], "aucune"),
        "finance_par": staff.funded_by[rows].tolist(),
    }
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))


def _numbers(numbers: npt.NDArray[np.int64]) -> list[str | None]:
    """CNSS numbers as text, none while CNSS has not given one."""
    return [f"{number:09}" if number else None for number in numbers.tolist()]


def _days(days: npt.NDArray[np.datetime64], absent: str = "") -> list[str]:
    return [f"{day:%d/%m/%Y}" if day else absent for day in days.tolist()]
