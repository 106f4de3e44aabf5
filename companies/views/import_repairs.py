"""Step 4 of an import: what is wrong, grouped by repair, and one group open to be repaired."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from companies.import_forms import ImportFilesForm
from companies.imports.kinds import kind_of
from companies.imports.models import Import, ImportFile
from companies.imports.problem_groups import (
    GroupKey,
    ProblemGroup,
    WrongCell,
    opened,
    problem_groups,
    problems_of,
    texts_of,
)
from companies.imports.reading.fields import Field
from companies.imports.reading.layout import from_data
from companies.imports.remedies import rewriter_of, words_to_replace
from companies.imports.staged import StagedProblem
from companies.space import Space, signed_in, space_of
from companies.views.import_steps import S, address_of, import_of, refusal_kept, steps
from companies.views.repair_requests import RepairRequest, obey

CELLS_PER_PAGE = 50
WORDS_OFFERED = 20
REPAIR_STEP = 4
NOT_WORDS = frozenset({"identifier", "amount", "number"})
"""Kinds of columns in which nobody replaces one value by another everywhere."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """`column` is their own title, where there is one."""

    group: ProblemGroup
    column: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Remedies:
    """What may be done to all the cells of a group at once."""

    rewriter: str = ""
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    all_empty: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """The group that is looked at; `address` is where its buttons send to."""

    group: ProblemGroup
    column: str
    address: str
    page: "Page[StagedProblem]"
    cells: list[WrongCell]
    repairable: bool
    remedies: Remedies

    @property
    def has_field(self) -> bool:
        return bool(self.group.key.field)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_repair(request: HttpRequest, public_id: str) -> HttpResponse:
    """The groups; a press of a button in the open one comes back to it, or to what is left."""
    space = space_of(request)
    row = import_of(space, public_id)
    if row.state != S.CHECKED:
        return redirect(address_of(row))
    key = GroupKey.read(request.GET.get("probleme", ""))
    if request.method != "POST":
        return _page(request, space, row, key)
    asked = RepairRequest(row, key, request.POST, signed_in(request), timezone.now())
    try:
        said = obey(asked)
    except Refusal as refusal:
        row.refresh_from_db()
        return _page(request, space, row, key, refusal)
    messages.success(request, said)
    if problems_of(row, key).exists():
        return redirect(request.get_full_path())
    return redirect(request.path)


def _page(
    request: HttpRequest,
    space: Space,
    row: Import,
    key: GroupKey,
    refusal: Refusal | None = None,
) -> HttpResponse:
    files = list(row.files.defer("content", "warnings").order_by("position"))
    columns = _titles(files)
    shown = [
        ShownGroup(each, columns.get(each.key.field, each.key.field), each.key == key)
        for each in problem_groups(row)
    ]
    context = {
        "space": space,
        "row": row,
        "refusal": refusal,
        "came_back": refusal_kept(row),
        "steps": steps(REPAIR_STEP),
        "blocking": [each for each in shown if each.group.blocks],
        "warning": [each for each in shown if not each.group.blocks],
        "opened": next((_open(request, space, row, each) for each in shown if each.is_open), None),
        "spreadsheets": [each for each in files if each.is_spreadsheet],
        "several_files": len(files) > 1,
        "again": ImportFilesForm(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "companies/import_repair.html", context, status=status)


def _titles(files: list[ImportFile]) -> dict[str, str]:
    """What the firm calls each of our fields; the first file that has it says so."""
    layouts = [from_data(each.layout) for each in files if each.layout]
    return {
        column.field: column.title
        for layout in reversed(layouts)
        for column in layout.columns
        if column.field
    }


def _open(request: HttpRequest, space: Space, row: Import, shown: ShownGroup) -> OpenGroup:
    key = shown.group.key
    page = Paginator(problems_of(row, key), CELLS_PER_PAGE).get_page(request.GET.get("page"))
    problems = list(page)
    in_tables = all(each.file.is_spreadsheet and each.line for each in problems)
    repairable = space.writes and in_tables
    sent = {"probleme": str(key), **({"page": page.number} if page.number > 1 else {})}
    return OpenGroup(
        group=shown.group,
        column=shown.column,
        address=f"{request.path}?{urlencode(sent)}",
        page=page,
        cells=opened(problems, whole=space.writes),
        repairable=repairable,
        remedies=_remedies(row, key) if repairable and key.field else Remedies(),
    )


def _remedies(row: Import, key: GroupKey) -> Remedies:
    field = _field(row, key.field)
    cells = texts_of(row, key)
    texts = {text for text, _ in cells}
    words = words_to_replace(texts)
    return Remedies(
        rewriter=rewriter_of(key.field, cells),
        words=tuple(words) if _are_words(field, words) else (),
        choices=tuple(dict.fromkeys(field.words.values())) if field.kind == "word" else (),
        # A number is one person's: no value of it is for all.
        all_empty=field.kind != "identifier" and not any(text.strip() for text in texts),
        may_be_empty=not field.wanted and field.name not in kind_of(row).target.one_of,
    )


def _are_words(field: Field, words: list[str]) -> bool:
    return field.kind not in NOT_WORDS and len(words) <= WORDS_OFFERED


def _field(row: Import, name: str) -> Field:
    """A name that a table of this kind does not have is read as text."""
    fields = kind_of(row).target.fields
    return next((field for field in fields if field.name == name), Field(name, str))
