"""The trial of a value of the law on screen: all of it stands in the address, nothing is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from primes.admin.forecast_tables import draft_rows, forecast_tables, total_row
from primes.admin.scheme_choice import SCHEME_PARAMETER, scheme_links, unknown_scheme
from primes.admin.what_if_form import DRAFTS_MAX, AssumptionsForm, DraftForm
from primes.claims.what_if.detail import detail_csv
from primes.claims.what_if.forecast import Forecast, forecast
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import SchemeText
from primes.wording.what_if import assumptions_in_words

TRIAL = "Essai d'une valeur"
DEFAULT_SCHEME = "paf-2025"


@dataclass(frozen=True, slots=True)
class Trial:
    """What was asked of one scheme; `is_sent` is False on a first visit."""

    text: SchemeText
    drafts: tuple[DraftForm, ...]
    assumptions: AssumptionsForm
    is_sent: bool

    @classmethod
    def asked(cls, text: SchemeText, typed: Mapping[str, str], on: date) -> "Trial":
        is_sent = any(name != SCHEME_PARAMETER for name in typed)
        data = typed if is_sent else None
        ranks = range(1, DRAFTS_MAX + 1)
        drafts = tuple(DraftForm(data, text=text, on=on, rank=rank) for rank in ranks)
        return cls(text, drafts, AssumptionsForm(data, text=text), is_sent)

    def is_valid(self) -> bool:
        """Each form says what is wrong with it; at least one value is to be tried."""
        valid = [form.is_valid() for form in (*self.drafts, self.assumptions)]
        if all(valid) and not any(form.draft for form in self.drafts):
            self.drafts[0].add_error("name", "Choisissez au moins un paramètre à essayer.")
            return False
        return all(valid)

    def forecast(self, on: date) -> Forecast | None:
        """None when nothing was asked, or when a form says why nothing is computed."""
        if not (self.is_sent and self.is_valid()):
            return None
        return forecast(
            scheme=self.text.name,
            drafts=[form.draft for form in self.drafts if form.draft],
            assumed=self.assumptions.assumed(),
            on=on,
            until=self.assumptions.cleaned_data["until"],
        )


def trial_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    refused = unknown_scheme(request.GET)
    scheme = DEFAULT_SCHEME if refused else request.GET.get(SCHEME_PARAMETER) or DEFAULT_SCHEME
    on = timezone.localdate()
    trial = Trial.asked(load_scheme(scheme), {} if refused else request.GET, on)
    told = trial.forecast(on)
    context = {
        **site.each_context(request),
        "title": TRIAL,
        "links": scheme_links(scheme),
        "refused": refused,
        "trial": trial,
        "query": request.GET.urlencode(),
        "result": _result(told, trial.text) if told else None,
    }
    is_wrong = refused or (trial.is_sent and told is None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return TemplateResponse(request, "admin/primes/what_if.html", context, status=status)


def trial_detail(request: HttpRequest, _site: AdminSite) -> HttpResponse:
    """The CSV of the same address; back to the page, which says why, when there is none."""
    told = None
    if not unknown_scheme(request.GET):
        text = load_scheme(request.GET.get(SCHEME_PARAMETER) or DEFAULT_SCHEME)
        on = timezone.localdate()
        told = Trial.asked(text, request.GET, on).forecast(on)
    if told is None:
        return redirect(f"{reverse('admin:primes_what_if')}?{request.GET.urlencode()}")
    name = f"essai-{told.scheme}.csv"
    return HttpResponse(
        detail_csv(told),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _result(told: Forecast, text: SchemeText) -> dict[str, Any]:
    """What is shown once it is computed, the assumptions beside the figures."""
    return {
        "drafts": draft_rows(told.drafts, text),
        "assumptions": assumptions_in_words(
            scheme=told.scheme, known_year=told.known_year, **asdict(told.assumed), language="fr"
        ),
        "tables": forecast_tables(told),
        "total": total_row(told),
    }
