"""A refusal as a command says it: in French, with what to do about it."""

from accounts.errors import Refusal
from companies.imports.errors import FileRefused
from primes.rules.errors import RulesError
from primes.wording.file_problems import problem_text
from primes.wording.words import sentence


def refusal_text(refused: Refusal | RulesError) -> str:
    """Of received files, a line a problem."""
    if isinstance(refused, FileRefused):
        return "\n".join(problem_text(problem, "fr") for problem in refused.problems)
    facts = vars(refused) if isinstance(refused, RulesError) else refused.facts
    said = sentence(refused.code, facts)
    return f"{said.what} {said.do}".rstrip()
