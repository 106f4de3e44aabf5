import ast
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from primes.rules.digest import digest_of, package_bytes, rule_digest

RULES = Path(__file__).parents[3] / "primes" / "rules"
PAF = "schemes/paf_2025.py"
SHARED = "schemes/recruitment.py"
RATE = "parameters/paf-2025/rate.yaml"
SCHEME = "parameters/paf-2025/scheme.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    kept = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(RULES, tmp_path / "rules", ignore=kept))


def change(copy: Path, path: str, old: str, new: str) -> None:
    file = copy / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_digest_is_the_same_wherever_the_rules_lie(copy: Path) -> None:
    assert digest_of(copy) == rule_digest()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PAF, "def gross(", "# The rate is applied to the base.\ndef gross("),
        (PAF, '"""PAF 2025:', '"""The training bonus of 2025:'),
        (
            "schemes/recruitment.py",
            '    """On the boundary day',
            '    """Exactly on the boundary day',
        ),
        (PAF, 'law.one("rate", Fraction)', "law.one('rate',  Fraction)"),
        (RATE, "fr: Taux de la prime", "fr: Taux"),
        (RATE, "last_checked_on: 2026-11-23", "last_checked_on: 2027-01-15"),
        (RATE, "unit: percent", "# A ratio, exact.\nunit: 'percent'"),
        (SCHEME, "en: Is the firm's branch eligible?", "en: Is the branch eligible?"),
    ],
)
def test_what_changes_no_answer_leaves_the_digest(
    copy: Path, path: str, old: str, new: str
) -> None:
    change(copy, path, old, new)

    assert digest_of(copy) == rule_digest()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, "value: 3.5", "value: 3.6"),
        (RATE, "value: 3.5", "value: 3.50"),
        (RATE, "  2025-07-01:", "  2025-07-02:"),
        (RATE, "certainty: press", "certainty: text"),
        (RATE, "read_on: claim_year_end", "read_on: hire_date"),
        (SCHEME, "last: 2030", "last: 2031"),
        (SHARED, "<= law.last_day)", "< law.last_day)"),
        ("columns.py", "MINUTES_PER_HOUR = 60", "MINUTES_PER_HOUR = 60.0"),
        (SHARED, 'remedy="check_branch"', 'remedy="change_branch"'),
    ],
)
def test_what_may_change_an_answer_or_its_grounds_changes_the_digest(
    copy: Path, path: str, old: str, new: str
) -> None:
    change(copy, path, old, new)

    assert digest_of(copy) != rule_digest()


@pytest.mark.parametrize("path", [PAF, RATE])
def test_a_file_renamed_or_taken_away_changes_the_digest(copy: Path, path: str) -> None:
    (copy / path).rename((copy / path).with_stem("moved"))
    renamed = digest_of(copy)
    (copy / path).with_stem("moved").unlink()

    assert len({rule_digest(), renamed, digest_of(copy)}) == 3


def test_the_kept_bytes_are_the_same_each_time() -> None:
    assert package_bytes.__wrapped__() == package_bytes.__wrapped__()


def test_the_kept_bytes_hold_every_source_of_the_rules_and_nothing_else() -> None:
    with zipfile.ZipFile(BytesIO(package_bytes())) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}

    sources = [p for p in RULES.rglob("*") if p.suffix in {".py", ".yaml"}]
    expected = {f"primes/rules/{p.relative_to(RULES)}": p.read_bytes() for p in sources}
    assert {name: kept.pop(name) for name in expected} == expected
    assert set(kept) == {"__main__.py", "primes/__init__.py"}
    ast.parse(kept["__main__.py"])
