"""Every error of the API as RFC 9457 `application/problem+json`, with a code that never changes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.templatetags.formats import language

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "not_authenticated": {
        "fr": "Connectez-vous pour lire cette ressource",
        "ar": "سجلوا الدخول لقراءة هذا المورد",
        "en": "Sign in to read this resource",
    },
    "permission_denied": {
        "fr": "Vous n'avez pas accès à cette ressource",
        "ar": "ليس لديكم حق الولوج إلى هذا المورد",
        "en": "You have no access to this resource",
    },
    "not_found": {
        "fr": "Cette ressource n'existe pas",
        "ar": "هذا المورد غير موجود",
        "en": "This resource does not exist",
    },
    "method_not_allowed": {
        "fr": "Cette méthode n'est pas acceptée ici",
        "ar": "هذه الطريقة غير مقبولة هنا",
        "en": "This method is not accepted here",
    },
    "not_acceptable": {
        "fr": "Cette ressource n'est écrite qu'en JSON",
        "ar": "هذا المورد متاح بصيغة JSON فقط",
        "en": "This resource is written in JSON only",
    },
    "unsupported_media_type": {
        "fr": "Seul le JSON est lu ici",
        "ar": "تقرأ صيغة JSON فقط هنا",
        "en": "Only JSON is read here",
    },
    "throttled": {
        "fr": "Trop de requêtes : attendez avant de recommencer",
        "ar": "طلبات كثيرة: انتظروا قبل إعادة المحاولة",
        "en": "Too many requests: wait before trying again",
    },
    "parse_error": {
        "fr": "Le corps de la requête ne se lit pas",
        "ar": "تعذرت قراءة محتوى الطلب",
        "en": "The body of the request cannot be read",
    },
    "unknown_parameter": {
        "fr": "Un paramètre n'est pas connu ici",
        "ar": "معلمة غير معروفة هنا",
        "en": "A parameter is not known here",
    },
    "invalid_parameter": {
        "fr": "Un paramètre n'a pas une valeur attendue",
        "ar": "قيمة إحدى المعلمات غير متوقعة",
        "en": "A parameter has an unexpected value",
    },
}
_CODES = {exceptions.AuthenticationFailed.default_code: "not_authenticated"}


class ParameterRefused(exceptions.APIException):
    """A query parameter that is unknown, or whose value is; `expected` says what would do."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, code: str, parameter: str, expected: str) -> None:
        super().__init__(detail=expected, code=code)
        self.parameter = parameter
        self.expected = expected


def problem(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of the API; None lets a fault of ours be one."""
    refused = _as_api_exception(exc)
    if refused is None:
        return None
    code = _code(refused)
    request: Request | None = context.get("request")
    body: dict[str, Any] = {
        "type": f"urn:primes:error:{code}",
        "title": TITLES[code][language()],
        "status": refused.status_code,
        "code": code,
        "instance": request.path if request else None,
    }
    if isinstance(refused, ParameterRefused):
        body["errors"] = [
            {"parameter": refused.parameter, "code": code, "expected": refused.expected}
        ]
    return Response(
        body, status=refused.status_code, headers=_headers(refused), content_type=MEDIA_TYPE
    )


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    return exc if isinstance(exc, exceptions.APIException) else None


def _code(refused: exceptions.APIException) -> str:
    code = refused.get_codes()
    said = code if isinstance(code, str) else refused.default_code
    said = _CODES.get(said, said)
    return said if said in TITLES else "invalid_parameter"


def _headers(refused: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if header := getattr(refused, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(refused, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers
