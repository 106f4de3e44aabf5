"""What a load leaves behind, as plain values that two runs can be compared by."""

from companies.firms.models import Firm
from companies.workforce.models import Employee, Employment, PayMonth, PayYear, Person

EMPLOYEE = ("cin_last", "cnss_last", "has_cnss_number", "nationality", "last_name", "sort_key")


def rows_of(firm: Firm) -> dict[str, list[tuple[object, ...]]]:
    """Employees, employments and pay, without the keys that the database hands out."""
    who = [f"employee__{name}" for name in EMPLOYEE[:3]]
    hired = ("hired_on", "hired_source__sha256", "hired_line")
    left = ("left_on", "left_source__sha256", "left_line")
    pay = ("real_salary", "capped_salary", "days", "situation", "entrant")
    source = ("source__sha256", "line")
    return {
        "employees": _sorted(Employee.objects.filter(firm=firm), *EMPLOYEE),
        "employments": _sorted(Employment.objects.filter(employee__firm=firm), *who, *hired, *left),
        "months": _sorted(
            PayMonth.objects.filter(employee__firm=firm), *who, "month", *pay, *source
        ),
        "years": _sorted(
            PayYear.objects.filter(employee__firm=firm), *who, "year", "taxable_income", *source
        ),
        "persons": _sorted(
            Person.objects.filter(employees__firm=firm), "cin_fingerprint", "cnss_fingerprint"
        ),
    }


def _sorted(rows, *names: str) -> list[tuple[object, ...]]:
    return sorted(rows.values_list(*names), key=repr)
