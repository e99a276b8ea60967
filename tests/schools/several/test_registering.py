"""The job registers each row once, whatever happens meanwhile."""

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    MentorshipPeriod,
    OutgoingEmail,
    RegistrationBatch,
    RegistrationBatchRow,
)
from register_ects.operations.base import Author
from register_ects.operations.batches import held, registering
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import held_by, mark_of_rows
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from schools import tasks
from tests.factories import MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR, ect
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def batch(world):
    """A list of Zofia Lis, checked."""
    rows = [(2, cells())]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    return batch


def confirm(batch):
    registering.confirm_batch(batch, seen=mark_of_rows(batch.rows.all()), author=AUTHOR)


def test_a_worker_that_is_ended_goes_on_without_doing_anything_twice(batch, monkeypatch):
    confirm(batch)
    finish = registering.finish_batch
    monkeypatch.setattr(registering, "finish_batch", lambda _batch: None)
    tasks.register_batch(str(batch.pk))  # ended after the row, before the end
    monkeypatch.setattr(registering, "finish_batch", finish)

    tasks.register_batch(str(batch.pk))
    tasks.register_batch(str(batch.pk))

    assert ECTAtSchoolPeriod.objects.count() == 1
    assert Event.objects.filter(event_type="school_registered_several_ects").count() == 1
    assert RegistrationBatch.objects.get().registered_count == 1


def test_a_worker_that_is_killed_between_two_rows_registers_each_once(world, monkeypatch):
    leo = {"trn": "7000001", "date_of_birth": "3 2 1977", "email": "leo@oak.example.com"}
    rows = [
        (2, cells()),
        (3, cells(**leo)),
        (4, cells(**{**leo, "trn": "7000005", "email": "c@oak.uk"})),
    ]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    confirm(batch)
    register_row = registering.register_row

    def is_killed(row, *args, **kwargs):
        done = register_row(row, *args, **kwargs)
        if row.number == 3:
            raise KeyboardInterrupt  # before the commit
        return done

    monkeypatch.setattr(registering, "register_row", is_killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.register_batch(str(batch.pk))
    assert ECTAtSchoolPeriod.objects.count() == 1
    monkeypatch.setattr(registering, "register_row", register_row)

    tasks.register_batch(str(batch.pk))

    assert ECTAtSchoolPeriod.objects.count() == 3
    emails = OutgoingEmail.objects.filter(template="ect_registered_provider_led")
    assert sorted(emails.values_list("recipient", flat=True)) == [
        "c@oak.uk",
        "leo@oak.example.com",
        "zofia@oak.example.com",
    ]
    assert RegistrationBatch.objects.get().registered_count == 3


def test_the_email_at_the_end_says_how_many_and_leads_to_the_list(batch, settings):
    confirm(batch)
    tasks.register_batch(str(batch.pk))

    email = OutgoingEmail.objects.filter(template="several_registered_summary").first()
    text = (settings.BASE_DIR / "templates/emails/several_registered_summary.txt").read_text()
    gaps = set(re.findall(r"\(\((\w+)\)\)", text))
    assert gaps <= {*email.personalisation, *settings.EMAIL_LINKS}
    assert email.personalisation["registered"] == "1 ECT"
    assert email.personalisation["batch_path"] == (
        f"/school/{batch.school.urn}/register-several/{batch.pk}"
    )
    assert not OutgoingEmail.objects.filter(template="ect_registered_summary").exists()


def test_somebody_whom_another_school_registers_meanwhile_is_left_with_the_reason(batch, world):
    confirm(batch)
    record = TeacherRecord.from_json(held_by(RegistrationBatchRow.objects.get()).record)
    register_ect(
        world.elm,
        replace(ect(world), record=record, email="z@elm.example.com"),
        author=Author.school_user(name="Else", email="else@elm.example.com"),
    )

    tasks.register_batch(str(batch.pk))

    row = RegistrationBatchRow.objects.get()
    assert row.state == "needs_attention"
    assert row.problems
    assert bytes(row.held)  # nothing that was typed is lost
    assert not ECTAtSchoolPeriod.objects.filter(school=world.oak).exists()


def test_two_people_confirm_one_list_and_it_is_done_once(batch, oak, colleague):
    address = f"{SEVERAL}/{batch.pk}"
    seen = oak.get(address).select_one("input[name=seen]")["value"]

    oak.post(f"{address}/confirm", {"seen": seen})
    second = colleague.post(f"{address}/confirm", {"seen": seen}).follow()

    assert second.h1 == "We are registering your ECTs"
    with pytest.raises(RuleBroken):
        confirm(batch)


def test_what_was_changed_since_it_was_shown_is_not_confirmed(batch, oak):
    address = f"{SEVERAL}/{batch.pk}"
    seen = oak.get(address).select_one("input[name=seen]")["value"]
    batch.rows.update(will_do="Starts on another day.")

    page = oak.post(f"{address}/confirm", {"seen": seen})

    assert page.status_code == 422
    assert "changed after you opened this page" in page.text
    assert RegistrationBatch.objects.get().state == "ready"


@pytest.mark.parametrize(
    ("rows", "list_", "reason"),
    [
        pytest.param({"state": "needs_attention"}, {}, "nobody_ready", id="nobody is ready"),
        pytest.param({"state": "waiting"}, {}, "nobody_ready", id="nobody is checked"),
        pytest.param({"checked_at": None}, {}, "checked_long_ago", id="of an unknown hour"),
        pytest.param({"checked_at": timedelta(0)}, {}, "checked_long_ago", id="a day ago"),
        pytest.param({"checked_at": timedelta(minutes=1)}, {}, None, id="almost a day ago"),
        pytest.param(
            *({}, {"created_at": timedelta(-7), "expires_at": timedelta(0)}, "batch_not_open"),
            id="time is up",
        ),
        pytest.param({}, {"state": "checking"}, "batch_not_open", id="still checked"),
    ],
)
def test_when_a_list_is_confirmed(batch, rows, list_, reason):
    now = clock.now()
    day_ago = now - held.CHECK_HOLDS_FOR
    batch.rows.update(**{key: _at(day_ago, value) for key, value in rows.items()})
    RegistrationBatch.objects.update(**{key: _at(now, value) for key, value in list_.items()})

    with pytest.raises(RuleBroken, match=reason) if reason else nullcontext():
        confirm(batch)

    is_confirmed = RegistrationBatch.objects.get().state == "registering"
    assert is_confirmed == (reason is None)


def _at(moment, value):
    return moment + value if isinstance(value, timedelta) else value


@pytest.mark.parametrize(
    ("tutor", "told"),
    [
        ("ines@oak.example.com", ["ines@oak.example.com", AUTHOR.email]),
        (AUTHOR.email.upper(), [AUTHOR.email.upper()]),
    ],
)
def test_who_confirmed_and_the_tutor_are_told_once_each(batch, world, tutor, told):
    confirm(batch)
    world.oak.induction_tutor_name, world.oak.induction_tutor_email = "Ines", tutor
    world.oak.save()

    tasks.register_batch(str(batch.pk))

    emails = OutgoingEmail.objects.filter(template="several_registered_summary")
    assert sorted(email.recipient for email in emails) == sorted(told)
    assert {email.personalisation["not_registered"] for email in emails} == {"nobody"}
    assert {email.personalisation["reader_name"] for email in emails} <= {"Ines", AUTHOR.name}
    assert not OutgoingEmail.objects.filter(template="ect_registered_summary").exists()


def test_a_check_of_yesterday_is_made_again_before_anybody_is_registered(batch, on):
    on("2026-09-12")

    with pytest.raises(RuleBroken, match="checked_long_ago"):
        confirm(batch)


def test_a_mentor_at_the_school_is_assigned_with_the_registration(world):
    mentor = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")
    rows = [(2, cells(mentor_trn=mentor.teacher.trn))]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    row = batch.rows.get()
    assert f"Mentor: {mentor.teacher.name}" in row.will_do
    batch.refresh_from_db()
    confirm(batch)

    tasks.register_batch(str(batch.pk))

    assert MentorshipPeriod.objects.get().mentor_at_school_period == mentor
