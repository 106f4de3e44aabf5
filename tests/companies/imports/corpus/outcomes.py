"""What becomes of a file on the way that no database is needed for: taken apart, opened, read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, islice

from companies.imports.errors import FileRefused, Problem
from companies.imports.formats.ds import read_declaration
from companies.imports.formats.etat9421 import read_etat9421
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.formats.tables import open_table
from companies.imports.formats.unpacking import Unpacked, unpacked
from companies.imports.formats.workbook_scan import Limits
from companies.imports.reading.cells import CellReader
from companies.imports.reading.layout import placed
from companies.imports.reading.matching import propose
from companies.imports.reading.targets import WORKFORCE

SAMPLE_ROWS = 200
Outcome = dict[str, object]


def outcome_of(name: str, content: bytes) -> Outcome | list[Outcome]:
    """Of each file of an archive; what is empty is not said."""
    try:
        outcomes = [_read(each) for each in unpacked(name, content, Limits())]
    except FileRefused as refused:
        said = {"refused": refused.code, "line": refused.place.line, "field": refused.place.field}
        return {key: value for key, value in said.items() if value}
    return outcomes if len(outcomes) > 1 else outcomes[0]


def _read(file: Unpacked) -> Outcome:
    kind = recognise(file.content[:HEAD_SIZE], file.name)
    source = BytesIO(file.content)
    if kind == "ds":
        declaration = read_declaration(source, file.name)
        return _told(kind, len(declaration.rows), warnings=Counter(_codes(declaration.warnings)))
    if kind == "etat9421":
        etat = read_etat9421(source, file.name)
        return _told(kind, len(etat.staff), warnings=Counter(_codes(etat.warnings)))
    return _table(file, source)


def _table(file: Unpacked, source: BytesIO) -> Outcome:
    table = open_table(source, file.name, WORKFORCE.titles, Limits())
    first = list(islice(table.rows, SAMPLE_ROWS))
    proposal = propose(table.titles, [cells for _, cells in first], WORKFORCE)
    reader = CellReader(file.name, placed(proposal.layout, table), WORKFORCE)
    rows = [reader.read(line, cells) for line, cells in chain(first, table.rows)]
    return _told(
        table.format,
        len(rows),
        encoding=table.encoding,
        first=_said(rows[0].values) if rows else "",
        asked=sorted({question.kind for question in proposal.questions}),
        bad=sum(bool(row.problems) for row in rows),
        problems=_firsts(row.problems for row in rows),
        warnings=Counter(code for row in rows for code in _codes(row.warnings)),
    )


def _firsts(problems: Iterable[Sequence[Problem]]) -> list[str]:
    """Line, column and code of the first problem of each code."""
    found: dict[str, str] = {}
    for each in chain.from_iterable(problems):
        found.setdefault(each.code, f"{each.place.line} {each.place.field or 'row'} {each.code}")
    return list(found.values())


def _said(values: Mapping[str, object]) -> str:
    """Name, day and centimes as they were understood."""
    return " ".join(str(values[name]) for name in ("nom", "date_embauche", "revenu_brut_imposable"))


def _codes(said: object) -> Iterator[str]:
    return (each.code for each in said)


def _told(kind: str, rows: int, **more: object) -> Outcome:
    plain = {key: dict(each) if isinstance(each, Counter) else each for key, each in more.items()}
    return {"format": kind, "rows": rows} | {key: each for key, each in plain.items() if each}
