"""The forms of the old training aid, printed; and the profiles that the last of them lists."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from accounts.fields import keys_sent
from companies.space import Space, signed_in, space_of
from trainings.papers.forms import after_training, before_training, trained_in
from trainings.profiles.actions import declare_profiles
from trainings.profiles.models import Profile
from trainings.sessions.models import Session

YEARS = range(2007, 2100)


@require_POST
def form_of_session(request: HttpRequest, session_id: int, form: str) -> HttpResponse:
    """« 3-2 » or « 3-3 » as a file; a print leaves a line in the journal, so it is no reading."""
    space = _writing(request)
    session = get_object_or_404(
        Session.objects.select_related("programme__firm", "programme__provider"),
        pk=session_id,
        programme__firm=space.firm,
    )
    if form not in {"3-2", "3-3"}:
        raise Http404
    made = before_training(
        session=session, form=form, acting_user=signed_in(request), at=timezone.now()
    )
    return _file(made, f"formulaire-{form}-session-{session.pk}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def form_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """The people of form 3-4 with their profile; posted, the profiles are kept, then printed."""
    space = _writing(request) if request.method == "POST" else space_of(request)
    if year not in YEARS:
        raise Http404
    people = list(trained_in(space.firm, year))
    refusal = None
    if request.method == "POST":
        try:
            changed = declare_profiles(
                firm=space.firm,
                profiles=_chosen(request, {person.pk for person in people}),
                acting_user=signed_in(request),
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            return _after_saving(request, space, year, changed)
    context = {
        "space": space,
        "year": year,
        "people": people,
        "profiles": Profile.choices,
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "trainings/form_of_year.html", context, status=status)


def _after_saving(request: HttpRequest, space: Space, year: int, changed: int) -> HttpResponse:
    if "print" in request.POST:
        made = after_training(
            firm=space.firm, year=year, acting_user=signed_in(request), at=timezone.now()
        )
        return _file(made, f"formulaire-3-4-{year}.pdf")
    said = ngettext("%(count)d profile is kept.", "%(count)d profiles are kept.", changed)
    messages.success(request, said % {"count": changed})
    return redirect("form_of_year", year)


def _chosen(request: HttpRequest, possible: set[int]) -> dict[int, str]:
    """The profile chosen for each person shown; an empty choice leaves what is there."""
    asked = set(keys_sent(request.POST.getlist("person"))) & possible
    said = {pk: request.POST.get(f"profile-{pk}", "") for pk in asked}
    return {pk: profile for pk, profile in said.items() if profile}


def _writing(request: HttpRequest) -> Space:
    space = space_of(request)
    if not space.writes:
        raise Http404
    return space


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
