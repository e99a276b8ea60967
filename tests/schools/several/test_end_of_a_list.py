"""The page of a list that is done: what was registered, and what is left to do."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, RegistrationBatch
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import mark_of_rows
from register_ects.operations.batches.registering import confirm_batch
from schools import tasks
from tests.factories import MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")


def done(world, **changes):
    """A list of Zofia Lis that was confirmed, and its address."""
    rows = [(2, cells(**changes))]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    confirm_batch(batch, seen=mark_of_rows(batch.rows.all()), author=AUTHOR)
    tasks.register_batch(str(batch.pk))
    return f"{SEVERAL}/{batch.pk}"


def test_those_without_a_mentor_are_given_one_from_there(world, oak):
    MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")
    page = oak.get(done(world))

    assert page.select_one(".govuk-panel__title").text.strip() == "1 ECT registered"
    assert page.h1 == "1 ECT registered"
    (button,) = [each for each in page.select("a") if each.text.strip() == "Give 1 ECT a mentor"]
    ticks = oak.get(button["href"])
    chosen = [each["value"] for each in ticks.select("input[name=ects][checked]")]
    assert chosen == [str(ECTAtSchoolPeriod.objects.get().pk)]


def test_where_everybody_has_a_mentor_nobody_is_asked_for_one(world, oak):
    mentor = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")

    page = oak.get(done(world, mentor_trn=mentor.teacher.trn))

    assert "no mentor" not in page.text
    assert "a mentor" not in " ".join(each.text for each in page.select("a"))


def test_it_asks_what_people_think_of_the_service(world, oak):
    (link,) = [
        each for each in oak.get(done(world)).select("main a") if "What did you think" in each.text
    ]

    assert link["href"].startswith("/feedback")


@pytest.mark.parametrize(("moment", "is_told"), [("12:01:50", False), ("12:02:10", True)])
def test_work_that_shows_no_sign_is_spoken_of(world, oak, on, moment, is_told):
    on("2026-09-10T12:00:00+01:00")
    batch = start_batch(world.oak, choices={}, author=AUTHOR, rows=[(2, cells())])
    assert RegistrationBatch.objects.get().state == "checking"

    on(f"2026-09-10T{moment}+01:00")

    page = oak.get(f"{SEVERAL}/{batch.pk}")
    assert ("Nothing has happened for a few minutes" in page.text) == is_told
