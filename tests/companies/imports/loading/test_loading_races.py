"""Loads that meet: the same people in two firms, the same file twice at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from companies.firms.models import Firm
from companies.imports.actions import load_files
from companies.imports.models import FileLoad
from companies.workforce.models import Employee, Person
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, File, declaration, entrant, member

pytestmark = pytest.mark.usefixtures("committed_database")

JANUARY = date(2026, 1, 1)
PEOPLE = 50


def loading(firm: Firm, file: File, together: Barrier) -> Callable[[], list[FileLoad]]:
    user = member(firm)

    def run() -> list[FileLoad]:
        try:
            together.wait(timeout=10)
            return load_files(firm=firm, files=[file], acting_user=user, at=AT)
        finally:
            connection.close()

    return run


def all_at_once(loads: list[Callable[[], list[FileLoad]]]) -> list[list[FileLoad]]:
    with ThreadPoolExecutor(len(loads)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(load) for load in loads]]


def test_two_firms_that_name_the_same_people_at_once_make_them_once():
    together = Barrier(4)
    firms = [a_firm(rank) for rank in range(1, 5)]
    files = [declaration(firm, JANUARY, [entrant(n) for n in range(PEOPLE)]) for firm in firms]

    all_at_once([loading(firm, file, together) for firm, file in zip(firms, files, strict=True)])

    assert Person.objects.count() == PEOPLE
    assert Employee.objects.count() == PEOPLE * len(firms)


def test_the_same_file_sent_twice_at_once_is_loaded_once():
    together, firm = Barrier(4), a_firm()
    file = declaration(firm, JANUARY, [entrant(n) for n in range(PEOPLE)])

    answers = all_at_once([loading(firm, file, together) for _ in range(4)])

    assert {load.pk for [load] in answers} == {FileLoad.objects.get().pk}
    assert Employee.objects.count() == PEOPLE
