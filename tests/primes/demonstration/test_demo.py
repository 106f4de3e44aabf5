"""`manage.py demo`: what it refuses, and that it tells the same story twice."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from primes.claims.models.claim import Claim
from primes.claims.models.window import FilingWindow
from primes.management.demonstration.agency import OPEN_AFTER
from primes.payouts.verification import verify
from tests.primes.demonstration.figures import figures


def _demo(**options: object) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def _day_of_the_demonstration():
    return FilingWindow.objects.get().closes_on - OPEN_AFTER


@pytest.fixture
def told_before(demonstration_database):
    return _day_of_the_demonstration(), figures()


def test_the_same_seed_and_day_give_the_same_rows(told_before, committed_database):
    on, before = told_before

    _demo(on=on)

    assert figures() == before


def test_nothing_is_done_again_where_there_is_a_firm(demonstration_database):
    before = figures()

    said = _demo(if_empty=True)

    assert said == ""
    assert figures() == before


def test_a_second_demonstration_is_refused(demonstration_database):
    with pytest.raises(CommandError, match="base vide"):
        _demo()


@pytest.mark.django_db
def test_production_has_no_demonstration(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        _demo()

    assert not Firm.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"firms": 11}, {"employees": 200}, {"year": 2999}])
def test_a_demonstration_that_cannot_be_is_refused(wrong):
    with pytest.raises(CommandError):
        _demo(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2027, 3, 1), date(2032, 5, 1)])
def test_the_story_holds_on_any_day(on):
    _demo(on=on, employees=270)

    assert Claim.objects.values("state").distinct().count() == 6
    assert not [breach for verdict in verify() for breach in verdict.breaches]


@pytest.mark.django_db
def test_the_files_on_disk_are_those_that_were_loaded(tmp_path):
    said = _demo(files=tmp_path, employees=270)

    written = {path.name: path.read_bytes() for path in (tmp_path / "999000001000075").iterdir()}
    loaded = ReceivedFile.objects.filter(firm__ice="999000001000075")
    assert {file.name: bytes(file.content) for file in loaded} == written
    assert len(list(tmp_path.iterdir())) == Firm.objects.count() == 12
    assert "primes-demo" in said
