"""Whether the service answers, for monitors and load balancers."""

import logging
from http import HTTPStatus

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

BROKER_PATIENCE_SECONDS = 1
log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """503 without the database. Without the broker pages still work, so it is only said."""
    database, broker = _database_answers(), _broker_answers()
    state = "ok" if database and broker else "degraded" if database else "down"
    status = HTTPStatus.OK if database else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": state, "database": database, "broker": broker}, status=status)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("the database does not answer")
        return False
    return True


def _broker_answers() -> bool:
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE_SECONDS)
    except (OperationalError, OSError):
        log.warning("the broker does not answer", exc_info=True)
        return False
    return True
