"""Writes the état 9421 that `etat9421` reads; what the reader ignores is not invented."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from accounts.formats import decimal
from companies.imports.formats.etat9421 import OCCASIONAL, PERMANENT, ROOT, TRAINEE, Etat9421
from companies.imports.formats.etat9421_staff import PermanentStaff


def write_etat9421(etat: Etat9421) -> bytes:
    """UTF-8, one tag a line. People who are only counted are written as empty elements."""
    return "\n".join((*_lines(etat), "")).encode()


def _lines(etat: Etat9421) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<{ROOT}>"
    yield from _header(etat)
    yield "  <listPersonnelPermanent>"
    yield from _people(etat.staff)
    yield "  </listPersonnelPermanent>"
    yield from _counted("listPersonnelExonere", "PersonnelExonere", etat.other_count)
    yield from _counted("listPersonnelOccasionnel", OCCASIONAL, etat.occasional_count)
    yield from _counted("listStagiaires", TRAINEE, etat.trainee_count)
    yield f"</{ROOT}>"


def _header(etat: Etat9421) -> Iterator[str]:
    people = len(etat.staff)
    total = sum(etat.staff.taxable_income.tolist())
    values = {
        "identifiantFiscal": etat.fiscal_id,
        "raisonSociale": etat.name,
        "exerciceFiscalDu": f"{etat.year}-01-01",
        "exerciceFiscalAu": f"{etat.year}-12-31",
        "annee": etat.year,
        "numeroCNSS": etat.employer_number,
        "effectifTotal": people + etat.occasional_count + etat.trainee_count,
        "nbrPersoPermanent": people,
        "nbrPersoOccasionnel": etat.occasional_count,
        "nbrStagiaires": etat.trainee_count,
        "totalMtRevenuBrutImposablePP": decimal(total),
    }
    for tag, value in values.items():
        yield _tag(tag, str(value), "  ")


def _people(staff: PermanentStaff) -> Iterator[str]:
    columns = zip(
        staff.last_name,
        staff.first_name,
        staff.cin,
        staff.cnss_number,
        staff.taxable_income.tolist(),
        staff.hired_on,
        strict=True,
    )
    for last_name, first_name, cin, number, income, hired_on in columns:
        yield f"    <{PERMANENT}>"
        yield _tag("nom", last_name)
        yield _tag("prenom", first_name)
        yield _tag("numCNI", cin or "")
        yield _tag("numCNSS", number or "")
        yield _tag("mtRevenuBrutImposable", decimal(income))
        yield _tag("dateRecrutement", _day(hired_on))
        yield f"    </{PERMANENT}>"


def _counted(of_all: str, of_one: str, count: int) -> Iterator[str]:
    yield f"  <{of_all}>"
    yield from (f"    <{of_one}/>" for _ in range(count))
    yield f"  </{of_all}>"


def _tag(name: str, text: str, margin: str = "      ") -> str:
    return f"{margin}<{name}>{escape(text)}</{name}>"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
