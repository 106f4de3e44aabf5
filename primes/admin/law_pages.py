"""The pages about the law that are no list of rows: its sheets, and the trial of a value."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from primes.admin.access import RULES, reads
from primes.admin.sheets import SHEETS, sheets_page
from primes.admin.what_if import TRIAL, trial_detail, trial_page
from primes.claims.models.rule_set import RuleSet

LawPage = Callable[[HttpRequest, AdminSite], HttpResponseBase]
LINKS = (("primes_sheets", SHEETS), ("primes_what_if", TRIAL))


def law_urls(site: AdminSite) -> list[URLPattern]:
    return [
        path("primes/sheets/", _read_on(site, sheets_page), name="primes_sheets"),
        path("primes/what-if/", _read_on(site, trial_page), name="primes_what_if"),
        path("primes/what-if/detail.csv", _read_on(site, trial_detail), name="primes_detail"),
    ]


def with_law_pages(apps: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The list of an administration; whoever is shown the rule sets is shown these after them."""
    for app in apps:
        models = app["models"]
        for position, each in enumerate(models):
            if each["model"] is RuleSet:
                models[position + 1 : position + 1] = [_entry(*link) for link in LINKS]
                break
    return apps


def _read_on(site: AdminSite, page: LawPage) -> Callable[..., HttpResponseBase]:
    """A page of who reads the rule sets; nothing is sent to it but an address."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        if not reads(request, RULES):
            raise PermissionDenied
        return page(request, site)

    return site.admin_view(view)


def _entry(url_name: str, title: str) -> dict[str, Any]:
    """As Django describes a model to its index."""
    return {
        "name": title,
        "object_name": url_name,
        "admin_url": reverse(f"admin:{url_name}"),
        "add_url": None,
        "view_only": True,
        "perms": {"view": True},
    }
