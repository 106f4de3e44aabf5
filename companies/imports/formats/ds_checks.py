"""What a declaration says twice: totals that must agree, and rules whose breach only warns.

The counts and the sums of numbers, days and pay are structure: where they disagree the file is
refused. The check sums, the family allowances and the rules of pay are known from public code only,
so they warn.
"""

from collections import Counter

import numpy as np
import numpy.typing as npt

from companies.identifiers import EmployeeNumber, cnss_check_digit
from companies.imports.errors import FileRefused, Place, WarningLog
from companies.imports.formats.declaration import Column, DeclaredRows
from companies.imports.formats.ds_layout import (
    DAYS_MAX,
    PREFILLED,
    SITUATION_RANK,
    UNPAID_SITUATIONS,
)
from companies.imports.formats.ds_records import Block

PENDING, OCCASIONAL = int(EmployeeNumber.PENDING), int(EmployeeNumber.OCCASIONAL)
RESERVED = int(EmployeeNumber.RESERVED)
FIRST_DIGIT_UNIT = 10**8

SUMMED = {
    "N_Num_Assure": "N_T_Num_Imma",
    "N_Jours_Declares": "N_T_Jours_Declares",
    "N_Salaire_Reel": "N_T_Salaire_Reel",
    "N_Salaire_Plaf": "N_T_Salaire_Plaf",
}
SUMMED_WITH_WARNING = {
    "N_Enfants": "N_T_Enfants",
    "N_AF_A_Payer": "N_T_AF_A_Payer",
    "N_AF_A_Deduire": "N_T_AF_A_Deduire",
    "N_AF_Net_A_Payer": "N_T_AF_Net_A_Payer",
    "N_AF_A_Reverser": "N_T_AF_A_Reverser",
    "S_Ctr": "N_T_Ctr",
}
COUNT = "N_Nbr_Salaries"


class Totals:
    """Running sums of the lines of people, held against the records that repeat them."""

    def __init__(self, log: WarningLog) -> None:
        self._log = log
        self._by_record: dict[str, Counter[str]] = {"02": Counter(), "04": Counter()}

    def add(self, block: Block, people: int) -> None:
        """Count the lines of a block; Python integers, so that no sum wraps."""
        sums = self._by_record[block.number]
        sums[COUNT] += people
        for name, total in (SUMMED | SUMMED_WITH_WARNING).items():
            if name in block.layout:
                sums[total] += sum(block.integers(name).tolist())

    def check(self, block: Block) -> None:
        """Hold a record of totals (03, 05 or 06) against the lines read so far."""
        expected = {
            "03": self._by_record["02"],
            "05": self._by_record["04"],
            "06": self._by_record["02"] + self._by_record["04"],
        }[block.number]
        for name in (COUNT, *SUMMED.values()):
            if name in block.layout and int(block.shown(name)) != expected[name]:
                raise block.refusal("total_differs", name, str(expected[name]))
        for name in SUMMED_WITH_WARNING.values():
            if name in block.layout and int(block.shown(name)) != expected[name]:
                self._log.add(
                    "check_sum_total" if name == "N_T_Ctr" else "allowance_total",
                    block.first_line,
                    name,
                    found=str(int(block.shown(name))),
                    expected=str(expected[name]),
                )


def warn_of_check_sums(block: Block, log: WarningLog) -> None:
    """The check sum of each line: number, allowance given back, days, pay, rank of situation."""
    if block.family == PREFILLED:
        return
    expected = sum(block.integers(name) for name in SUMMED)
    if block.number == "02":
        expected = expected + block.integers("N_AF_A_Reverser") + situation_ranks(block)
    found = block.integers("S_Ctr")
    for row in np.flatnonzero(found != expected.astype(np.uint64)).tolist():
        log.add(
            "check_sum",
            block.first_line + row,
            "S_Ctr",
            found=str(found[row]),
            expected=str(expected[row]),
        )


def situation_ranks(block: Block) -> npt.NDArray[np.int64]:
    """Rank of the situation of each line; raises `FileRefused` on one the specification lacks."""
    names = block.texts("L_Situation")
    ranks = np.full(len(names), -1, np.int64)
    for name, rank in SITUATION_RANK.items():
        ranks[names == name.encode()] = rank
    if (ranks < 0).any():
        known = " ".join(name for name in SITUATION_RANK if name)
        raise block.refusal("situation_unknown", "L_Situation", known, int((ranks < 0).argmax()))
    return ranks


def refuse_unnamed(rows: DeclaredRows, file_name: str) -> None:
    """Every line must say who it is about: a number, a CIN while it is pending, or occasional."""
    unnamed = (rows.number == PENDING) & (rows.cin == b"")
    if unnamed.any():
        line = int(rows.line[unnamed.argmax()])
        place = Place(file_name, line, "L_Num_CIN")
        raise FileRefused("pending_without_cin", place, "", "the CIN of the person")


def refuse_duplicates(rows: DeclaredRows, file_name: str) -> None:
    """One line a person: by number, and by CIN among those whose number is pending."""
    pending = rows.number == PENDING
    numbered = ~pending & (rows.number != OCCASIONAL)
    if twice := _first_twice(rows.number, numbered):
        place = Place(file_name, int(rows.line[twice[1]]), "N_Num_Assure")
        found = f"{rows.number[twice[1]]:09}"
        raise FileRefused("duplicate_person", place, found, str(rows.line[twice[0]]))
    if twice := _first_twice(rows.cin, pending):
        place = Place(file_name, int(rows.line[twice[1]]), "L_Num_CIN")
        found = rows.cin[twice[1]].decode("ascii")
        raise FileRefused("duplicate_person", place, found, str(rows.line[twice[0]]))


def _first_twice(values: Column, concerned: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """The first row whose value stood before, after the row where it stood."""
    rows = np.flatnonzero(concerned)
    order = rows[np.argsort(values[rows], kind="stable")]
    again = np.flatnonzero(values[order][1:] == values[order][:-1])
    if not len(again):
        return None
    place = again[order[again + 1].argmin()]
    return int(order[place]), int(order[place + 1])


class Doubts:
    """Rules of numbers, order, days and pay, over blocks of rows in the order of the file."""

    def __init__(self, family: str, log: WarningLog) -> None:
        self._family = family
        self._log = log
        self._last: DeclaredRows | None = None

    def look_at(self, rows: DeclaredRows) -> None:
        _warn_of_numbers(rows, self._log)
        _warn_of_order(rows, self._last, self._log)
        if self._family != PREFILLED:
            _warn_of_pay(rows, self._log)
        self._last = rows if len(rows) else self._last


def _warn_of_numbers(rows: DeclaredRows, log: WarningLog) -> None:
    number = rows.number
    person = (number != PENDING) & (number != OCCASIONAL)
    doubts = {
        "employee_number_reserved": number == RESERVED,
        "employee_number_first_digit": number // FIRST_DIGIT_UNIT != 1,
        "employee_number_key": number % 10 != cnss_check_digit(number, 7),
    }
    for code, doubtful in doubts.items():
        for row in np.flatnonzero(doubtful & person).tolist():
            log.add(code, int(rows.line[row]), "N_Num_Assure", found=f"{number[row]:09}")
    nameless = rows.entrant & (rows.last_name == b"") & (number != OCCASIONAL)
    for row in np.flatnonzero(nameless).tolist():
        log.add("name_missing", int(rows.line[row]), "L_Nom")


def _warn_of_order(rows: DeclaredRows, before: DeclaredRows | None, log: WarningLog) -> None:
    """`before` is the block that ends where this one begins."""
    ends = [before] if before is not None else []
    entrant = np.concatenate([*(block.entrant[-1:] for block in ends), rows.entrant])
    number = np.concatenate([*(block.number[-1:] for block in ends), rows.number])
    falls = (entrant[1:] == entrant[:-1]) & (np.diff(number) < 0)
    first = len(number) - len(rows)
    for row in (np.flatnonzero(falls) + 1 - first).tolist():
        log.add("line_order", int(rows.line[row]), "N_Num_Assure", found=f"{rows.number[row]:09}")


def _warn_of_pay(rows: DeclaredRows, log: WarningLog) -> None:
    worked, paid = rows.days > 0, rows.real_salary > 0
    unpaid = np.isin(rows.situation, [name.encode() for name in UNPAID_SITUATIONS])
    normal = rows.situation == b""
    doubts = {
        ("days_above_26", "N_Jours_Declares"): (rows.days > DAYS_MAX, rows.days),
        ("capped_above_real", "N_Salaire_Plaf"): (
            rows.capped_salary > rows.real_salary,
            rows.capped_salary,
        ),
        ("pay_while_unpaid", "L_Situation"): (unpaid & (worked | paid), rows.real_salary),
        ("normal_without_days", "N_Jours_Declares"): (normal & ~worked, rows.days),
        ("normal_without_pay", "N_Salaire_Reel"): (normal & ~paid, rows.real_salary),
    }
    for (code, field), (doubtful, values) in doubts.items():
        for row in np.flatnonzero(doubtful).tolist():
            log.add(code, int(rows.line[row]), field, found=str(values[row]))
