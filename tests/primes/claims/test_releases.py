"""Two people answer for a release, each for the figures they saw; the database keeps them to it."""

from contextlib import contextmanager
from dataclasses import asdict

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole
from primes.claims.gains import Figures
from primes.claims.impact import impact_of_running_rules, stored_impact
from primes.claims.models.impact import ReleaseImpact, ReleaseImpactRow
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import proposed_impact, released_impact, see_rules
from tests.factories.agency import staff
from tests.factories.claimants import firm
from tests.factories.claims import AT, decided_claim, filed_claim, released_rules
from tests.factories.releases import (
    FIRST,
    SECOND,
    answered_before,
    version_approved,
    version_proposed,
)

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str):
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        yield
    assert refusal.value.code == code


def test_the_first_release_of_an_empty_installation_sees_nothing_to_change():
    rules = released_rules()

    impact = released_impact(rules)

    assert impact is not None
    assert impact == proposed_impact(rules)
    assert set(impact.whole.counts().values()) == {0}


def test_both_previews_are_kept_as_they_were_computed():
    filed_claim()
    answered_before("amount = amount + 5")
    impact = impact_of_running_rules()

    rules = version_approved(version_proposed())

    kept = ReleaseImpact.objects.order_by("pk").filter(rule_set=rules, sha256=impact.sha256)
    assert [each.asked_by for each in kept] == [
        staff(StaffRole.ADMINISTRATEUR, FIRST),
        staff(StaffRole.ADMINISTRATEUR, SECOND),
    ]
    assert [stored_impact(each) for each in kept] == [impact, impact]


def test_the_journal_tells_both_names_and_the_figures():
    filed_claim()
    answered_before("amount = amount + 5")
    impact = impact_of_running_rules()

    rules = version_approved(version_proposed())

    proposal, release = JournalEntry.objects.filter(stream=rules.journal_stream).order_by("pk")[3:]
    assert (proposal.action, release.action) == ("rules.propose", "rules.release")
    assert proposal.detail["impact"] == release.detail["impact"] == impact.totals
    assert release.detail["impact"]["whole"]["lost"] == 10
    assert (release.detail["author"], release.detail["approver"]) == (
        "Administrateur",
        "Administrateur-2",
    )


def test_figures_that_moved_since_the_proposal_are_refused():
    filed_claim(firm(1))
    rules = version_proposed()
    answered_before("amount = amount + 7")

    with refused("impact_moved"):
        version_approved(rules)

    rules.refresh_from_db()
    assert rules.state == RuleSet.State.PROPOSED


def test_the_second_person_may_confirm_the_figures_that_moved():
    filed_claim(firm(1))
    rules = version_proposed()
    answered_before("amount = amount + 7")
    now = impact_of_running_rules()

    released = version_approved(rules, preview=now.sha256)

    assert released.state == RuleSet.State.RELEASED
    assert released_impact(released) == now != proposed_impact(released)


def test_figures_confirmed_and_moved_again_are_refused():
    filed_claim(firm(1))
    rules = version_proposed()
    answered_before("amount = amount + 7")
    seen = impact_of_running_rules()
    answered_before("amount = amount + 1")

    with refused("impact_moved"):
        version_approved(rules, preview=seen.sha256)


def test_the_author_does_not_release_their_own_proposal():
    rules = version_proposed()

    with refused("rule_set_released_by_two_people"):
        version_approved(rules, by=FIRST)


def test_only_the_version_in_service_is_proposed():
    rules = see_rules(acting_user=staff(StaffRole.ADMINISTRATEUR, FIRST), at=AT)
    other = RuleSet.objects.create(
        digest="0" * 64, package=b"", package_sha256="0" * 64, codes={}, seen_at=AT
    )

    with refused("rules_not_running"):
        version_proposed(other)
    assert version_proposed(rules).state == RuleSet.State.PROPOSED


STEP = "UPDATE primes_ruleset SET state = 'proposed', author_id = %s, proposed_at = now()"
MORE_ROWS = """
INSERT INTO primes_releaseimpactrow (impact_id, stage, branch, scheme, year, people_gained,
  people_lost, people_unchanged, people_newly_eligible, people_no_longer_eligible, firms_gained,
  firms_lost, firms_unchanged, before, after, gained, lost)
SELECT impact_id, 'open', branch, scheme, year, 9, people_lost, people_unchanged,
  people_newly_eligible, people_no_longer_eligible, firms_gained, firms_lost, firms_unchanged,
  before, after, gained, lost FROM primes_releaseimpactrow
"""
ANOTHER_PREVIEW = """
INSERT INTO primes_releaseimpact (rule_set_id, sha256, asked_by_id, computed_at)
SELECT rule_set_id, sha256, asked_by_id, computed_at FROM primes_releaseimpact
"""


def _refused_by_the_database(code: str, statement: str, *values: object) -> None:
    with (
        pytest.raises(DatabaseError, match=code),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_no_version_is_proposed_without_its_preview_even_by_the_owner():
    author = staff(StaffRole.ADMINISTRATEUR, FIRST)
    see_rules(acting_user=author, at=AT)

    _refused_by_the_database("rule_set_without_its_impact", STEP, author.pk)


def test_no_version_is_released_on_the_preview_of_its_author_alone():
    version_proposed()
    second = staff(StaffRole.ADMINISTRATEUR, SECOND)

    _refused_by_the_database(
        "rule_set_without_its_impact",
        "UPDATE primes_ruleset SET state = 'released', approver_id = %s, released_at = now()",
        second.pk,
    )


def test_a_preview_without_the_whole_is_no_preview():
    author = staff(StaffRole.ADMINISTRATEUR, FIRST)
    rules = see_rules(acting_user=author, at=AT)
    ReleaseImpact.objects.create(rule_set=rules, sha256="", asked_by=author, computed_at=AT)

    _refused_by_the_database(
        "rule_set_without_its_impact",
        "UPDATE primes_ruleset SET state = 'proposed', author_id = %s, proposed_at = %s",
        author.pk,
        AT,
    )


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE primes_releaseimpact SET sha256 = 'x'", "append_only"),
        ("DELETE FROM primes_releaseimpact", "append_only"),
        ("UPDATE primes_releaseimpactrow SET after = 0", "append_only"),
        ("DELETE FROM primes_releaseimpactrow", "append_only"),
        (MORE_ROWS, "impact_before_its_step"),
        (ANOTHER_PREVIEW, "impact_before_its_step"),
    ],
)
def test_a_preview_that_carried_a_release_stays_as_it_was(statement, code):
    released_rules()

    _refused_by_the_database(code, statement)


def test_no_figure_joins_the_preview_of_a_proposal():
    version_proposed(see_rules(acting_user=staff(StaffRole.ADMINISTRATEUR, FIRST), at=AT))

    _refused_by_the_database("impact_before_its_step", MORE_ROWS)


def test_the_amounts_of_a_preview_add_up():
    author = staff(StaffRole.ADMINISTRATEUR, FIRST)
    rules = see_rules(acting_user=author, at=AT)
    kept = ReleaseImpact.objects.create(rule_set=rules, sha256="", asked_by=author, computed_at=AT)
    figures = Figures("", "", "", 0, *[0] * 12)

    with pytest.raises(DatabaseError, match="impact_after_is_before_and_its_moves"):
        ReleaseImpactRow.objects.create(impact=kept, **asdict(figures) | {"after": 1})


def test_verify_stays_clean_after_a_release():
    decided_claim()

    call_command("verify")
