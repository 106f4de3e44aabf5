"""What a person asks of a group of wrong cells: one button of the repair page, one act."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import ngettext

from accounts.fields import keys_sent
from accounts.models import User
from companies.imports.models import Import
from companies.imports.problem_groups import GroupKey, WrongCell, opened, problems_of
from companies.imports.remedies import rewritten
from companies.imports.repairing import (
    Row,
    fill_column,
    repair_cells,
    replace_word,
    skip_all,
    skip_rows,
)

CELL_NAME = re.compile(r"cell-(\d{1,18})-(\d{1,9})")
TEXT_MAX = 200
"""Characters of a cell; nothing that is read from one is longer."""


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """One press of a button in the open group of an import."""

    row: Import
    key: GroupKey
    posted: QueryDict
    acting_user: User
    at: datetime

    @property
    def value(self) -> str:
        return str(self.posted.get("value", "")).strip()[:TEXT_MAX]


def _save(asked: RepairRequest) -> int:
    """The cells of the page that say something else than what was found."""
    typed = {
        (int(said[1]), int(said[2])): text.strip()[:TEXT_MAX]
        for name, text in asked.posted.items()
        if (said := CELL_NAME.fullmatch(name))
    }
    cells = _cells(asked, typed)
    return _write(
        asked,
        {
            each: typed[each.file_id, each.line or 0]
            for each in cells
            if typed.get((each.file_id, each.line or 0), each.found) != each.found
        },
    )


def _rewrite(asked: RepairRequest) -> int:
    remedy = asked.posted.get("rewrite", "")
    texts = {each: rewritten(remedy, each.found, each.problem.expected) for each in _cells(asked)}
    return _write(asked, {each: text for each, text in texts.items() if text is not None})


def _replace(asked: RepairRequest) -> int:
    if not asked.value:
        return 0
    return replace_word(
        import_id=asked.row.pk,
        field=asked.key.field,
        found=asked.posted.get("found", ""),
        value=asked.value,
        acting_user=asked.acting_user,
        at=asked.at,
    )


def _fill(asked: RepairRequest) -> int:
    return _whole_column(asked, asked.value) if asked.value else 0


def _clear(asked: RepairRequest) -> int:
    return _whole_column(asked, "")


def _whole_column(asked: RepairRequest, value: str) -> int:
    return fill_column(
        import_id=asked.row.pk,
        code=asked.key.code,
        field=asked.key.field,
        value=value,
        acting_user=asked.acting_user,
        at=asked.at,
    )


def _skip(asked: RepairRequest) -> int:
    file, _, line = asked.posted.get("skip", "").partition("-")
    rows = keys_sent([file, line])
    if len(rows) != len(("file", "line")):
        return 0
    place: Row = (rows[0], rows[1])
    skip_rows(
        import_id=asked.row.pk, rows=[place], acting_user=asked.acting_user, at=asked.at
    )  # fmt: skip
    return 1


def _skip_all(asked: RepairRequest) -> int:
    return skip_all(
        import_id=asked.row.pk,
        code=asked.key.code,
        field=asked.key.field,
        acting_user=asked.acting_user,
        at=asked.at,
    )


ACTS: Mapping[str, Callable[[RepairRequest], int]] = {
    "skip": _skip,
    "skip_all": _skip_all,
    "rewrite": _rewrite,
    "replace": _replace,
    "fill": _fill,
    "clear": _clear,
    "save": _save,
}
SKIPS = frozenset({"skip", "skip_all"})


def obey(asked: RepairRequest) -> str:
    """Do what the button says; returns what happened, in words. Raises `Refusal`."""
    name = next((name for name in ACTS if name in asked.posted), "save")
    count = ACTS[name](asked)
    if name in SKIPS:
        said = ngettext("%(count)d row is ignored.", "%(count)d rows are ignored.", count)
    else:
        said = ngettext(
            "%(count)d cell was written anew.", "%(count)d cells were written anew.", count
        )
    return said % {"count": count}


def _cells(
    asked: RepairRequest, places: Mapping[tuple[int, int], str] | None = None
) -> list[WrongCell]:
    """The cells of the group; of these places only, when some are given."""
    problems = problems_of(asked.row, asked.key).filter(line__isnull=False)
    if places is not None:
        problems = problems.filter(
            file_id__in={file for file, _ in places}, line__in={line for _, line in places}
        )
    return opened(list(problems), whole=True)


def _write(asked: RepairRequest, texts: Mapping[WrongCell, str]) -> int:
    cells = {(each.file_id, each.line or 0, each.field): text for each, text in texts.items()}
    if cells:
        repair_cells(
            import_id=asked.row.pk, cells=cells, acting_user=asked.acting_user, at=asked.at
        )
    return len(cells)
