"""Who may sign in: by address, whatever its letter case; in production no demonstration account."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


class AddressBackend(ModelBackend):
    """Programs never sign in; demonstration accounts have a password that everybody knows."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return super().user_can_authenticate(user) and isinstance(user, User) and _may_enter(user)


def _may_enter(user: User) -> bool:
    return user.kind == User.Kind.PERSON and not (settings.PRODUCTION and user.is_demonstration)
