"""Writes the declarations that `ds` reads: its exact inverse."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, repeat

import numpy as np

from companies.imports.formats.declaration import (
    DTYPES,
    Declaration,
    DeclarationHeader,
    DeclaredRows,
)
from companies.imports.formats.ds import PERSON_FIELDS
from companies.imports.formats.ds_checks import COUNT, SUMMED, SUMMED_WITH_WARNING
from companies.imports.formats.ds_layout import (
    COMPLEMENTARY,
    LINE_LENGTH,
    PREFILLED,
    RECORDS,
    SITUATION_RANK,
    Kind,
)

Cell = int | str
Record = dict[str, Cell]
Columns = Mapping[str, list[Cell]]


def file_name_of(header: DeclarationHeader) -> str:
    """The name the specification gives the file, month first."""
    kinds = {PREFILLED: "AFFEBDS", COMPLEMENTARY: f"DSC{header.supplement}"}
    kind = kinds.get(header.family, "DS")
    return f"{kind}_{header.employer_number}_{header.period:%m%Y}.txt"


def write_declaration(declaration: Declaration, line_end: bytes = b"\n") -> bytes:
    """The bytes of the file; raises `ValueError` when a value does not fit its field.

    Entrants come last in the rows. When nobody entered, the line that says so is written.
    """
    end = line_end.decode()
    return "".join(line + end for line in _lines(declaration)).encode("ascii")


def _lines(declaration: Declaration) -> Iterator[str]:
    header, rows = declaration.header, declaration.rows
    family, owner = header.family, _owner(header)
    yield from _records(family, "00", _opening(header))
    yield from _records(family, "01", owner | _header_record(header))
    in_post = _people(rows, entrant=False)
    yield from _records(family, "02", owner, in_post)
    yield from _records(family, "03", owner | _totals(in_post))
    if family == PREFILLED:
        return
    entering = _people(rows, entrant=True)
    nobody: Columns = {"N_Num_Assure": [0]}
    yield from _records(family, "04", owner, entering if entering["N_Num_Assure"] else nobody)
    yield from _records(family, "05", owner | _totals(entering))
    yield from _records(family, "06", owner | _totals(in_post, entering))


def _records(
    family: str, number: str, fixed: Record, people: Columns | None = None
) -> Iterator[str]:
    """One line, or one a person; a field that is not given is zero or blank."""
    layout = RECORDS[family][number].values()
    template = "".join(
        f"%0{field.width}d" if field.kind is Kind.NUMBER else f"%-{field.width}s"
        for field in layout
    )
    blank: Record = {field.name: 0 if field.kind is Kind.NUMBER else "" for field in layout}
    given = blank | {"L_Type_Enreg": family + number} | fixed
    people = people or {}
    columns = [people[name] if name in people else repeat(given[name]) for name in blank]
    count = len(people["N_Num_Assure"]) if people else 1
    for values in islice(zip(*columns, strict=False), count):
        line = template % values
        if len(line) != LINE_LENGTH:
            raise ValueError(f"a value is too long for record {family}{number}: {values}")
        yield line


def _owner(header: DeclarationHeader) -> Record:
    month = _day(header.period)[:6]
    return {"N_Num_Affilie": int(header.employer_number), "L_Periode": int(month)}


def _opening(header: DeclarationHeader) -> Record:
    category = f"{header.family}{header.supplement}"
    return {"N_Identif_Transfert": int(header.transfer_id or 0), "L_Cat": category}


def _header_record(header: DeclarationHeader) -> Record:
    return {
        "L_Raison_Sociale": header.name,
        "L_Activite": header.activity,
        "L_Adresse": header.address,
        "L_Ville": header.city,
        "C_Code_Postal": header.postcode,
        "C_Code_Agence": header.agency,
        "D_Date_Emission": _day(header.issued_on),
        "D_Date_Exig": _day(header.due_on),
    }


def _day(day: date | None) -> str:
    return day.isoformat().replace("-", "") if day else "00000000"


def _people(rows: DeclaredRows, *, entrant: bool) -> Columns:
    """Those in post or those who enter, by field, with the check sum of each line."""
    chosen = np.flatnonzero(rows.entrant == entrant).tolist()
    columns: dict[str, list[Cell]] = {}
    for name, field in PERSON_FIELDS.items():
        is_text = np.dtype(DTYPES[name]).kind == "S"
        values = rows.texts(name) if is_text else getattr(rows, name).tolist()
        columns[field] = [values[row] for row in chosen]
    terms = (columns[name] for name in (*SUMMED, "N_AF_A_Reverser"))
    ranks = (SITUATION_RANK[situation] for situation in columns["L_Situation"])
    columns["S_Ctr"] = [sum(values) for values in zip(*terms, ranks, strict=True)]
    return columns


def _totals(*groups: Columns) -> Record:
    totals = {
        total: sum(sum(group[name]) for group in groups)
        for name, total in (SUMMED | SUMMED_WITH_WARNING).items()
    }
    return {COUNT: sum(len(group["N_Num_Assure"]) for group in groups)} | totals
