"""What a firm declares of its programmes."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.public_ids import new_public_id
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from trainings.programmes.models import Programme
from trainings.providers.actions import firm_as_provider
from trainings.providers.models import Provider
from trainings.sessions.models import Session

LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class ProgrammeDeclaration:
    """`provider_id` None: the firm itself teaches. `language` is a code of `Language`, `country`
    one of ISO 3166; cost excluding VAT, in centimes. None and "" are « not said ».
    """

    title: str
    domain: str
    provider_id: int | None = None
    online: bool = False
    city: str = ""
    country: str = ""
    language: str = ""
    planned_minutes: int | None = None
    planned_cost: int | None = None


def declare_programme(
    *, firm: Firm, declaration: ProgrammeDeclaration, acting_user: User, at: datetime
) -> Programme:
    """Raises `role_missing`, `provider_of_another_firm`, or the name of a broken constraint."""
    require_firm_role(firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        programme = Programme.objects.create(
            firm=firm,
            public_id=new_public_id("prg"),
            declared_by=acting_user,
            declared_at=at,
            **_columns(firm, declaration, acting_user, at),
        )
        _journal(programme, "training.declare_programme", acting_user, at)
    return programme


def revise_programme(
    *, programme_id: int, declaration: ProgrammeDeclaration, acting_user: User, at: datetime
) -> Programme:
    """Raises as `declare_programme`."""
    with named_refusals(), transaction.atomic():
        programme = _locked(programme_id)
        require_firm_role(programme.firm, acting_user, *WRITERS)
        columns = _columns(programme.firm, declaration, acting_user, at)
        for name, value in columns.items():
            setattr(programme, name, value)
        programme.save(update_fields=list(columns))
        _journal(programme, "training.revise_programme", acting_user, at)
    return programme


def duplicate_programme(
    *, programme_id: int, with_sessions: bool, acting_user: User, at: datetime
) -> Programme:
    """The same programme again, to be changed where it differs.

    `with_sessions` brings the sessions of its last year, one year later and without anybody who
    attended. Raises `role_missing`.
    """
    with named_refusals(), transaction.atomic():
        source = _locked(programme_id)
        require_firm_role(source.firm, acting_user, *WRITERS)
        copy = Programme.objects.create(
            firm=source.firm,
            public_id=new_public_id("prg"),
            duplicated_from=source,
            declared_by=acting_user,
            declared_at=at,
            **{each.name: getattr(source, each.name) for each in fields(ProgrammeDeclaration)},
        )
        sessions = _a_year_later(source, copy) if with_sessions else []
        Session.objects.bulk_create(sessions)
        _journal(copy, "training.duplicate_programme", acting_user, at, sessions=len(sessions))
    return copy


def _a_year_later(source: Programme, copy: Programme) -> list[Session]:
    last = source.sessions.order_by("-starts_on").first()
    if last is None:
        return []
    return [
        Session(
            programme=copy,
            starts_on=_same_day_next_year(each.starts_on),
            ends_on=_same_day_next_year(each.ends_on),
            minutes=each.minutes,
            cost=each.cost,
            place=each.place,
            trainer=each.trainer,
        )
        for each in source.sessions.filter(starts_on__year=last.starts_on.year).order_by("pk")
    ]


def _same_day_next_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == LEAP_DAY
    return day.replace(year=day.year + 1, day=day.day - 1 if is_leap_day else day.day)


def _locked(programme_id: int) -> Programme:
    return (
        Programme.objects.select_for_update(of=("self",), no_key=True)
        .select_related("firm")
        .get(pk=programme_id)
    )


def _columns(
    firm: Firm, declaration: ProgrammeDeclaration, acting_user: User, at: datetime
) -> dict[str, object]:
    return {
        "title": declaration.title,
        "domain": declaration.domain,
        "provider": _provider(firm, declaration.provider_id, acting_user, at),
        "online": declaration.online,
        "city": declaration.city,
        "country": declaration.country,
        "language": declaration.language,
        "planned_minutes": declaration.planned_minutes,
        "planned_cost": declaration.planned_cost,
    }


def _provider(firm: Firm, provider_id: int | None, acting_user: User, at: datetime) -> Provider:
    if provider_id is None:
        return firm_as_provider(firm=firm, acting_user=acting_user, at=at)
    provider = Provider.objects.filter(firm=firm, pk=provider_id).first()
    if provider is None:
        raise Refusal("provider_of_another_firm")
    return provider


def _journal(
    programme: Programme, action: str, acting_user: User, at: datetime, **more: object
) -> None:
    detail = {
        "programme": programme.public_id,
        "title": programme.title,
        "provider": programme.provider.public_id,
    }
    record_of(programme.firm, action, acting_user, at, **detail, **more)
