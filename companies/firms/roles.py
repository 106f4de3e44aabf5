"""Who holds which role in a firm, asked afresh at each act."""

from accounts.errors import Refusal
from accounts.models import User
from companies.firms.models import Firm, FirmRole, Membership

WRITERS = (FirmRole.REDACTEUR, FirmRole.SIGNATAIRE)


def firm_roles(firm: Firm, user: User) -> frozenset[str]:
    """The codes of the roles in force; an inactive account holds none."""
    if not user.is_active:
        return frozenset()
    held = Membership.objects.filter(firm=firm, user=user, ended_at__isnull=True)
    return frozenset(held.values_list("role", flat=True))


def require_firm_role(firm: Firm, user: User, *accepted: FirmRole) -> None:
    """Raises `Refusal("role_missing")` unless one of the accepted roles is held."""
    if not firm_roles(firm, user) & set(accepted):
        raise Refusal("role_missing", roles=sorted(accepted))
