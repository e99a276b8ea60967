"""One email, all the way through real processes: commit, Redis, a worker, Notify over HTTP."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.db import connection, transaction

from register_ects import clock
from register_ects.celery import app
from register_ects.models import OutgoingEmail
from register_ects.operations.messages.emails import queue_email
from register_ects.rules.enumerations import EmailTemplate
from register_ects.tasks import deliver_email
from tests.factories import OutgoingEmailFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("default"),  # Celery's, not ours
]

WORDS = {"mentor_name": "Tilda Marsh", "school_name": "Hillside School"}
#: Delivers one email in a process of its own.
DELIVER = """
import sys, django
django.setup()
from register_ects.tasks import deliver_email
deliver_email.apply([int(sys.argv[1])], throw=True)
"""


def test_an_email_leaves_through_a_worker_after_the_commit(notify):
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        with transaction.atomic():
            queue_email(
                EmailTemplate.MENTOR_REGISTERED, recipient="a@b.example", personalisation=WORDS
            )
            assert notify.messages() == []
        notify.wait_for(lambda: OutgoingEmail.objects.get().state == "sent")

    assert len(notify.messages()) == 1


def test_a_worker_that_is_killed_while_notify_answers_sends_nothing_twice(notify, on):
    email = OutgoingEmailFactory()
    notify.fault("slow", times=1, seconds=1)

    with delivering(email, notify) as worker:
        notify.wait_for(lambda: OutgoingEmail.objects.get().attempts == 1)
        notify.wait_for(lambda: notify.current_fault() is None)  # the call has come
        worker.kill()
    notify.wait_until_taken()

    email.refresh_from_db()
    assert email.state == "queued"
    on(clock.now() + timedelta(minutes=3))
    deliver_email.apply([email.pk], throw=True)
    email.refresh_from_db()
    assert (email.state, email.attempts, len(notify.messages())) == ("sent", 2, 1)


def delivering(email, notify):
    database = urlsplit(os.environ["DATABASE_URL"])
    environment = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DJANGO_SETTINGS_MODULE": "register_ects.settings",
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{connection.settings_dict['NAME']}")),
        "REDIS_URL": django_settings.REDIS_URL,
        "NOTIFY_BASE_URL": notify.base_url,
        "NOTIFY_API_KEY": notify.api_key,
    }
    command = [sys.executable, "-c", DELIVER, str(email.pk)]
    return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment)
