"""Models of the package, gathered for Django."""

from companies.documents.models import ReceivedFile
from companies.firms.models import BankAccount, Certificate, Establishment, Firm, Membership
from companies.imports.models import FileLoad
from companies.workforce.models import Employee, Employment, PayMonth, PayYear, Person

__all__ = [
    "BankAccount",
    "Certificate",
    "Employee",
    "Employment",
    "Establishment",
    "FileLoad",
    "Firm",
    "Membership",
    "PayMonth",
    "PayYear",
    "Person",
    "ReceivedFile",
]
