"""What a firm declares of its providers' invoices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.public_ids import new_public_id
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from trainings.evidence import OF_AN_INVOICE, piece_of
from trainings.invoices.models import Invoice, InvoicePiece, InvoiceShare
from trainings.providers.models import Provider
from trainings.sessions.models import Session


@dataclass(frozen=True, slots=True)
class InvoiceDeclaration:
    """Amounts are centimes; `shares` are those of the sessions, by session, and make `amount`."""

    number: str
    dated_on: date
    amount: int
    vat: int
    shares: Mapping[int, int]
    piece_id: int | None = None


def declare_invoice(
    *, provider_id: int, invoice: InvoiceDeclaration, acting_user: User, at: datetime
) -> Invoice:
    """Raises `role_missing`, `invoice_shares_add_up`, `session_of_another_provider`, what
    `piece_of` raises, or the name of a broken constraint: `invoice_once` for a known number.
    """
    provider = Provider.objects.select_related("firm").get(pk=provider_id)
    require_firm_role(provider.firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        _check_shares(provider, invoice)
        declared = Invoice.objects.create(
            provider=provider,
            public_id=new_public_id("inv"),
            number=invoice.number,
            dated_on=invoice.dated_on,
            amount=invoice.amount,
            vat=invoice.vat,
            declared_by=acting_user,
            declared_at=at,
        )
        InvoiceShare.objects.bulk_create(
            InvoiceShare(invoice=declared, session_id=session, amount=amount)
            for session, amount in sorted(invoice.shares.items())
        )
        if invoice.piece_id is not None:
            piece = piece_of(provider.firm, invoice.piece_id, OF_AN_INVOICE)
            InvoicePiece.objects.create(invoice=declared, piece=piece)
        _journal(declared, "training.declare_invoice", acting_user, at)
    return declared


def withdraw_invoice(*, invoice_id: int, acting_user: User, at: datetime) -> None:
    """Take an invoice back that was declared by mistake; the journal keeps it.

    Raises `role_missing`.
    """
    with transaction.atomic():
        invoice = (
            Invoice.objects.select_for_update(of=("self",))
            .select_related("provider__firm")
            .get(pk=invoice_id)
        )
        require_firm_role(invoice.provider.firm, acting_user, *WRITERS)
        _journal(invoice, "training.withdraw_invoice", acting_user, at)
        invoice.evidence.all().delete()
        invoice.shares.all().delete()
        invoice.delete()


def _check_shares(provider: Provider, invoice: InvoiceDeclaration) -> None:
    shared = sum(invoice.shares.values())
    if shared != invoice.amount:
        raise Refusal("invoice_shares_add_up", found=shared, expected=invoice.amount)
    taught = Session.objects.filter(pk__in=invoice.shares, programme__provider=provider).count()
    if taught != len(invoice.shares):
        raise Refusal("session_of_another_provider", provider=provider.name)


def _journal(invoice: Invoice, action: str, acting_user: User, at: datetime) -> None:
    detail = {
        "invoice": invoice.public_id,
        "number": invoice.number,
        "provider": invoice.provider.public_id,
        "dated_on": invoice.dated_on.isoformat(),
        "amount": invoice.amount,
        "vat": invoice.vat,
        "shares": {
            str(session): amount
            for session, amount in invoice.shares.order_by("session").values_list(
                "session", "amount"
            )
        },
    }
    record_of(invoice.provider.firm, action, acting_user, at, **detail)
