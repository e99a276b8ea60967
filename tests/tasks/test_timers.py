"""Every timer names a job that a worker knows."""

import re

import pytest
from django.conf import settings

from register_ects.celery import app

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("timer", sorted(app.conf.beat_schedule))
def test_a_timer_starts_a_job_that_exists(timer):
    app.loader.import_default_modules()

    assert app.conf.beat_schedule[timer]["task"] in app.tasks


def test_the_documentation_lists_every_job_of_the_timer():
    page = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    jobs = page.partition("## Jobs")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \|", jobs, re.MULTILINE)
    assert sorted(listed) == sorted(app.conf.beat_schedule)
