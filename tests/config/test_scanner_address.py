"""Where the malware scanner listens, if anywhere."""

import pytest

from config.env import VariableError, read_environment


@pytest.mark.parametrize(
    "address", ["", "tcp://clamd:3310", "tcp://127.0.0.1:3310", "unix:///run/clamav/clamd.sock"]
)
def test_an_address_of_clamd_is_read(address: str):
    assert read_environment({"CLAMD_ADDRESS": address}).clamd_address == address


@pytest.mark.parametrize(
    "address",
    ["clamd:3310", "tcp://clamd", "tcp://clamd:99999", "unix://", "unix://run/x", "http://x:1"],
)
def test_any_other_is_refused_by_name(address: str):
    with pytest.raises(VariableError, match=r"^CLAMD_ADDRESS: "):
        read_environment({"CLAMD_ADDRESS": address})
