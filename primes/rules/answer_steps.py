"""The far side of an explanation by kept rules: the steps of the first line, as JSON.

Arguments: file of facts, scheme, year. Like `answer`, an entry of every kept package, and so never
to be changed; columns the kept rules do not know are not read.
"""

import json
import sys
from dataclasses import fields

import numpy as np

from primes.rules.columns import Facts
from primes.rules.explain import as_data, explain


def main() -> None:
    asked, scheme, year = sys.argv[1:]
    with np.load(asked, allow_pickle=False) as columns:
        facts = Facts(**{column.name: columns[column.name] for column in fields(Facts)})
    sys.stdout.write(json.dumps(as_data(explain(facts, scheme, int(year)))))
