"""Models of the package, gathered for Django."""

from companies.documents.models import Piece, ReceivedFile
from companies.firms.models import BankAccount, Certificate, Establishment, Firm, Membership
from companies.imports.models import FileLoad, Import, ImportFile, KnownLayout, Repair
from companies.imports.staged import LoadChange, StagedProblem, StagedRow
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import Employee, Employment, PayMonth, PayYear, Person

__all__ = [
    "BankAccount",
    "Certificate",
    "Employee",
    "Employment",
    "EmploymentEvent",
    "Establishment",
    "FileLoad",
    "Firm",
    "Import",
    "ImportFile",
    "KnownLayout",
    "LoadChange",
    "Membership",
    "PayMonth",
    "PayYear",
    "Person",
    "Piece",
    "ReceivedFile",
    "Repair",
    "StagedProblem",
    "StagedRow",
]
