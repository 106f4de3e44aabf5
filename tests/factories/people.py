"""Files of a small payroll, as a firm would send them; `claimants` makes the firms."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from accounts.models import User
from companies.firms.models import Firm, FirmRole, Membership
from companies.identifiers import cnss_check_digit
from companies.imports.actions import load_files
from companies.imports.formats.declaration import Declaration, DeclarationHeader, DeclaredRows
from companies.imports.formats.ds_layout import COMPLEMENTARY, MAIN
from companies.imports.formats.ds_writer import file_name_of, write_declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff
from companies.imports.formats.etat9421_writer import write_etat9421
from companies.imports.models import FileLoad
from companies.imports.reading.people_columns import COLUMNS
from tests.factories.agency import account

AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
SALARY = 700_000
"""Real salary of everybody for a month, in centimes."""

File = tuple[str, bytes]
Row = dict[str, object]


def member(firm: Firm, role: FirmRole = FirmRole.REDACTEUR, name: str = "") -> User:
    """Somebody who holds this role in the firm, found again by name."""
    user = account(name or f"{role}-{firm.pk}")
    Membership.objects.get_or_create(
        firm=firm, user=user, role=role, ended_at=None, defaults={"started_at": AT}
    )
    return user


def load(firm: Firm, *files: File, user: User | None = None) -> list[FileLoad]:
    """By somebody who may, unless somebody else is named."""
    return load_files(firm=firm, files=files, acting_user=user or member(firm), at=AT)


def number(rank: int) -> str:
    """A CNSS number with its right key."""
    body = (10_000_000 + rank) * 10
    return str(body + cnss_check_digit(body, 7))


def cin(rank: int) -> str:
    return f"AB{rank:06}"


def row(rank: int, **changes: object) -> Row:
    """One person of one declaration, in post all month unless told otherwise."""
    return {
        "number": int(number(rank)),
        "last_name": f"NOM{rank}",
        "first_name": "SALMA",
        "days": 26,
        "real_salary": SALARY,
        "capped_salary": 600_000,
    } | changes


def entrant(rank: int, **changes: object) -> Row:
    return row(rank, **{"entrant": True, "cin": cin(rank)} | changes)


def pending(rank: int, **changes: object) -> Row:
    """Somebody who has no CNSS number yet."""
    return entrant(rank, number=0, **changes)


def declaration(firm: Firm, month: date, rows: Sequence[Row], supplement: int = 0) -> File:
    """A DS file, or a DSC one with a rank above 0."""
    header = DeclarationHeader(
        family=COMPLEMENTARY if supplement else MAIN,
        employer_number=firm.employer_number,
        period=month,
        supplement=supplement,
        name="ENTREPRISE",
    )
    ordered = sorted(rows, key=lambda each: (bool(each.get("entrant")), each["number"]))
    names = sorted({name for each in rows for name in each} | {"number"})
    empty = {"cin": "", "situation": "", "entrant": False}
    columns = {name: [each.get(name, empty.get(name, 0)) for each in ordered] for name in names}
    content = write_declaration(Declaration(header, DeclaredRows.of(**columns)))
    return file_name_of(header), content


def etat(firm: Firm, year: int, rows: Sequence[Row]) -> File:
    """An état 9421; a row has `rank`, and `hired_on`, `income`, `number`, `cin`, names if told."""
    staff = PermanentStaff(
        line=np.zeros(len(rows), np.int32),
        cnss_number=[each.get("number", number(each["rank"])) for each in rows],
        cin=[each.get("cin", cin(each["rank"])) for each in rows],
        last_name=[each.get("last_name", f"Nom{each['rank']}") for each in rows],
        first_name=[each.get("first_name", "Salma") for each in rows],
        taxable_income=np.array([each.get("income", 8_400_000) for each in rows], np.int64),
        hired_on=[each.get("hired_on") for each in rows],
    )
    content = write_etat9421(
        Etat9421(firm.fiscal_id, firm.employer_number, year, "Entreprise", staff)
    )
    return f"etat9421_{year}.xml", content


def people_file(rows: Sequence[Row], name: str = "personnes.csv") -> File:
    """A people file; a row has `rank` and cells by the name of their column."""
    lines = [";".join(COLUMNS)]
    for each in rows:
        known = {"matricule_cnss": number(each["rank"]), "cin": cin(each["rank"])} | each
        lines.append(";".join(str(known.get(column, "")) for column in COLUMNS))
    return name, "\n".join(lines).encode()
