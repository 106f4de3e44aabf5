"""What may be wrong between the cells of one row of a people file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from companies.identifiers import EmployeeNumber, NationalId
from companies.imports.errors import FileWarning, Place, Problem

Values = Mapping[str, object]
Said = Callable[[str], str]


def identity_told(values: Values, _said: Said) -> Iterable[FileWarning]:
    """Whom the row is about, and what looks wrong with the numbers that say so."""
    number, cin = values["matricule_cnss"], values["cin"]
    warnings = []
    if isinstance(number, EmployeeNumber):
        place = Place("", field="matricule_cnss")
        warnings += [FileWarning(code, place, str(number)) for code in number.warnings]
    if isinstance(cin, str):
        if not NationalId.form.fullmatch(cin):
            warnings.append(FileWarning("national_id_format", Place("", field="cin"), cin))
    elif number is None:
        warnings.append(FileWarning("no_identifier", Place("", field="cin")))
    return warnings


def departure_after_hire(values: Values, said: Said) -> Iterable[Problem]:
    hired_on, left_on = values["date_embauche"], values["date_depart"]
    if not (isinstance(hired_on, date) and isinstance(left_on, date) and left_on < hired_on):
        return ()
    place = Place("", field="date_depart")
    found, expected = said("date_depart"), said("date_embauche")
    return (Problem("departure_before_hire", place, found, expected),)
