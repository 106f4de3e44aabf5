"""Aids and the years of a right in templates, in the reader's language."""

from collections.abc import Collection

from django import template

from accounts.templatetags.formats import language
from primes.payouts.entitlement_calendar import YearState
from primes.wording.aids import CumulationWords, aid_name, cumulation_words
from primes.wording.words import label

TAGS = {
    YearState.TO_FILE: "warn",
    YearState.IN_PREPARATION: "warn",
    YearState.IN_REVIEW: "info",
    YearState.GRANTED: "ok",
    YearState.PAID: "ok",
}
"""The colour of a state that is neither lost nor still to come."""

register = template.Library()


@register.filter
def aid(code: str) -> str:
    """The name of a scheme or of another aid."""
    return aid_name(code, language())


@register.filter
def year_state(state: YearState) -> str:
    return label("year_state", state.value, language())


@register.filter
def tag_of(state: YearState) -> str:
    return "err" if state.is_lost else TAGS.get(state, "")


@register.filter
def cumulation(aids: Collection[str]) -> tuple[CumulationWords, ...]:
    return cumulation_words(aids, language())
