"""The language an answer is worded in: what the address asks for, else what the reader prefers."""

from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from primes.api.problems import ParameterRefused
from primes.wording.words import LANGUAGES

LANGUAGE = "language"
LANGUAGE_PARAMETERS = [
    OpenApiParameter(
        LANGUAGE, str, enum=LANGUAGES, description="Of the words; before Accept-Language."
    ),
    OpenApiParameter(
        "Accept-Language",
        str,
        OpenApiParameter.HEADER,
        description="Of the words: the first of fr, ar and en that is preferred; else fr.",
    ),
]


def language_asked(request: Request) -> str:
    """Raises `ParameterRefused` for a language asked for in the address that is none of ours."""
    asked = request.query_params.get(LANGUAGE)
    if asked is not None:
        if asked not in LANGUAGES:
            raise ParameterRefused("invalid_parameter", LANGUAGE, ", ".join(LANGUAGES))
        return asked
    preferred = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    codes = (code.partition("-")[0] for code, _ in preferred)
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])
