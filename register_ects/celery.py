"""The Celery application: jobs run after commit, and the timers that catch what those missed."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")

app = Celery("register_ects")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
#: What the timer starts: every so many seconds, or at a moment in London (CELERY_TIMEZONE).
_TIMER: dict[str, float | crontab] = {
    "register_ects.tasks.deliver_waiting_trs_updates": 60.0,
    "register_ects.tasks.deliver_waiting_emails": 60.0,
    "register_ects.tasks.ask_about_receipts": 900.0,
    "register_ects.tasks.deliver_waiting_support_queries": 60.0,
    "register_ects.tasks.refresh_teachers_from_trs": 60.0,
    "register_ects.tasks.keep_projections_up_to_date": 60.0,
    "register_ects.tasks.verify_projections": crontab(hour=3, minute=0),
    "register_ects.tasks.purge_change_feed": crontab(hour=4, minute=0),
    "register_ects.tasks.delete_expired_drafts": 3600.0,
    "register_ects.tasks.close_journey_runs": 3600.0,
    "register_ects.tasks.count_registered_days": crontab(hour=2, minute=30),
    "register_ects.tasks.remind_of_missing_mentors": crontab(day_of_week="mon", hour=9, minute=15),
    "register_ects.tasks.send_due_reminders": crontab(hour=9, minute=30),
    "schools.tasks.go_on_with_batches": 60.0,
    "appropriate_bodies.tasks.go_on_with_submissions": 60.0,
    "schools.tasks.delete_expired_batches": crontab(hour=4, minute=30),
    "providers.tasks.store_api_requests": 10.0,
    "providers.tasks.forget_api_requests": 3600.0,
    "finance.tasks.close_due_statements": crontab(hour=0, minute=5),
    "register_ects.tasks.settle_funding": crontab(hour=0, minute=30),  # due statements have closed
}
#: Those that do not pile up while no worker runs: after how many seconds each is dropped.
_DROPPED_AFTER = {
    "register_ects.tasks.ask_about_receipts": 900,
    "register_ects.tasks.refresh_teachers_from_trs": 60,
    "providers.tasks.store_api_requests": 10,
}
app.conf.beat_schedule = {
    task.rpartition(".")[2].replace("_", "-"): {
        "task": task,
        "schedule": when,
        "options": {"expires": _DROPPED_AFTER.get(task)},
    }
    for task, when in _TIMER.items()
}
