"""Which commands start servers for themselves."""

import pytest

from manage import needs_database


@pytest.mark.parametrize(
    "line", ["", "help", "help migrate", "version", "--version", "migrate --help", "simulate f.csv"]
)
def test_a_command_that_reads_no_row_starts_no_server(line):
    assert not needs_database(line.split())


@pytest.mark.parametrize("line", ["migrate", "demo --if-empty", "makemigrations", "trace P-1"])
def test_a_command_that_reads_rows_has_servers(line):
    assert needs_database(line.split())
