"""Every code that a person may read, found in the tree: what the catalogue must have words for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

from companies.identifiers import Identifier
from companies.imports.checking.problems import CHECK_CODES
from primes.payouts.formats.errors import PayoutCode
from primes.rules.engine import rules_of
from primes.rules.errors import RulesError
from primes.rules.parameters.loader import scheme_names
from trainings.flags import FlagCode
from trainings.related import RELATED_TO_FIRM, Sign

ROOT = Path(__file__).parents[3]
PACKAGES = ("accounts", "companies", "trainings", "primes")

# Whoever is called by one of these names is given a code: its first argument that looks like one.
CARRIERS = frozenset(
    {"Refusal", "FileRefused", "Problem", "FileWarning", "ValueRefused", "IdentifierError"}
    | {"refusal", "_refusal", "_problem", "_hundredths"}
)
LOG_FOLDERS = ("companies/imports", "primes/claims")
FAMILIES = {
    "_format": frozenset(kind.kind for kind in Identifier.__subclasses__()),
    "_negative": frozenset({"amount", "hours"}),
}
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
RAISED_IN_SQL = re.compile(r"primes_refuse\('(\w+)'")
EXCLUDED_IN_SQL = re.compile(r"ADD CONSTRAINT (\w+)\s+EXCLUDE")
# Numbers that a program draws; nobody types one twice.
DRAWN = frozenset({"public_id", "reference", "receipt_number"})


@dataclass(frozen=True, slots=True)
class Raised:
    """A code, where it stands, and the facts given with it (None: those of a file's problem)."""

    code: str
    place: str
    facts: frozenset[str] | None


@cache
def all_codes() -> dict[str, str]:
    """Each code with one place it comes from."""
    found = {raised.code: raised.place for raised in raised_in_python()}
    found |= {code.value: "FlagCode" for code in FlagCode}
    found |= dict.fromkeys(CHECK_CODES, "CHECK_CODES")
    found |= dict.fromkeys((*Sign, RELATED_TO_FIRM), "Sign")
    found |= {code.value: "PayoutCode" for code in PayoutCode}
    found |= {error.code: error.__name__ for error in RulesError.__subclasses__()}
    found |= dict(raised_in_sql())
    found |= dict(constraints())
    return found


@cache
def raised_in_python() -> tuple[Raised, ...]:
    found: list[Raised] = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = str(path.relative_to(ROOT))
                found += _raised_in(ast.parse(path.read_text(encoding="utf-8")), name)
    return tuple(found)


def raised_in_sql() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        text = path.read_text(encoding="utf-8")
        for pattern in (RAISED_IN_SQL, EXCLUDED_IN_SQL):
            yield from ((code, str(path.relative_to(ROOT))) for code in pattern.findall(text))


def constraints() -> Iterator[tuple[str, str]]:
    """Named constraints, and the names PostgreSQL gives to columns that are unique."""
    for model in apps.get_models():
        meta = model._meta
        if meta.app_label not in PACKAGES:
            continue
        yield from ((constraint.name, meta.label) for constraint in meta.constraints)
        for field in meta.local_fields:
            if field.unique and not field.primary_key and field.name not in DRAWN:
                yield f"{meta.db_table}_{field.column}_key", meta.label


def expected_messages() -> dict[str, str]:
    """What readers of files say they expected, where it is words and not a value."""
    found: dict[str, str] = {}
    for package in ("companies", "primes/claims"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                texts = _expected_in(ast.parse(path.read_text(encoding="utf-8")))
                found |= {text: str(path.relative_to(ROOT)) for text in texts if " " in text}
    return found


def _expected_in(tree: ast.Module) -> Iterator[str]:
    """Given to a carrier after the code, by itself or by the name of a constant, or `expected`."""
    constants: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], ast.Constant(str(text))):
                constants[name] = text
    yield from (text for name, text in constants.items() if name == "expected")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _carries(node, "")]
    for given in (argument for call in calls for argument in call.args[1:]):
        match given:
            case ast.Constant(str(text)):
                yield text
            case ast.Name(name):
                yield constants.get(name, "")


def law_codes() -> tuple[set[str], set[str], set[str]]:
    """Conditions, remedies and warnings of every scheme."""
    rules = [rules_of(name)[0] for name in scheme_names()]
    conditions = [condition for each in rules for condition in each.conditions]
    return (
        {condition.code for condition in conditions},
        {condition.remedy for condition in conditions},
        {warning.code for each in rules for warning in each.warnings},
    )


def quarantine_codes() -> set[str]:
    """Why an answer of the bank moves nothing: what `_matched` and `_difference` may say."""
    path = ROOT / "primes/payouts/returns.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Matched":
            said |= set(_strings(node.args[3:]))
        elif isinstance(node, ast.FunctionDef) and node.name == "_difference":
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
            said |= set(_strings([value for value in returned if value is not None]))
    return said


def _raised_in(tree: ast.Module, path: str) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "warnings":
            yield from (Raised(code, path, None) for code in _strings(node.body))
        elif isinstance(node, ast.FunctionDef):
            yield from _raised_by_table(node, path)
        elif isinstance(node, ast.Call) and _carries(node, path):
            yield from _raised_by_call(node, path)


def _carries(call: ast.Call, path: str) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in CARRIERS or (name == "add" and path.startswith(LOG_FOLDERS))


def _raised_by_call(call: ast.Call, path: str) -> Iterator[Raised]:
    if _is_given_a_name(call):
        return
    place = f"{path}:{call.lineno}"
    is_refusal = getattr(call.func, "id", "") == "Refusal"
    facts = frozenset(str(word.arg) for word in call.keywords) if is_refusal else None
    for argument in call.args:
        codes = [*_families(argument), *_strings([argument])]
        if codes:
            yield from (Raised(code, place, facts) for code in codes)
            return


def _raised_by_table(function: ast.FunctionDef, path: str) -> Iterator[Raised]:
    """Codes that stand in a table of the function and reach their carrier by the name `code`."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    if not any(_carries(call, path) and _is_given_a_name(call) for call in calls):
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            keys = [key for key in node.keys if key is not None]
            yield from (Raised(code, path, None) for code in _strings(keys))
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
            yield from (Raised(code, path, None) for code in _strings([node.iter]))


def _is_given_a_name(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return getattr(first, "id", getattr(first, "attr", "")) == "code"


def _families(argument: ast.expr) -> Iterator[str]:
    """`f"{kind}_format"` is one code for each kind."""
    if isinstance(argument, ast.JoinedStr):
        ending = "".join(part.value for part in argument.values if isinstance(part, ast.Constant))
        yield from (f"{kind}{ending}" for kind in FAMILIES[ending])


def _strings(nodes: list[ast.stmt] | list[ast.expr]) -> Iterator[str]:
    for top in nodes:
        if isinstance(top, ast.JoinedStr):
            continue
        for node in ast.walk(top):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                yield value
