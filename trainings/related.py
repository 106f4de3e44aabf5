"""Providers that may not be strangers to the firm they invoice.

The agency gets every sign by its code. The firm is told neutrally that an outside provider looks
related to it: not by which sign, because some of them are other firms' rows.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from companies.firms.models import Firm

RELATED_TO_FIRM = "provider_may_be_related"
"""The code of what a firm reads, whatever the sign."""


class Sign(StrEnum):
    """`ICE_OF_GROUP`: the ICE body of a provider that the firm itself declared of its group.
    `MEMBER_OF_BOTH`: the provider is a registered firm for which somebody of this one acts.
    `PERSON_ON_BOTH_PAYROLLS`: the two employed somebody on one same day.
    """

    ICE_OF_FIRM = "related_ice_of_firm"
    ICE_OF_GROUP = "related_ice_of_group"
    SAME_RIB = "related_same_rib"
    SAME_PHONE = "related_same_phone"
    EMAIL_OF_MEMBER = "related_email_of_member"
    MEMBER_OF_BOTH = "related_member_of_both"
    PERSON_ON_BOTH_PAYROLLS = "related_person_on_both_payrolls"


@dataclass(frozen=True, slots=True)
class Relation:
    """One sign about one provider; `count` is how many rows show it: accounts, people, members."""

    code: str
    provider_id: int
    provider: str
    count: int


# « Body » of an ICE: its first nine digits, which are the firm; the others are the establishment
# and the key. What the firm knows of itself stands in its internal provider and those of its group.
_STATEMENT = """
WITH outside AS (
  SELECT p.*, left(p.ice, 9) AS body FROM trainings_provider p
  WHERE p.firm_id = %(firm)s AND p.kind = 'external'
), own AS (
  SELECT p.* FROM trainings_provider p WHERE p.firm_id = %(firm)s AND p.kind <> 'external'
), same_firm AS (
  SELECT o.id AS provider_id, f.id AS firm_id FROM outside o
  JOIN companies_firm f ON left(f.ice, 9) = o.body AND f.id <> %(firm)s
), member AS (
  SELECT DISTINCT u.id, u.human_id, lower(u.email) AS email FROM companies_membership m
  JOIN accounts_user u ON u.id = m.user_id WHERE m.firm_id = %(firm)s AND m.ended_at IS NULL
), sign (code, provider_id, shown_by) AS (
  SELECT 'related_ice_of_firm', o.id, f.id FROM outside o
    JOIN companies_firm f ON f.id = %(firm)s AND left(f.ice, 9) = o.body
  UNION ALL SELECT 'related_ice_of_group', o.id, n.id FROM outside o
    JOIN own n ON left(n.ice, 9) = o.body
  UNION ALL SELECT 'related_same_rib', o.id, b.id FROM outside o
    JOIN companies_bankaccount b ON b.firm_id = %(firm)s AND b.rib_fingerprint = o.rib_fingerprint
  UNION ALL SELECT 'related_same_rib', o.id, n.id FROM outside o
    JOIN own n ON n.rib_fingerprint = o.rib_fingerprint WHERE o.rib_fingerprint <> ''
  UNION ALL SELECT 'related_same_phone', o.id, n.id FROM outside o
    JOIN own n ON n.phone = o.phone WHERE o.phone <> ''
  UNION ALL SELECT 'related_email_of_member', o.id, m.id FROM outside o
    JOIN member m ON m.email = lower(o.email)
  UNION ALL SELECT DISTINCT 'related_member_of_both', s.provider_id, m.human_id FROM same_firm s
    JOIN companies_membership other ON other.firm_id = s.firm_id AND other.ended_at IS NULL
    JOIN accounts_user u ON u.id = other.user_id
    JOIN member m ON m.human_id = u.human_id
  UNION ALL SELECT DISTINCT 'related_person_on_both_payrolls', s.provider_id, mine.person_id
    FROM same_firm s
    JOIN companies_employee theirs ON theirs.firm_id = s.firm_id
    JOIN companies_employee mine ON mine.firm_id = %(firm)s AND mine.person_id = theirs.person_id
    JOIN companies_employment a ON a.employee_id = mine.id
    JOIN companies_employment b ON b.employee_id = theirs.id
      AND b.hired_on <= coalesce(a.left_on, 'infinity')
      AND a.hired_on <= coalesce(b.left_on, 'infinity')
)
SELECT g.code, o.id, o.name, count(*) FROM sign g JOIN outside o ON o.id = g.provider_id
GROUP BY g.code, o.id, o.name
"""


def related_parties(firm: Firm) -> list[Relation]:
    """For the agency: every sign about the firm's outside providers, in the order of `Sign`."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"firm": firm.pk})
        found = [Relation(*row) for row in cursor.fetchall()]
    order = list(Sign)
    return sorted(found, key=lambda each: (order.index(Sign(each.code)), each.provider_id))


def providers_to_check(firm: Firm) -> frozenset[int]:
    """For the firm: its providers that look related to it, without a word of why."""
    return frozenset(each.provider_id for each in related_parties(firm))
