"""What the agency must have done before any firm files: rules, money, filing window."""

from datetime import date, timedelta

from accounts.models import User
from companies.identifiers import Rib
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import approve_release, propose_release, see_rules
from primes.claims.windows import open_window
from primes.ledger.opening import ConventionTerms, open_convention, open_envelope
from primes.management.demonstration import invented
from primes.management.demonstration.moments import Calendar, Moment

SCHEME = "paf-2025"
SIGNED_ON = date(2026, 1, 27)
ENDS_IN = 2031
CREDITS_A_PERSON = 10_000_00
"""Centimes of credits by person employed: about four times what the law gives a recruit."""
OPEN_AFTER = timedelta(days=90)
TREASURY = "310"


def prepare_agency(people_count: int, calendar: Calendar, *, admin: User, admin2: User) -> None:
    """One proposes what the other releases; the convention has credits for each year of
    decision.
    """
    at = calendar.at(Moment.AGENCY)
    _release_rules(calendar, admin=admin, admin2=admin2)
    convention = open_convention(
        terms=ConventionTerms(
            code="PAF-DEMONSTRATION",
            title="Convention de démonstration : prime à la formation",
            scheme=SCHEME,
            signed_on=SIGNED_ON,
            ends_on=date(max(ENDS_IN, calendar.on.year), 12, 31),
            payer_name="AGENCE DE DEMONSTRATION",
            payer_rib=payer_rib(),
        ),
        acting_user=admin,
        at=at,
    )
    for year in calendar.budget_years:
        open_envelope(
            convention_id=convention.pk,
            year=year,
            cap=people_count * CREDITS_A_PERSON,
            acting_user=admin,
            at=at,
        )
    open_window(
        scheme=SCHEME,
        year=calendar.year,
        days=(date(calendar.year + 1, 1, 1), calendar.on + OPEN_AFTER),
        reason="Démonstration : la période de dépôt contient le jour de la démonstration.",
        acting_user=admin,
        at=at,
    )


def _release_rules(calendar: Calendar, *, admin: User, admin2: User) -> None:
    at = calendar.at(Moment.AGENCY)
    rules = see_rules(acting_user=admin, at=at)
    if rules.state != RuleSet.State.SEEN:
        return
    propose_release(
        rule_set_id=rules.pk,
        reason="Première version des règles de la prime à la formation.",
        acting_user=admin,
        at=at,
    )
    approve_release(
        rule_set_id=rules.pk,
        reason="Relue : les cas chiffrés du règlement donnent les montants attendus.",
        acting_user=admin2,
        at=at,
    )


def payer_rib() -> Rib:
    """The invented account that pays, at the Treasury."""
    return invented.rib(TREASURY, 0, "0001")
