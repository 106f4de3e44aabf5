"""Payment runs: prepared by one, signed by two others, exported once, answered by the bank."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse

from accounts import formats
from accounts.models import JournalEntry, StaffRole
from primes.admin.access import PAYMENTS, roles_of
from primes.admin.acts import Act, ActsAdmin, Facts, WorkflowAdmin
from primes.admin.claim_page import history_of
from primes.admin.columns import instant, money_column
from primes.admin.forms import BankReturnForm, ReasonForm, SchemeForm
from primes.admin.reading import ReadOnlyAdmin
from primes.admin.return_lines import answers_of
from primes.ledger.models import Envelope
from primes.payouts.actions import cancel_run, export_run, order_run, sign_run
from primes.payouts.models import BankReturnFile, BankReturnLine, Payment, PaymentRun, PayoutFile
from primes.payouts.preparation import prepare_run
from primes.payouts.returns import load_bank_return
from primes.payouts.states import RUN
from primes.wording.figures import amount_in_words

ROWS_PER_PAGE = 100


def as_attachment(payout: PayoutFile) -> HttpResponse:
    """The stored bytes, as they are."""
    return HttpResponse(
        bytes(payout.content),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{payout.name}"'},
    )


def said_of_return(file: BankReturnFile, at: datetime) -> str:
    """Whether the file is new, and how many of its lines wait for somebody to look."""
    if file.loaded_at != at:
        return f"Ce fichier était déjà chargé depuis le {instant(file.loaded_at)} : rien ne change."
    waiting = file.lines.filter(effect=BankReturnLine.Effect.QUARANTINED).count()
    return f"Le retour bancaire est chargé ; réponses à rapprocher : {waiting}."


class PaymentRunAdmin(WorkflowAdmin[PaymentRun]):
    readers = PAYMENTS
    workflow = RUN
    row_key = "run_id"
    page_template = "admin/primes/run_page.html"
    list_display = (
        "reference",
        "state",
        "payment_count",
        "shown_total",
        "prepared_by",
        "prepared_at",
    )
    list_filter = ("state", "convention")
    list_select_related = ("prepared_by",)
    search_fields = ("reference", "payments__reference", "payments__firm__name")
    search_help_text = "Référence d'un lot ou d'un paiement, entreprise"
    ordering = ("-pk",)
    shown_total = money_column("total", "total")
    acts = (
        Act("order", "Signer comme ordonnateur", order_run, "Le lot est signé par l'ordonnateur."),
        Act("sign", "Signer comme payeur", sign_run, "Le lot est signé par le payeur."),
        Act("export", "Exporter le fichier", export_run, "", answer=as_attachment),
        Act(
            "cancel",
            "Annuler le lot",
            cancel_run,
            "Le lot est annulé.",
            ReasonForm,
            caution="Un lot annulé ne se reprend pas ; un autre peut être préparé.",
        ),
        Act(
            "download",
            "Télécharger de nouveau",
            export_run,
            "",
            answer=as_attachment,
            caution="Ce fichier est déjà sorti, comme dit ci-dessus : remis deux fois à la banque, "
            "il pourrait être payé deux fois.",
        ),
    )
    list_acts = (
        Act(
            "prepare",
            "Préparer un lot",
            prepare_run,
            "Le lot est préparé.",
            SchemeForm,
            frozenset({StaffRole.PREPARATEUR}),
        ),
        Act(
            "bank_return",
            "Charger un retour bancaire",
            load_bank_return,
            said_of_return,
            BankReturnForm,
            frozenset({StaffRole.PAYEUR}),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaymentRun]:
        people = ("convention", "prepared_by", "ordered_by", "signed_by", "exported_by")
        return super().get_queryset(request).select_related(*people)

    def open_acts(self, request: HttpRequest, row: PaymentRun) -> list[Act]:
        """The file of an exported run may be fetched again by those who may export."""
        acts = super().open_acts(request, row)
        if row.exported_at and RUN.by_name["export"].roles & roles_of(request):
            acts = [*acts, self.acts[-1]]
        return acts

    def summary(self, row: PaymentRun) -> Facts:
        return [
            ("État", row.get_state_display()),
            ("Paiements", formats.number(row.payment_count, "fr")),
            ("Total", formats.money(row.total, "fr")),
            ("En toutes lettres", amount_in_words(row.total)),
            ("Empreinte du contenu", row.content_sha256),
            ("Reste sur l'enveloppe", formats.money(_left(row), "fr")),
            ("Préparé par", f"{row.prepared_by}, {row.prepared_at:%d/%m/%Y}"),
            ("Ordonnateur", row.ordered_by or "–"),
            ("Payeur", row.signed_by or "–"),
            *_downloads(row),
        ]

    def page_facts(self, request: HttpRequest, row: PaymentRun) -> dict[str, Any]:
        payments = row.payments.select_related("firm", "bank_account").order_by("reference")
        return {
            "payments": Paginator(payments, ROWS_PER_PAGE).get_page(request.GET.get("page")),
            "returns": row.returns.defer("content").order_by("pk"),
            "history": history_of(row.journal_stream),
        }


def _left(run: PaymentRun) -> int:
    """What is still available on the envelope of the year the run was prepared in, in centimes."""
    envelope = Envelope.objects.filter(convention=run.convention_id, year=run.prepared_at.year)
    return sum(each.available for each in envelope)


def _downloads(run: PaymentRun) -> list[tuple[str, object]]:
    """Who fetched the file and when: the second time is a warning."""
    if run.exported_at is None:
        return []
    taken = JournalEntry.objects.filter(
        stream=run.journal_stream, action__in=["run.export", "run.download"]
    ).select_related("actor")
    said = [f"{entry.actor}, {instant(entry.at)}" for entry in taken.order_by("sequence")]
    return [("Fichier déjà sorti", " ; ".join(said))]


class PaymentAdmin(ReadOnlyAdmin):
    readers = PAYMENTS
    list_display = (
        "reference",
        "run",
        "firm",
        "shown_amount",
        "state",
        "answered_at",
        "return_code",
    )
    list_filter = ("state",)
    list_select_related = ("run", "firm")
    search_fields = ("reference", "run__reference", "firm__name")
    ordering = ("-pk",)
    fields = (
        "reference",
        "run",
        "firm",
        "bank_account",
        "holder",
        "shown_amount",
        "state",
        "answered_at",
        "return_code",
    )
    readonly_fields = ("shown_amount",)
    shown_amount = money_column("amount", "montant")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).defer("rib_sealed", "rib_fingerprint")


class BankReturnFileAdmin(ActsAdmin[BankReturnFile]):
    """A return file and each of its lines, those set aside included."""

    readers = PAYMENTS
    page_template = "admin/primes/return_page.html"
    list_display = ("name", "run", "loaded_by", "loaded_at")
    list_select_related = ("run", "loaded_by")
    search_fields = ("name", "run__reference")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankReturnFile]:
        return super().get_queryset(request).select_related("run", "loaded_by").defer("content")

    def summary(self, row: BankReturnFile) -> Facts:
        return [
            ("Lot", row.run),
            ("Chargé par", f"{row.loaded_by}, {instant(row.loaded_at)}"),
            ("Empreinte", row.sha256),
        ]

    def page_facts(self, request: HttpRequest, row: BankReturnFile) -> dict[str, Any]:
        waiting_first = Case(When(effect=BankReturnLine.Effect.QUARANTINED, then=0), default=1)
        lines = Paginator(row.lines.order_by(waiting_first, "pk"), ROWS_PER_PAGE)
        page: Page[Any] = lines.get_page(request.GET.get("page"))
        page.object_list = answers_of(page)
        return {"answers": page}
