"""No number of a person stands readable in the database, but in the file as it came."""

import pytest
from django.apps import apps
from django.db import connection

from companies.firms.models import Firm
from companies.imports.repairing import repair_cells
from companies.imports.staged import StagedRow
from tests.companies.imports.copies import checked, confirmed
from tests.factories.people import AT, cin, member, number, people_file

FILES = {"companies_importfile", "companies_receivedfile"}
"""Tables whose column `content` is the file as it came."""
BAD = 3
KNOWN = {"nom": "ALAMI", "prenom": "SALMA", "type_contrat": "CDI", "date_embauche": "2025-09-01"}


def readable(*numbers: str) -> set[str]:
    """The tables that hold one of these numbers, as a text or as its bytes."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            name = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(t) - 'content' FROM {name} t")
            rows = "".join(str(row) for row in cursor.fetchall())
            forms = [form for each in numbers for form in (each, each.encode().hex())]
            found |= {name} if any(form in rows for form in forms) else set()
    return found


@pytest.fixture
def numbers() -> list[str]:
    return [spell(rank) for rank in (1, 2, 3) for spell in (number, cin)]


def test_rows_in_waiting_repairs_and_the_register_hold_no_readable_number(
    firm: Firm, numbers: list[str]
):
    name, content = people_file([KNOWN | {"rank": 1}, KNOWN | {"rank": 2, "date_embauche": "hier"}])
    file = checked(firm, content, name)
    assert set(StagedRow.objects.values_list("state", flat=True)) == {"good", "bad"}
    repaired = {(file.pk, BAD, "cin"): cin(3), (file.pk, BAD, "matricule_cnss"): number(3)}

    repair_cells(import_id=file.of_id, cells=repaired, acting_user=member(firm), at=AT)
    waiting = readable(*numbers)
    confirmed(file)

    assert waiting == set()
    assert readable(*numbers) == set()
