"""Opening an account for a person of the agency, and giving or taking away a role."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import Human, StaffAssignment, StaffRole, User
from accounts.roles import require_staff_role


def create_person(
    *, email: str, full_name: str, password: str, acting_user: User, at: datetime
) -> User:
    """An account of the agency with a human of its own and no role yet.

    Raises `role_missing`, `password_too_weak` with the validators' messages, or
    `user_email_once_whatever_the_case`.
    """
    require_staff_role(acting_user, StaffRole.ADMINISTRATEUR)
    user = User(email=email.strip(), full_name=full_name.strip(), is_staff=True, joined_at=at)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refusal("password_too_weak", messages=weak.messages) from weak
    user.set_password(password)
    with named_refusals(), transaction.atomic():
        user.human = Human.objects.create(created_at=at)
        user.save()
        _journal(user, "person.create", "", acting_user, at)
    return user


def grant_staff_role(
    *, user_id: int, role: StaffRole, acting_user: User, at: datetime
) -> StaffAssignment:
    """Give a role to somebody else.

    Raises `role_missing`, `own_role` for oneself, `staff_role_held_once`, or
    `staff_orders_or_pays_never_both`.
    """
    user = _subject(user_id, acting_user)
    with named_refusals(), transaction.atomic():
        assignment = StaffAssignment.objects.create(
            user=user, role=role, granted_at=at, granted_by=acting_user
        )
        _journal(user, "person.grant_role", role, acting_user, at)
    return assignment


def revoke_staff_role(
    *, user_id: int, role: StaffRole, acting_user: User, at: datetime
) -> StaffAssignment:
    """Take a role away;

    it counts from the next request on. Raises `role_missing`, `own_role` or `role_not_held`.
    """
    user = _subject(user_id, acting_user)
    with transaction.atomic():
        assignment = (
            StaffAssignment.objects.in_force()
            .select_for_update(no_key=True)
            .filter(user=user, role=role)
            .first()
        )
        if assignment is None:
            raise Refusal("role_not_held", role=role)
        assignment.revoked_at = at
        assignment.save()
        _journal(user, "person.revoke_role", role, acting_user, at)
    return assignment


def _subject(user_id: int, acting_user: User) -> User:
    require_staff_role(acting_user, StaffRole.ADMINISTRATEUR)
    user = User.objects.get(pk=user_id)
    if user.human_id == acting_user.human_id:
        raise Refusal("own_role")
    return user


def _journal(user: User, action: str, role: str, acting_user: User, at: datetime) -> None:
    record(
        stream=f"user:{user.pk}",
        action=action,
        acting_user=acting_user,
        at=at,
        detail={"email": user.email} | ({"role": role} if role else {}),
    )
