"""A firm hands over its files."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from accounts.constraints import named_refusals
from accounts.formats import CASABLANCA
from accounts.journal import record_all
from accounts.models import User
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.absences import warn_of_absences
from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.incoming import Incoming, read_incoming
from companies.imports.loading_employees import load_employees
from companies.imports.loading_employments import load_employments
from companies.imports.loading_facts import load_facts
from companies.imports.loading_merges import merge_persons
from companies.imports.loading_pay import load_pay, people_year
from companies.imports.loading_persons import complete_persons, find_persons
from companies.imports.models import FileLoad
from companies.imports.people_columns import People
from companies.workforce.models import PayYear

NAME_LENGTH = 255
DIGITS_SHOWN = 3
IDENTIFIER_FIELDS = frozenset(
    {"N_Num_Assure", "L_Num_CIN", "numCNSS", "numCNI", "matricule_cnss", "cin"}
)


def load_files(
    *, firm: Firm, files: Sequence[tuple[str, bytes]], acting_user: User, at: datetime
) -> list[FileLoad]:
    """Load files recognised by their content, all or none; one load a file, in the order given.

    Declarations are loaded first, by month, then états 9421, then people files; the order in which
    a firm sends its official files changes nothing. The same bytes again give the load that was
    made of them. A file about a month or a year already loaded corrects it. Raises `role_missing`,
    or `FileRefused` with every problem.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    hashes = [sha256(content).hexdigest() for _, content in files]
    with named_refusals(), transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        known = _loads(firm, hashes)
        new = {key: file for key, file in zip(hashes, files, strict=True) if key not in known}
        if new:
            year = _last_year(firm) or at.astimezone(CASABLANCA).year - 1
            incoming = read_incoming(list(new.values()), firm, year_by_default=year)
            _store(firm, incoming, acting_user, at)
            _load(firm, incoming, acting_user, at)
            _report(firm, incoming, acting_user, at)
            known = _loads(firm, hashes)
    return [known[key] for key in hashes]


def _loads(firm: Firm, hashes: Sequence[str]) -> dict[str, FileLoad]:
    loads = FileLoad.objects.filter(file__firm=firm, file__sha256__in=hashes)
    loads = loads.select_related("file").defer("file__content")
    return {load.file.sha256: load for load in loads}


def _last_year(firm: Firm) -> int | None:
    """The last year of which the tax office was told."""
    official = PayYear.objects.filter(employee__firm=firm, source__kind=ReceivedFile.Kind.ETAT_9421)
    year: int | None = official.aggregate(last=Max("year"))["last"]
    return year


def _store(firm: Firm, files: Sequence[Incoming], acting_user: User, at: datetime) -> None:
    stored = ReceivedFile.objects.bulk_create(
        ReceivedFile(
            firm=firm,
            kind=each.kind,
            name=each.name[-NAME_LENGTH:],
            sha256=each.sha256,
            size=len(each.content),
            content=each.content,
            received_at=at,
            received_by=acting_user,
        )
        for each in files
    )
    for each, file in zip(files, stored, strict=True):
        each.file_id = file.pk


def _load(firm: Firm, files: Sequence[Incoming], acting_user: User, at: datetime) -> None:
    persons = find_persons(files)
    _refuse_second_rows(files, persons.of_rows)
    merge_persons(firm, persons.merged)
    complete_persons(persons)
    load_employees(firm, files, persons.of_rows)
    for each in files:
        load_pay(firm, each)
    load_employments(firm, files)
    load_facts(firm, files, acting_user=acting_user, at=at)
    warn_of_absences(firm, files)


def _refuse_second_rows(files: Sequence[Incoming], persons: Sequence[Sequence[int]]) -> None:
    """Two rows of one file that name one person, the first by the number, the other by the CIN."""
    problems = []
    for each, of_rows in zip(files, persons, strict=True):
        first_lines: dict[tuple[int, int], int] = {}
        for position, person in enumerate(of_rows):
            line = each.people.line[position]
            read = each.read
            year = people_year(each, read, each.kept[position]) if isinstance(read, People) else 0
            first = first_lines.setdefault((person, year), line)
            if first != line:
                place = Place(each.name, line)
                problems.append(Problem("duplicate_person", place, "", str(first)))
    if problems:
        raise FileRefused.because_of(problems)


def _report(firm: Firm, files: Sequence[Incoming], acting_user: User, at: datetime) -> None:
    FileLoad.objects.bulk_create(
        FileLoad(
            file_id=each.file_id,
            period=each.period,
            supplement=each.supplement,
            rows=each.rows,
            created=each.created,
            updated=each.updated,
            unchanged=each.unchanged,
            left_out=each.left_out,
            warnings=[_told(warning) for warning in each.warnings],
            loaded_at=at,
            loaded_by=acting_user,
        )
        for each in files
    )
    details = (
        {
            "file": each.name,
            "sha256": each.sha256,
            "kind": each.kind,
            "period": each.period.isoformat(),
            "supplement": each.supplement,
            "rows": each.rows,
            "created": each.created,
            "updated": each.updated,
        }
        for each in files
    )
    record_all(
        streams=[(firm.journal_stream, firm.public_id, detail) for detail in details],
        action="import.load",
        acting_user=acting_user,
        at=at,
    )


def _told(warning: FileWarning) -> dict[str, object]:
    """A warning as it is kept; of the number of a person the end alone, the file has the whole."""
    found = warning.found
    if warning.place.field in IDENTIFIER_FIELDS and len(found) > DIGITS_SHOWN and "-" not in found:
        found = f"…{found[-DIGITS_SHOWN:]}"
    return {
        "code": warning.code,
        "file": warning.place.file,
        "line": warning.place.line,
        "field": warning.place.field,
        "found": found,
        "expected": warning.expected,
    }
