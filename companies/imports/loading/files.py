"""The files of an import as they enter the vault, in the order in which they are loaded."""

from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import User
from companies.imports.models import FileLoad, Import, ImportFile
from companies.imports.sets import execute, filled, keep_table
from companies.imports.staging.stage import files_in_order

# The bytes stay in the database. The same bytes are kept once a firm and nature: an import that was
# undone left them there, and a paper of the vault may hold the same.
_KIND = "CASE WHEN f.format IN ('ds', 'etat9421') THEN f.format ELSE 'people' END"
_STORE = filled(
    """
INSERT INTO companies_receivedfile
  (firm_id, kind, name, sha256, size, content, received_at, received_by_id)
SELECT DISTINCT ON (f.sha256) %(firm)s,
  {kind}, f.name, f.sha256, f.size, f.content, %(at)s, %(user)s
FROM companies_importfile f WHERE f.of_id = %(import)s ORDER BY f.sha256, f.position
ON CONFLICT (firm_id, kind, sha256) DO NOTHING
""",
    kind=_KIND,
)
_NAME_SOURCE = filled(
    """
UPDATE companies_importfile f SET received_id = r.id FROM companies_receivedfile r
WHERE f.of_id = %(import)s AND r.firm_id = %(firm)s AND r.kind = {kind} AND r.sha256 = f.sha256
""",
    kind=_KIND,
)
_FILES = (
    "rank integer PRIMARY KEY, file bigint NOT NULL, kind text NOT NULL, source bigint NOT NULL,"
    " period date NOT NULL, supplement integer NOT NULL"
)
_LIST = """
INSERT INTO load_file
SELECT n.rank, f.id, n.kind, f.received_id, f.period, f.supplement
FROM unnest(%(files)s::bigint[], %(kinds)s::text[]) WITH ORDINALITY AS n(file, kind, rank)
JOIN companies_importfile f ON f.id = n.file
"""


@dataclass(slots=True, eq=False)
class LoadedFile:
    """`rank` is its place among the files of the load, from 1; `source` its key in the vault.

    `is_correction` says that there was pay of its period before. `loaded` counts the rows that were
    taken; the counts below it are of people, or of people and years.
    """

    rank: int
    file: ImportFile
    kind: str
    source: int
    is_correction: bool = False
    loaded: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: list[dict[str, object]] = field(default_factory=list)

    @property
    def period(self) -> date:
        """The month of a declaration, else 1 January of the year."""
        if self.file.period is None:
            raise ValueError(f"{self.file} has no period")
        return self.file.period

    @property
    def left_out(self) -> int:
        return max(self.file.rows - self.loaded, 0)

    @property
    def values(self) -> dict[str, object]:
        """What the statements about this file are told."""
        return {
            "rank": self.rank,
            "source": self.source,
            "period": self.period,
            "year": self.period.year,
            "supplement": self.file.supplement,
        }

    def count(self, unchanged: int) -> None:
        """Of the rows taken: those who are new are neither updated nor unchanged."""
        self.unchanged = unchanged
        self.updated = max(self.loaded - unchanged - self.created, 0)


def take_files(import_: Import, *, acting_user: User, at: datetime) -> list[LoadedFile]:
    """Declarations by month, then états 9421, then people files; also as the table `load_file`."""
    values = {
        "import": import_.pk,
        "firm": import_.firm_id,
        "user": acting_user.pk,
        "at": at,
    }
    execute(_STORE, values)
    execute(_NAME_SOURCE, values)
    loaded = [
        LoadedFile(rank, file, _kind(file), file.received_id or 0, warnings=list(file.warnings))
        for rank, file in enumerate(files_in_order(import_), 1)
    ]
    keep_table("load_file", _FILES)
    execute(
        _LIST, {"files": [each.file.pk for each in loaded], "kinds": [each.kind for each in loaded]}
    )
    return loaded


def report(
    import_: Import, files: list[LoadedFile], *, acting_user: User, at: datetime
) -> list[FileLoad]:
    """What the load of each file did."""
    return FileLoad.objects.bulk_create(
        FileLoad(
            file_id=each.source,
            of=import_,
            period=each.period,
            supplement=each.file.supplement,
            rows=each.file.rows,
            created=each.created,
            updated=each.updated,
            unchanged=each.unchanged,
            left_out=each.left_out,
            warnings=each.warnings,
            loaded_at=at,
            loaded_by=acting_user,
        )
        for each in files
    )


def _kind(file: ImportFile) -> str:
    return "people" if file.is_spreadsheet else file.format
