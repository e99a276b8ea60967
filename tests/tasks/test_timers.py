"""Every timer names a job that a worker knows."""

import pytest

from register_ects.celery import app

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("timer", sorted(app.conf.beat_schedule))
def test_a_timer_starts_a_job_that_exists(timer):
    app.loader.import_default_modules()

    assert app.conf.beat_schedule[timer]["task"] in app.tasks
