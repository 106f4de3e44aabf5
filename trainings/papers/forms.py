"""The content of the forms of the old training aid, as papers made of what the firm declared.

Form 3-2 says the hours and the cost of a training before it begins, 3-3 who is to be trained (each
signs), 3-4 who was trained, by profile. The official layout is not public: a paper says so. Source:
mode opératoire of the aid of 2007.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Prefetch, QuerySet, Sum

from accounts.formats import CASABLANCA, day, duration, exact_hour, long_day, money
from accounts.models import User
from accounts.papers.rendering import pdf
from accounts.sealing import unseal
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employee
from trainings.profiles.models import Profile
from trainings.sessions.models import Attendance, Session

FOLDER = Path(__file__).parent
LANGUAGE = "fr"
NO_PROFILE = "Profil à préciser"

Data = dict[str, object]


def before_training(*, session: Session, form: str, acting_user: User, at: datetime) -> bytes:
    """Form « 3-2 » or « 3-3 » of a session; raises `role_missing`. The print is journalled."""
    firm = session.programme.firm
    _journal(firm, acting_user, at, form=form, session=session.pk)
    made = {"3-2": _hours_and_cost, "3-3": _to_train}[form](session)
    return _printed(form, firm, made, at)


def after_training(*, firm: Firm, year: int, acting_user: User, at: datetime) -> bytes:
    """Form « 3-4 »: everybody trained in a year, by profile; raises `role_missing`."""
    _journal(firm, acting_user, at, form="3-4", year=year)
    return _printed("3-4", firm, _trained(firm, year), at)


def trained_in(firm: Firm, year: int) -> QuerySet[Employee]:
    """People with a minute of attendance in the year, by name; `trained` is their total."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    within = Attendance.objects.filter(session__starts_on__gte=first, session__ends_on__lte=last)
    return (
        Employee.objects.filter(firm=firm, attendances__in=within)
        .annotate(trained=Sum("attendances__minutes"))
        .select_related("trainee_profile")
        .prefetch_related(
            Prefetch(
                "attendances",
                within.select_related("session__programme").order_by("session__starts_on"),
                to_attr="attended",
            )
        )
        .order_by("sort_key", "pk")
    )


def _journal(firm: Firm, acting_user: User, at: datetime, **detail: object) -> None:
    """Numbers of people leave the house on these papers: each print is told."""
    require_firm_role(firm, acting_user, *WRITERS)
    with transaction.atomic():
        record_of(firm, "training.print_form", acting_user, at, **detail)


def _printed(form: str, firm: Firm, data: Mapping[str, object], at: datetime) -> bytes:
    today = at.astimezone(CASABLANCA).date()
    told: Data = {
        "firm": {
            "name": firm.name,
            "ice": firm.ice,
            "fiscal_id": firm.fiscal_id,
            "employer_number": firm.employer_number,
        },
        "made": f"Établi le {long_day(today, LANGUAGE)} à {exact_hour(at, LANGUAGE)}"
        f" — contenu du formulaire {form}, la présentation officielle n'étant pas publique",
        **data,
    }
    return pdf(FOLDER / f"form_{form.replace('-', '_')}.typ", told, at=at)


def _training(session: Session) -> Data:
    programme, provider = session.programme, session.programme.provider
    place = session.place or ("À distance" if programme.online else programme.city)
    return {
        "training": {
            "title": programme.title,
            "domain": programme.domain,
            "provider": provider.name,
            "provider_ice": provider.ice,
            "provider_kind": provider.get_kind_display(),
            "place": place,
            "dates": f"du {day(session.starts_on, LANGUAGE)} au {day(session.ends_on, LANGUAGE)}",
        }
    }


def _hours_and_cost(session: Session) -> Data:
    people = session.attendances.count()
    return _training(session) | {
        "hours": duration(session.minutes, LANGUAGE),
        "people": str(people),
        "people_hours": duration(session.minutes * people, LANGUAGE),
        "cost": money(session.cost, LANGUAGE),
    }


def _to_train(session: Session) -> Data:
    attending = session.attendances.select_related("employee").order_by("employee__sort_key", "pk")
    rows = [[*_person(each.employee), ""] for each in attending]
    return _training(session) | {"rows": rows}


def _trained(firm: Firm, year: int) -> Data:
    groups: dict[str, list[list[str]]] = {}
    for employee in trained_in(firm, year):
        known = getattr(employee, "trainee_profile", None)
        name = known.get_profile_display() if known else NO_PROFILE
        groups.setdefault(name, []).append(
            [*_person(employee), _courses(employee), duration(employee.trained, LANGUAGE)]
        )
    order: Callable[[str], int] = [*Profile.labels, NO_PROFILE].index
    return {
        "year": str(year),
        "groups": [{"profile": name, "rows": groups[name]} for name in sorted(groups, key=order)],
    }


def _person(employee: Employee) -> list[str]:
    return [employee.last_name, employee.first_name, unseal("cin", employee.cin_sealed)]


def _courses(employee: Employee) -> str:
    attended: Iterable[Attendance] = employee.attended
    titles = dict.fromkeys(each.session.programme.title for each in attended)
    return " ; ".join(titles)
