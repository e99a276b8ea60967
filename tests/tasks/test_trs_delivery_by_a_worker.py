"""One claim, all the way: commit, Redis, a Celery worker, TRS over HTTP."""

from datetime import date

import pytest
from celery.contrib.testing.worker import start_worker

from register_ects import clock
from register_ects.celery import app
from register_ects.invented.stand_ins.trs import person
from register_ects.models import TRSInductionUpdate
from register_ects.operations.inductions.periods import claim_ect
from tests.factories import AppropriateBodyFactory
from tests.inductions import AUTHOR, claim

pytestmark = pytest.mark.filterwarnings("default")  # Celery's, not ours


@pytest.mark.django_db(transaction=True)
def test_a_claim_reaches_trs_through_a_worker(trs):
    trs.upsert(person("3000101", qts_held_from=date(2023, 7, 1)))
    started_on = clock.today().replace(day=1).isoformat()

    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        claim_ect(AppropriateBodyFactory(active=True), claim(started_on), author=AUTHOR)
        state = _wait_until_settled()

    assert state == "sent"
    assert [c["status"] for c in trs.requests() if c["method"] == "PUT"] == [204]


def _wait_until_settled() -> str:
    import time

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = TRSInductionUpdate.objects.get().state
        if state != "queued":
            return state
        time.sleep(0.05)
    return "queued"
