"""The papers a claim asks for follow its situation; what is held is not asked again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.documents.models import Piece
from companies.firms.models import BankAccount, Certificate, Establishment
from companies.imports.models import FileLoad
from primes.claims.models.claim import Claim
from primes.claims.pieces import TABLES, AskedPiece, Standing, asked_pieces
from primes.rules.parameters.loader import scheme_names
from tests.companies.documents.papers import certificate, kept
from tests.factories.claimants import BEFORE, YEAR, firm, signataire_of
from tests.factories.claims import AT, draft_claim, filed_claim
from trainings.invoices.models import Invoice, InvoicePiece, InvoiceShare
from trainings.providers.models import Provider, ProviderKind
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db

YEAR_END = date(YEAR, 12, 31)
TODAY = AT.date()


def asked(claim: Claim, on: date = TODAY) -> dict[str, AskedPiece]:
    return {each.code: each for each in asked_pieces([claim], on)[claim.pk]}


def at_site(site: str) -> None:
    Establishment.objects.create(firm=firm(), name=site, site=site, city="Casablanca")


def taught_outside() -> Session:
    """The session of the firm was given by an outside provider."""
    session = Session.objects.select_related("programme__provider").get()
    Provider.objects.filter(pk=session.programme.provider_id).update(
        kind=ProviderKind.EXTERNAL, ice="001000000000099"
    )
    return session


def invoiced(session: Session, piece: Piece) -> None:
    invoice = Invoice.objects.create(
        provider=session.programme.provider, public_id="inv_1", number="F-1",
        dated_on=session.ends_on, amount=session.cost, declared_by=signataire_of(firm()),
        declared_at=BEFORE,
    )  # fmt: skip
    InvoiceShare.objects.create(invoice=invoice, session=session, amount=session.cost)
    InvoicePiece.objects.create(invoice=invoice, piece=piece)


def load(period: date) -> None:
    """The état 9421 that the factories received was loaded."""
    FileLoad.objects.create(
        file=firm().received_files.get(), period=period, rows=1, created=1, updated=0,
        unchanged=0, left_out=0, loaded_at=BEFORE, loaded_by=signataire_of(firm()),
    )  # fmt: skip


def test_every_scheme_has_its_table():
    assert set(TABLES) == set(scheme_names())


@pytest.mark.parametrize(
    ("sites", "code", "kinds"),
    [
        ([], "eligibility", ("p2i", "committee")),
        (["Casanearshore"], "eligibility_platform", ("p2i",)),
        (["hors P2I"], "eligibility_committee", ("committee",)),
        (["Hors P2I", "Technopolis"], "eligibility_platform", ("p2i",)),
    ],
)
def test_who_certifies_the_firm_depends_on_its_sites(sites: list[str], code: str, kinds: tuple):
    claim = draft_claim()
    for site in sites:
        at_site(site)

    found = [each for each in asked(claim).values() if each.code.startswith("eligibility")]

    assert [(each.code, each.kinds, each.day) for each in found] == [(code, kinds, YEAR_END)]


@pytest.mark.parametrize(
    ("days", "standing"),
    [(-1, Standing.EXPIRED), (0, Standing.HELD), (1, Standing.HELD)],
)
def test_the_certificate_of_eligibility_covers_the_last_day_of_the_year(days: int, standing: str):
    claim = draft_claim()
    at_site("hors P2I")
    until = YEAR_END + timedelta(days=days)
    Certificate.objects.filter(kind="committee").update(valid_until=until)

    found = asked(claim)["eligibility_committee"]

    assert (found.standing, found.valid_until) == (standing, until)


@pytest.mark.parametrize(
    ("days", "standing"),
    [(-1, Standing.EXPIRED), (0, Standing.HELD), (1, Standing.HELD)],
)
def test_a_certificate_of_good_standing_covers_the_day_of_filing(days: int, standing: str):
    claim = filed_claim()
    Certificate.objects.filter(kind="cnss").update(valid_until=TODAY + timedelta(days=days))

    found = asked(claim, on=TODAY + timedelta(days=90))["cnss_standing"]

    assert (found.standing, found.day) == (standing, TODAY)


def test_a_certificate_that_was_never_recorded_is_missing():
    claim = draft_claim()
    Certificate.objects.filter(kind="tax").delete()

    found = asked(claim)["tax_standing"]

    assert (found.standing, found.certificate, found.lacks) == (Standing.MISSING, None, True)


def test_a_certificate_is_shown_with_its_paper_once_it_is_in_the_vault():
    claim = draft_claim()
    assert asked(claim)["cnss_standing"].piece is None

    piece = kept(firm(), paper=certificate("CNSS-9", date(2027, 12, 31)))

    found = asked(claim)["cnss_standing"]
    assert (found.piece, found.certificate.number) == (piece, "CNSS-9")


def test_an_account_that_is_paid_is_not_asked_again():
    claim = draft_claim()
    assert asked(claim)["bank_account"].standing == Standing.HELD

    BankAccount.objects.update(state=BankAccount.State.CLOSED)

    assert asked(claim)["bank_account"].standing == Standing.MISSING


def test_payroll_files_that_came_are_counted_and_not_asked_again():
    claim = draft_claim()
    assert asked(claim)["income_statement"].standing == Standing.MISSING

    load(date(YEAR, 1, 1))

    found = asked(claim)
    assert (found["income_statement"].standing, found["income_statement"].held) == ("held", 1)
    assert (found["cnss_declarations"].needed, found["cnss_declarations"].held) == (12, 0)


def test_no_month_before_the_firm_began_is_asked_for():
    claim = draft_claim()
    claim.firm.started_on = date(YEAR, 10, 1)

    assert asked(claim)["cnss_declarations"].needed == 3


def test_a_training_inside_the_firm_asks_for_no_invoice():
    assert "training_invoices" not in asked(draft_claim())


def test_an_outside_training_asks_for_its_invoice_until_it_is_there():
    claim = draft_claim()
    session = taught_outside()
    before = asked(claim)["training_invoices"]

    invoiced(session, kept(firm()))

    after = asked(claim)["training_invoices"]
    assert (before.standing, before.needed, before.held) == (Standing.MISSING, 1, 0)
    assert (after.standing, after.needed, after.held) == (Standing.HELD, 1, 1)


def test_an_invoice_that_the_scanner_refused_does_not_count():
    claim = draft_claim()
    piece = kept(firm())
    invoiced(taught_outside(), piece)

    Piece.objects.filter(pk=piece.pk).update(state=Piece.State.INFECTED, scanned_at=BEFORE)

    assert asked(claim)["training_invoices"].standing == Standing.MISSING


def test_nothing_is_asked_without_a_claim_nor_of_another_firm():
    kept(firm(2), paper=certificate("CNSS-9", date(2030, 1, 1)))
    claim = draft_claim(firm(1))

    assert asked_pieces([], TODAY) == {}
    assert asked(claim)["cnss_standing"].certificate.firm == firm(1)


def test_the_queries_do_not_depend_on_how_many_people_are_in_the_claim():
    claim = draft_claim(eligible=9)
    taught_outside()
    with CaptureQueriesContext(connection) as many:
        asked(claim)
    claim.lines.exclude(position=1).delete()

    with CaptureQueriesContext(connection) as few:
        asked(claim)

    assert len(many) == len(few) <= 8
