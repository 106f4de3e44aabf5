"""Visits to the administration as somebody."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User

Visit = Callable[..., HttpResponse]


@pytest.fixture
def visit(db: None) -> Visit:
    """`visit(user, "/admin/…")` reads a page; with `data` it sends the form."""

    def visit(user: User, address: str, data: dict[str, object] | None = None) -> HttpResponse:
        client = Client(headers={"accept-language": "ar"})
        client.force_login(user)
        return client.get(address) if data is None else client.post(address, data)

    return visit
