"""The table of a bank account's life."""

from accounts.models import StaffRole, User
from accounts.roles import staff_roles
from accounts.workflow import Workflow, steps
from companies.firms.models import BankAccount, FirmRole
from companies.firms.roles import firm_roles

S = BankAccount.State
CONFIRMERS = (FirmRole.ADMINISTRATEUR, StaffRole.QUALITE)


def roles_on_account(account: BankAccount, user: User) -> frozenset[str]:
    return firm_roles(account.firm, user) | staff_roles(user)


BANK_ACCOUNT = Workflow(
    name="bank_account",
    model=BankAccount,
    states=tuple(S.values),
    roles_held=roles_on_account,
    transitions=steps(
        ("confirm", (S.PROPOSED,), S.ACTIVE, CONFIRMERS, False),
        ("close", (S.PROPOSED, S.ACTIVE), S.CLOSED, CONFIRMERS, False),
    ),
)
