"""What a mentor's ``completed`` declaration ends, and what its void gives back (spec 03 §6)."""

from datetime import date

import pytest

from register_ects.models import Event, Teacher
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.training.mentor_completion import complete_mentor_training
from tests.factories import (
    DeclarationFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    StatementFactory,
    TrainingPeriodFactory,
    noon,
)

SYSTEM = Author.system()


pytestmark = pytest.mark.day("2026-02-10")


def completed(training, day="2026-02-01", **changes):
    """Declare and complete, as the operation does in one go."""
    declaration = DeclarationFactory(
        training_period=training,
        declaration_type="completed",
        declaration_date=noon(date.fromisoformat(day)),
        **changes,
    )
    complete_mentor_training(declaration, author=SYSTEM)
    return declaration


def mentor_training(placement=None, **changes):
    placement = placement or MentorAtSchoolPeriodFactory()
    return TrainingPeriodFactory(mentor_at_school_period=placement, **changes)


@pytest.mark.parametrize(
    ("started_on", "finished_on", "declared_on", "expected"),
    [
        pytest.param("2025-09-01", None, "2026-02-01", "2026-02-01", id="the day declared"),
        pytest.param("2025-09-01", "2026-06-30", "2026-02-01", "2026-02-01", id="a later end"),
        pytest.param("2025-09-01", None, "2025-08-01", "2025-09-01", id="declared before it began"),
        pytest.param("2025-09-01", None, "2026-02-10", "2026-02-10", id="declared today"),
        pytest.param("2026-02-10", None, "2026-02-01", "2026-02-10", id="began today"),
        pytest.param("2026-03-01", None, "2026-02-01", None, id="begins in the future"),
        pytest.param("2025-09-01", "2026-01-31", "2026-02-01", "2026-01-31", id="ended before"),
        pytest.param("2025-09-01", "2026-02-10", "2026-02-01", "2026-02-10", id="ends today"),
    ],
)
def test_training_ends_on_the_day_declared_but_never_in_the_future(
    started_on, finished_on, declared_on, expected
):
    training = mentor_training(
        started_on=date.fromisoformat(started_on),
        finished_on=date.fromisoformat(finished_on) if finished_on else None,
    )

    completed(training, declared_on)

    training.refresh_from_db()
    assert training.finished_on == (date.fromisoformat(expected) if expected else None)
    teacher = Teacher.objects.get(pk=training.teacher_id)
    assert teacher.mentor_became_ineligible_for_funding_on == date.fromisoformat(declared_on)


@pytest.mark.parametrize("state", ["eligible", "payable", "paid"])
def test_any_payment_status_counts(state):
    training = mentor_training()

    completed(training, **{state: True})

    training.refresh_from_db()
    assert training.finished_on == date(2026, 2, 1)


@pytest.mark.parametrize("state", [{}, {"eligible": True}, {"payable": True}, {"paid": True}])
def test_a_void_or_clawback_reopens_exactly_what_was_closed(state):
    training = mentor_training()
    StatementFactory(
        lead_provider=training.lead_provider, deadline_date=date(2026, 3, 31), position=25
    )
    declaration = completed(training, **state)

    void_declaration(declaration, author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on is None
    assert training.teacher.training_periods.count() == 1
    kinds = Event.objects.filter(event_type="mentor_completion_status_change")
    assert [event.metadata for event in kinds.order_by("pk")] == [
        {
            "mentor_became_ineligible_for_funding_on": [None, "2026-02-01"],
            "mentor_became_ineligible_for_funding_reason": [None, "completed_declaration_received"],
        },
        {
            "mentor_became_ineligible_for_funding_on": ["2026-02-01", None],
            "mentor_became_ineligible_for_funding_reason": ["completed_declaration_received", None],
        },
    ]


def test_a_planned_end_is_given_back():
    training = mentor_training(finished_on=date(2026, 6, 30))

    void_declaration(completed(training), author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on == date(2026, 6, 30)


@pytest.mark.parametrize(("left_on", "expected"), [("2026-02-09", "2026-02-09")])
def test_training_never_outlives_the_placement(left_on, expected):
    training = mentor_training()
    declaration = completed(training)
    placement = training.mentor_at_school_period
    placement.finished_on = date.fromisoformat(left_on)
    placement.save()

    void_declaration(declaration, author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on == date.fromisoformat(expected)


def test_nothing_is_reopened_where_other_training_has_followed():
    training = mentor_training()
    declaration = completed(training)
    mentor_training(
        MentorAtSchoolPeriodFactory(teacher=training.teacher, started_on=date(2026, 2, 5)),
        lead_provider=LeadProviderFactory(),
    )

    void_declaration(declaration, author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on == date(2026, 2, 1)


def test_training_that_was_to_follow_does_not_keep_what_was_closed_from_being_reopened():
    training = mentor_training(finished_on=date(2026, 6, 30))
    declaration = completed(training)
    mentor_training(
        training.mentor_at_school_period,
        lead_provider=LeadProviderFactory(),
        started_on=date(2026, 7, 1),
    )

    void_declaration(declaration, author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on == date(2026, 6, 30)


def test_an_end_of_funding_for_another_reason_is_given_back():
    training = mentor_training()
    mentor = Teacher.objects.filter(pk=training.teacher_id)
    early = {
        "mentor_became_ineligible_for_funding_on": date(2021, 4, 19),
        "mentor_became_ineligible_for_funding_reason": "completed_during_early_roll_out",
    }
    mentor.update(**early)
    training.refresh_from_db()
    declaration = completed(training)
    assert mentor.get().mentor_became_ineligible_for_funding_on == date(2026, 2, 1)

    void_declaration(declaration, author=SYSTEM)

    assert mentor.values(*early).get() == early
    told = Event.objects.filter(event_type="mentor_completion_status_change").latest("pk")
    assert told.metadata["mentor_became_ineligible_for_funding_on"] == ["2026-02-01", "2021-04-19"]


def test_an_end_of_funding_that_was_recorded_since_stays():
    training = mentor_training()
    declaration = completed(training)
    mentor = Teacher.objects.filter(pk=training.teacher_id)
    mentor.update(mentor_became_ineligible_for_funding_reason="started_not_completed")

    void_declaration(declaration, author=SYSTEM)

    assert mentor.get().mentor_became_ineligible_for_funding_on == date(2026, 2, 1)


@pytest.mark.parametrize("stop", ["withdrawn", "deferred"])
def test_training_that_was_stopped_since_stays_stopped(stop):
    training = mentor_training()
    declaration = completed(training)
    training.refresh_from_db()
    reason = {"withdrawn": "withdrawal_reason", "deferred": "deferral_reason"}[stop]
    setattr(training, f"{stop}_at", noon(date(2026, 2, 5)))
    setattr(training, reason, "other")
    training.save()

    void_declaration(declaration, author=SYSTEM)

    training.refresh_from_db()
    assert training.finished_on == date(2026, 2, 1)


def test_training_with_another_provider_ends_too_and_is_reopened_too():
    theirs = mentor_training(finished_on=date(2026, 1, 15))
    placement = theirs.mentor_at_school_period
    running = mentor_training(
        placement, lead_provider=LeadProviderFactory(), started_on=date(2026, 1, 16)
    )

    declaration = completed(theirs)
    running.refresh_from_db()
    assert running.finished_on == date(2026, 2, 1)

    void_declaration(declaration, author=SYSTEM)
    running.refresh_from_db()
    theirs.refresh_from_db()
    assert (running.finished_on, theirs.finished_on) == (None, date(2026, 1, 15))


def test_completed_again_ends_it_again():
    training = mentor_training()
    void_declaration(completed(training), author=SYSTEM)

    completed(training, "2026-02-09")

    training.refresh_from_db()
    assert training.finished_on == date(2026, 2, 9)


def test_mentorships_go_on():
    mentorship = MentorshipPeriodFactory()
    training = mentor_training(mentorship.mentor_at_school_period)

    completed(training)

    mentorship.refresh_from_db()
    assert mentorship.finished_on is None


def test_a_mentor_who_was_never_fundable_becomes_so_by_the_void():
    training = mentor_training()
    declaration = completed(training)
    mentor = Teacher.objects.filter(pk=training.teacher_id)
    assert mentor.get().mentor_first_became_eligible_for_training_at is None

    void_declaration(declaration, author=SYSTEM)

    assert mentor.get().mentor_first_became_eligible_for_training_at is not None


@pytest.mark.parametrize("kind", ["started", "completed"])
def test_an_ects_declaration_and_another_type_do_nothing(kind):
    role = {"for_mentor": True} if kind == "started" else {}
    declaration = DeclarationFactory(
        training_period=TrainingPeriodFactory(**role), declaration_type=kind
    )
    void_declaration(declaration, author=SYSTEM)

    declaration.training_period.refresh_from_db()
    assert declaration.training_period.finished_on is None
    assert not Event.objects.filter(event_type="mentor_completion_status_change").exists()
