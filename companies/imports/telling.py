"""Problems and warnings as they are kept: plain data, with the end alone of a personal number."""

from companies.imports.errors import FileWarning, Problem

DIGITS_SHOWN = 3
IDENTIFIER_FIELDS = frozenset(
    {"N_Num_Assure", "L_Num_CIN", "numCNSS", "numCNI", "matricule_cnss", "cin"}
)


def end_shown(number: str) -> str:
    """« …456 »; a text as short as that end is shown as it is."""
    return number if len(number) <= DIGITS_SHOWN else f"…{number[-DIGITS_SHOWN:]}"


def told(said: FileWarning | Problem) -> dict[str, object]:
    """The file has the whole number; a month, which has a hyphen, is no number of a person."""
    found = said.found
    if said.place.field in IDENTIFIER_FIELDS and "-" not in found:
        found = end_shown(found)
    return {
        "code": said.code,
        "file": said.place.file,
        "line": said.place.line,
        "field": said.place.field,
        "found": found,
        "expected": said.expected,
    }
