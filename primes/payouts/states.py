"""The tables of a payment run's life and of a payment's."""

from accounts.models import StaffRole
from accounts.roles import staff_roles_on
from accounts.workflow import Workflow, steps
from primes.payouts.models import Payment, PaymentRun, PaymentState, RunState

R = RunState
P = PaymentState
FINANCE = (StaffRole.PREPARATEUR, StaffRole.ORDONNATEUR)

RUN = Workflow(
    name="run",
    model=PaymentRun,
    states=tuple(RunState.values),
    roles_held=staff_roles_on,
    transitions=steps(
        ("order", (R.PREPARED,), R.ORDERED, (StaffRole.ORDONNATEUR,), False),
        ("sign", (R.ORDERED,), R.SIGNED, (StaffRole.PAYEUR,), False),
        ("cancel", (R.PREPARED, R.ORDERED, R.SIGNED), R.CANCELLED, FINANCE, True),
        ("export", (R.SIGNED,), R.EXPORTED, (StaffRole.PAYEUR,), False),
        ("settle", (R.EXPORTED,), R.SETTLED, (StaffRole.PAYEUR,), False),
    ),
)

PAYMENT = Workflow(
    name="payment",
    model=Payment,
    states=tuple(PaymentState.values),
    roles_held=staff_roles_on,
    transitions=steps(
        ("send", (P.PENDING,), P.SENT, (StaffRole.PAYEUR,), False),
        ("cancel", (P.PENDING,), P.CANCELLED, FINANCE, False),
        ("pay", (P.SENT,), P.PAID, (StaffRole.PAYEUR,), False),
        ("return", (P.SENT,), P.RETURNED, (StaffRole.PAYEUR,), False),
    ),
)
