"""The firm whose files are read."""

import pytest

from companies.firms.models import Firm
from tests.factories import claimants


@pytest.fixture
def firm(db: None) -> Firm:
    return claimants.firm()
