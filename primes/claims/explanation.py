"""Why one line has its answer and its amount, from the facts stored with its assessment."""

from dataclasses import dataclass

from primes.claims.assessing import facts_of
from primes.claims.models.assessment import Assessment
from primes.rules.digest import rule_digest
from primes.rules.errors import ReplayFailed
from primes.rules.explain import Step, explain
from primes.rules.kept import explained_again
from primes.wording.explanation import Block, FactSource, blocks


@dataclass(frozen=True, slots=True)
class Explanation:
    """Steps on the facts as they were told, of the claim year `year`, by the rules that answered.

    `amount` is the stored one, in centimes. `is_current` is false when other rules than the running
    ones gave it; `is_faithful` when the steps are theirs all the same.
    """

    steps: tuple[Step, ...]
    year: int
    sources: tuple[FactSource, ...]
    eligible: bool
    amount: int
    is_current: bool
    is_faithful: bool

    @property
    def remark(self) -> str:
        """A word of the kind `page`, to be said before the steps; often none."""
        if self.is_current:
            return ""
        return "earlier_rules" if self.is_faithful else "rules_changed"

    def in_words(self, language: str) -> tuple[Block, ...]:
        return blocks(self.steps, language, year=self.year, sources=self.sources)


def explain_line(assessment: Assessment) -> Explanation:
    """`assessment` is one of `explainable()`; of other rules than the running ones, the bytes kept
    under their digest are asked."""
    is_current = assessment.rule_set.digest == rule_digest()
    kept = () if is_current else _by_kept_rules(assessment)
    return Explanation(
        steps=kept or explain(facts_of([assessment]), assessment.scheme, assessment.year),
        year=assessment.year,
        sources=tuple(FactSource(fact, file.name, line) for fact, file, line in assessment.sources),
        eligible=assessment.eligible,
        amount=assessment.amount,
        is_current=is_current,
        is_faithful=is_current or bool(kept),
    )


def _by_kept_rules(assessment: Assessment) -> tuple[Step, ...]:
    """None when they were kept before rules could say their steps to another process."""
    package, facts = bytes(assessment.rule_set.package), facts_of([assessment])
    try:
        return explained_again(package, facts, assessment.scheme, assessment.year)
    except ReplayFailed:
        return ()
