"""The formats of the reader's language in templates; every figure stands in its own `<bdi>`."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts import formats
from accounts.formats import CASABLANCA, HABITS

register = template.Library()

_BEFORE_A_MARK = re.compile(r" (?=[?!;:»])|(?<=«) ")


def language() -> str:
    """The two letters the formats know; another language reads French."""
    code = (get_language() or "fr")[:2]
    return code if code in HABITS else "fr"


@register.filter
def isolate(text: object) -> SafeString:
    """A reference or a name that keeps its own direction and is not wrapped."""
    return format_html('<bdi class="nowrap">{}</bdi>', text)


@register.filter
def unbroken(text: str) -> str:
    """French sets a space before its high marks and inside its quotes; no line ends on it."""
    return _BEFORE_A_MARK.sub("\N{NO-BREAK SPACE}", text)


@register.filter
def money(centimes: int) -> SafeString:
    return isolate(formats.money(centimes, language()))


@register.filter
def number(value: int | Decimal) -> SafeString:
    return isolate(formats.number(value, language()))


@register.filter
def percent(share: Fraction) -> SafeString:
    return isolate(formats.percent(share, language()))


@register.filter
def duration(minutes: int) -> SafeString:
    return isolate(formats.duration(minutes, language()))


@register.filter
def day(value: date) -> SafeString:
    return _time(value, formats.day(_civil(value), language()))


@register.filter
def long_day(value: date) -> SafeString:
    return _time(value, formats.long_day(_civil(value), language()))


@register.filter
def hour(at: datetime) -> SafeString:
    return _time(at, formats.hour(at, language()))


@register.filter
def exact_hour(at: datetime) -> SafeString:
    return _time(at, formats.exact_hour(at, language()))


def _civil(value: date) -> date:
    """The day at Casablanca, of an instant too."""
    return value.astimezone(CASABLANCA).date() if isinstance(value, datetime) else value


def _time(value: date, text: str) -> SafeString:
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), isolate(text)
    )


@register.filter
def in_language(texts: Mapping[str, str]) -> str:
    """The text of the reader's language among those by language code."""
    return texts[language()]
