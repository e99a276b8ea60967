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
    "delete-expired-drafts": {
        "task": "register_ects.tasks.delete_expired_drafts",
        "schedule": 3600.0,
    },
    "close-due-statements": {
        "task": "finance.tasks.close_due_statements",
        "schedule": crontab(hour=0, minute=5),  # London: CELERY_TIMEZONE
    },
}
