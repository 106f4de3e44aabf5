"""The yearly declaration of pay, « état 9421 », as the tax office receives it in XML.

Only `listPersonnelPermanent` holds people this program looks at; the others are counted. Tags come
from public generators, the schema of the tax office not being public. The file is untrusted: no
DOCTYPE, no entity, a bounded size, and elements are dropped as soon as they are read.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from lxml import etree

from companies.identifiers import EmployerNumber, FiscalId, Identifier, IdentifierError
from companies.imports.errors import FileRefused, FileWarning, Place, WarningLog
from companies.imports.formats.etat9421_staff import (
    PermanentRow,
    PermanentStaff,
    columns_of,
    line_of,
    read_row,
)
from companies.imports.formats.xml_lines import GuardedStream, first_line
from companies.imports.reading.values import ValueRefused, read_amount

SIZE_MAX = 400_000_000

ROOT = "TraitementEtSalaire"
PERMANENT, OCCASIONAL, TRAINEE = "PersonnelPermanent", "PersonnelOccasionnel", "Stagiaire"
OTHERS = ("PersonnelExonere", "Doctorant")
PEOPLE = (PERMANENT, OCCASIONAL, TRAINEE, *OTHERS)
HEADER_TAGS = (
    "identifiantFiscal",
    "numeroCNSS",
    "annee",
    "raisonSociale",
    "effectifTotal",
    "nbrPersoPermanent",
    "nbrPersoOccasionnel",
    "nbrStagiaires",
    "totalMtRevenuBrutImposablePP",
)
YEAR_EXPECTED = "a year in four digits"


class Counted(NamedTuple):
    """Somebody this program does not look at; the opening tag is on `line`."""

    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Etat9421:
    fiscal_id: str
    employer_number: str
    year: int
    name: str
    staff: PermanentStaff
    occasional_count: int = 0
    trainee_count: int = 0
    other_count: int = 0
    warnings: tuple[FileWarning, ...] = ()


def read_etat9421(stream: BinaryIO, file_name: str, *, size_max: int = SIZE_MAX) -> Etat9421:
    """Parse one whole file; raises `FileRefused`. `size_max` is in bytes."""
    opened = OpenEtat9421(stream, file_name, size_max, refuses_second=True)
    staff = [each for each in opened.people() if isinstance(each, PermanentRow)]
    return opened.result(columns_of(staff))


class OpenEtat9421:
    """A yearly declaration read person after person; its header is known when all were read.

    `people` raises `FileRefused`, in the end for totals too. With `refuses_second`, identifiers are
    remembered and nobody stands in the file twice; without, that is for whoever keeps the rows.
    """

    def __init__(
        self,
        stream: BinaryIO,
        file_name: str,
        size_max: int = SIZE_MAX,
        *,
        refuses_second: bool = False,
    ) -> None:
        self._stream = GuardedStream(stream, file_name, size_max)
        self._file = file_name
        self._log = WarningLog(file_name)
        self._header: dict[str, tuple[str, int]] = {}
        self._counts: Counter[str] = Counter()
        self._income = 0
        self._refuses_second = refuses_second
        self._first_lines: dict[tuple[str, str], int] = {}

    def people(self) -> Iterator[PermanentRow | Counted]:
        try:
            events = etree.iterparse(
                self._stream,
                events=("end",),
                tag=tuple(f"{{*}}{name}" for name in (*PEOPLE, *HEADER_TAGS)),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in events:
                name = etree.QName(element).localname
                if name == PERMANENT:
                    yield self._person(element)
                elif name in HEADER_TAGS:
                    self._take_header(name, element)
                else:
                    yield Counted(first_line(element))
                self._counts[name] += 1
                if name in PEOPLE:
                    _drop(element)
            root = events.root
        except etree.XMLSyntaxError as broken:
            place = Place(self._file, broken.lineno or 1)
            raise FileRefused("xml_broken", place, "", "well-formed XML") from broken
        self._check_root(root)
        self._check_totals()

    @property
    def year(self) -> int | None:
        """None as long as the file has not said it."""
        return self._figure("annee", range(1900, 2200)) if "annee" in self._header else None

    def _person(self, element: etree._Element) -> PermanentRow:
        row = read_row(element, self._file, self._log)
        self._income += row.taxable_income
        if self._refuses_second:
            self._refuse_second(element, "numCNSS", row.cnss_number, row.line)
            self._refuse_second(element, "numCNI", row.cin, row.line)
        return row

    def _refuse_second(self, row: etree._Element, tag: str, value: str | None, line: int) -> None:
        first = self._first_lines.setdefault((tag, value), line) if value else line
        if first != line:
            place = Place(self._file, line_of(row, tag), tag)
            raise FileRefused("duplicate_person", place, str(value), str(first))

    def _take_header(self, name: str, element: etree._Element) -> None:
        if _is_of_root(element):
            self._header[name] = ((element.text or "").strip(), first_line(element))

    def _check_root(self, root: etree._Element) -> None:
        if etree.QName(root).localname != ROOT:
            place = Place(self._file, first_line(root))
            raise FileRefused("xml_root", place, str(root.tag), ROOT)
        if root.getroottree().docinfo.internalDTD is not None:
            raise FileRefused("xml_doctype", Place(self._file, 1), "", "no DOCTYPE")

    def result(self, staff: PermanentStaff) -> Etat9421:
        """All that the file says besides its people, and `staff`, once `people` has ended."""
        return Etat9421(
            fiscal_id=str(self._identifier("identifiantFiscal", FiscalId)),
            employer_number=str(self._identifier("numeroCNSS", EmployerNumber)),
            year=self._figure("annee", range(1900, 2200)),
            name=self._header.get("raisonSociale", ("", 0))[0],
            staff=staff,
            occasional_count=self._counts[OCCASIONAL],
            trainee_count=self._counts[TRAINEE],
            other_count=sum(self._counts[name] for name in OTHERS),
            warnings=self._log.closed(),
        )

    def _check_totals(self) -> None:
        """The counts and the total income of the header are those of the rows."""
        counted = {
            "nbrPersoPermanent": self._counts[PERMANENT],
            "nbrPersoOccasionnel": self._counts[OCCASIONAL],
            "nbrStagiaires": self._counts[TRAINEE],
        }
        for tag, expected in counted.items():
            if self._figure(tag) != expected:
                raise self._refusal("total_differs", tag, str(expected))
        total = self._income
        try:
            declared = read_amount(self._text("totalMtRevenuBrutImposablePP"))
        except ValueRefused as refused:
            raise self._refusal(
                refused.code, "totalMtRevenuBrutImposablePP", refused.expected
            ) from refused
        if declared != total:
            expected_text = f"{total // 100}.{total % 100:02}"
            raise self._refusal("total_differs", "totalMtRevenuBrutImposablePP", expected_text)
        self._check_headcount(sum(counted.values()))

    def _check_headcount(self, people: int) -> None:
        """Whether exempt staff and doctoral students count in the total is not published."""
        with_others = people + sum(self._counts[name] for name in OTHERS)
        if not people <= self._figure("effectifTotal") <= with_others:
            raise self._refusal("total_differs", "effectifTotal", str(people))

    def _text(self, tag: str) -> str:
        if not self._header.get(tag, ("", 0))[0]:
            line = self._header[tag][1] if tag in self._header else None
            raise FileRefused("value_missing", Place(self._file, line, tag), "", "a value")
        return self._header[tag][0]

    def _figure(self, tag: str, bounds: range = range(10**9)) -> int:
        text = self._text(tag)
        if not (text.isascii() and text.isdecimal()) or int(text) not in bounds:
            expected = YEAR_EXPECTED if tag == "annee" else "a whole number"
            raise self._refusal("not_a_number", tag, expected)
        return int(text)

    def _identifier(self, tag: str, kind: type[FiscalId | EmployerNumber]) -> Identifier:
        try:
            identifier = kind.parse(self._text(tag))
        except IdentifierError as refused:
            raise self._refusal(refused.code, tag, refused.expected) from refused
        for code in identifier.warnings:
            self._log.add(code, self._header[tag][1], tag, found=str(identifier))
        return identifier

    def _refusal(self, code: str, tag: str, expected: str) -> FileRefused:
        text, line = self._header[tag]
        return FileRefused(code, Place(self._file, line, tag), text, expected)


def _is_of_root(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _drop(element: etree._Element) -> None:
    """Forget an element that has been read, and what stands before it in its list."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
