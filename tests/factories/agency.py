"""People of the agency and of finance, one a role, found again by their address."""

from datetime import UTC, datetime

from accounts.models import Human, StaffAssignment, StaffRole, User

JOINED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def account(name: str, *, is_staff: bool = False, is_superuser: bool = False) -> User:
    """The account `name@primes.test`, with a human of its own; its password is not usable."""
    email = f"{name}@primes.test"
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user = User(
        email=email,
        full_name=name.capitalize(),
        human=Human.objects.create(created_at=JOINED_AT),
        is_staff=is_staff,
        is_superuser=is_superuser,
        joined_at=JOINED_AT,
    )
    user.set_unusable_password()
    user.save()
    return user


def second_account(of: User, *, is_staff: bool = False) -> User:
    """Another account of the same human."""
    return User.objects.create(
        email=f"autre-{of.email}",
        full_name="Autre compte",
        human=of.human,
        is_staff=is_staff,
        joined_at=JOINED_AT,
    )


def staff(role: str, name: str = "") -> User:
    """The person who holds a role of `StaffRole`, and no other; `name` asks for another one."""
    user = account(name or role, is_staff=True)
    if not StaffAssignment.objects.in_force().filter(user=user, role=role).exists():
        StaffAssignment.objects.create(user=user, role=StaffRole(role), granted_at=JOINED_AT)
    return user


def superuser() -> User:
    """Reads all, and holds no role."""
    return account("superuser", is_staff=True, is_superuser=True)
