"""What was calculated, checked, proposed and decided: only ever read."""

from django.db.models import QuerySet
from django.http import HttpRequest

from primes.admin.access import CLAIMS
from primes.admin.columns import money_column
from primes.admin.reading import ReadOnlyAdmin
from primes.claims.models.assessment import Assessment


class AssessmentAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("line", "purpose", "eligible", "shown_amount", "rule_set", "assessed_at")
    list_filter = ("purpose", "eligible", "year")
    list_select_related = ("line__claim", "rule_set")
    search_fields = ("line__claim__reference",)
    ordering = ("-pk",)
    shown_amount = money_column("amount", "montant")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        return super().get_queryset(request).defer("rule_set__package")


class CheckAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("claim", "line", "code", "result", "answered_by", "answered_at")
    list_filter = ("result", "code")
    list_select_related = ("claim", "line__claim", "answered_by")
    search_fields = ("claim__reference",)
    ordering = ("-pk",)


class DecisionAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("reference", "claim", "outcome", "shown_amount", "decided_by", "decided_at")
    list_filter = ("outcome",)
    list_select_related = ("claim", "decided_by")
    search_fields = ("reference", "claim__reference", "claim__firm__name")
    ordering = ("-pk",)
    shown_amount = money_column("amount", "montant accordé")


class ReviewItemAdmin(ReadOnlyAdmin):
    """The queue of the batch review, with what failed."""

    readers = CLAIMS
    list_display = ("claim", "state", "attempts", "asked_at", "done_at", "last_error")
    list_filter = ("state",)
    list_select_related = ("claim",)
    search_fields = ("claim__reference",)
    ordering = ("-asked_at",)
