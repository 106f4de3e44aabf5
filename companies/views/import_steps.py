"""The five steps of an import, and on which page it stands."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.errors import Refusal
from accounts.jobs.models import Job
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.models import Import
from companies.space import Space

S = Import.State
PAGE_OF = {
    S.RECEIVED: "import_match",
    S.MATCHING: "import_match",
    S.CHECKING: "import_check",
    S.CHECKED: "import_repair",
    S.LOADING: "import_check",
    S.LOADED: "import_result",
    S.UNDONE: "import_result",
    S.REFUSED: "import_result",
    S.ABANDONED: "import_result",
}
WAITING = (S.RECEIVED, S.MATCHING, S.CHECKING, S.CHECKED, S.LOADING)
"""What a firm has begun and not ended."""
STEPS = (
    gettext_lazy("Choose"),
    gettext_lazy("Match the columns"),
    gettext_lazy("Look for errors"),
    gettext_lazy("Correct"),
    gettext_lazy("Confirm"),
)


@dataclass(frozen=True, slots=True)
class Step:
    name: Promise
    is_past: bool
    is_current: bool


def steps(current: int) -> list[Step]:
    """The five, `current` from 1; beyond 5 all of them are past."""
    return [Step(name, place < current, place == current) for place, name in enumerate(STEPS, 1)]


def import_of(space: Space, public_id: str) -> Import:
    """An import of the firm; 404 for another firm's, as for none."""
    found = Import.objects.select_related("firm", "begun_by", "loaded_by")
    return get_object_or_404(found, firm=space.firm, public_id=public_id)


def address_of(row: Import) -> str:
    """The page where the import stands now; a checked one with nothing to correct awaits its
    confirmation."""
    ready = row.state == S.CHECKED and not row.bad
    name = "import_confirm" if ready else PAGE_OF[S(row.state)]
    return reverse(name, args=[row.public_id])


def last_job(row: Import) -> Job:
    """The last thing done, or being done, to the import; 404 before there is any."""
    job = Job.objects.filter(subject=row.public_id).order_by("-asked_at", "-pk").first()
    if job is None:
        raise Http404
    return job


def refusal_kept(row: Import) -> Refusal | None:
    """Why the files were refused, or the load came back; None when neither happened.

    `FileRefused` where files are to blame, with the place of each problem.
    """
    if not row.refusal:
        return None
    first = row.refusal[0]
    if "facts" in first:
        code, facts = first["code"], first["facts"]
        return Refusal(code, **facts)
    return FileRefused.because_of(
        Problem(
            code=each["code"],
            place=Place(each["file"], each["line"], each["field"]),
            found=each["found"],
            expected=each["expected"],
        )
        for each in row.refusal
    )
