"""The Celery application. Everything it is told is told here, and nowhere else.

The broker is a hint and the row is the record: a message carries an id, may be lost, may come
twice, and changes no outcome either way.
"""

import os

from celery import Celery

from config.env import read_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SWEEP_SECONDS = 10
SOFT_LIMIT_SECONDS = 45
HARD_LIMIT_SECONDS = 60
# A job reads and writes whole files; what its last seconds are for is to let go of the row.
JOB_SOFT_LIMIT_SECONDS = 585
JOB_HARD_LIMIT_SECONDS = 600
# Longer than any unit may last: a message must not come back while its task still runs.
VISIBILITY_SECONDS = 2 * JOB_HARD_LIMIT_SECONDS

app = Celery("primes")
app.conf.update(
    broker_url=read_environment(os.environ).broker_url,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        # Left alone, the transport looks for stranded messages every hundred seconds only.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
    },
    # Applications that share a broker get the shortest of the three places it can be written in.
    result_backend_transport_options={"visibility_timeout": VISIBILITY_SECONDS},
    visibility_timeout=VISIBILITY_SECONDS,
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_acks_on_failure=True,
    task_acks_on_timeout=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=SOFT_LIMIT_SECONDS,
    task_time_limit=HARD_LIMIT_SECONDS,
    task_annotations={
        "companies.tasks.run_jobs": {
            "soft_time_limit": JOB_SOFT_LIMIT_SECONDS,
            "time_limit": JOB_HARD_LIMIT_SECONDS,
        },
    },
    # A page never waits for the broker: what is not sent is swept up.
    task_publish_retry=False,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_soft_shutdown_timeout=30,
    worker_enable_soft_shutdown_on_idle=True,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    timezone="Africa/Casablanca",
    # In memory: an interval of seconds has nothing to remember between two starts.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "sweep": {
            "task": "primes.tasks.sweep",
            "schedule": SWEEP_SECONDS,
            # Sweeps that nobody took are not worth taking one after the other later.
            "options": {"expires": SWEEP_SECONDS},
        },
        "jobs": {
            "task": "companies.tasks.run_jobs",
            "schedule": SWEEP_SECONDS,
            "options": {"expires": SWEEP_SECONDS},
        },
    },
)
app.autodiscover_tasks()
