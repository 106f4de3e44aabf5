"""One employee entered by hand, under the rules of those that files bring."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.sealing import fingerprint, seal
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.identifiers import EmployeeNumber, IdentifierError, NationalId, bare
from companies.workforce.models import Employee, Employment, Person
from companies.workforce.names import NAME_LENGTH, sort_key

DIGITS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class NewEmployee:
    """As typed; a number that is not known is empty, one of the two is needed."""

    last_name: str
    first_name: str
    cin: str
    cnss_number: str
    hired_on: date

    def __repr__(self) -> str:
        """No identifier in a log or a trace."""
        return f"NewEmployee({self.last_name!r}, …)"


@dataclass(frozen=True, slots=True)
class Registered:
    """`doubts` are codes of what looks wrong in the numbers."""

    employment: Employment
    doubts: tuple[str, ...]
    known_elsewhere: bool

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is to be checked and stops nothing."""
        return (*self.doubts, *(("person_known_elsewhere",) if self.known_elsewhere else ()))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Both in their bare form, empty when not known."""

    cin: str
    cnss_number: str
    doubts: tuple[str, ...]

    @property
    def hashes(self) -> tuple[bytes, bytes]:
        return fingerprint("cin", self.cin), fingerprint("cnss", self.cnss_number)


def register_employee(
    *, firm: Firm, employee: NewEmployee, acting_user: User, at: datetime
) -> Registered:
    """Add somebody to the firm, or a new employment of somebody who had left it.

    That the person is known in another firm is a warning, without anything of that firm. Raises
    `role_missing`, an identifier's own refusal, `identifier_missing`, `person_conflict`,
    `employee_in_post_already` or `hire_before_departure`.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    numbers = _read(employee)
    with named_refusals(), transaction.atomic():
        person = _person(numbers)
        employed, known = _employee(firm, person, employee, numbers)
        if known:
            _check_rehire(employed, employee.hired_on)
        employment = Employment.objects.create(employee=employed, hired_on=employee.hired_on)
        elsewhere = person.employees.exclude(firm=firm).exists()
        registered = Registered(employment, numbers.doubts, elsewhere)
        told = {"employee": employed.pk, "employment": employment.pk}
        warnings = list(registered.warnings)
        record_of(firm, "employee.register", acting_user, at, **told, warnings=warnings)
    return registered


def _read(employee: NewEmployee) -> _Numbers:
    doubts: list[str] = []
    number, cin = "", bare(employee.cin)
    if employee.cnss_number.strip():
        parsed = EmployeeNumber.parse(employee.cnss_number)
        doubts += parsed.warnings
        number = str(parsed) if parsed.names_a_person else ""
    if cin:
        try:
            cin = str(NationalId.parse(employee.cin))
        except IdentifierError as refused:
            # Foreigners hold other papers: only digits that were lost make it no identifier.
            if refused.code != "national_id_format":
                raise
            doubts.append(refused.code)
    if not (number or cin):
        raise Refusal("identifier_missing")
    return _Numbers(cin, number, tuple(doubts))


def _person(numbers: _Numbers) -> Person:
    """Found by either number, completed by the other, or made."""
    cin, cnss = numbers.hashes
    wanted = Q(cin_fingerprint=cin) if cin else Q()
    if cnss:
        wanted |= Q(cnss_fingerprint=cnss)
    found = list(Person.objects.select_for_update(no_key=True).filter(wanted).order_by("pk"))
    if not found:
        return Person.objects.create(cin_fingerprint=cin or None, cnss_fingerprint=cnss or None)
    person = found[0]
    known = bytes(person.cin_fingerprint or cin), bytes(person.cnss_fingerprint or cnss)
    # Two half-known persons are tied by an official file, which proves it, and never by hand.
    if len(found) > 1 or known != (cin or known[0], cnss or known[1]):
        raise Refusal("person_conflict")
    if (person.cin_fingerprint, person.cnss_fingerprint) != known:
        person.cin_fingerprint, person.cnss_fingerprint = known[0] or None, known[1] or None
        person.save(update_fields=["cin_fingerprint", "cnss_fingerprint"])
    return person


def _employee(
    firm: Firm, person: Person, typed: NewEmployee, numbers: _Numbers
) -> tuple[Employee, bool]:
    """The row of the person in this firm, and whether it was there; a number it lacked is added."""
    last_name, first_name = typed.last_name[:NAME_LENGTH], typed.first_name[:NAME_LENGTH]
    named = Employee(
        firm=firm,
        person=person,
        last_name=last_name,
        first_name=first_name,
        sort_key=sort_key(last_name, first_name),
    )
    known = Employee.objects.select_for_update(no_key=True).filter(firm=firm, person=person)
    employee = known.first() or named
    was_there = employee.pk is not None
    if numbers.cin and not employee.cin_sealed:
        employee.cin_sealed, employee.cin_last = _sealed("cin", numbers.cin)
    if numbers.cnss_number and not employee.has_cnss_number:
        employee.cnss_sealed, employee.cnss_last = _sealed("cnss", numbers.cnss_number)
        employee.has_cnss_number = True
    if not employee.nationality and NationalId.form.fullmatch(numbers.cin):
        employee.nationality = "MA"
    employee.save()
    return employee, was_there


def _sealed(kind: str, number: str) -> tuple[bytes, str]:
    return seal(kind, number), number[-DIGITS_SHOWN:]


def _check_rehire(employee: Employee, hired_on: date) -> None:
    """A new employment begins after the end of every other one."""
    for known in employee.employments.all():
        if known.left_on is None:
            raise Refusal("employee_in_post_already", hired_on=known.hired_on)
        if hired_on <= known.left_on:
            raise Refusal("hire_before_departure", left_on=known.left_on)
