"""Models of the package, gathered for Django."""

from trainings.confirmations.models import Confirmation, ConfirmationLine
from trainings.invoices.models import Invoice, InvoicePiece, InvoiceShare
from trainings.profiles.models import TraineeProfile
from trainings.programmes.models import Programme
from trainings.providers.models import Provider
from trainings.sessions.models import Attendance, Session, SessionPiece

__all__ = [
    "Attendance",
    "Confirmation",
    "ConfirmationLine",
    "Invoice",
    "InvoicePiece",
    "InvoiceShare",
    "Programme",
    "Provider",
    "Session",
    "SessionPiece",
    "TraineeProfile",
]
