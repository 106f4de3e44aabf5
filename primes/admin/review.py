"""What was calculated, checked, proposed and decided: only ever read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from primes.admin.access import CLAIMS
from primes.admin.columns import money_column
from primes.admin.reading import ReadOnlyAdmin
from primes.admin.words import evidence_in_words
from primes.claims.models.assessment import Assessment
from primes.review.checks import QUESTIONS
from primes.review.models import Check
from primes.wording.words import label


class AssessmentAdmin(ReadOnlyAdmin):
    """The columns the law was given are read on the explanation of the line, in words."""

    readers = CLAIMS
    list_display = ("line", "purpose", "eligible", "shown_amount", "rule_set", "assessed_at")
    list_filter = ("purpose", "eligible", "year")
    list_select_related = ("line__claim", "rule_set")
    search_fields = ("line__claim__reference",)
    ordering = ("-pk",)
    fields = (
        "line",
        "purpose",
        "year",
        "eligible",
        "shown_amount",
        "explanation",
        "rule_set",
        "assessed_at",
    )
    readonly_fields = ("shown_amount", "explanation")
    shown_amount = money_column("amount", "montant")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        return super().get_queryset(request).defer("rule_set__package")

    @admin.display(description="explication")
    def explanation(self, row: Assessment) -> str:
        address = reverse("admin:primes_claim_line", args=[row.line.claim_id, row.line.position])
        return format_html('<a href="{}">Voir le calcul de la ligne</a>', address)


class QuestionFilter(admin.SimpleListFilter):
    title = "contrôle"
    parameter_name = "controle"

    def lookups(self, _request: HttpRequest, _admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(each.code, label("check", each.code)) for each in QUESTIONS]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Check]) -> QuerySet[Check]:
        return rows.filter(code=self.value()) if self.value() else rows


class CheckAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("claim", "line", "question", "result", "answered_by", "answered_at")
    list_filter = ("result", QuestionFilter)
    list_select_related = ("claim", "line__claim", "answered_by")
    search_fields = ("claim__reference",)
    ordering = ("-pk",)
    fields = (
        "claim",
        "line",
        "question",
        "result",
        "finding",
        "rule_set",
        "input_sha256",
        "answered_by",
        "answered_at",
    )
    readonly_fields = ("question", "finding")

    @admin.display(description="contrôle", ordering="code")
    def question(self, row: Check) -> str:
        return label("check", row.code)

    @admin.display(description="constat")
    def finding(self, row: Check) -> str:
        return evidence_in_words(row.evidence)


class DecisionAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("reference", "claim", "outcome", "shown_amount", "decided_by", "decided_at")
    list_filter = ("outcome",)
    list_select_related = ("claim", "decided_by")
    search_fields = ("reference", "claim__reference", "claim__firm__name")
    ordering = ("-pk",)
    fields = (
        "reference",
        "claim",
        "outcome",
        "shown_amount",
        "reason",
        "content_sha256",
        "decided_by",
        "decided_at",
    )
    readonly_fields = ("shown_amount",)
    shown_amount = money_column("amount", "montant accordé")


class ReviewItemAdmin(ReadOnlyAdmin):
    """The queue of the batch review, with what failed."""

    readers = CLAIMS
    list_display = ("claim", "state", "attempts", "asked_at", "done_at", "last_error")
    list_filter = ("state",)
    list_select_related = ("claim",)
    search_fields = ("claim__reference",)
    ordering = ("-asked_at",)
