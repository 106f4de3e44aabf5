"""Papers wait for the scanner; down, it delays them and changes nothing."""

import pytest

from accounts.models import JournalEntry, User
from companies.documents.models import Piece
from companies.documents.scanning import ScannerDownError, ScanReport, scan_waiting, verdict
from tests.companies.documents.papers import AT, kept, pdf, png
from tests.companies.documents.scanners import SIGNATURE, scanner
from tests.factories.claimants import firm

pytestmark = pytest.mark.django_db

NOBODY = "tcp://127.0.0.1:1"
HARMLESS, INFECTED = pdf(), pdf(b"<< /Title (" + SIGNATURE + b") >>")


def scan(limit: int = 10) -> ScanReport:
    return scan_waiting(limit=limit, acting_user=User.objects.machine("imports"), at=AT)


def states() -> list[str]:
    return list(Piece.objects.order_by("pk").values_list("state", flat=True))


def test_with_a_scanner_a_paper_waits_until_it_is_found_clean(settings):
    with scanner() as (address, received):
        settings.CLAMD_ADDRESS = address
        piece = kept(firm(), HARMLESS)
        assert (piece.state, piece.is_released) == (Piece.State.WAITING, False)

        report = scan()

    piece.refresh_from_db()
    assert report == ScanReport(clean=1, infected=0, waiting=0)
    assert (piece.state, piece.scanned_at, received) == (Piece.State.CLEAN, AT, [HARMLESS])
    assert JournalEntry.objects.get(action="piece.scan").detail["state"] == "clean"


def test_an_infected_paper_is_never_released(settings):
    with scanner() as (address, _):
        settings.CLAMD_ADDRESS = address
        kept(firm(), INFECTED)
        kept(firm(), HARMLESS)

        report = scan()

    assert (report.clean, report.infected) == (1, 1)
    assert states() == [Piece.State.INFECTED, Piece.State.CLEAN]


def test_a_scanner_that_is_down_leaves_the_paper_waiting(settings):
    settings.CLAMD_ADDRESS = NOBODY
    kept(firm(), HARMLESS)

    assert scan() == ScanReport(clean=0, infected=0, waiting=1)

    with scanner() as (address, _):
        settings.CLAMD_ADDRESS = address
        assert scan().clean == 1


def test_an_answer_that_is_no_verdict_releases_nothing(settings):
    with scanner(says=b"INSTREAM size limit exceeded. ERROR") as (address, _):
        settings.CLAMD_ADDRESS = address
        kept(firm(), HARMLESS)
        kept(firm(), png())

        assert scan() == ScanReport(clean=0, infected=0, waiting=2)


def test_without_a_scanner_nothing_is_asked():
    kept(firm(), HARMLESS)

    assert scan() == ScanReport(clean=0, infected=0, waiting=0)
    assert states() == [Piece.State.UNSCANNED]


def test_papers_released_without_a_scan_are_scanned_after_those_that_wait(settings):
    kept(firm(), INFECTED)
    with scanner() as (address, received):
        settings.CLAMD_ADDRESS = address
        kept(firm(), HARMLESS)

        scan(limit=1)
        assert received == [HARMLESS]
        scan(limit=1)

    assert states() == [Piece.State.INFECTED, Piece.State.CLEAN]


def test_a_verdict_is_written_once(settings):
    with scanner() as (address, received):
        settings.CLAMD_ADDRESS = address
        kept(firm(), HARMLESS)
        scan()
        scan()

    assert len(received) == 1
    assert JournalEntry.objects.filter(action="piece.scan").count() == 1


def test_the_scanner_is_reached_by_a_socket_of_the_machine_too(tmp_path):
    content = b"x" * 200_000

    with scanner(tmp_path / "clamd.sock") as (address, received):
        assert verdict(content, address) == Piece.State.CLEAN

    assert received == [content]


def test_a_socket_that_is_not_there_is_a_scanner_that_is_down(tmp_path):
    with pytest.raises(ScannerDownError):
        verdict(b"x", f"unix://{tmp_path / 'absent.sock'}")
