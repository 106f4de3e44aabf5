"""What the firm answers of one employment, and who may."""

from datetime import date

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.firms.models import FirmRole
from companies.imports.actions import load_files
from companies.workforce.actions import DeclaredFacts, declare_employment
from companies.workforce.models import Employment
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, declaration, entrant, member

pytestmark = pytest.mark.django_db

FACTS = DeclaredFacts(
    contract="CDI",
    stable_from=date(2026, 2, 1),
    last_same_employer_on=date(2023, 12, 31),
    nationality="MA",
)


@pytest.fixture
def employment() -> Employment:
    firm = a_firm()
    file = declaration(firm, date(2026, 1, 1), [entrant(1, cin="X1")])
    load_files(firm=firm, files=[file], acting_user=member(firm), at=AT)
    return Employment.objects.get()


def declare(employment: Employment, facts: DeclaredFacts, role=FirmRole.REDACTEUR) -> Employment:
    user = member(employment.employee.firm, role)
    return declare_employment(employment_id=employment.pk, facts=facts, acting_user=user, at=AT)


def test_the_answers_are_kept_with_who_gave_them(employment):
    declare(employment, FACTS, FirmRole.SIGNATAIRE)

    kept = Employment.objects.get()
    assert (kept.contract, kept.stable_from) == ("CDI", date(2026, 2, 1))
    assert (kept.earlier_declared, kept.last_same_employer_on) == (True, date(2023, 12, 31))
    assert kept.employee.nationality == "MA"
    assert kept.declared_by == member(kept.employee.firm, FirmRole.SIGNATAIRE)
    assert JournalEntry.objects.filter(action="employment.declare").count() == 1


def test_no_earlier_day_is_an_answer(employment):
    kept = declare(employment, DeclaredFacts("CDD", None, None, "MA"))

    assert (kept.earlier_declared, kept.last_same_employer_on) == (True, None)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (DeclaredFacts("CDX", None, None, "MA"), "contract_unknown"),
        (DeclaredFacts("", None, None, "MA"), "contract_unknown"),
        (DeclaredFacts("CDI", None, None, ""), "nationality_unknown"),
        (DeclaredFacts("CDI", None, None, "ma"), "nationality_unknown"),
    ],
)
def test_an_answer_that_is_none_is_refused(employment, facts, code):
    with pytest.raises(Refusal) as refused:
        declare(employment, facts)

    assert refused.value.code == code


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_answers_nothing(employment, role):
    with pytest.raises(Refusal, match="role_missing"):
        declare(employment, FACTS, role)

    assert Employment.objects.get().contract == ""


def test_the_answers_stay_when_the_next_month_is_loaded(employment):
    declare(employment, FACTS)
    firm = employment.employee.firm

    file = declaration(firm, date(2026, 2, 1), [entrant(1, cin="X1")])
    load_files(firm=firm, files=[file], acting_user=member(firm), at=AT)

    kept = Employment.objects.get()
    assert (kept.pk, kept.contract, kept.earlier_declared) == (employment.pk, "CDI", True)
