"""Who reads what in the administration; acting is decided by the actions, each time."""

from django.http import HttpRequest

from accounts.models import StaffRole
from accounts.roles import staff_roles

R = StaffRole
ADMINISTRATEURS = frozenset({R.ADMINISTRATEUR})
READS_ALL = frozenset({R.AUDITEUR})
CLAIMS = READS_ALL | {R.INSTRUCTEUR, R.DECIDEUR, R.QUALITE}
PAYMENTS = READS_ALL | {R.PREPARATEUR, R.ORDONNATEUR, R.PAYEUR}
SETTINGS = READS_ALL | {R.ADMINISTRATEUR}
RULES = SETTINGS | {R.INSTRUCTEUR, R.DECIDEUR, R.DIRECTION}
CREDITS = SETTINGS | PAYMENTS | {R.DECIDEUR, R.DIRECTION}


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The staff roles in force, asked once a request however many lists are drawn."""
    held: frozenset[str] | None = getattr(request, "staff_roles_held", None)
    if held is None:
        held = request.staff_roles_held = staff_roles(request.user)  # type: ignore[attr-defined]  # a note for this request
    return held


def reads(request: HttpRequest, readers: frozenset[StaffRole]) -> bool:
    """A superuser reads everything, and acts through roles like everybody."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or bool(roles_of(request) & readers)
