"""Reading one's own firm's claims."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from primes.api.authentication import PortalSession
from primes.api.languages import LANGUAGE, LANGUAGE_PARAMETERS, language_asked
from primes.api.pages import LIMIT_DEFAULT, LIMIT_MAX, linked, only_known_parameters, page_of
from primes.api.problems import MEDIA_TYPE, ParameterRefused
from primes.api.reading import (
    STATES,
    assessment_of,
    claims_of,
    in_state,
    lines_of,
    payments_of,
    told,
)
from primes.api.serializers import (
    ClaimDetailSerializer,
    ClaimPageSerializer,
    ExplanationSerializer,
    ProblemSerializer,
)
from primes.claims.explanation import explain_line

JSON = "application/json"
PARAMETERS = [
    OpenApiParameter("state", str, enum=STATES, description="Claims in this state only."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT},
        description="Claims a page.",
    ),
    OpenApiParameter("after", str, description="The id of the last claim already read."),
]


def answers(good: type, *problems: int) -> dict[tuple[int, str], object]:
    """The documented answers of an address."""
    refused = OpenApiResponse(ProblemSerializer, description="Problem (RFC 9457).")
    return {(200, JSON): good} | {(status, MEDIA_TYPE): refused for status in problems}


class Claims(APIView):
    """Claims of the firms the person has a role in, the newest first."""

    authentication_classes = [PortalSession]

    @extend_schema(
        operation_id="claims_list",
        parameters=PARAMETERS,
        responses=answers(ClaimPageSerializer, 400, 401, 405, 406),
    )
    def get(self, request: Request) -> Response:
        only_known_parameters(request, {parameter.name for parameter in PARAMETERS})
        claims = claims_of(_reader(request))
        if state := request.query_params.get("state"):
            if state not in STATES:
                raise ParameterRefused("invalid_parameter", "state", ", ".join(STATES))
            claims = in_state(claims, state)
        page = page_of(request, claims)
        body = {"data": told(page.claims), "has_more": page.next is not None, "next": page.next}
        return linked(Response(ClaimPageSerializer(body).data), page)


class ClaimDetail(APIView):
    """One claim with its lines and payments; another firm's is as absent as one never made."""

    authentication_classes = [PortalSession]

    @extend_schema(
        operation_id="claims_retrieve",
        responses=answers(ClaimDetailSerializer, 400, 401, 404, 405, 406),
    )
    def get(self, request: Request, public_id: str) -> Response:
        only_known_parameters(request, ())
        claim = get_object_or_404(claims_of(_reader(request)), public_id=public_id)
        (shown,) = told([claim])
        body = {
            "claim": claim,
            "state": shown.state,
            "line_count": shown.line_count,
            "figures": shown.figures,
            "lines": lines_of(claim),
            "payments": payments_of(claim),
        }
        return Response(ClaimDetailSerializer(body).data)


class LineExplanation(APIView):
    """Why one line has its answer and its amount, in the words of the firm's own page.

    In the language asked for, French otherwise; codes, amounts and order never change.
    """

    authentication_classes = [PortalSession]

    @extend_schema(
        operation_id="claim_line_explanation",
        parameters=LANGUAGE_PARAMETERS,
        responses=answers(ExplanationSerializer, 400, 401, 404, 405, 406),
    )
    def get(self, request: Request, public_id: str, position: int) -> Response:
        only_known_parameters(request, {LANGUAGE})
        language = language_asked(request)
        claim = get_object_or_404(claims_of(_reader(request)), public_id=public_id)
        assessment = assessment_of(claim, position)
        if assessment is None:
            raise NotFound
        explanation = explain_line(assessment)
        body = {
            "eligible": explanation.eligible,
            "amount": explanation.amount,
            "is_current": explanation.is_current,
            "steps": explanation.in_words(language),
        }
        return Response(ExplanationSerializer(body).data, headers={"Content-Language": language})


def _reader(request: Request) -> User:
    """The account behind the session; without one the answer was given before."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Everything else under `/api/` is a problem too, not a page."""

    authentication_classes = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound
