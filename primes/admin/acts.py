"""Buttons: each one leads to a small form, the form to an action, and a refusal to its words.

A page offers the acts that `open_acts` gives, which a workflow answers from its table. The form of
an act can be asked for by its address at any time: it is the action that decides, and refuses in
words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import StaffRole
from accounts.workflow import Workflow
from companies.space import signed_in
from primes.admin.access import roles_of
from primes.admin.forms import ActForm
from primes.admin.reading import ReadOnlyAdmin
from primes.wording.words import sentence

SAFE_METHODS = ("GET", "HEAD")
Row = TypeVar("Row", bound=models.Model)
Facts = Sequence[tuple[str, object]]
"""What is shown above a form and at the top of a page: (name, value)."""


@dataclass(frozen=True, slots=True)
class Act:
    """One button. `said` is the message once done; `answer` replaces the way back to the page.

    `said` may be told by what was done and when. `caution` is read before doing it. `roles` says
    who is offered an act that no workflow knows.
    """

    name: str
    label: str
    action: Callable[..., Any]
    said: str | Callable[[Any, datetime], str]
    form: type[ActForm] = ActForm
    roles: frozenset[StaffRole] = frozenset()
    answer: Callable[[Any], HttpResponseBase] | None = None
    caution: str = ""


class ActsAdmin(ReadOnlyAdmin, Generic[Row]):
    """`acts` concern one row, named `row_key` by their action; `list_acts` concern none."""

    row_key = ""
    acts: tuple[Act, ...] = ()
    list_acts: tuple[Act, ...] = ()
    page_template = "admin/primes/page.html"
    change_list_template = "admin/primes/list_with_acts.html"

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("act/<slug:name>/", view(self.list_act_view), name=f"{name}_list_act"),
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name=f"{name}_act"),
            *super().get_urls(),
        ]

    def open_acts(self, request: HttpRequest, row: Row) -> list[Act]:
        """The buttons of a row for this person, now."""
        return [act for act in self.acts if act.roles & roles_of(request)]

    def open_list_acts(self, request: HttpRequest) -> list[Act]:
        return [act for act in self.list_acts if act.roles & roles_of(request)]

    def key_of(self, row: Row) -> dict[str, object]:
        """How the actions name the row."""
        return {self.row_key: row.pk}

    def summary(self, row: Row) -> Facts:
        """The strip of a row's page, shown again above each of its forms."""
        return []

    def page_facts(self, request: HttpRequest, row: Row) -> dict[str, Any]:
        """What the page of a row shows besides its strip and its buttons."""
        return {}

    def awaited(self, row: Row) -> list[str]:
        """The roles that may act on the row now, said to who has no button."""
        return []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        acts = {"acts": self.open_list_acts(request)}
        return super().changelist_view(request, acts | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return HttpResponseNotAllowed(SAFE_METHODS)
        row = self.row_asked(request, object_id)
        context = {
            "acts": self.open_acts(request, row),
            "awaited": self.awaited(row),
            **self.page_facts(request, row),
            **(extra_context or {}),
        }
        return self.render(request, self.page_template, str(row), context, row)

    def row_asked(self, request: HttpRequest, object_id: str | int) -> Row:
        """404 for a row that this administration does not show, 403 without a reading role."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(object_id).isdecimal():
            raise Http404
        row: Row = get_object_or_404(self.get_queryset(request), pk=object_id)
        return row

    def act_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        row = self.row_asked(request, pk)
        return self._act(request, _named(self.acts, name), row)

    def list_act_view(self, request: HttpRequest, name: str) -> HttpResponseBase:
        act = _named(self.list_acts, name)
        if not (self.has_view_permission(request) and act.roles & roles_of(request)):
            raise PermissionDenied
        return self._act(request, act, None)

    def render(
        self,
        request: HttpRequest,
        template: str,
        title: str,
        context: dict[str, Any],
        row: Row | None = None,
    ) -> TemplateResponse:
        """A page of this administration about a row, or about none."""
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                "row": row,
                "summary": self.summary(row) if row else [],
                **context,
            },
        )

    def _act(self, request: HttpRequest, act: Act, row: Row | None) -> HttpResponseBase:
        form, refusal, at = act.form(), None, timezone.now()
        if request.method == "POST":
            form = act.form(request.POST, request.FILES)
            if form.is_valid():
                try:
                    done = self._take(request, act, form, row, at)
                except Refusal as refused:
                    refusal = sentence(refused.code, refused.facts, language="fr")
                else:
                    return self._after(request, act, done, row, at)
        context = {"act": act, "form": form, "refusal": refusal}
        page = self.render(request, "admin/primes/act.html", act.label, context, row)
        if request.method == "POST":
            page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return page

    def _take(
        self, request: HttpRequest, act: Act, form: ActForm, row: Row | None, at: datetime
    ) -> object:
        key = self.key_of(row) if row else {}
        return act.action(**key, **form.arguments(), acting_user=request.user, at=at)

    def _after(
        self, request: HttpRequest, act: Act, done: object, row: Row | None, at: datetime
    ) -> HttpResponseBase:
        """Back to the page of the row, or on to that of the row just made."""
        if act.answer:
            return act.answer(done)
        messages.success(request, act.said if isinstance(act.said, str) else act.said(done, at))
        target = row or done
        if isinstance(target, models.Model):
            opts = target._meta
            return redirect(f"admin:{opts.app_label}_{opts.model_name}_change", target.pk)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


class WorkflowAdmin(ActsAdmin[Row]):
    """Acts named after the steps of a workflow: the table gives the buttons."""

    workflow: Workflow[Row]

    def open_acts(self, request: HttpRequest, row: Row) -> list[Act]:
        steps = {step.name for step in self.workflow.open_to(row, signed_in(request))}
        return [act for act in self.acts if act.name in steps]

    def awaited(self, row: Row) -> list[str]:
        state = str(row.state)  # type: ignore[attr-defined]  # rows of a workflow have one
        open_now = [step for step in self.workflow.transitions if state in step.sources]
        roles = {role for step in open_now for role in step.roles}
        return [str(role.label) for role in StaffRole if role.value in roles]


def _named(acts: Sequence[Act], name: str) -> Act:
    for act in acts:
        if act.name == name:
            return act
    raise Http404
