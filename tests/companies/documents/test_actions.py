"""The vault: each paper once, what claims read of it, who may take it out, and what stays."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole
from companies.documents.actions import Paper, add_piece, replace_piece, take_out_piece
from companies.documents.models import Piece, ReceivedFile
from companies.firms.models import Certificate, FirmRole
from tests.companies.documents.papers import AT, certificate, kept, pdf, png
from tests.factories.agency import staff
from tests.factories.claimants import firm, member, signataire_of

pytestmark = pytest.mark.django_db

OTHER = Paper("other", "Divers")


def test_a_paper_is_kept_as_it_came_and_marked_not_analysed_without_a_scanner():
    piece = kept(firm(), pdf())

    assert bytes(piece.file.content) == pdf()
    assert piece.file.sha256 == hashlib.sha256(pdf()).hexdigest()
    assert (piece.file.kind, piece.media_type) == ("piece", "application/pdf")
    assert (piece.state, piece.is_released) == (Piece.State.UNSCANNED, True)
    assert JournalEntry.objects.filter(action="piece.add").count() == 1


def test_the_same_bytes_are_stored_once_a_firm():
    kept(firm(1))
    kept(firm(1), paper=replace(OTHER, kind="contract"))
    kept(firm(2))

    assert ReceivedFile.objects.filter(kind="piece").count() == 2
    with pytest.raises(Refusal, match="piece_once_a_kind"):
        kept(firm(1))


def test_the_type_is_that_of_the_bytes_and_the_name_says_so():
    piece = kept(firm(), png())

    assert (piece.media_type, piece.file.name) == ("image/png", "piece.pdf.png")


def test_a_certificate_is_recorded_for_the_claims():
    kept(firm(), paper=certificate("CNSS-9", date(2027, 3, 31)))

    recorded = Certificate.objects.get(firm=firm(), kind="cnss", number="CNSS-9")
    assert recorded.valid_until == date(2027, 3, 31)


def test_the_paper_of_a_certificate_known_already_adds_no_second_one():
    known = Certificate.objects.get(firm=firm(), kind="tax")

    kept(firm(), paper=Paper("tax", "", known.number, known.valid_from, known.valid_until))

    assert Certificate.objects.filter(firm=firm(), kind="tax").count() == 1


def test_another_validity_under_a_known_number_is_refused_and_nothing_is_kept():
    known = Certificate.objects.get(firm=firm(), kind="tax")

    with pytest.raises(Refusal, match="certificate_once"):
        kept(firm(), paper=Paper("tax", "", known.number, known.valid_from, date(2030, 1, 1)))

    assert not Piece.objects.exists()


@pytest.mark.parametrize("lacking", [{"number": ""}, {"valid_from": None}, {"valid_until": None}])
def test_a_certificate_names_its_number_and_its_days(lacking: dict[str, object]):
    with pytest.raises(Refusal, match="certificate_incomplete"):
        kept(firm(), paper=replace(certificate(), **lacking))


@pytest.mark.parametrize(("more", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_paper_as_large_as_the_limit_is_taken(settings, more: int, refused: bool):
    settings.MAX_PIECE_BYTES = len(pdf()) - more

    if not refused:
        assert kept(firm()).pk
        return

    with pytest.raises(Refusal, match="piece_too_large"):
        kept(firm())


def test_a_newer_paper_replaces_one_of_its_kind_and_both_stay():
    older = kept(firm(), paper=certificate("CNSS-9"))

    newer = replace_piece(
        piece_id=older.pk,
        paper=replace(certificate("CNSS-10", date(2027, 12, 31)), kind="other"),
        name="nouvelle.png",
        content=png(),
        acting_user=signataire_of(firm()),
        at=AT,
    )

    assert (newer.kind, newer.replaces, Piece.objects.count()) == ("cnss", older, 2)
    assert Certificate.objects.filter(firm=firm(), number__in=["CNSS-9", "CNSS-10"]).count() == 2


def test_a_paper_is_replaced_once():
    older = kept(firm())
    told = {"piece_id": older.pk, "paper": OTHER, "name": "a", "at": AT}
    user = signataire_of(firm())
    replace_piece(content=png(), acting_user=user, **told)

    with pytest.raises(Refusal, match="piece_replaced_already"):
        replace_piece(content=png(3), acting_user=user, **told)


def test_each_taking_out_is_told_to_the_journal():
    piece = kept(firm())
    user = member(firm(), FirmRole.LECTEUR, "reader")

    taken = take_out_piece(piece_id=piece.pk, acting_user=user, at=AT)

    told = JournalEntry.objects.get(action="piece.take_out")
    assert bytes(taken.file.content) == pdf()
    assert (told.actor, told.detail["piece"]) == (user, piece.public_id)


@pytest.mark.parametrize("state", [Piece.State.WAITING, Piece.State.INFECTED])
def test_what_is_not_released_is_not_taken_out(settings, state: Piece.State):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    piece = kept(firm())
    Piece.objects.filter(pk=piece.pk).update(state=state, scanned_at=AT)

    with pytest.raises(Refusal, match="piece_not_released"):
        take_out_piece(piece_id=piece.pk, acting_user=signataire_of(firm()), at=AT)

    assert not JournalEntry.objects.filter(action="piece.take_out").exists()


def test_the_agency_takes_out_and_another_firm_does_not():
    piece = kept(firm(1))

    assert take_out_piece(piece_id=piece.pk, acting_user=staff(StaffRole.INSTRUCTEUR), at=AT)
    for stranger in (signataire_of(firm(2)), staff(StaffRole.PAYEUR)):
        with pytest.raises(Refusal, match="role_missing"):
            take_out_piece(piece_id=piece.pk, acting_user=stranger, at=AT)


@pytest.mark.parametrize(
    ("role", "may"),
    [(FirmRole.LECTEUR, False), (FirmRole.REDACTEUR, True), (FirmRole.ADMINISTRATEUR, True)],
)
def test_who_keeps_the_papers_of_the_firm_adds_to_them(role: FirmRole, may: bool):
    told = {"firm": firm(), "paper": OTHER, "name": "a.pdf", "content": pdf(), "at": AT}
    user = member(firm(), role, "somebody")

    if may:
        assert add_piece(acting_user=user, **told).added_by == user
        return

    with pytest.raises(Refusal, match="role_missing"):
        add_piece(acting_user=user, **told)


def test_the_database_keeps_what_is_said_of_a_paper():
    piece = kept(firm())

    with pytest.raises(DatabaseError, match="piece_never_changes"), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(valid_until=date(2030, 1, 1))
