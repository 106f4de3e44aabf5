"""Nobody stands on two duties of the same money: every pair, by every door.

The doors are the action itself, a second account of the same human, a superuser, a role taken
after another was given up, and SQL typed by hand as the owner of the database.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.errors import Refusal
from accounts.models import StaffAssignment, StaffRole, User
from primes.payouts.actions import export_run, order_run, sign_run
from primes.payouts.preparation import prepare_run
from primes.review.actions import decide_claim, take_claim
from primes.review.models import Outcome
from tests.factories.agency import account, second_account, staff
from tests.factories.claimants import firm, signataire_of
from tests.factories.claims import (
    AT,
    SCHEME,
    decided_claim,
    filed_claim,
    open_credits,
    ordered_run,
    prepared_run,
    proposed_claim,
    released_rules,
    signed_run,
)

pytestmark = pytest.mark.django_db
CODE = "duty_one_a_person_and_claim"


def _signataire() -> User:
    return signataire_of(firm())


def _proposer_of_the_account() -> User:
    return account(f"proposes-account-{firm().public_id}")


def _publisher_of_the_rules() -> User:
    released_rules()
    return staff(StaffRole.ADMINISTRATEUR)


STANDING = {
    "prepare": _signataire,
    "instruct": lambda: staff(StaffRole.INSTRUCTEUR),
    "decide": lambda: staff(StaffRole.DECIDEUR),
    "run": lambda: staff(StaffRole.PREPARATEUR),
    "order": lambda: staff(StaffRole.ORDONNATEUR),
    "bank": _proposer_of_the_account,
    "rules": _publisher_of_the_rules,
}
"""Who stands on each duty when the builders have run."""


LATER = {
    "instruct": (
        StaffRole.INSTRUCTEUR,
        filed_claim,
        lambda claim, user: take_claim(claim_id=claim.pk, acting_user=user, at=AT),
    ),
    "decide": (
        StaffRole.DECIDEUR,
        proposed_claim,
        lambda claim, user: decide_claim(
            claim_id=claim.pk, outcome=Outcome.APPROVE, reason="Oui.", acting_user=user, at=AT
        ),
    ),
    "run": (
        StaffRole.PREPARATEUR,
        decided_claim,
        lambda _, user: prepare_run(scheme=SCHEME, acting_user=user, at=AT),
    ),
    "order": (
        StaffRole.ORDONNATEUR,
        prepared_run,
        lambda run, user: order_run(run_id=run.pk, acting_user=user, at=AT),
    ),
    "pay": (
        StaffRole.PAYEUR,
        ordered_run,
        lambda run, user: sign_run(run_id=run.pk, acting_user=user, at=AT),
    ),
}
"""Role of the later duty, how far the money has come before it, and the act itself."""

PAIRS = [
    (earlier, later)
    for earlier, laters in {
        "prepare": ("instruct", "decide", "run", "order", "pay"),
        "instruct": ("decide", "run", "order", "pay"),
        "decide": ("run", "order", "pay"),
        "run": ("order", "pay"),
        "order": ("pay",),
        "bank": ("run", "order", "pay"),
        "rules": ("decide", "run", "order", "pay"),
    }.items()
    for later in laters
]


def _now_holding(user: User, role: StaffRole) -> User:
    """Earlier roles are given up first: a role taken later washes nothing."""
    StaffAssignment.objects.in_force().filter(user__human=user.human).update(revoked_at=AT)
    StaffAssignment.objects.create(user=user, role=role, granted_at=AT)
    return user


def _superuser(user: User) -> User:
    User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    "disguise", [lambda user: user, second_account, _superuser], ids=["self", "second", "super"]
)
@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_whoever_stood_earlier_is_refused_later(earlier, later, disguise):
    role, reach, act = LATER[later]
    open_credits()
    reached = reach()
    person = _now_holding(disguise(STANDING[earlier]()), role)

    with pytest.raises(Refusal) as refused:
        act(reached, person)

    assert refused.value.code in {CODE, "run_three_people"}


@pytest.mark.parametrize("later", LATER)
def test_somebody_new_is_let_through(later):
    role, reach, act = LATER[later]
    open_credits()
    reached = reach()

    assert act(reached, staff(role, "quelqu-un-d-autre"))


SIGN = "UPDATE primes_paymentrun SET ordered_by_id = {}, ordered_at = now(), state = 'ordered'"
TAKE = "UPDATE primes_claim SET instructed_by_id = {}, taken_at = now(), state = 'in_review'"


@pytest.mark.parametrize("earlier", ["prepare", "instruct", "decide", "run", "bank", "rules"])
def test_sql_typed_by_the_owner_signs_nothing(earlier):
    prepared_run()

    _refused_in_sql(SIGN.format(STANDING[earlier]().pk))


def test_sql_typed_by_the_owner_takes_nothing():
    filed_claim()

    _refused_in_sql(TAKE.format(_signataire().pk))


def _refused_in_sql(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"duty_one_a_person_and_claim|run_three_people"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_who_stood_where_cannot_be_erased():
    prepared_run()

    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM primes_duty")


@pytest.mark.parametrize("column", ["proposed_by", "confirmed_by"])
def test_whoever_changed_the_account_and_decided_blocks_the_run(column):
    who = {"proposed_by": "proposes-account", "confirmed_by": "confirms-account"}[column]
    claim = proposed_claim()
    open_credits()
    decider = staff(StaffRole.DECIDEUR, f"{who}-{claim.firm.public_id}")
    decide_claim(
        claim_id=claim.pk, outcome=Outcome.APPROVE, reason="Oui.", acting_user=decider, at=AT
    )

    with pytest.raises(Refusal) as refused:
        prepare_run(scheme=SCHEME, acting_user=staff(StaffRole.PREPARATEUR), at=AT)

    assert refused.value.code == CODE


def test_another_payeur_cannot_export_what_the_first_signed():
    run = signed_run()

    with pytest.raises(Refusal) as refused:
        export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR, "payeur-2"), at=AT)

    assert refused.value.code == "run_exported_by_its_payer"
