"""A firm says under which profile its people were trained."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.errors import Refusal
from accounts.models import User
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employee
from trainings.profiles.models import Profile, TraineeProfile


def declare_profiles(
    *, firm: Firm, profiles: Mapping[int, str], acting_user: User, at: datetime
) -> int:
    """Profiles by employee; those that change are journalled. Returns how many changed.

    Raises `role_missing`, `profile_unknown` or `employee_of_another_firm`.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    unknown = sorted(set(profiles.values()) - set(Profile.values))
    if unknown:
        raise Refusal("profile_unknown", found=unknown[0], expected=list(Profile.values))
    with transaction.atomic():
        own = set(Employee.objects.filter(firm=firm, pk__in=profiles).values_list("pk", flat=True))
        if strangers := sorted(profiles.keys() - own):
            raise Refusal("employee_of_another_firm", employees=strangers)
        known = dict(
            TraineeProfile.objects.filter(employee__in=own).values_list("employee_id", "profile")
        )
        changed = {pk: said for pk, said in profiles.items() if known.get(pk) != said}
        TraineeProfile.objects.bulk_create(
            (
                TraineeProfile(
                    employee_id=pk, profile=said, declared_by=acting_user, declared_at=at
                )
                for pk, said in sorted(changed.items())
            ),
            update_conflicts=True,
            unique_fields=["employee"],
            update_fields=["profile", "declared_by", "declared_at"],
        )
        if changed:
            told = {str(pk): [known.get(pk, ""), said] for pk, said in sorted(changed.items())}
            record_of(firm, "training.declare_profiles", acting_user, at, profiles=told)
    return len(changed)
