"""The firm's side of a confirmation, and the page that a provider's link opens."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from companies.space import signed_in, space_of
from trainings.confirmations.actions import (
    answer_confirmation,
    ask_confirmation,
    withdraw_confirmation,
)
from trainings.confirmations.links import confirmation_of, token_of
from trainings.confirmations.models import Confirmation, ConfirmationLine
from trainings.forms.confirmations import AnswerForm
from trainings.sessions.models import Session


@require_POST
def ask(request: HttpRequest, session_id: int) -> HttpResponse:
    space = space_of(request)
    session = get_object_or_404(Session, pk=session_id, programme__firm=space.firm)
    try:
        asked = ask_confirmation(
            session_id=session.pk, acting_user=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        context = {"space": space, "session": session, "refusal": refusal}
        return render(
            request,
            "trainings/confirmation_refused.html",
            context,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    messages.success(request, gettext("The link is ready: send it to the provider."))
    return redirect("confirmation", asked.public_id)


@require_safe
def confirmation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, the link to send, and the two figures side by side."""
    space = space_of(request)
    asked = get_object_or_404(
        Confirmation.objects.select_related("session__programme", "provider"),
        public_id=public_id,
        provider__firm=space.firm,
    )
    is_open = asked.state == Confirmation.State.ASKED and asked.lapses_at > timezone.now()
    link = request.build_absolute_uri(reverse("provider_answer", args=[token_of(asked)]))
    context = {
        "space": space,
        "asked": asked,
        "session": asked.session,
        "lines": _lines(asked),
        "link": link if is_open and space.writes else "",
        "lapsed": asked.state == Confirmation.State.ASKED and not is_open,
    }
    return render(request, "trainings/confirmation.html", context)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    space = space_of(request)
    asked = get_object_or_404(Confirmation, public_id=public_id, provider__firm=space.firm)
    try:
        withdraw_confirmation(
            confirmation_id=asked.pk, acting_user=signed_in(request), at=timezone.now()
        )
    except Refusal:
        messages.error(request, gettext("The link can't be withdrawn any more."))
    else:
        messages.success(request, gettext("The link is withdrawn: it opens nothing any more."))
    return redirect("confirmation", asked.public_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def provider_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link; a false, lapsed or withdrawn one is a page that is not there."""
    at = timezone.now()
    asked = confirmation_of(token, at)
    if asked is None:
        raise Http404
    lines = _lines(asked)
    if asked.state != Confirmation.State.ASKED:
        return render(request, "trainings/answered.html", {"asked": asked, "lines": lines})
    form = AnswerForm(lines, asked.session.minutes, request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            answer_confirmation(confirmation=asked, answer=form.answer(), at=at)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("provider_answer", token)
    context = {"asked": asked, "session": asked.session, "form": form, "refusal": refusal}
    wrong = form.errors or refusal
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "trainings/provider_answer.html", context, status=status)


def _lines(asked: Confirmation) -> list[ConfirmationLine]:
    return list(asked.lines.select_related("employee").order_by("employee__sort_key", "pk"))
