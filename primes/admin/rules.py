"""Versions of the rules, released by two people, and the windows of filing."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from primes.admin.access import ADMINISTRATEURS, RULES
from primes.admin.acts import Act, ActsAdmin, Facts, WorkflowAdmin
from primes.admin.claim_page import history_of
from primes.admin.forms import ReasonForm, WindowForm
from primes.admin.rule_set_page import change_facts, impact_facts
from primes.claims.models.rule_set import RuleSet
from primes.claims.models.window import FilingWindow
from primes.claims.releases import approve_release, propose_release, see_rules
from primes.claims.states import RULE_SET
from primes.claims.windows import open_window
from primes.rules.digest import rule_digest


class ReleaseForm(ReasonForm):
    """Asks to confirm the figures only when they are no longer those of the proposal."""

    preview = forms.CharField(
        label="Chiffres actuels", required=False, widget=forms.RadioSelect, max_length=64
    )

    def ask_to_confirm(self, sha256: str) -> None:
        said = "J'ai relu les chiffres ci-dessus et je les confirme."
        self.fields["preview"].widget.choices = [(sha256, said)]

    def ask_nothing_more(self) -> None:
        del self.fields["preview"]


class RuleSetAdmin(WorkflowAdmin[RuleSet]):
    readers = RULES
    workflow = RULE_SET
    row_key = "rule_set_id"
    page_template = "admin/primes/rule_set_page.html"
    act_template = "admin/primes/rule_set_act.html"
    list_display = ("__str__", "state", "seen_at", "author", "approver", "released_at")
    list_filter = ("state",)
    list_select_related = ("author", "approver")
    search_fields = ("digest",)
    ordering = ("-pk",)
    acts = (
        Act(
            "propose",
            "Proposer la publication",
            propose_release,
            "La publication est proposée : une autre personne la confirme.",
            ReasonForm,
        ),
        Act("release", "Publier", approve_release, "La version est publiée.", ReleaseForm),
    )
    list_acts = (
        Act(
            "see",
            "Enregistrer la version en service",
            see_rules,
            "La version en service est enregistrée.",
            roles=ADMINISTRATEURS,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleSet]:
        return super().get_queryset(request).select_related("author", "approver").defer("package")

    def summary(self, row: RuleSet) -> Facts:
        return [
            ("Empreinte", row.digest),
            ("En service", "oui" if row.digest == rule_digest() else "non"),
            ("État", row.get_state_display()),
            ("Proposée par", row.author or "–"),
            ("Publiée par", row.approver or "–"),
        ]

    def page_facts(self, request: HttpRequest, row: RuleSet) -> dict[str, Any]:
        return {
            "codes": codes_by_scheme(row),
            "history": history_of(row.journal_stream),
        }

    def render(
        self,
        request: HttpRequest,
        template: str,
        title: str,
        context: dict[str, Any],
        row: RuleSet | None = None,
    ) -> TemplateResponse:
        """The impact and the changes stand on the page of a version and above both of its forms."""
        if row is None:
            return super().render(request, template, title, context, row)
        shown = impact_facts(row) | change_facts(row) | context
        if "form" in context:
            template = self.act_template
            if isinstance(context["form"], ReleaseForm):
                _ask(context["form"], shown)
        return super().render(request, template, title, shown, row)


def _ask(form: ReleaseForm, shown: dict[str, Any]) -> None:
    if shown["moved"]:
        form.ask_to_confirm(shown["impact"].sha256)
    else:
        form.ask_nothing_more()


def codes_by_scheme(rule_set: RuleSet) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """(scheme, [(part, codes in order)]): conditions, warnings, amount rows of the years."""
    return [
        (
            scheme,
            [
                ("Conditions", parts["conditions"]),
                ("Avertissements", parts["warnings"]),
                *_amount_rows(parts["rows"]),
            ],
        )
        for scheme, parts in rule_set.codes.items()
    ]


def _amount_rows(rows: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Years that follow each other with the same rows are told once."""
    for codes, years in groupby(sorted(rows), key=rows.__getitem__):
        first, *others = years
        yield f"Montant {first} à {others[-1]}" if others else f"Montant {first}", codes


class FilingWindowAdmin(ActsAdmin[FilingWindow]):
    readers = RULES
    page_template = "admin/primes/page.html"
    list_display = ("scheme", "year", "opens_on", "closes_on", "reason", "set_by", "set_at")
    list_select_related = ("set_by",)
    ordering = ("-year",)
    list_acts = (
        Act(
            "open",
            "Fixer une période de dépôt",
            open_window,
            "La période de dépôt est fixée.",
            WindowForm,
            ADMINISTRATEURS,
        ),
    )

    def summary(self, row: FilingWindow) -> Facts:
        return [
            ("Dispositif", row.scheme),
            ("Exercice", row.year),
            ("Ouvre le", f"{row.opens_on:%d/%m/%Y}"),
            ("Ferme le", f"{row.closes_on:%d/%m/%Y}"),
            ("Motif", row.reason),
            ("Fixée par", row.set_by),
        ]

    def page_facts(self, request: HttpRequest, row: FilingWindow) -> dict[str, Any]:
        return {"history": history_of(f"window:{row.scheme}:{row.year}")}
