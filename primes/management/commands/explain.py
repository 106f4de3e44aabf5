"""The explanation of one claim line, in the terminal."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment
from primes.management.piped import PipedCommand
from primes.wording.explanation_text import explanation_text
from primes.wording.words import LANGUAGES


class Command(PipedCommand):
    help = "Explique une ligne de demande : questions, faits, textes et montant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("line", help="PF-2026-000001/3, ou la clé de la ligne")
        parser.add_argument("--language", choices=LANGUAGES, default="fr")

    def handle(self, *_args: object, line: str, language: str, **_options: object) -> None:
        assessment = _assessment(line)
        explanation = explain_line(assessment)
        self.stdout.write(f"{assessment.line} – {assessment.line.employee}")
        self.stdout.write("")
        for written in explanation_text(
            explanation.in_words(language),
            language,
            eligible=explanation.eligible,
            amount=explanation.amount,
            remark=explanation.remark,
        ):
            self.stdout.write(written)


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
        raise CommandError(
            f"Aucun calcul de la ligne {line} : elle n'existe pas, ou la demande n'est pas déposée."
        )
    return found
