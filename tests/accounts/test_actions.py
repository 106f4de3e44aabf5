"""Accounts and roles are given by an administrateur, to somebody else, and told in the journal."""

import pytest

from accounts.actions import create_person, grant_staff_role, revoke_staff_role
from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole, User
from accounts.roles import staff_roles
from tests.factories.agency import second_account, staff
from tests.factories.claims import AT

pytestmark = pytest.mark.django_db
R = StaffRole
GOOD_PASSWORD = "formation-2026-ok"
WEAK_PASSWORD = "court"


def new_person(email: str = "nouvelle@primes.test", password: str = GOOD_PASSWORD) -> User:
    return create_person(
        email=email,
        full_name="Nouvelle Personne",
        password=password,
        acting_user=staff(R.ADMINISTRATEUR),
        at=AT,
    )


def test_a_person_gets_an_account_a_human_and_no_role() -> None:
    user = new_person()

    assert (user.is_staff, user.is_superuser, user.human is not None) == (True, False, True)
    assert user.check_password(GOOD_PASSWORD)
    assert staff_roles(user) == frozenset()


def test_opening_an_account_is_told_without_the_password() -> None:
    user = new_person()

    entry = JournalEntry.objects.get(stream=f"user:{user.pk}")
    assert (entry.action, entry.detail) == ("person.create", {"email": user.email})


def test_an_address_is_used_once_whatever_its_case() -> None:
    new_person()

    with pytest.raises(Refusal) as refused:
        new_person("Nouvelle@Primes.test")

    assert refused.value.code == "user_email_once_whatever_the_case"


def test_a_weak_password_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(Refusal) as refused:
        new_person(password=WEAK_PASSWORD)

    assert refused.value.code == "password_too_weak"
    assert not User.objects.filter(email="nouvelle@primes.test").exists()


def test_a_role_is_granted_then_taken_away() -> None:
    user, admin = new_person(), staff(R.ADMINISTRATEUR)

    grant_staff_role(user_id=user.pk, role=R.INSTRUCTEUR, acting_user=admin, at=AT)
    held = staff_roles(user)
    revoke_staff_role(user_id=user.pk, role=R.INSTRUCTEUR, acting_user=admin, at=AT)

    assert (held, staff_roles(user)) == ({R.INSTRUCTEUR}, frozenset())


@pytest.mark.parametrize(
    ("held", "asked", "code"),
    [
        (R.ORDONNATEUR, R.PAYEUR, "staff_orders_or_pays_never_both"),
        (R.PAYEUR, R.ORDONNATEUR, "staff_orders_or_pays_never_both"),
        (R.INSTRUCTEUR, R.INSTRUCTEUR, "staff_role_held_once"),
    ],
)
def test_an_incompatible_role_is_refused(held: str, asked: str, code: str) -> None:
    user = staff(held)

    with pytest.raises(Refusal) as refused:
        grant_staff_role(user_id=user.pk, role=asked, acting_user=staff(R.ADMINISTRATEUR), at=AT)

    assert refused.value.code == code


def test_nobody_gives_themselves_a_role() -> None:
    admin = staff(R.ADMINISTRATEUR)

    with pytest.raises(Refusal) as refused:
        grant_staff_role(user_id=admin.pk, role=R.PAYEUR, acting_user=admin, at=AT)

    assert refused.value.code == "own_role"


def test_a_second_account_of_the_same_person_is_oneself_too() -> None:
    admin = staff(R.ADMINISTRATEUR)
    second = second_account(admin)

    with pytest.raises(Refusal) as refused:
        grant_staff_role(user_id=second.pk, role=R.PAYEUR, acting_user=admin, at=AT)

    assert refused.value.code == "own_role"


def test_a_role_not_held_cannot_be_taken_away() -> None:
    user = new_person()

    with pytest.raises(Refusal) as refused:
        revoke_staff_role(
            user_id=user.pk, role=R.PAYEUR, acting_user=staff(R.ADMINISTRATEUR), at=AT
        )

    assert refused.value.code == "role_not_held"


@pytest.mark.parametrize("role", sorted(set(R) - {R.ADMINISTRATEUR}))
def test_only_an_administrateur_opens_accounts(role: str) -> None:
    with pytest.raises(Refusal) as refused:
        create_person(
            email="a@primes.test",
            full_name="A",
            password=GOOD_PASSWORD,
            acting_user=staff(role),
            at=AT,
        )

    assert refused.value.code == "role_missing"
