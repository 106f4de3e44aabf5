"""Pages of somebody who is signed in are kept nowhere: not by a proxy, not by the back button."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]


def private_pages(answer: Answer) -> Answer:
    """Going back after sending a claim asks again, and is told that it is sent."""

    def unkept(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return unkept
