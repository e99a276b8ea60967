"""What a school's induction tutor is told by email (spec 05 §15 Improve)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register_ects import clock
from register_ects.models import OutgoingEmail, School
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.partnerships import propose_partnership
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.moving import move_ect
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.schools.mentor_digests import queue_mentor_digests
from register_ects.operations.training.participant_actions import (
    defer_participant,
    withdraw_participant,
)
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.partnerships import Proposal
from register_ects.tasks import deliver_email, remind_of_missing_mentors
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    PairingFactory,
    SchoolFactory,
    StaffUserFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, mentor, record

TUTOR = {"induction_tutor_name": "Tilda Marsh", "induction_tutor_email": "tilda@oak.example.com"}


@pytest.fixture
def oak(world):
    for name, value in TUTOR.items():
        setattr(world.oak, name, value)
    world.oak.save()
    return world.oak


@pytest.fixture
def read(notify):
    """Return what the tutor reads of an email: its subject and its words."""

    def read(template):
        email = OutgoingEmail.objects.get(template=template)
        deliver_email.apply([email.pk], throw=True)
        email.refresh_from_db()
        assert (email.state, email.last_response) == ("sent", None)
        message = notify.messages()[-1]
        assert message["body"].startswith("Hello Tilda Marsh,")
        return message["subject"], message["body"]

    return read


def queued():
    return set(OutgoingEmail.objects.values_list("template", flat=True))


def test_the_tutor_gets_a_summary_of_an_ect_registered(world, oak, read):
    placement = register_ect(oak, ect(world), author=AUTHOR)

    subject, words = read("ect_registered_summary")

    name = placement.teacher.name
    assert subject == f"{name} is registered as an ECT at Oak School"
    assert f"Tilda Marsh registered {name}" in words
    assert "First day as an ECT at your school: 1 September 2026" in words
    assert "Training: provider-led, with Larch Learning" in words
    assert "Appropriate body: Hub A" in words
    assert words.endswith(f"/school/{oak.urn}/ects/{placement.pk}")


def test_staff_who_register_for_a_school_are_told_of_as_the_department(world, oak, read):
    register_ect(oak, ect(world), author=Author.staff(StaffUserFactory()))

    assert "The Department for Education registered" in read("ect_registered_summary")[1]


def test_the_tutor_gets_a_summary_of_a_mentor_registered(world, oak, read):
    asha = register_ect(oak, ect(world), author=AUTHOR)
    placement = register_mentor(oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)

    subject, words = read("mentor_registered_summary")

    assert subject == f"{placement.teacher.name} is registered as a mentor at Oak School"
    assert f"Mentor of: {asha.teacher.name}" in words
    assert "Mentor training: with Larch Learning" in words
    assert words.endswith(f"/school/{oak.urn}/mentors/{placement.pk}")


def test_a_mentor_who_is_not_trained_is_told_of_so(world, oak, read):
    asha = register_ect(oak, ect(world), author=AUTHOR)
    register_mentor(oak, asha, mentor(), author=AUTHOR)

    assert "Mentor training: none through this service" in read("mentor_registered_summary")[1]


def test_a_school_is_told_that_another_has_registered_its_ect(world, oak, read):
    before = ECTAtSchoolPeriodFactory(
        school=oak, teacher__trn=record().trn, started_on=date(2026, 6, 3)
    )
    register_ect(world.elm, ect(world), author=AUTHOR)

    subject, words = read("ect_registered_elsewhere")

    before.refresh_from_db()
    assert before.finished_on == date(2026, 8, 31)
    assert subject == f"Another school has registered {before.teacher.name}"
    assert "Their last day at Oak School in our records is 31 August 2026." in words
    assert "Elm" not in subject + words


def test_a_school_is_told_in_words_of_a_move_who_moved_its_ect(world, oak, read):
    before = ECTAtSchoolPeriodFactory(
        school=oak, teacher__trn=record().trn, started_on=date(2026, 6, 3)
    )
    move_ect(before, world.elm, ect(world), last_day=date(2026, 8, 31), author=AUTHOR)

    subject, words = read("ect_moved_away")

    before.refresh_from_db()
    name = before.teacher.name
    assert subject == f"{name} moves to another school"
    assert f"Tilda Marsh reported that {name} leaves Oak School" in words
    assert "Their last day at Oak School in our records is 31 August 2026." in words
    assert f"/school/{oak.urn}/ects/{before.pk}" in words
    assert "If they have not left" not in words
    assert "Elm" not in subject + words
    assert "ect_registered_elsewhere" not in queued()


def test_a_school_that_registers_its_own_ect_again_is_not_told_of_another(world, oak):
    ECTAtSchoolPeriodFactory(
        school=oak,
        teacher__trn=record().trn,
        started_on=date(2026, 6, 3),
        finished_on=date(2026, 7, 20),
    )
    register_ect(oak, ect(world), author=AUTHOR)

    assert "ect_registered_elsewhere" not in queued()


def test_a_school_without_a_tutor_gets_nothing(world):
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(), author=AUTHOR)

    assert queued() == {"ect_registered_provider_led", "mentor_registered"}


def test_the_tutor_is_told_that_a_provider_confirmed_its_partnership(harbour, on, read):
    on("2025-09-10")
    ContractPeriodFactory(year=2025)
    school = SchoolFactory(gias_school__name="Oak School", **TUTOR)
    pairing = PairingFactory(lead_provider=harbour, delivery_partner__name="Wren Trust")
    proposal = Proposal("2025", str(school.api_id), str(pairing.delivery_partner.api_id))

    propose_partnership(harbour, proposal, author=Author.lead_provider(harbour))

    subject, words = read("partnership_confirmed")
    assert subject == f"{harbour.name} has confirmed its partnership with Oak School"
    assert "at Oak School in 2025 to 2026." in words
    assert "Delivery partner: Wren Trust" in words


STOPPED = [
    (defer_participant, "training_deferred", "has paused the training of Ada Okafor"),
    (withdraw_participant, "training_withdrawn", "no longer trains Ada Okafor"),
]


def stop(action, training):
    provider = training.lead_provider
    asked = ActionRequest("ecf-induction", "other")
    action(provider, training.teacher_id, asked, author=Author.lead_provider(provider))


def trained(provider, **changes):
    names = {"teacher__trs_first_name": "Ada", "teacher__trs_last_name": "Okafor"}
    training = TrainingPeriodFactory(lead_provider=provider, **names, **changes)
    School.objects.filter(pk=training.school_id).update(**TUTOR)
    return training


@pytest.mark.parametrize(("action", "template", "told"), STOPPED)
def test_the_tutor_is_told_that_a_provider_stopped_training(
    harbour, on, read, action, template, told
):
    on(datetime(2026, 1, 12, 10, tzinfo=UTC))
    training = trained(harbour)

    stop(action, training)

    subject, words = read(template)
    assert subject == f"{harbour.name} {told}"
    assert f"{harbour.name} told us on 12 January 2026" in words
    assert "an early career teacher (ECT) at" in words
    assert words.endswith(f"/{training.school.urn}/ects/{training.ect_at_school_period_id}")


@pytest.mark.parametrize(("action", "template", "told"), STOPPED)
def test_a_school_that_the_person_has_left_is_not_told(harbour, on, action, template, told):
    on(datetime(2026, 1, 12, 10, tzinfo=UTC))
    left = date(2025, 12, 19)
    training = trained(harbour, finished_on=left, ect_at_school_period__finished_on=left)

    stop(action, training)

    assert not queued()


# -- The weekly digest -------------------------------------------------------------------------

MONDAY = date(2026, 3, 16)


@pytest.fixture
def hill(on):
    on(MONDAY)
    return SchoolFactory(gias_school__name="Hill School", **TUTOR)


def here(school, name, days_ago=30, **changes):
    return ECTAtSchoolPeriodFactory(
        school=school,
        teacher__trs_first_name=name,
        teacher__trs_last_name="Bell",
        started_on=MONDAY - timedelta(days=days_ago),
        **changes,
    )


def test_one_email_names_every_ect_without_a_mentor_for_two_weeks(hill, read):
    here(hill, "Zoe")
    here(hill, "Ada", days_ago=14)
    here(hill, "New", days_ago=13)
    here(hill, "Left", finished_on=MONDAY - timedelta(days=1))
    here(hill, "Passed", teacher__trs_induction_status="Passed")
    here(hill, "Exempt", teacher__trs_induction_status="Exempt")
    MentorshipPeriodFactory(
        ect_at_school_period=here(hill, "Mentored"), started_on=MONDAY - timedelta(days=20)
    )

    assert queue_mentor_digests() == 1

    subject, words = read("ects_without_mentor")
    assert subject == "Early career teachers at Hill School without a mentor"
    assert "\n\n* Ada Bell\n* Zoe Bell\n\n" in words
    assert "opt-out-of-reminder-emails/new?school_id=" in words


@pytest.mark.parametrize(("days_ago", "emails"), [(13, 0), (14, 1)])
def test_two_weeks_count_from_the_last_mentor_too(hill, days_ago, emails):
    MentorshipPeriodFactory(
        ect_at_school_period=here(hill, "Ada"),
        started_on=MONDAY - timedelta(days=30),
        finished_on=MONDAY - timedelta(days=days_ago),
    )

    assert queue_mentor_digests() == emails


def test_a_week_has_one_digest_however_often_it_is_asked_for(hill, on):
    here(hill, "Ada")

    assert [queue_mentor_digests() for _time in range(3)] == [1, 0, 0]
    on(MONDAY + timedelta(days=7))
    assert [queue_mentor_digests() for _time in range(2)] == [1, 0]


@pytest.mark.parametrize(
    "changes",
    [
        {"opted_out_of_reminder_emails_until": MONDAY},
        {"induction_tutor_name": None, "induction_tutor_email": None},
    ],
)
def test_a_school_that_wants_no_reminders_or_has_no_tutor_gets_none(hill, changes):
    here(hill, "Ada")
    for name, value in changes.items():
        setattr(hill, name, value)
    hill.save()

    assert queue_mentor_digests() == 0


@pytest.mark.parametrize("is_on", [True, False])
def test_the_timer_reminds_only_where_reminders_are_on(hill, settings, is_on):
    settings.REMINDERS_ENABLED = is_on
    here(hill, "Ada")

    remind_of_missing_mentors()

    assert OutgoingEmail.objects.count() == is_on
    assert clock.today() == MONDAY
