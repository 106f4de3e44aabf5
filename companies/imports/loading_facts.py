"""What a people file says of an employment and no official file can."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import User
from companies.firms.models import Firm
from companies.imports.incoming import Incoming
from companies.imports.people_columns import NEVER, People
from companies.imports.sets import update_rows
from companies.workforce.models import Employment

COLUMNS = (
    "contract",
    "stable_from",
    "earlier_declared",
    "last_same_employer_on",
    "declared_by_id",
    "declared_at",
)


def load_facts(firm: Firm, files: Sequence[Incoming], *, acting_user: User, at: datetime) -> None:
    """Written on the employment that begins on the day of the row, else on the last one."""
    read = [(each, each.read) for each in files if isinstance(each.read, People)]
    if not read:
        return
    employments: defaultdict[int, dict[date, Employment]] = defaultdict(dict)
    for employment in Employment.objects.filter(employee__firm=firm):
        employments[employment.employee_id][employment.hired_on] = employment
    answered: dict[int, Employment] = {}
    for file, people in read:
        for employee, row in zip(file.employee_ids, file.kept, strict=True):
            begun = employments.get(employee)
            if begun:
                employment = begun.get(people.hired_on[row] or date.max) or begun[max(begun)]
                _answer(employment, people, row)
                employment.declared_by, employment.declared_at = acting_user, at
                answered[employment.pk] = employment
    update_rows(
        Employment,
        COLUMNS,
        [(pk, *(getattr(each, name) for name in COLUMNS)) for pk, each in answered.items()],
    )


def _answer(employment: Employment, people: People, row: int) -> None:
    """An empty contract is no answer and leaves the one there is; no earlier day is « aucune »."""
    contract = people.contract[row]
    if contract is not None:
        employment.contract = contract
        employment.stable_from = people.stable_from[row]
    last = people.last_same_employer_on[row]
    employment.earlier_declared = True
    employment.last_same_employer_on = None if last == NEVER else last
