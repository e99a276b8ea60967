"""Files of a body, whose jobs run when a test says so."""

from datetime import date

import pytest

from appropriate_bodies import tasks
from register_ects.invented.stand_ins.trs import person
from register_ects.models import PendingInductionSubmissionBatch
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.inductions import BORN_ON


@pytest.fixture
def work():
    """Do what the worker would do now for every file."""

    def until_done():
        for batch in PendingInductionSubmissionBatch.objects.filter(state="processing"):
            tasks.check_submissions(str(batch.pk))
        for batch in PendingInductionSubmissionBatch.objects.filter(state="completing"):
            tasks.record_submissions(str(batch.pk))

    return until_done


@pytest.fixture
def somebody(trs):
    """Let TRS know somebody, and return their TRN."""

    def make(trn, **changes):
        values = {
            "first_name": "Bo",
            "last_name": f"Reed{trn[-2:]}",
            "date_of_birth": BORN_ON,
            "qts_held_from": date(2023, 7, 1),
        }
        trs.upsert(person(trn, **{**values, **changes}))
        return trn

    return make


@pytest.fixture
def other():
    return AppropriateBodyFactory(active=True, name="Hub B")


@pytest.fixture
def held(hub, somebody):
    """Return the induction of somebody whom a body holds, here and in TRS."""

    def make(trn="3000201", body=hub, **changes):
        somebody(trn, induction_status="InProgress", **changes.pop("trs", {}))
        values = {"started_on": date(2024, 9, 2), "teacher__trn": trn}
        return InductionPeriodFactory(appropriate_body=body, **{**values, **changes})

    return make
