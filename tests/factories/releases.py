"""The running rules at each step of their release, and stored answers that differ from theirs."""

import io
import zipfile
from collections.abc import Mapping
from datetime import timedelta

from accounts.models import StaffRole
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import approve_release, propose_release
from primes.rules.digest import package_bytes
from tests.factories.agency import staff
from tests.factories.claims import AT, released_rules
from tests.factories.tampering import behind_its_back

LATER = AT + timedelta(days=1)
FIRST, SECOND = "administrateur", "administrateur-2"
RATE_SHEET = "primes/rules/parameters/paf-2025/rate.yaml"


def answered_before(statement: str) -> None:
    """As if an earlier version of the rules had answered so."""
    behind_its_back(f"UPDATE primes_assessment SET {statement}", "primes_assessment")


def version_to_release() -> RuleSet:
    """The running version as if it had just been installed, nobody having acted on it."""
    rules = released_rules()
    behind_its_back(
        "UPDATE primes_ruleset SET state = 'seen', author_id = NULL, proposed_at = NULL,"
        " approver_id = NULL, released_at = NULL",
        "primes_ruleset",
    )
    rules.refresh_from_db()
    return rules


def version_proposed(rules: RuleSet | None = None) -> RuleSet:
    rules, author = rules or version_to_release(), staff(StaffRole.ADMINISTRATEUR, FIRST)
    return propose_release(rule_set_id=rules.pk, reason="Taux.", acting_user=author, at=LATER)


def version_approved(rules: RuleSet, by: str = SECOND, preview: str = "") -> RuleSet:
    return approve_release(
        rule_set_id=rules.pk,
        reason="Relu.",
        preview=preview,
        acting_user=staff(StaffRole.ADMINISTRATEUR, by),
        at=LATER,
    )


def altered(changes: Mapping[str, tuple[str, str] | None], added: Mapping[str, str] = {}) -> bytes:
    """The running package with a text replaced in some files, or without them (None)."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package_bytes())) as source,
        zipfile.ZipFile(kept, "w") as target,
    ):
        for name in source.namelist():
            text, change = source.read(name).decode(), changes.get(name, ("", ""))
            if change is not None:
                assert change[0] in text
                target.writestr(name, text.replace(*change) if change[0] else text)
        for name, text in added.items():
            target.writestr(name, text)
    return kept.getvalue()
