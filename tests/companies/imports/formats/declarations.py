"""Declarations for tests: one right in every field, ways to break it, and arbitrary ones."""

import io
from datetime import date
from itertools import count

import numpy as np
from hypothesis import strategies as st

from companies.identifiers import cnss_check_digit
from companies.imports.formats.declaration import (
    DTYPES,
    Declaration,
    DeclarationHeader,
    DeclaredRows,
)
from companies.imports.formats.ds import read_declaration
from companies.imports.formats.ds_layout import COMPLEMENTARY, MAIN, PREFILLED, RECORDS
from companies.imports.formats.ds_writer import write_declaration

NAME = "DS_1234567_012026.txt"
NUMBERS = [123456785, 137586057, 183920192]
HEADER = DeclarationHeader(
    family=MAIN,
    employer_number="1234567",
    period=date(2026, 1, 1),
    transfer_id="00000000000042",
    name="OFFSHORE EXEMPLE",
    activity="CENTRE D APPELS",
    address="12 RUE DE L ATLAS",
    city="CASABLANCA",
    postcode="20250",
    agency="01",
    issued_on=date(2026, 2, 1),
    due_on=date(2026, 2, 10),
)


def sample(header: DeclarationHeader = HEADER, **changes: list) -> Declaration:
    """Two people in post (lines 3 and 4) and one who enters (line 6)."""
    columns = {
        "number": NUMBERS,
        "last_name": [b"ALAMI", b"BENNANI", b"CHRAIBI"],
        "first_name": [b"SALMA", b"YOUSSEF", b"IMANE"],
        "cin": [b"", b"", b"AB123456"],
        "entrant": [False, False, True],
        "days": [26, 20, 15],
        "real_salary": [650_000, 480_050, 300_000],
        "capped_salary": [600_000, 480_050, 300_000],
        "situation": [b"", b"SO", b""],
    }
    return Declaration(header, DeclaredRows.of(**columns | changes))


def read(data: bytes, name: str = NAME) -> Declaration:
    return read_declaration(io.BytesIO(data), name)


def lines_of(declaration: Declaration) -> list[bytes]:
    return write_declaration(declaration).splitlines()


def joined(lines: list[bytes], end: bytes = b"\n") -> bytes:
    return b"".join(line + end for line in lines)


def with_field(lines: list[bytes], line: int, field: str, text: str) -> list[bytes]:
    """The same lines with one field of one of them (from 1) overwritten."""
    old = lines[line - 1]
    layout = RECORDS[chr(old[0])][old[1:3].decode()]
    place = layout[field]
    assert len(text) == place.width
    new = old[: place.start] + text.encode("latin-1") + old[place.end :]
    return [*lines[: line - 1], new, *lines[line:]]


def same(left: Declaration, right: Declaration) -> bool:
    return left.header == right.header and all(
        np.array_equal(getattr(left.rows, name), getattr(right.rows, name)) for name in DTYPES
    )


WORDS = st.from_regex(r"[A-Z][A-Z0-9 ]{0,18}[A-Z]", fullmatch=True).map(str.encode)


def _number(rank: int) -> int:
    body = (10_000_001 + rank) * 10
    return body + cnss_check_digit(body, 7)


@st.composite
def _person(draw: st.DrawFn, rank: int, family: str, *, entrant: bool) -> dict[str, object]:
    pending = entrant and draw(st.booleans())
    person = {
        "number": 0 if pending else _number(rank),
        "entrant": entrant,
        "last_name": draw(WORDS),
        "first_name": draw(WORDS),
        "cin": f"AB{rank:06}".encode() if entrant else b"",
    }
    if not entrant:
        person["children"] = draw(st.integers(0, 99))
        for name in ("allowance_to_pay", "allowance_to_deduct", "allowance_net"):
            person[name] = draw(st.integers(0, 999_999))
    if family != PREFILLED:
        person["days"] = draw(st.integers(0, 99))
        person["real_salary"] = draw(st.integers(0, 9_999_999_999_999))
        person["capped_salary"] = draw(st.integers(0, 999_999_999))
        if not entrant:
            person["allowance_to_give_back"] = draw(st.integers(0, 999_999))
            person["situation"] = draw(st.sampled_from([b"", b"SO", b"DE", b"CS", b"MP"]))
    return person


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    """Any declaration of any family, with or without people and entrants."""
    family = draw(st.sampled_from([PREFILLED, MAIN, COMPLEMENTARY]))
    ranks = count()
    people = [
        draw(_person(next(ranks), family, entrant=False)) for _ in range(draw(st.integers(0, 4)))
    ]
    if family != PREFILLED:
        people += [
            draw(_person(next(ranks), family, entrant=True)) for _ in range(draw(st.integers(0, 4)))
        ]
    columns = {
        name: np.array(
            [person.get(name, np.zeros(1, dtype)[0]) for person in people], np.dtype(dtype)
        )
        for name, dtype in DTYPES.items()
        if name != "line"
    }
    header = DeclarationHeader(
        family=family,
        employer_number=draw(st.from_regex(r"[0-9]{7}", fullmatch=True)),
        period=draw(st.dates(date(2000, 1, 1), date(2099, 1, 1))).replace(day=1),
        supplement=draw(st.integers(1, 9)) if family == COMPLEMENTARY else 0,
        transfer_id=draw(st.from_regex(r"[0-9]{14}", fullmatch=True)),
        name=draw(WORDS).decode(),
        issued_on=draw(st.none() | st.dates()),
    )
    return Declaration(header, DeclaredRows.of(**columns))
