"""The Celery application: jobs run after commit, and the timers that catch what those missed."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")

app = Celery("register_ects")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "deliver-waiting-trs-updates": {
        "task": "register_ects.tasks.deliver_waiting_trs_updates",
        "schedule": 60.0,
    },
    "refresh-teachers-from-trs": {
        "task": "register_ects.tasks.refresh_teachers_from_trs",
        "schedule": 60.0,
        "options": {"expires": 60},  # while no worker runs, do not pile up
    },
    "keep-projections-up-to-date": {
        "task": "register_ects.tasks.keep_projections_up_to_date",
        "schedule": 60.0,
    },
    "verify-projections": {
        "task": "register_ects.tasks.verify_projections",
        "schedule": crontab(hour=3, minute=0),
    },
    "purge-change-feed": {
        "task": "register_ects.tasks.purge_change_feed",
        "schedule": crontab(hour=4, minute=0),
    },
    "delete-expired-drafts": {
        "task": "register_ects.tasks.delete_expired_drafts",
        "schedule": 3600.0,
    },
    "store-api-requests": {
        "task": "providers.tasks.store_api_requests",
        "schedule": 10.0,
        "options": {"expires": 10},  # while no worker runs, do not pile up
    },
    "forget-api-requests": {
        "task": "providers.tasks.forget_api_requests",
        "schedule": 3600.0,
    },
    "settle-funding": {
        "task": "register_ects.tasks.settle_funding",
        "schedule": crontab(hour=0, minute=30),  # London, once due statements have closed
    },
    "close-due-statements": {
        "task": "finance.tasks.close_due_statements",
        "schedule": crontab(hour=0, minute=5),  # London: CELERY_TIMEZONE
    },
}
