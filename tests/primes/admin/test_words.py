"""Every code that the administration shows has its French words."""

import re
from pathlib import Path

import pytest

from accounts.workflow import Workflow
from companies.imports.states import IMPORT
from primes.admin.words import JOURNAL, evidence_in_words
from primes.claims.states import CLAIM, RULE_SET
from primes.payouts.states import PAYMENT, RUN
from trainings.confirmations.states import CONFIRMATION

WORKFLOWS = [CLAIM, RUN, PAYMENT, RULE_SET, IMPORT, CONFIRMATION]

ROOT = Path(__file__).parents[3]
ACT = re.compile(r'(?:\baction=|\b(?:record_of|_journal)\(\s*[\w.]+,\s*)"(\w+\.\w+)"')


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda flow: flow.name)
def test_every_step_has_its_words_in_the_history(workflow: Workflow) -> None:
    acts = {f"{workflow.name}.{step.name}" for step in workflow.transitions}

    assert acts <= set(JOURNAL)


def test_every_act_of_the_journal_has_its_words() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for package in ("accounts", "companies", "trainings", "primes")
        for path in (ROOT / package).rglob("*.py")
        if "admin" not in path.parts
    ]

    acts = {act for text in sources for act in ACT.findall(text)}

    assert acts >= {"claim.start", "firm.register", "training.declare_session"}
    assert acts <= set(JOURNAL)


def test_evidence_says_what_is_there_and_leaves_out_the_rest() -> None:
    evidence = {"months_declared": 0, "warnings": ["ice_key"], "account": None, "gap": False}

    assert evidence_in_words(evidence) == "mois déclarés : 0, avertissements : ice_key"


def test_evidence_writes_days_and_amounts_as_people_do() -> None:
    evidence = {"verified_at": "2026-01-05T09:00:00+00:00", "now": 421_752, "gap": True}

    said = evidence_in_words(evidence).replace("\N{NO-BREAK SPACE}", " ")

    assert said == "vérifiée le : 05/01/2026, à l'instruction : 4 217,52 DH, écart : oui"
