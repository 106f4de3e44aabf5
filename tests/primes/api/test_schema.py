"""The described interface is valid, public, and the one that was agreed."""

from pathlib import Path

import yaml
from django.core.management import call_command

from tests.primes.api.conftest import Call

GOLDEN = Path(__file__).parents[2] / "golden" / "openapi.yaml"


def test_the_description_is_valid_and_has_not_moved(tmp_path: Path) -> None:
    """When a change is meant: `manage.py spectacular --file tests/golden/openapi.yaml`."""
    written = tmp_path / "openapi.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(written))

    assert written.read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_the_description_is_read_without_signing_in(call: Call) -> None:
    answer = call(None, "/api/schema/")

    assert answer.status_code == 200
    assert yaml.safe_load(answer.content)["paths"].keys() == {
        "/api/v1/claims/",
        "/api/v1/claims/{public_id}/",
        "/api/v1/claims/{public_id}/lines/{position}/explanation/",
    }
