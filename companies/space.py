"""The space of a firm: for whom a signed-in person acts, among the firms that gave them a role."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from accounts.models import User
from companies.firms.models import Firm, FirmRole, Membership
from companies.firms.roles import WRITERS

SESSION_KEY = "firm"


@dataclass(frozen=True, slots=True)
class Space:
    """One firm as one person sees it; `firms` are all those they may switch to."""

    firm: Firm
    roles: frozenset[str]
    firms: tuple[Firm, ...]

    @property
    def writes(self) -> bool:
        """Whether forms are shown; the actions decide again."""
        return bool(self.roles & set(WRITERS))

    @property
    def role_names(self) -> list[str]:
        return [str(role.label) for role in FirmRole if role.value in self.roles]


def signed_in(request: HttpRequest) -> User:
    """The account behind the request; pages without one are turned away before any view."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def spaces_of(user: User) -> dict[str, Space]:
    """A space for each firm the person acts for, by public id, in the order of names."""
    held: dict[Firm, set[str]] = {}
    memberships = (
        Membership.objects.filter(user=user, ended_at__isnull=True)
        .select_related("firm")
        .order_by("firm__name", "firm_id")
    )
    for membership in memberships:
        held.setdefault(membership.firm, set()).add(membership.role)
    firms = tuple(held)
    return {firm.public_id: Space(firm, frozenset(roles), firms) for firm, roles in held.items()}


def space_of(request: HttpRequest) -> Space:
    """The space chosen in this session, else the first; 404 for somebody who acts for no firm."""
    spaces = spaces_of(signed_in(request))
    chosen = spaces.get(request.session.get(SESSION_KEY, "")) or next(iter(spaces.values()), None)
    if chosen is None:
        raise Http404
    return chosen
