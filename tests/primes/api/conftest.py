"""Calls of the API as somebody."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User

Call = Callable[..., HttpResponse]


@pytest.fixture
def call(db: None) -> Call:
    """`call(user, "/api/v1/…")`; nobody signs in when `user` is None."""

    def call(
        user: User | None, address: str, method: str = "get", **options: object
    ) -> HttpResponse:
        client = Client()
        if user is not None:
            client.force_login(user)
        return getattr(client, method)(address, **options)

    return call
