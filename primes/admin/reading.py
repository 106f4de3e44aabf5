"""Rows that are shown and never edited: whatever changes one is an act of `primes.admin.acts`."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from accounts.models import StaffRole
from primes.admin.access import reads


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and pages for the roles in `readers`; nobody adds, changes or deletes here."""

    readers: frozenset[StaffRole] = frozenset()
    change_form_template = "admin/primes/read_only.html"
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def has_view_permission(self, request: HttpRequest, _obj: models.Model | None = None) -> bool:
        return reads(request, self.readers)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reads(request, self.readers)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def history_view(self, *_args: object, **_kwargs: object) -> HttpResponse:
        """The journal is the only history."""
        raise Http404
