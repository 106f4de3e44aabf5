"""The suite's own guards, tried: each would be worth nothing if it could not fail."""

import socket
from pathlib import Path

import pytest
from _pytest.outcomes import Failed
from django.template import Context, Engine, Origin, Template
from pytest_socket import SocketConnectBlockedError

from tests.conftest import ROOT, UnknownVariable

ENGINE = Engine(string_if_invalid=UnknownVariable("%s"))


def _template(name: Path) -> Template:
    return Template("{{ nobody }}", origin=Origin(str(name)), engine=ENGINE)


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_nothing_but_loopback_can_be_reached():
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))


def test_an_unknown_variable_of_our_templates_fails():
    with pytest.raises(Failed, match="unknown variable nobody"):
        _template(ROOT / "primes" / "templates" / "x.html").render(Context())


def test_an_unknown_variable_of_another_template_is_left_alone():
    assert _template(Path("/elsewhere/admin/x.html")).render(Context()) == ""


def test_tests_come_in_a_random_order(request):
    assert request.config.pluginmanager.hasplugin("randomly")
