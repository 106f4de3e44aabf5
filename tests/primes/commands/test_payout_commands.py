"""`trace`, `export_run`, `import_bank_return`: what they write, load and refuse."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from primes.payouts.models import Payment, PaymentState
from tests.factories.claims import bank_answer, exported_run, ordered_run, settled_run, signed_run

pytestmark = pytest.mark.django_db


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_a_payment_is_walked_back_to_the_line_of_its_file():
    settled_run()

    said = run("trace", Payment.objects.get().reference)

    source = r"Revenu brut imposable de l'année : etat9421_2025\.xml \(\w{12}\), ligne 1\n"
    assert re.search(source, said)


def test_a_payment_nobody_made_is_refused_with_what_to_do():
    with pytest.raises(CommandError, match=r"P-2026-999999.*\. \w.*\.$"):
        run("trace", "P-2026-999999")


def test_a_signed_run_is_written_to_its_folder(tmp_path: Path):
    signed = signed_run()

    said = run("export_run", signed.reference, "--out", tmp_path / "out")

    (written,) = (tmp_path / "out").iterdir()
    signed.refresh_from_db()
    assert written.read_bytes() == bytes(signed.file.content)
    assert signed.file.sha256 in said


def test_a_run_that_is_not_signed_is_not_written(tmp_path: Path):
    with pytest.raises(CommandError, match="n'est pas signé"):
        run("export_run", ordered_run().reference, "--out", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_return_is_loaded_by_whoever_exported_the_run(tmp_path: Path):
    path = tmp_path / "retour.xml"
    path.write_bytes(bank_answer(exported_run()))

    run("import_bank_return", path)

    assert Payment.objects.get().state == PaymentState.PAID


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Indiquez l'adresse électronique d'un payeur"),
        (("--as", "nobody@primes.test"), "Aucun compte n'a l'adresse nobody@primes.test"),
    ],
)
def test_a_return_without_a_payer_is_refused(tmp_path: Path, options: tuple[str, ...], said: str):
    path = tmp_path / "retour.xml"
    path.write_bytes(bank_answer(exported_run()).replace(b"L-2026-", b"L-1999-"))

    with pytest.raises(CommandError, match=said):
        run("import_bank_return", path, *options)


def test_a_return_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match=r"absent\.xml.*Vérifiez le nom du fichier"):
        run("import_bank_return", tmp_path / "absent.xml")


def test_an_absent_file_is_named_once(tmp_path):
    with pytest.raises(CommandError) as refused:
        run("import_bank_return", tmp_path / "absent.xml")

    assert str(refused.value).count("absent.xml") == 1
