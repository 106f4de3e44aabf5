"""The explanation of one claim line, in the terminal."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import CommandError

from accounts.formats import money
from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment
from primes.management.piped import PipedCommand
from primes.wording.explained_values import filled
from primes.wording.explanation import Block
from primes.wording.words import LANGUAGES


class Command(PipedCommand):
    help = "Explique une ligne de demande : questions, faits, textes et montant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("line", help="PF-2026-000001/3, ou la clé de la ligne")
        parser.add_argument("--language", choices=LANGUAGES, default="fr")

    def handle(self, *_args: object, line: str, language: str, **_options: object) -> None:
        assessment = _assessment(line)
        explanation = explain_line(assessment)
        self.stdout.write(f"{assessment.line} — {assessment.line.employee}")
        if not explanation.is_current:
            self.stdout.write(filled("terminal", "rules_changed", language))
        for block in explanation.in_words(language):
            self.stdout.write("")
            for written in _lines(block, language):
                self.stdout.write(written)
        self.stdout.write("")
        if not explanation.eligible:
            self.stdout.write(filled("terminal", "not_eligible", language))
        amount = money(explanation.amount, language)
        self.stdout.write(filled("terminal", "amount", language, amount=amount))


def _assessment(line: str) -> Assessment:
    """The assessment in force of a line named by its claim and rank, or by its key."""
    reference, _, rank = line.rpartition("/")
    if not rank.isdecimal():
        raise CommandError(
            f"« {line} » n'est pas une ligne : écrivez par exemple PF-2026-000001/3."
        )
    named = (
        {"line__claim__reference": reference, "line__position": int(rank)}
        if reference
        else {"line": int(rank)}
    )
    found = Assessment.objects.explainable().filter(**named).order_by("-pk").first()
    if found is None:
        raise CommandError(f"Aucun calcul pour la ligne {line} : la demande n'est pas déposée.")
    return found


def _lines(block: Block, language: str) -> Iterator[str]:
    """One block as a reader of a terminal goes through it: the answer first, its grounds below."""
    yield block.question
    said = f"{block.formula} = {block.answer}" if block.formula else block.answer
    yield f"  {said} [{block.mark}]" if block.mark else f"  {said}"
    for name, value in (*block.facts, *block.figures, *block.parameters):
        yield "    " + filled("terminal", "pair", language, name=name, value=value)
    if block.remedy:
        yield "    " + filled("terminal", "remedy", language, remedy=block.remedy)
    yield "    " + filled("terminal", "reference", language, reference=block.reference)
