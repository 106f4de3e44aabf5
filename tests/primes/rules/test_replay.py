import zipfile
from dataclasses import fields
from datetime import date
from io import BytesIO

import numpy as np
import pytest

from primes.rules.assessment import Assessment
from primes.rules.digest import package_bytes
from primes.rules.engine import assess
from primes.rules.errors import ReplayFailed
from primes.rules.kept import explained_again, replay
from tests.primes.rules.lines import Line, facts_of

LINES = [
    Line(),
    Line(
        hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), income=10**17, salaries=(5,) * 12
    ),
    Line(hired_on=None, income=None, branch="TEXTILE", nationality=None),
]


def changed_package(path: str, old: bytes, new: bytes) -> bytes:
    changed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package_bytes())) as source,
        zipfile.ZipFile(changed, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == path else content)
    return changed.getvalue()


def test_the_kept_rules_give_the_same_answer_again() -> None:
    facts = facts_of(LINES)

    again, first = replay(package_bytes(), facts, "paf-2025", 2026), assess(facts, "paf-2025", 2026)

    for field in fields(Assessment):
        one, other = getattr(again, field.name), getattr(first, field.name)
        assert type(one) is type(other)
        assert np.array_equal(one, other), field.name
    assert again.amounts.dtype == first.amounts.dtype


def test_an_answer_without_any_warning_of_its_scheme_comes_back_as_it_was() -> None:
    again = replay(package_bytes(), facts_of(LINES), "aide-formation-2007", 2026)

    assert again.warnings == ()


def test_the_kept_rules_answer_with_their_own_numbers_and_digest() -> None:
    path = "primes/rules/parameters/paf-2025/rate.yaml"
    older = changed_package(path, b"value: 3.5", b"value: 3.0")

    again = replay(older, facts_of(LINES[:1]), "paf-2025", 2025)

    assert again.amount.tolist() == [180_000]
    assert again.digest != assess(facts_of(LINES[:1]), "paf-2025", 2025).digest


def test_kept_rules_see_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    spy = b'import os\nassert "DATABASE_URL" not in os.environ\n'
    package = changed_package("primes/rules/answer.py", b"import sys\n", b"import sys\n" + spy)

    assert len(replay(package, facts_of(LINES), "paf-2025", 2026)) == 3


def test_kept_rules_that_refuse_to_answer_say_why() -> None:
    with pytest.raises(ReplayFailed) as failed:
        replay(package_bytes(), facts_of(LINES), "paf-2025", 2031)

    assert failed.value.found == 1
    assert "answers for claim years 2025 to 2030, not 2031" in failed.value.output


def test_an_answer_that_carries_objects_is_not_opened() -> None:
    package = changed_package(
        "primes/rules/answer.py",
        b"np.savez(answered, **answer)",
        b"np.savez(answered, **answer | {'warnings': np.array([print], dtype=object)})",
    )

    with pytest.raises(ReplayFailed, match="not an assessment"):
        replay(package, facts_of(LINES), "paf-2025", 2026)


def test_bytes_that_are_no_rules_are_said_to_have_failed() -> None:
    with pytest.raises(ReplayFailed):
        replay(b"not a package", facts_of(LINES), "paf-2025", 2026)


@pytest.mark.parametrize("said", ["not json", '[{"kind": "condition"}]', "[1]"])
def test_what_is_no_explanation_is_refused(said: str) -> None:
    package = changed_package(
        "primes/rules/answer_steps.py", b"json.dumps(as_data(", f"({said!r} or (".encode()
    )

    with pytest.raises(ReplayFailed):
        explained_again(package, facts_of(LINES[:1]), "paf-2025", 2026)
