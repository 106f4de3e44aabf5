"""Where a claim stands, in the firm's words."""

from django import template

from primes.claims.models.claim import Claim
from primes.views.amounts import Amounts
from primes.views.standing import Standing, standing_of

register = template.Library()


@register.filter
def standing(claim: Claim, amounts: Amounts) -> Standing:
    return standing_of(claim, amounts)
