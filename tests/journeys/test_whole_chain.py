"""From the two files of a payroll office to the bank's answer, by six people in a real browser."""

import io
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companies.workforce.models import Employment
from primes.claims.models.claim import Claim
from primes.ledger.models import LedgerEntry
from primes.payouts.formats.schemas import reread_pain001, validate_pain001
from primes.payouts.models import Payment, PaymentRun
from primes.payouts.simulated_bank import answer
from primes.payouts.verification import verify
from primes.review.models import DecisionLine, ReviewItem
from tests.journeys.pages import Agent, Visitor
from tests.journeys.payroll import YEAR, write_files

pytestmark = [pytest.mark.browser, pytest.mark.servers]
ROOT = Path(__file__).resolve().parents[2]
WORKER_PATIENCE_SECONDS = 60


def test_a_dirham_travels_from_the_payroll_files_to_the_bank(
    committed_database, house, opening, browser, tmp_path
):
    folder = tmp_path / "paie"
    folder.mkdir()
    files = write_files(opening, folder)
    simulated = _simulated_total(files)

    _firm_prepares(browser, house, files)
    claim = _firm_files(browser, house)
    _agency_decides(browser, house, claim)
    content = _finance_pays(browser, house, tmp_path)

    reread = reread_pain001(io.BytesIO(content))
    granted = sum(DecisionLine.objects.filter(granted=True).values_list("amount", flat=True))
    assert reread.agrees
    assert reread.sum_centimes == granted == simulated > 0
    _bank_answers(browser, house, content, tmp_path)
    _firm_sees_the_payment(browser, house, claim)
    assert LedgerEntry.objects.filter(kind="pay").count() == 5
    assert [str(breach) for verdict in verify() for breach in verdict.breaches] == []
    _traced(Payment.objects.get().reference, committed_database)


def _simulated_total(files: list[Path]) -> int:
    """What `simulate` prints of the very same files, in centimes."""
    told = subprocess.run(
        [sys.executable, "manage.py", "simulate", *map(str, files),
         "--scheme", "paf-2025", "--year", str(YEAR)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    digits = [character for character in told.strip().splitlines()[-1] if character.isdigit()]
    return int("".join(digits))


def _firm_prepares(browser, house: str, files: list[Path]) -> None:
    firm = Visitor(browser, house, "redacteur@primes.test")
    firm.go("/espace/imports/nouveau/")
    firm.sends("Fichiers", files)
    firm.press("Envoyer les fichiers")
    firm.press("Enregistrer")
    firm.reads("Les lignes sont enregistrées")
    firm.reads(files[-1].name)
    firm.go("/espace/salaries/completer/")
    firm.page.get_by_label("Contrat", exact=True).select_option("CDI")
    firm.page.get_by_label("Emploi antérieur", exact=True).select_option("aucune")
    firm.press("Préremplir la liste")
    firm.press("Enregistrer la liste")
    assert Employment.objects.filter(contract="CDI", earlier_declared=True).count() == 6
    _firm_trains(firm)
    firm.go(f"/espace/salaries/?annee={YEAR}")
    firm.reads("FASSI OMAR")
    firm.leave()


def _firm_trains(firm: Visitor) -> None:
    firm.go("/espace/formations/nouvelle/")
    firm.page.get_by_label("Intitulé").fill("Relation client")
    firm.page.get_by_label("Domaine").fill("Langues")
    firm.press("Déclarer")
    firm.page.get_by_label("Premier jour").fill(f"08/12/{YEAR}")
    firm.page.get_by_label("Dernier jour").fill(f"12/12/{YEAR}")
    firm.page.get_by_label("Durée en heures").fill("20")
    firm.press("Déclarer")
    firm.go("/espace/formations/")
    firm.follow("Qui a suivi")
    firm.follow("Cocher tout le monde")
    firm.press("Enregistrer les présences")


def _firm_files(browser, house: str) -> Claim:
    """The rédacteur hands over, the signataire certifies and gets the receipt."""
    writer = Visitor(browser, house, "redacteur@primes.test")
    writer.go(f"/espace/demandes/?annee={YEAR}")
    writer.press("Commencer la demande")
    writer.follow("Vérifier et transmettre")
    writer.press("Transmettre au signataire")
    writer.leave()
    claim = Claim.objects.get()
    signer = Visitor(browser, house, f"signataire-{claim.firm.public_id}@primes.test")
    signer.go(f"/espace/demandes/{claim.public_id}/")
    signer.follow("Vérifier et signer")
    signer.follow("Continuer vers la déclaration")
    signer.press("Je certifie et j’envoie la demande")
    claim.refresh_from_db()
    signer.reads(str(claim.receipt_number))
    signer.leave()
    return claim


def _agency_decides(browser, house: str, claim: Claim) -> None:
    reader = Agent(browser, house, "instructeur@primes.test")
    page = f"/admin/primes/claim/{claim.pk}/change/"
    reader.act(
        "/admin/primes/claim/", "Lancer le calcul en lot", Dispositif="paf-2025", Exercice=str(YEAR)
    )
    _wait_for_the_worker(claim)
    reader.act(page, "Prendre en charge")
    reader.act(page, "Proposer une décision", Sens_de_la_proposition="approve", Motif="Complet.")
    reader.leave()
    decider = Agent(browser, house, "decideur@primes.test")
    decider.act(page, "Accorder", Motif="Conforme à l'instruction.")
    decider.reads("La décision est prise.")
    decider.leave()


def _wait_for_the_worker(claim: Claim) -> None:
    deadline = time.monotonic() + WORKER_PATIENCE_SECONDS
    while not ReviewItem.objects.filter(claim=claim, state=ReviewItem.State.DONE).exists():
        assert time.monotonic() < deadline, "the worker never reviewed the claim"
        time.sleep(0.2)


def _finance_pays(browser, house: str, folder: Path) -> bytes:
    preparer = Agent(browser, house, "preparateur@primes.test")
    preparer.act("/admin/primes/paymentrun/", "Préparer un lot", Dispositif="paf-2025")
    preparer.leave()
    page = f"/admin/primes/paymentrun/{PaymentRun.objects.get().pk}/change/"
    for role, act in (
        ("ordonnateur", "Signer comme ordonnateur"),
        ("payeur", "Signer comme payeur"),
    ):
        signer = Agent(browser, house, f"{role}@primes.test")
        signer.act(page, act)
        signer.reads("Le lot est signé")
        signer.leave()
    payer = Agent(browser, house, "payeur@primes.test")
    payer.go(page)
    payer.follow("Exporter le fichier")
    with payer.page.expect_download() as download:
        payer.press("Exporter le fichier")
    exported = folder / "lot.xml"
    download.value.save_as(exported)
    payer.leave()
    validate_pain001(io.BytesIO(exported.read_bytes()))
    return exported.read_bytes()


def _bank_answers(browser, house: str, content: bytes, folder: Path) -> None:
    returned = folder / "retour.xml"
    returned.write_bytes(
        answer(content, returned={}, at=datetime.now(tz=UTC), message_id="BANQUE-1")
    )
    payer = Agent(browser, house, "payeur@primes.test")
    for _ in range(2):
        payer.go("/admin/primes/paymentrun/")
        payer.follow("Charger un retour bancaire")
        payer.sends("Fichier pain.002 de la banque :", [returned])
        payer.press("Charger un retour bancaire")
    payer.leave()


def _firm_sees_the_payment(browser, house: str, claim: Claim) -> None:
    signer = Visitor(browser, house, f"signataire-{claim.firm.public_id}@primes.test")
    signer.go(f"/espace/demandes/{claim.public_id}/")
    signer.reads("Payée")
    signer.page.set_viewport_size({"width": 360, "height": 800})
    width, visible = signer.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width == visible
    signer.leave()


def _traced(reference: str, database_url: str) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "trace", reference],
        env=os.environ | {"DATABASE_URL": database_url},
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert f"etat9421_{YEAR}.xml" in told
    assert "ligne" in told
