"""Invoices: their shares add up, whoever writes them; a number is declared once."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.documents.models import Piece
from companies.firms.models import Firm, FirmRole
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, member
from tests.factories.trainings import piece, programme, provider, session
from trainings.invoices.actions import InvoiceDeclaration, declare_invoice, withdraw_invoice
from trainings.invoices.models import Invoice, InvoiceShare
from trainings.providers.models import Provider
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def institute() -> Provider:
    return provider(a_firm())


@pytest.fixture
def held(institute: Provider) -> list[Session]:
    """Two sessions that the institute taught."""
    taught = programme(institute.firm, institute)
    return [session(taught, date(2025, 5, day)) for day in (5, 6)]


def invoice(held: list[Session], **told: object) -> InvoiceDeclaration:
    shares = {each.pk: amount for each, amount in zip(held, (600_00, 400_00), strict=False)}
    whole = InvoiceDeclaration("F-12", date(2025, 6, 1), 1_000_00, 200_00, shares)
    return replace(whole, **told)


def declared(by: Provider, invoice: InvoiceDeclaration) -> Invoice:
    return declare_invoice(provider_id=by.pk, invoice=invoice, acting_user=member(by.firm), at=AT)


def test_an_invoice_is_shared_among_its_sessions(institute, held):
    kept = declared(institute, invoice(held))

    assert kept.total == 1_200_00
    assert dict(kept.shares.values_list("session", "amount")) == {
        held[0].pk: 600_00,
        held[1].pk: 400_00,
    }
    assert JournalEntry.objects.latest("pk").detail["amount"] == 1_000_00


@pytest.mark.parametrize("amount", [999_99, 1_000_01])
def test_shares_that_miss_the_amount_by_a_centime_are_refused(institute, held, amount):
    with pytest.raises(Refusal) as refused:
        declared(institute, invoice(held, amount=amount))

    assert refused.value.code == "invoice_shares_add_up"
    assert refused.value.facts == {"found": 1_000_00, "expected": amount}


def test_the_database_holds_the_shares_to_the_amount(institute, held):
    declared(institute, invoice(held))
    InvoiceShare.objects.filter(session=held[0]).update(amount=1)

    with pytest.raises(IntegrityError, match="invoice_shares_add_up"), connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": ""}, "invoice_has_a_number"),
        ({"vat": -1}, "invoice_amounts_not_negative"),
        ({"amount": 0, "shares": {}}, "invoice_amounts_not_negative"),
    ],
)
def test_an_impossible_invoice_is_refused_by_name(institute, held, told, code):
    with pytest.raises(Refusal, match=code):
        declared(institute, invoice(held, **told))


def test_a_number_is_declared_once_by_provider(institute, held):
    declared(institute, invoice(held))

    with pytest.raises(Refusal, match="invoice_once"):
        declared(institute, invoice(held, vat=0))


def test_an_invoice_pays_no_session_of_another_provider(institute, held):
    other = session(programme(institute.firm))

    with pytest.raises(Refusal, match="session_of_another_provider"):
        declared(institute, invoice([held[0], other]))


def test_an_invoice_has_its_paper_from_the_vault(institute, held):
    paper = piece(institute.firm, Piece.Kind.INVOICE)

    kept = declared(institute, invoice(held, piece_id=paper.pk))

    assert kept.evidence.get().piece == paper


def test_an_attendance_sheet_is_no_invoice(institute, held):
    sheet = piece(institute.firm)

    with pytest.raises(Refusal, match="evidence_of_another_nature"):
        declared(institute, invoice(held, piece_id=sheet.pk))

    assert not Invoice.objects.exists()


def test_an_invoice_declared_by_mistake_is_taken_back_and_stays_in_the_journal(institute, held):
    paper = piece(institute.firm, Piece.Kind.INVOICE)
    kept = declared(institute, invoice(held, piece_id=paper.pk))

    withdraw_invoice(invoice_id=kept.pk, acting_user=member(institute.firm), at=AT)

    assert not Invoice.objects.exists()
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.detail["number"]) == ("training.withdraw_invoice", "F-12")
    assert entry.detail["shares"] == {str(held[0].pk): 600_00, str(held[1].pk): 400_00}


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_touches_no_invoice(institute, held, role):
    firm: Firm = institute.firm
    kept, user = declared(institute, invoice(held)), member(firm, role)
    acts = [
        lambda: declare_invoice(
            provider_id=institute.pk, invoice=invoice(held), acting_user=user, at=AT
        ),
        lambda: withdraw_invoice(invoice_id=kept.pk, acting_user=user, at=AT),
    ]

    for act in acts:
        with pytest.raises(Refusal, match="role_missing"):
            act()
