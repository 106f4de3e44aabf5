"""Who holds which role for the agency, asked afresh at each act: a right removed is gone at the
next request.
"""

from django.db import models

from accounts.errors import Refusal
from accounts.models import StaffAssignment, StaffRole, User


def staff_roles(user: User) -> frozenset[str]:
    """The codes of the roles in force; an inactive account holds none."""
    if not user.is_active:
        return frozenset()
    held = StaffAssignment.objects.in_force().filter(user=user).values_list("role", flat=True)
    return frozenset(held)


def staff_roles_on(_row: models.Model, user: User) -> frozenset[str]:
    """For workflows whose steps are all taken by the agency."""
    return staff_roles(user)


def require_staff_role(user: User, *accepted: StaffRole) -> None:
    """Raises `Refusal("role_missing")` unless one of the accepted roles is held."""
    if not staff_roles(user) & set(accepted):
        raise Refusal("role_missing", roles=sorted(accepted))
