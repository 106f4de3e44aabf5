"""What every request must not carry, and what every answer tells the browser to refuse."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

NUL = "\0"
# Nothing of ours is written inside a page: neither a script nor a style.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def refuse_nul(answer: Answer) -> Answer:
    """PostgreSQL takes no NUL in a text: an address that carries one is nobody's."""

    def checked(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return answer(request)

    return checked


def content_policy(answer: Answer) -> Answer:
    """Injected markup finds no script to run, no frame to hide in and no other place to post to."""

    def restrained(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return restrained
