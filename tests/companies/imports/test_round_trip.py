"""Out and in again: a file with faults comes home, is corrected by a program, and is whole."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from contextlib import closing

import pytest

from accounts.sealing import unseal
from companies.firms.models import Firm
from companies.imports.outgoing.filled_template import export_people
from companies.imports.reading.layout import ANOMALIES
from companies.imports.staged import StagedProblem, StagedRow
from companies.workforce.models import Employee
from tests.companies.imports.copies import cells, checked, confirmed, copy, fills
from tests.companies.imports.formats.workbooks import Sheet, workbook
from tests.factories.people import AT, cin, member, number

WRONG = "F8CBAD"
TITLES = [
    "N° CNSS", "CIN", "Nom", "Prénom", "Nationalité", "Date d'embauche", "Date de départ",
    "Type de contrat", "Salaire brut imposable", "Poste",
]  # fmt: skip
FAULTS = {
    2: ("N° CNSS", "1.178E+08"),
    3: ("Date d'embauche", "31/02/2025"),
    4: ("Date de départ", "31/08/2025"),
    5: ("Type de contrat", "selon accord"),
    6: ("Salaire brut imposable", "61 000,505"),
    7: ("Nationalité", "quelque part"),
    9: ("N° CNSS", number(8)),
}
"""By line, the column that is wrong there and what it says; line 9 names the person of line 8."""
PEOPLE = 9

Make = Callable[[list[list[str]]], bytes]
CORRECTED: Mapping[str, Callable[[int], str]] = {
    "N° CNSS": number,
    "CIN": cin,
    "Nationalité": lambda _line: "MA",
    "Date d'embauche": lambda _line: "01/03/2025",
    "Date de départ": lambda _line: "",
    "Type de contrat": lambda _line: "CDI",
    "Salaire brut imposable": lambda _line: "61000,50",
}
"""What a payroll office writes in a cell of each column, once it has looked the person up."""


def person(line: int) -> list[str]:
    return [
        number(line), cin(line), f"NOM{line}", "SALMA", "Marocaine", "15/09/2025", "", "CDI",
        "84000,00", "=1+1",
    ]  # fmt: skip


def with_faults() -> list[list[str]]:
    rows = [person(line) for line in range(2, PEOPLE + 2)]
    for line, (title, wrong) in FAULTS.items():
        rows[line - 2][TITLES.index(title)] = wrong
    return [TITLES, *rows]


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("cp1252")


def as_workbook(rows: list[list[str]]) -> bytes:
    return workbook(Sheet(rows))


def corrected(content: bytes) -> list[list[str]]:
    """Whatever is coloured in a row that « Anomalies » speaks of is looked up and written anew."""
    header, *rows = cells(content)
    for place, colour in fills(content).items():
        column, line = re.fullmatch(r"([A-Z])(\d+)", place).groups()
        title = header[ord(column) - ord("A")]
        if colour == WRONG and title != ANOMALIES:
            row = rows[int(line) - 2]
            assert row[-1]
            row[header.index(title)] = CORRECTED[title](int(line))
    return [header, *rows]


MAKES = [
    pytest.param(as_csv, "gens.csv", id="csv"),
    pytest.param(as_workbook, "gens.xlsx", id="xlsx"),
]


@pytest.mark.parametrize(("sends", "name"), MAKES)
@pytest.mark.parametrize(("saves", "new_name"), MAKES)
def test_a_copy_that_a_program_corrected_has_no_error_and_the_same_people(
    firm: Firm, sends: Make, name: str, saves: Make, new_name: str
):
    first = checked(firm, sends(with_faults()), name)
    assert (first.of.good, first.of.bad) == (PEOPLE - len(FAULTS), len(FAULTS))

    again = checked(firm, saves(corrected(copy(first))), new_name)
    confirmed(again)

    assert (again.of.good, again.of.bad) == (PEOPLE, 0)
    assert not StagedProblem.objects.filter(file=again, blocks=True).exists()
    loaded = Employee.objects.values_list("cnss_sealed", flat=True)
    assert {unseal("cnss", each) for each in loaded} == {
        number(line) for line in range(2, PEOPLE + 2)
    }


def filled_template(firm: Firm) -> bytes:
    with closing(export_people(firm=firm, acting_user=member(firm), at=AT)) as book:
        return book.read()


def test_the_template_filled_with_the_people_of_a_firm_answers_nothing_for_them(firm: Firm):
    confirmed(checked(firm, as_csv([TITLES, *map(person, range(2, PEOPLE + 2))])))

    again = checked(firm, filled_template(firm), "modele.xlsx")

    assert (again.of.good, again.of.bad) == (PEOPLE, 0)
    rows = StagedRow.objects.filter(file=again)
    assert set(rows.values_list("effect", flat=True)) == {StagedRow.Effect.UNCHANGED}
