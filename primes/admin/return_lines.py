"""The bank's answers as the administration shows them: what they moved, and what waits and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from primes.payouts.formats.return_reasons import return_reason
from primes.payouts.models import BankReturnLine

QUARANTINE = {
    "payment_unknown": "Aucun paiement de ce lot ne porte cette référence.",
    "amount_differs": "Le montant n'est pas celui du paiement.",
    "account_differs": "Le compte n'est pas celui du paiement.",
    "answer_contradicts": "La réponse contredit une réponse déjà reçue.",
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of a return; `said` is the reason of a rejection or of the quarantine."""

    line: BankReturnLine
    said: str


def answers_of(lines: Iterable[BankReturnLine]) -> list[AnswerRow]:
    return [AnswerRow(line, _said(line)) for line in lines]


def _said(line: BankReturnLine) -> str:
    if line.quarantine_code:
        return QUARANTINE.get(line.quarantine_code, line.quarantine_code)
    if line.effect == BankReturnLine.Effect.RETURNED:
        return return_reason(line.reason_code).sentence["fr"]
    return ""
