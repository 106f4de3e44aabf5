"""The table of an import's life."""

from accounts.models import User
from accounts.workflow import Workflow, steps
from companies.firms.roles import WRITERS, firm_roles
from companies.imports.models import Import

S = Import.State
SWEEPER = "sweeper"
"""The role of the program that ends what people left alone."""
MACHINE = "imports"


def roles_on_import(row: Import, user: User) -> frozenset[str]:
    if user.kind == User.Kind.MACHINE:
        return frozenset({SWEEPER} if user == User.objects.machine(MACHINE) else ())
    return firm_roles(row.firm, user)


IMPORT = Workflow(
    name="import",
    model=Import,
    states=tuple(S.values),
    roles_held=roles_on_import,
    transitions=steps(
        ("ask_columns", (S.RECEIVED, S.CHECKED), S.MATCHING, WRITERS, False),
        ("check", (S.RECEIVED, S.MATCHING, S.CHECKED), S.CHECKING, WRITERS, False),
        ("end_check", (S.CHECKING,), S.CHECKED, WRITERS, False),
        ("refuse", (S.RECEIVED, S.CHECKING, S.LOADING), S.REFUSED, WRITERS, False),
        ("confirm", (S.CHECKED,), S.LOADING, WRITERS, False),
        ("end_load", (S.LOADING,), S.LOADED, WRITERS, False),
        ("come_back", (S.LOADING,), S.CHECKED, (*WRITERS, SWEEPER), False),
        ("undo", (S.LOADED,), S.UNDONE, WRITERS, False),
        (
            "abandon",
            (S.RECEIVED, S.MATCHING, S.CHECKING, S.CHECKED, S.REFUSED),
            S.ABANDONED,
            (*WRITERS, SWEEPER),
            False,
        ),
    ),
)
