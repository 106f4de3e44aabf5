"""The claims of the firms: who instructs proposes, who decides decides what was proposed."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from accounts import formats
from accounts.models import StaffRole, User
from primes.admin.access import CLAIMS
from primes.admin.acts import Act, Facts, WorkflowAdmin
from primes.admin.claim_page import checks_of, history_of, lines_of
from primes.admin.forms import ClaimYearForm, ProposalForm, ReasonForm
from primes.admin.line_page import assessment_of, line_facts
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine
from primes.claims.states import CLAIM
from primes.review.actions import (
    STEP_OF,
    decide_claim,
    propose_claim,
    send_back_claim,
    take_claim,
)
from primes.review.batch import ask_review
from primes.review.models import Outcome
from primes.tasks import review_claims
from primes.views.explained import LANGUAGE_PARAMETER

# What is left to decide stands at the top of the list, the nearest deadline first.
DECIDED_LAST = Case(When(decided_at=None, withdrawn_at=None, then=0), default=1)
OUTCOME_STEPS = frozenset(STEP_OF.values())


def ask_review_now(*, scheme: str, year: int, acting_user: User, at: datetime) -> None:
    """Leave the work in the rows and nudge a worker; without a broker the sweep finds it."""
    ask_review(scheme=scheme, year=year, acting_user=acting_user, at=at)
    transaction.on_commit(review_claims.delay, robust=True)


def days_left(claim: Claim, on: date) -> str:
    """« 9 jours », « en retard de 2 jours », nothing once decided."""
    if claim.decide_before is None or claim.is_decided:
        return "–"
    days = (claim.decide_before - on).days
    said = f"{abs(days)} jour{'s' if abs(days) > 1 else ''}"
    return said if days >= 0 else f"en retard de {said}"


def amount_now() -> Subquery:
    """The sum of the assessments in force of a claim's lines, in centimes."""
    later = Assessment.objects.filter(line=OuterRef("line"), pk__gt=OuterRef("pk"))
    in_force = Assessment.objects.filter(~Exists(later), line__claim=OuterRef("pk"))
    total = in_force.order_by().values("line__claim").annotate(total=Sum("amount"))
    return Subquery(total.values("total"), output_field=IntegerField())


def line_count() -> Subquery:
    lines = ClaimLine.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(lines.annotate(count=Count("pk")).values("count"), output_field=IntegerField())


class ClaimAdmin(WorkflowAdmin[Claim]):
    """Filed claims, the nearest deadline first; drafts stay with the firm."""

    readers = CLAIMS
    workflow = CLAIM
    row_key = "claim_id"
    page_template = "admin/primes/claim_page.html"
    list_display = (
        "reference",
        "firm",
        "branch",
        "lines",
        "amount",
        "remaining",
        "state",
        "instructed_by",
    )
    list_filter = ("state", "year", "firm__branch")
    list_select_related = ("firm", "instructed_by")
    search_fields = ("reference", "firm__name", "firm__ice")
    search_help_text = "Référence, entreprise ou ICE"
    ordering = (DECIDED_LAST, "decide_before", "pk")
    acts = (
        Act("take", "Prendre en charge", take_claim, "La demande est prise en charge."),
        Act(
            "propose",
            "Proposer une décision",
            propose_claim,
            "La proposition est transmise au décideur.",
            ProposalForm,
        ),
        Act(
            "send_back",
            "Renvoyer à l'instructeur",
            send_back_claim,
            "La demande est renvoyée à son instructeur.",
            ReasonForm,
        ),
        *(
            Act(
                STEP_OF[outcome],
                outcome.label,
                partial(decide_claim, outcome=outcome),
                "La décision est prise.",
                ReasonForm,
            )
            for outcome in Outcome
        ),
    )
    list_acts = (
        Act(
            "review",
            "Lancer le calcul en lot",
            ask_review_now,
            "Le calcul est demandé : les montants et les contrôles suivront.",
            ClaimYearForm,
            frozenset({StaffRole.INSTRUCTEUR, StaffRole.DECIDEUR}),
        ),
    )

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.line_view)
        return [
            path("<int:pk>/ligne/<int:position>/", view, name="primes_claim_line"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        people = ("firm", "instructed_by", "filed_by")
        filed: QuerySet[Claim] = super().get_queryset(request).filter(filed_at__isnull=False)
        return filed.select_related(*people).annotate(
            line_count=line_count(), amount_now=amount_now()
        )

    @admin.display(description="filière", ordering="firm__branch")
    def branch(self, claim: Claim) -> str:
        return claim.firm.branch

    @admin.display(description="salariés")
    def lines(self, claim: Claim) -> str:
        return formats.number(claim.line_count or 0, "fr")  # type: ignore[attr-defined]  # annotated by get_queryset

    @admin.display(description="montant calculé")
    def amount(self, claim: Claim) -> str:
        return formats.money(claim.amount_now or 0, "fr")  # type: ignore[attr-defined]  # annotated by get_queryset

    @admin.display(description="reste pour décider", ordering="decide_before")
    def remaining(self, claim: Claim) -> str:
        return days_left(claim, timezone.localdate())

    def open_acts(self, request: HttpRequest, row: Claim) -> list[Act]:
        """Of the three decisions, only the one that was proposed."""
        acts = super().open_acts(request, row)
        if not any(act.name in OUTCOME_STEPS for act in acts):
            return acts
        proposed = STEP_OF[Outcome(row.proposals.latest("pk").outcome)]
        return [act for act in acts if act.name == proposed or act.name not in OUTCOME_STEPS]

    def summary(self, row: Claim) -> Facts:
        return [
            ("Entreprise", row.firm),
            ("Exercice", row.year),
            ("Salariés", self.lines(row)),
            ("Montant calculé", self.amount(row)),
            ("État", row.get_state_display()),
            ("Déposée", f"{row.filed_at:%d/%m/%Y}, {row.receipt_number}"),
            ("Reste pour décider", self.remaining(row)),
            ("Instruite par", row.instructed_by or "–"),
        ]

    def page_facts(self, request: HttpRequest, row: Claim) -> dict[str, Any]:
        return {
            "proposal": row.proposals.select_related("proposed_by").order_by("pk").last(),
            "decision": getattr(row, "decision", None),
            "checks": checks_of(row),
            "lines": lines_of(row, request.GET.get("page")),
            "history": history_of(row.journal_stream),
        }

    def line_view(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Why one person is entitled or not, and each step of the amount."""
        claim = self.row_asked(request, pk)
        assessment = assessment_of(claim, position)
        if assessment is None:
            raise Http404
        title = f"{claim}, ligne {position}"
        facts = line_facts(assessment, request.GET.get(LANGUAGE_PARAMETER))
        return self.render(request, "admin/primes/line_page.html", title, facts, claim)
