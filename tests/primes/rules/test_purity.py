"""The rules depend on nothing, hold no number of the law, and read only what they declare."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from primes.rules.columns import Facts
from primes.rules.engine import known_income, row_amounts, rules_of
from primes.rules.law import Law
from tests.primes.rules.lines import ORDINARY, Line
from tests.primes.rules.texts import facts_for

ROOT = Path(__file__).parents[3]
RULES = ROOT / "primes" / "rules"
FILES = sorted(RULES.rglob("*.py"))

# Numbers that are arithmetic or machinery; a number of the law stands in a sheet.
EVERYWHERE = {0, 1, -1}
ALLOWED: dict[str, dict[Any, str]] = {
    "columns.py": {
        -20_000_000: "a day that is unknown",
        -10_000_000: "a day that never was",
        10_000_000: "no end",
        -2: "a word outside a vocabulary",
        1970: "the epoch of the days",
        12: "months of a year",
        60: "minutes of an hour",
        3: "places of the training years",
    },
    "calendar.py": {12: "months of a year", 1970: "the epoch of the days", 2: "a bit"},
    "cumulation.py": {2: "the schemes of a pair"},
    "money.py": {2: "half of a centime, and the sign bit"},
    "law.py": {2: "places of the words not admitted"},
    "digest.py": {1980: "the earliest date a zip can hold"},
    "kept.py": {2_000: "characters of a failure kept", 600: "seconds for an answer"},
    "drafts.py": dict.fromkeys(
        (10, 11, 100, 1200, 3660, 10000, 84005), "the largest value tried, by unit"
    ),
    "engine.py": {65_536: "lines of a block"},
    "parameters/units.py": {100: "centimes and per cent", 1970: "a year without 29 February"},
    "schemes/employment.py": {2: "names of the ways to split", 3: "names of the ways to split"},
    "schemes/pae_2025.py": {3: "calendar years of pay"},
    "schemes/recruitment.py": {10_000: "basis points"},
}


def numbers_of(file: Path) -> Iterator[Any]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
            yield -node.operand.value if isinstance(node.op, ast.USub) else node.operand.value
        elif isinstance(node, ast.Constant) and not isinstance(node.value, bool):
            yield node.value


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(RULES)))
def test_no_number_of_the_law_stands_in_python(file: Path) -> None:
    allowed = EVERYWHERE | set(ALLOWED.get(str(file.relative_to(RULES)), {}))
    allowed |= {-number for number in allowed}

    strays = [n for n in numbers_of(file) if isinstance(n, int | float) and n not in allowed]

    assert strays == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(RULES)))
def test_no_number_of_the_law_hides_in_a_text(file: Path) -> None:
    texts = [text for text in numbers_of(file) if isinstance(text, str)]

    hidden = [t for t in texts if re.fullmatch(r"\d+([.,]\d+)?|\d{4}-\d{2}-\d{2}", t)]

    assert hidden == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(RULES)))
def test_no_float_is_made(file: Path) -> None:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = [node.id for node in nodes if isinstance(node, ast.Name)]
    names += [node.attr for node in nodes if isinstance(node, ast.Attribute)]
    quotients = [node for node in nodes if isinstance(node, ast.BinOp | ast.AugAssign)]
    divided = [node for node in quotients if isinstance(node.op, ast.Div)]

    assert not [name for name in names if name.startswith("float")]
    assert len(divided) == (1 if file.name == "units.py" else 0), "a Fraction by 100, in units.py"


def test_the_rules_load_no_framework_and_nothing_else_of_the_project() -> None:
    ask = (
        "import sys; import primes.rules.engine, primes.rules.explain, primes.rules.deadlines;"
        "ours = {m for m in sys.modules if m.split('.')[0] in "
        "{'django', 'celery', 'rest_framework', 'accounts', 'companies', 'trainings', 'config'}"
        " or m.startswith('primes.') and not m.startswith('primes.rules')}; print(sorted(ours))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(RULES)))
def test_the_rules_have_no_clock_no_chance_and_no_network(file: Path) -> None:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = [name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    imported = {name.name for name in plain}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    called = {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    assert not imported & {"time", "random", "secrets", "socket", "urllib", "uuid"}
    assert not called & {"today", "now", "utcnow", "default_rng"}


class ReadingFacts:
    """Facts that note which of them are read."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._names = set(facts.columns()) - {"item_line"}
        self.read: set[str] = set()

    def __len__(self) -> int:
        return len(self._facts)

    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            self.read.add(name.removesuffix("_known"))
        return getattr(self._facts, name)


class ReadingLaw(Law):
    """A law that notes which of its parameters are read."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.read: set[str] = set()

    def _parameter(self, name: str) -> Any:
        self.read.add(name)
        return super()._parameter(name)


READ = [
    ("paf-2025", 2026, Line(export_share_bp=1)),
    (
        "paf-2025",
        2026,
        Line(hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), salaries=(800_000,) * 12),
    ),
    ("pae-2025", 2026, ORDINARY["pae-2025"]),
    (
        "pae-2025",
        2027,
        replace(
            ORDINARY["pae-2025"],
            hired_on=date(2025, 12, 1),
            stable_from=date(2026, 1, 15),
            salaries={2026: (800_000,) * 12, 2027: (800_000,) * 12},
        ),
    ),
    ("aide-formation-2007", 2024, ORDINARY["aide-formation-2007"]),
]


@pytest.mark.parametrize(("scheme", "year", "line"), READ)
@pytest.mark.parametrize("part", ["conditions", "rows", "warnings"])
def test_a_rule_reads_only_the_facts_and_parameters_it_declares(
    part: str, scheme: str, year: int, line: Line
) -> None:
    rules, text = rules_of(scheme)
    told = facts_for([line], scheme, year)
    amounts = known_income(told)

    for rule in getattr(rules, part):
        facts: Any = ReadingFacts(told)
        law = ReadingLaw(text, year, facts)
        if part == "conditions":
            rule.lacks_a_fact(facts, law)
        if part != "rows":
            rule.test(facts, law)
        elif rule.applies is None or rule.applies(Law(text, year, told)):
            amounts = row_amounts(rule, facts, law, amounts)
        assert facts.read <= set(rule.facts), rule.code
        assert law.read <= set(rule.parameters), rule.code
