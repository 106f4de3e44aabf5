"""Long acts and how they end: what an administrateur looks at when a firm says that it waits."""

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from accounts.models import Job
from companies.firms.models import Firm
from primes.admin.access import SETTINGS
from primes.admin.reading import ReadOnlyAdmin
from primes.wording.words import sentence


class JobAdmin(ReadOnlyAdmin):
    """The firm itself stops a job or has it tried again."""

    readers = SETTINGS
    list_display = ("asked_at", "kind", "firm_name", "state", "come", "attempts", "reason")
    list_filter = ("state", "kind")
    search_fields = ("public_id", "subject", "firm")
    search_help_text = "Identifiant de la tâche, de son objet ou de l'entreprise"
    ordering = ("-pk",)
    fields = (
        "public_id",
        "kind",
        "subject",
        "firm_name",
        "state",
        "phase",
        "come",
        "attempts",
        "asked_by",
        "asked_at",
        "started_at",
        "heartbeat_at",
        "lease_until",
        "cancel_asked_at",
        "ended_at",
        "reason",
    )
    readonly_fields = ("firm_name", "come", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        named = Firm.objects.filter(public_id=OuterRef("firm")).values("name")
        return super().get_queryset(request).defer("results").annotate(named=Subquery(named))

    @admin.display(description="entreprise", ordering="firm")
    def firm_name(self, row: Job) -> str:
        return row.named or row.firm  # type: ignore[attr-defined]  # annotated by get_queryset

    @admin.display(description="avancement")
    def come(self, row: Job) -> str:
        return f"{row.done} / {row.total}" if row.total else "–"

    @admin.display(description="raison de l'échec", ordering="failure")
    def reason(self, row: Job) -> str:
        return sentence(row.failure).what if row.failure else "–"
