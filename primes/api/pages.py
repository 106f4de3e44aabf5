"""Query parameters and pages: whitelisted filters, and a cursor that additions never move."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from primes.api.problems import ParameterRefused
from primes.claims.models.claim import Claim

LIMIT_DEFAULT = 50
LIMIT_MAX = 100
LIMITS = frozenset(map(str, range(1, LIMIT_MAX + 1)))


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """The newest claims first; `next` is the address of the page after, if there is one."""

    claims: list[Claim]
    next: str | None


def only_known_parameters(request: Request, known: Collection[str]) -> None:
    """Raises `ParameterRefused` naming the first parameter that is not whitelisted."""
    for name in request.query_params:
        if name not in known:
            expected = ", ".join(sorted(known)) or "no parameter"
            raise ParameterRefused("unknown_parameter", name, expected)


def page_of(request: Request, claims: QuerySet[Claim]) -> ClaimPage:
    """The page asked for by `limit` and `after`, the id of the last claim already read."""
    limit = _limit(request)
    if after := request.query_params.get("after"):
        last = claims.filter(public_id=after).values_list("pk", flat=True).first()
        if last is None:
            raise ParameterRefused("invalid_parameter", "after", "the id of a claim of this list")
        claims = claims.filter(pk__lt=last)
    found = list(claims.order_by("-pk")[: limit + 1])
    has_more = len(found) > limit
    found = found[:limit]
    return ClaimPage(found, _next(request, found[-1]) if has_more else None)


def linked(response: Response, page: ClaimPage) -> Response:
    if page.next:
        response["Link"] = f'<{page.next}>; rel="next"'
    return response


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(LIMIT_DEFAULT))
    if text not in LIMITS:
        raise ParameterRefused("invalid_parameter", "limit", f"a number from 1 to {LIMIT_MAX}")
    return int(text)


def _next(request: Request, last: Claim) -> str:
    parameters = {**request.query_params.dict(), "after": last.public_id}
    return f"{request.path}?{urlencode(parameters)}"
