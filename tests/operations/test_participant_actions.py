"""What deferring, withdrawing and resuming change and record (spec 03 §9, §16)."""

from datetime import UTC, date, datetime

import pytest

from register_ects.models import Declaration, Event, MentorshipPeriod, TrainingPeriod
from register_ects.operations.base import Author
from register_ects.operations.training.participant_actions import (
    defer_participant,
    resume_participant,
    withdraw_participant,
)
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
    noon,
)

ADA = {"teacher__trs_first_name": "Ada", "teacher__trs_last_name": "Okafor"}
NOW = datetime(2026, 1, 12, 10, tzinfo=UTC)
TODAY, BEGUN = NOW.date(), date(2025, 9, 1)


pytestmark = pytest.mark.day(NOW)


@pytest.fixture
def train(harbour):
    return lambda **changes: TrainingPeriodFactory(lead_provider=harbour, **changes)


def act(action, training, reason=None):
    course = "ecf-induction" if training.ect_at_school_period_id else "ecf-mentor"
    provider = training.lead_provider
    return action(
        provider,
        training.teacher_id,
        ActionRequest(course, reason),
        author=Author.lead_provider(provider),
    )


@pytest.mark.parametrize(
    ("finished_on", "expected"),
    [
        pytest.param(None, TODAY, id="running"),
        pytest.param(date(2026, 7, 20), TODAY, id="leaving"),
        pytest.param(TODAY, TODAY, id="ends today"),
        pytest.param(date(2025, 12, 19), date(2025, 12, 19), id="left"),
    ],
)
@pytest.mark.parametrize("action", [defer_participant, withdraw_participant])
def test_training_that_is_stopped_ends_today_or_when_it_did(train, action, finished_on, expected):
    training = train(finished_on=finished_on)

    act(action, training, "other")

    training.refresh_from_db()
    assert training.finished_on == expected


@pytest.mark.parametrize(
    ("action", "stamp", "reason_field", "event_type", "heading"),
    [
        (
            defer_participant,
            "deferred_at",
            "deferral_reason",
            "teacher_defers_training_period",
            "Harbour Learning deferred Ada Okafor’s training",
        ),
        (
            withdraw_participant,
            "withdrawn_at",
            "withdrawal_reason",
            "teacher_withdraws_training_period",
            "Harbour Learning withdrew Ada Okafor from training",
        ),
    ],
)
def test_who_stops_training_when_and_why_is_kept_and_told(
    train, harbour, action, stamp, reason_field, event_type, heading
):
    training = train(**ADA)

    act(action, training, "other")

    training.refresh_from_db()
    assert (getattr(training, stamp), getattr(training, reason_field)) == (NOW, "other")
    event = Event.objects.get()
    assert (event.event_type, event.heading) == (event_type, heading)
    assert (event.author_type, event.author_name) == ("lead_provider_api", "Harbour Learning")
    assert (event.teacher, event.training_period, event.lead_provider) == (
        training.teacher,
        training,
        harbour,
    )
    assert event.metadata == {
        stamp: [None, "2026-01-12 10:00:00+00:00"],
        reason_field: [None, "other"],
        "finished_on": [None, "2026-01-12"],
    }


def test_reasons_are_stored_with_underscores(train):
    mentor = train(for_mentor=True)

    act(withdraw_participant, mentor, "mentor-no-longer-being-mentor")

    mentor.refresh_from_db()
    assert mentor.withdrawal_reason == "mentor_no_longer_being_mentor"


def test_a_deferral_stays_on_training_that_is_withdrawn_later(train, on):
    training = train()
    act(defer_participant, training, "career-break")
    on("2026-02-02")

    act(withdraw_participant, training, "other")

    training.refresh_from_db()
    assert training.training_status == "withdrawn"
    assert (training.deferral_reason, training.finished_on) == ("career_break", TODAY)


def test_who_is_withdrawn_at_the_instant_of_the_deferral_is_withdrawn(train):
    training = train()
    act(defer_participant, training, "other")
    act(withdraw_participant, training, "other")

    training.refresh_from_db()
    assert training.withdrawn_at == training.deferred_at
    assert training.training_status == "withdrawn"


def test_only_the_latest_training_with_the_provider_counts(harbour, train):
    placement = ECTAtSchoolPeriodFactory()
    earlier = train(ect_at_school_period=placement, finished_on=date(2025, 12, 19))
    train(ect_at_school_period=placement, started_on=TODAY)

    with pytest.raises(RuleBroken, match="participant_id started_today"):
        act(withdraw_participant, earlier, "other")


def test_the_other_role_is_left_alone(train):
    ect, mentor = train(), train(for_mentor=True)
    both = train(
        for_mentor=True,
        teacher=ect.teacher,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(teacher=ect.teacher),
    )

    act(defer_participant, both, "other")

    assert set(TrainingPeriod.objects.filter(deferred_at=None)) == {ect, mentor}


@pytest.mark.parametrize("action", [defer_participant, withdraw_participant])
def test_declarations_mentorships_and_placements_stay_as_they_are(train, action):
    training = train()
    DeclarationFactory(training_period=training, eligible=True)
    MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)

    act(action, training, "other")

    assert Declaration.objects.get().state == "eligible"
    assert MentorshipPeriod.objects.get().finished_on is None
    assert training.ect_at_school_period.finished_on is None


# -- Resume ----------------------------------------------------------------------------------


@pytest.fixture
def deferred(train):
    return train(
        **ADA,
        finished_on=date(2025, 12, 19),
        deferred_at=noon(date(2025, 12, 19)),
        deferral_reason="other",
    )


def test_training_goes_on_in_new_training_from_today(deferred):
    resumed = act(resume_participant, deferred)

    assert resumed.pk != deferred.pk
    assert (resumed.started_on, resumed.finished_on) == (TODAY, None)
    assert resumed.placement == deferred.placement
    assert resumed.school_partnership == deferred.school_partnership
    assert resumed.schedule == deferred.schedule
    assert (resumed.expression_of_interest, resumed.deferred_at) == (None, None)
    deferred.refresh_from_db()
    assert (deferred.training_status, deferred.finished_on) == ("deferred", date(2025, 12, 19))


def test_resumed_training_ends_with_the_placement(deferred):
    placement = deferred.ect_at_school_period
    placement.finished_on = date(2026, 7, 20)
    placement.save()

    assert act(resume_participant, deferred).finished_on == date(2026, 7, 20)


def test_resuming_is_told_with_the_schedule(deferred, harbour):
    resumed = act(resume_participant, deferred)

    assigned, told = Event.objects.order_by("pk")
    assert assigned.event_type == "teacher_schedule_assigned_to_training_period"
    assert (assigned.training_period, assigned.schedule) == (resumed, deferred.schedule)
    assert told.event_type == "teacher_resumes_training_period"
    assert told.heading == "Harbour Learning resumed Ada Okafor’s training"
    assert (told.teacher, told.training_period, told.lead_provider) == (
        deferred.teacher,
        deferred,
        harbour,
    )
    assert told.metadata == {"new_training_period_id": resumed.pk}


def test_withdrawn_training_is_resumed_too(train):
    withdrawn = train(withdrawn=True)

    assert act(resume_participant, withdrawn).started_on == TODAY


def test_a_frozen_contract_period_does_not_stop_resuming(deferred):
    period = deferred.contract_period
    period.payments_frozen_at = noon(date(2025, 12, 1))
    period.save()

    assert act(resume_participant, deferred).contract_period == period


def test_nothing_is_written_when_a_rule_is_broken(train):
    training = train()

    with pytest.raises(RuleBroken, match="already_active"):
        act(resume_participant, training)

    assert list(TrainingPeriod.objects.all()) == [training]
    assert not Event.objects.exists()


def test_a_mentor_who_trains_at_another_school_meanwhile_is_not_resumed(train, harbour):
    deferred = train(for_mentor=True, deferred=True)
    elsewhere = MentorAtSchoolPeriodFactory(teacher=deferred.teacher, started_on=date(2026, 1, 5))
    TrainingPeriodFactory(
        mentor_at_school_period=elsewhere, lead_provider=LeadProviderFactory(), year=2025
    )

    with pytest.raises(RuleBroken, match="participant_id trains_at_another_school"):
        act(resume_participant, deferred)
