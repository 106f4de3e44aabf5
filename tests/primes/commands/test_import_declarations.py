"""`manage.py import_declarations`: loads, tries without loading, names what is wrong."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.documents.models import ReceivedFile
from companies.imports.models import FileLoad
from tests.factories.agency import account
from tests.factories.claimants import firm as a_firm
from tests.factories.people import declaration, entrant, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(tmp_path):
    """Run the command on one declaration of a firm; `content` replaces its bytes."""
    firm = a_firm()
    writer = member(firm)
    name, right = declaration(firm, date(2026, 1, 1), [entrant(1)])

    def run(*options: str, content: bytes = right) -> str:
        (tmp_path / name).write_bytes(content)
        out = StringIO()
        call_command(
            "import_declarations", str(tmp_path / name), "--company", firm.ice, *options, stdout=out
        )
        return out.getvalue()

    run.firm, run.writer = firm, writer
    return run


def test_it_loads_and_reports(command):
    said = command("--as", command.writer.email)

    assert "1 lignes lues, 1 salariés créés" in said
    assert FileLoad.objects.get().loaded_by == command.writer


def test_a_dry_run_reports_and_keeps_nothing(command):
    said = command("--dry-run")

    assert "1 salariés créés" in said
    assert not ReceivedFile.objects.exists()


def test_a_wrong_file_is_named_by_line_and_field_with_exit_code_two(command):
    wrong = b"\n".join([b"B00" + b" " * 257, b"short"])

    with pytest.raises(CommandError) as refused:
        command(content=wrong)

    assert refused.value.returncode == 2
    said = r"DS_\d+_012026\.txt, ligne 2 : trouvé « 5 », attendu : 260\. \w"
    assert re.match(said, str(refused.value))


def test_a_file_that_is_not_there_is_named_with_exit_code_two(command):
    with pytest.raises(CommandError, match=r"absent\.txt.* Vérifiez le nom du fichier") as refused:
        call_command("import_declarations", "absent.txt", "--company", command.firm.ice)

    assert refused.value.returncode == 2


def test_who_may_not_write_is_told_so_in_french(command):
    stranger = account("stranger")

    with pytest.raises(CommandError, match=r"rôle"):
        command("--as", stranger.email)

    assert not ReceivedFile.objects.exists()


@pytest.mark.parametrize(
    ("company", "said"),
    [("999999999999999", "Aucune entreprise n'a l'ICE 999999999999999"), ("12X", "ICE")],
)
def test_an_unknown_firm_is_said(company: str, said: str):
    with pytest.raises(CommandError, match=said):
        call_command("import_declarations", "any", "--company", company)
