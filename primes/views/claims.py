"""The firm's claims: list, start, and the page of one claim before it is filed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from accounts.fields import keys_sent
from accounts.templatetags.formats import language
from companies.space import Space, signed_in, space_of
from primes.claims.actions import (
    choose_lines,
    file_claim,
    hand_over_claim,
    start_claim,
    take_back_claim,
    withdraw_claim,
)
from primes.claims.models.claim import Claim
from primes.claims.preview import preview, preview_claim
from primes.views.amounts import Amounts, amounts_of
from primes.views.exercise import exercise_asked
from primes.views.firm_claims import Asked, before_filing, claim_asked, say_refusal, step_view
from primes.views.follow_up import follow_up
from primes.views.forms import StartForm, WithdrawForm
from primes.views.standing import standing_of
from primes.views.tasks_of_claim import tasks_of
from primes.wording.declaration import declaration


@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    """Starting twice leads twice to the same claim."""
    space = space_of(request)
    if request.method != "POST":
        return _claims_page(request, space)
    form = StartForm(request.POST)
    if not form.is_valid():
        return redirect("claims")
    try:
        claim = start_claim(
            firm=space.firm, **form.cleaned_data, acting_user=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _claims_page(request, space, refusal)
    return redirect("claim", claim.public_id)


def _claims_page(
    request: HttpRequest, space: Space, refusal: Refusal | None = None
) -> HttpResponse:
    exercise = exercise_asked(request, timezone.localdate())
    found = list(Claim.objects.of_firm(space.firm).order_by("-year", "-pk"))
    amounts = amounts_of(found)
    context = {
        "space": space,
        "exercise": exercise,
        "rows": [(claim, amounts[claim.pk]) for claim in found],
        "started": any(each.year == exercise.year and not each.withdrawn_at for each in found),
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "primes/claims.html", context, status=status)


@require_safe
def claim_page(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = claim_asked(request, public_id)
    return follow_up(request, asked) if asked.claim.filed_at else _task_list(request, asked)


def _task_list(request: HttpRequest, asked: Asked) -> HttpResponse:
    on = timezone.localdate()
    lines = preview_claim(claim=asked.claim, on=on)
    context = {
        "space": asked.space,
        "claim": asked.claim,
        "steps": asked.steps,
        "standing": standing_of(asked.claim, Amounts()),
        "lines": lines,
        "tasks": tasks_of(asked.claim, asked.space, lines, on),
        "withdrawal": WithdrawForm(),
    }
    return render(request, "primes/claim_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@before_filing
def claim_people(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Everybody employed in the year; those of the claim are ticked."""
    claim, refusal = asked.claim, None
    chosen = set(claim.lines.values_list("employee_id", flat=True))
    if request.method == "POST":
        chosen = set(keys_sent(request.POST.getlist("people")))
        try:
            count = choose_lines(
                claim_id=claim.pk,
                employee_ids=chosen,
                acting_user=asked.user,
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            said = ngettext("%(count)d person chosen.", "%(count)d people chosen.", count)
            messages.success(request, said % {"count": count})
            return redirect("claim", claim.public_id)
    people = preview(firm=claim.firm, scheme=claim.scheme, year=claim.year, on=timezone.localdate())
    context = {
        "space": asked.space,
        "claim": claim,
        "people": people,
        "chosen": chosen,
        "chosen_total": sum(row.amount for row in people.rows if row.employee.pk in chosen),
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "primes/claim_people.html", context, status=status)


@require_safe
@before_filing
def claim_check(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Everything before sending, the people left out and why; each part can be changed."""
    on = timezone.localdate()
    lines = preview_claim(claim=asked.claim, on=on)
    within = {row.employee.pk for row in lines.rows}
    everybody = preview(
        firm=asked.claim.firm, scheme=asked.claim.scheme, year=asked.claim.year, on=on
    )
    context = {
        "space": asked.space,
        "claim": asked.claim,
        "steps": asked.steps,
        "lines": lines,
        "left_out": [row for row in everybody.rows if row.employee.pk not in within],
    }
    return render(request, "primes/claim_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@before_filing
def claim_declare(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The text that is certified, then the one button; pressed twice it files once."""
    if request.method == "POST":
        return _file(request, asked)
    lines = preview_claim(claim=asked.claim, on=timezone.localdate())
    context = {
        "space": asked.space,
        "claim": asked.claim,
        "steps": asked.steps,
        "lines": lines,
        "version": declaration().version.rpartition("-")[2],
        "text": " ".join(declaration().texts[language()].split()),
    }
    return render(request, "primes/claim_declare.html", context)


def _file(request: HttpRequest, asked: Asked) -> HttpResponse:
    public_id = asked.claim.public_id
    try:
        file_claim(claim_id=asked.claim.pk, acting_user=asked.user, at=timezone.now())
    except Refusal as refusal:
        if not Claim.objects.filed().filter(pk=asked.claim.pk).exists():
            say_refusal(request, refusal)
            return redirect("claim", public_id)
    return redirect("claim_receipt", public_id)


@require_http_methods(["POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = claim_asked(request, public_id)
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        withdraw_claim(
            claim_id=asked.claim.pk, reason=reason, acting_user=asked.user, at=timezone.now()
        )
    except Refusal as refusal:
        say_refusal(request, refusal)
    else:
        messages.success(request, gettext("The claim is withdrawn."))
    return redirect("claim", public_id)


hand_over = step_view(
    hand_over_claim, gettext_lazy("The claim is handed over to the people who sign for the firm.")
)
take_back = step_view(take_back_claim, gettext_lazy("The claim is a draft again."))
