"""What a firm declares of its people: one at a time, or a whole sheet."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.fields import keys_sent
from accounts.formats import day
from companies.forms import CompletionForm, PrefillForm
from companies.space import Space, signed_in, space_of
from companies.workforce.actions import DeclaredFacts, declare_employment
from companies.workforce.completion import employments_of, incomplete_employments
from companies.workforce.models import Employment

PEOPLE_PER_SHEET = 200


@require_http_methods(["GET", "HEAD", "POST"])
def complete_one(request: HttpRequest, employment_id: int) -> HttpResponse:
    space = space_of(request)
    employment = get_object_or_404(employments_of(space.firm), pk=employment_id)
    refusal = None
    form = CompletionForm(request.POST or None, initial=_known(employment))
    if request.method == "POST" and form.is_valid():
        try:
            _declare(request, employment, form)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The answers are saved."))
            return redirect("employees")
    context = {"space": space, "employment": employment, "form": form, "refusal": refusal}
    return render(
        request, "companies/complete_one.html", context, status=_status(form.errors or refusal)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def complete_many(request: HttpRequest) -> HttpResponse:
    """One row a person; rows that were not touched are left for later."""
    space = space_of(request)
    if request.method == "POST":
        return _save_sheet(request, space)
    prefill = PrefillForm(request.GET or None)
    answers = prefill.answers()
    employments = incomplete_employments(space.firm)[:PEOPLE_PER_SHEET]
    sheet = [(each, _row(each, answers)) for each in employments]
    return _sheet_page(request, space, sheet, {"prefill": prefill})


def _save_sheet(request: HttpRequest, space: Space) -> HttpResponse:
    asked = keys_sent(request.POST.getlist("employment"))
    sheet = [
        (each, _row(each, {}, request.POST))
        for each in employments_of(space.firm).filter(pk__in=asked[:PEOPLE_PER_SHEET])
    ]
    refusal = None
    # Every row is looked at, so that every error is shown at once.
    checked = [form.is_valid() for _, form in sheet]
    if all(checked):
        filled = [(each, form) for each, form in sheet if form.has_changed()]
        try:
            with transaction.atomic():
                for employment, form in filled:
                    _declare(request, employment, form)
        except Refusal as refused:
            refusal = refused
        else:
            _say_completed(request, len(filled))
            return redirect("complete_many")
    wrong = {"prefill": PrefillForm(), "refusal": refusal, "failed": True}
    return _sheet_page(request, space, sheet, wrong)


def _say_completed(request: HttpRequest, count: int) -> None:
    if not count:
        messages.warning(request, gettext("No row was filled in: nothing is saved."))
        return
    said = ngettext("%(count)d person is completed.", "%(count)d people are completed.", count)
    messages.success(request, said % {"count": count})


def _sheet_page(
    request: HttpRequest,
    space: Space,
    sheet: list[tuple[Employment, CompletionForm]],
    more: dict[str, Any],
) -> HttpResponse:
    remaining = incomplete_employments(space.firm).count()
    context = {"space": space, "sheet": sheet, "remaining": remaining} | more
    status = _status(more.get("failed"))
    return render(request, "companies/complete_many.html", context, status=status)


def _declare(request: HttpRequest, employment: Employment, form: CompletionForm) -> None:
    answers = form.cleaned_data
    declare_employment(
        employment_id=employment.pk,
        facts=DeclaredFacts(
            contract=answers["contract"],
            stable_from=answers["stable_from"],
            last_same_employer_on=answers["earlier"],
            nationality=answers["nationality"],
        ),
        acting_user=signed_in(request),
        at=timezone.now(),
    )


def _known(employment: Employment) -> dict[str, str]:
    """What is known already, as people write it."""
    earlier = employment.last_same_employer_on
    return {
        "contract": employment.contract,
        "stable_from": day(employment.stable_from, "fr") if employment.stable_from else "",
        "earlier": day(earlier, "fr") if earlier else "aucune" * employment.earlier_declared,
        "nationality": employment.employee.nationality,
    }


def _row(
    employment: Employment, answers: dict[str, str], posted: QueryDict | None = None
) -> CompletionForm:
    """The row of a person: what is known stays, what is not takes the answer chosen for all."""
    known = {name: text for name, text in _known(employment).items() if text}
    return CompletionForm(
        posted,
        initial=answers | known,
        prefix=str(employment.pk),
        empty_permitted=True,
        use_required_attribute=False,
    )


def _status(problem: object) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
