"""The far side of a replay: the only way into kept rules, and so never to be changed.

Arguments: file of facts, file to write, scheme, year. Columns the kept rules do not know, because
they were added later, are not read.
"""

import sys
from dataclasses import fields

import numpy as np

from primes.rules.assessment import Assessment
from primes.rules.columns import Facts
from primes.rules.engine import assess


def main() -> None:
    asked, answered, scheme, year = sys.argv[1:]
    with np.load(asked, allow_pickle=False) as columns:
        facts = Facts(**{column.name: columns[column.name] for column in fields(Facts)})
    assessment = assess(facts, scheme, int(year))
    answer = {field.name: getattr(assessment, field.name) for field in fields(Assessment)}
    np.savez(answered, **answer)
