"""The session of the portal, as the API asks for it."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PortalSession(SessionAuthentication):
    """Without a session the answer is 401, not 403: signing in is what helps."""

    def authenticate_header(self, _request: Request) -> str:
        return 'Session realm="portal"'


class PortalSessionScheme(SessionScheme):
    """How the described interface names it."""

    target_class = "primes.api.authentication.PortalSession"
    name = "portalSession"
