"""The table of a confirmation's life."""

from accounts.models import User
from accounts.workflow import Workflow, steps
from companies.firms.roles import WRITERS, firm_roles
from trainings.confirmations.models import Confirmation

S = Confirmation.State
PROVIDER = "provider"
"""The role of whoever holds the signed link: no account, the program of the link acts for them."""
MACHINE = "providers"


def roles_on_confirmation(row: Confirmation, user: User) -> frozenset[str]:
    if user.kind == User.Kind.MACHINE:
        return frozenset({PROVIDER} if user == User.objects.machine(MACHINE) else ())
    return firm_roles(row.provider.firm, user)


CONFIRMATION = Workflow(
    name="confirmation",
    model=Confirmation,
    states=tuple(S.values),
    roles_held=roles_on_confirmation,
    transitions=steps(
        ("answer", (S.ASKED,), S.ANSWERED, (PROVIDER,), False),
        ("withdraw", (S.ASKED,), S.WITHDRAWN, WRITERS, False),
    ),
)
