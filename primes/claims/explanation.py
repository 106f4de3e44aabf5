"""Why one line has its answer and its amount, from the facts stored with its assessment."""

from dataclasses import dataclass

from primes.claims.assessing import facts_of
from primes.claims.models.assessment import Assessment
from primes.rules.digest import rule_digest
from primes.rules.explain import Step, explain
from primes.wording.explanation import Block, FactSource, blocks


@dataclass(frozen=True, slots=True)
class Explanation:
    """Steps of the running rules on the facts as they were told, of the claim year `year`.

    `amount` is the stored one, in centimes. `is_current` is false when other rules than the running
    ones gave it: the steps may then say something else.
    """

    steps: tuple[Step, ...]
    year: int
    sources: tuple[FactSource, ...]
    eligible: bool
    amount: int
    is_current: bool

    def in_words(self, language: str) -> tuple[Block, ...]:
        return blocks(self.steps, language, year=self.year, sources=self.sources)


def explain_line(assessment: Assessment) -> Explanation:
    """`assessment` is one of `explainable()`."""
    return Explanation(
        steps=explain(facts_of([assessment]), assessment.scheme, assessment.year),
        year=assessment.year,
        sources=tuple(FactSource(fact, file.name, line) for fact, file, line in assessment.sources),
        eligible=assessment.eligible,
        amount=assessment.amount,
        is_current=assessment.rule_set.digest == rule_digest(),
    )
