"""A leaving is reported, corrected and taken back (spec 05 §10 with its Improve, §21 row 17)."""

from datetime import date

import pytest

from register_ects.models import (
    Event,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    TrainingPeriod,
)
from register_ects.operations.placements.leaving import cancel_leaving, report_leaving
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, mentor

LAST_DAY = date(2026, 11, 30)


@pytest.fixture
def asha(world, on):
    """Asha Rao, in provider-led training at Oak since 10 September and mentored by Ben."""
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)
    on("2026-11-01")
    return asha


@pytest.fixture
def ben(asha):
    return MentorAtSchoolPeriod.objects.get()


def facts():
    """Return all mentorships and training, with all that they say but when they were saved."""
    return [
        {name: value for name, value in row.items() if name != "updated_at"}
        for model in (MentorshipPeriod, TrainingPeriod)
        for row in model.objects.order_by("pk").values()
    ]


def days(rows):
    return [(row.started_on, row.finished_on) for row in rows.order_by("pk")]


def report(placement, last_day=LAST_DAY, **options):
    report_leaving(placement, last_day=last_day, author=AUTHOR, **options)


def cancel(placement, was=LAST_DAY):
    cancel_leaving(placement, was=was, author=AUTHOR)


def refused(broken):
    return [f"{p.field} {p.code}" for p in broken.value.problems]


# -- Reporting -----------------------------------------------------------------------------------


def test_all_that_lies_in_the_placement_ends_with_it(asha, ben):
    report(asha)

    asha.refresh_from_db()
    assert (asha.finished_on, asha.reported_leaving_by_school) == (LAST_DAY, asha.school)
    assert MentorshipPeriod.objects.get().finished_on == LAST_DAY
    assert asha.training_periods.get().finished_on == LAST_DAY
    assert ben.training_periods.get().finished_on is None


def test_a_mentor_leaves_their_ects_and_their_own_training(asha, ben):
    report(ben)

    assert MentorshipPeriod.objects.get().finished_on == LAST_DAY
    assert ben.training_periods.get().finished_on == LAST_DAY
    assert asha.training_periods.get().finished_on is None


def test_a_mentorship_that_ends_with_the_ect_keeps_that_day(asha, ben):
    report(asha, date(2026, 11, 20))

    report(ben)

    assert MentorshipPeriod.objects.get().finished_on == date(2026, 11, 20)


def test_a_mentor_stays_at_other_schools(world, asha, ben):
    elsewhere = MentorAtSchoolPeriodFactory(teacher=ben.teacher, school=world.elm)

    report(ben)

    elsewhere.refresh_from_db()
    assert elsewhere.finished_on is None


def test_old_and_new_last_day_are_in_the_history(asha):
    report(asha)

    event = Event.objects.get(event_type="teacher_left_school_as_ect")
    assert event.modifications == ["Finished on set to '30 Nov 2026'"]
    assert event.author_name == AUTHOR.name


@pytest.mark.parametrize(
    ("last_day", "code"),
    [
        (date(2026, 9, 9), "before_training"),
        (date(2027, 3, 2), "too_far_ahead"),
    ],
)
def test_a_day_out_of_bounds_is_refused(asha, last_day, code):
    with pytest.raises(RuleBroken) as broken:
        report(asha, last_day)

    assert refused(broken) == [f"leaving_on {code}"]
    asha.refresh_from_db()
    assert asha.finished_on is None


def test_what_declarations_refer_to_is_never_removed(asha):
    later = ECTAtSchoolPeriodFactory(school=asha.school, started_on=date(2026, 9, 1))
    training = TrainingPeriodFactory(
        ect_at_school_period=later, started_on=date(2026, 12, 1), year=2026
    )
    DeclarationFactory(training_period=training)

    with pytest.raises(RuleBroken) as broken:
        report(later)

    assert refused(broken) == ["leaving_on before_declared"]
    assert broken.value.problems[0].details["earliest"] == date(2026, 12, 1)


def test_a_second_report_is_refused_once_a_day_is_known(asha):
    report(asha)

    with pytest.raises(RuleBroken, match="leaving_on changed_meanwhile"):
        report(asha, date(2026, 12, 18))


# -- Correcting ----------------------------------------------------------------------------------


def test_a_later_day_gives_back_what_the_first_had_ended(asha):
    report(asha)

    report(asha, date(2026, 12, 18), was=LAST_DAY)

    asha.refresh_from_db()
    assert asha.finished_on == date(2026, 12, 18)
    assert days(MentorshipPeriod.objects) == [(date(2026, 9, 10), date(2026, 12, 18))]
    assert days(asha.training_periods) == [(date(2026, 9, 10), date(2026, 12, 18))]


def test_a_correction_is_as_good_as_the_right_report(asha):
    before = facts()
    report(asha)
    report(asha, date(2026, 12, 18), was=LAST_DAY)

    cancel(asha, was=date(2026, 12, 18))

    assert facts() == before


def test_both_days_of_a_correction_are_in_the_history(asha):
    report(asha)
    report(asha, date(2026, 12, 18), was=LAST_DAY)

    last = Event.objects.filter(event_type="teacher_left_school_as_ect").order_by("pk").last()
    assert last.modifications == ["Finished on changed from '30 Nov 2026' to '18 Dec 2026'"]


def test_the_same_day_again_is_refused(asha):
    report(asha)

    with pytest.raises(RuleBroken, match="leaving_on same_day"):
        report(asha, was=LAST_DAY)


def test_who_knew_of_another_day_changes_nothing(asha):
    report(asha)
    report(asha, date(2026, 12, 18), was=LAST_DAY)

    for again in (lambda: report(asha, date(2026, 12, 1), was=LAST_DAY), lambda: cancel(asha)):
        with pytest.raises(RuleBroken, match="leaving_on changed_meanwhile") as broken:
            again()
        assert broken.value.problems[0].details["now"] == date(2026, 12, 18)


# -- Cancelling ----------------------------------------------------------------------------------


@pytest.fixture
def with_plans(world, asha, ben):
    """Ben mentors Asha until the year's end, then Ceri; she then trains in the school's own way."""
    ceri = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))
    year_end = date(2026, 12, 31)
    MentorshipPeriod.objects.update(finished_on=year_end)
    asha.training_periods.update(finished_on=year_end)
    new_year = date(2027, 1, 1)
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ceri, started_on=new_year
    )
    TrainingPeriodFactory(ect_at_school_period=asha, started_on=new_year, school_led=True)
    return asha


def test_cancelling_restores_exactly_what_the_report_ended(with_plans):
    before = facts()
    report(with_plans)
    assert facts() != before

    cancel(with_plans)

    assert facts() == before
    with_plans.refresh_from_db()
    assert with_plans.finished_on is None
    assert with_plans.reported_leaving_by_school is None


def test_of_a_mentor_too(with_plans, ben):
    before = facts()
    report(ben)

    cancel(ben)

    assert facts() == before


def test_it_can_be_reported_again(with_plans):
    before = facts()
    report(with_plans)
    cancel(with_plans)
    report(with_plans, date(2026, 12, 4))

    cancel(with_plans, was=date(2026, 12, 4))

    assert facts() == before


def test_every_event_is_kept_and_the_cancelling_has_its_own(asha):
    report(asha)
    told = set(Event.objects.values_list("pk", flat=True))

    cancel(asha)

    assert told < set(Event.objects.values_list("pk", flat=True))
    event = Event.objects.get(event_type="teacher_leaving_cancelled")
    assert event.modifications == ["Finished on '30 Nov 2026' removed"]
    headings = set(Event.objects.exclude(pk__in=told).values_list("heading", flat=True))
    assert headings == {
        "Asha Rao is not leaving Oak School after all",
        "Asha Rao goes on training as an ECT",
        "Asha Rao goes on being mentored by Ben Lowe",
        "Ben Lowe goes on mentoring Asha Rao",
    }


def test_what_a_provider_withdrew_since_stays_withdrawn(asha, on):
    report(asha)
    training = asha.training_periods.get()
    training.finished_on = date(2026, 11, 2)
    training.withdrawn_at = "2026-11-02T12:00:00Z"
    training.withdrawal_reason = "other"
    training.save()

    cancel(asha)

    assert asha.training_periods.get().finished_on == date(2026, 11, 2)
    assert MentorshipPeriod.objects.get().finished_on is None


def test_a_new_mentor_of_the_ect_keeps_the_place_of_one_who_stays_after_all(world, asha, ben, on):
    report(ben)
    ceri = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 12, 1))
    assign_mentor(asha, ceri, author=AUTHOR)

    cancel(ben)

    assert days(MentorshipPeriod.objects) == [
        (date(2026, 9, 10), LAST_DAY),
        (date(2026, 12, 1), None),
    ]
    assert ben.training_periods.get().finished_on is None


def test_what_began_since_goes_on_with_who_stays(world, asha, on):
    report(asha)
    on("2026-11-05")
    ceri = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))
    assign_mentor(asha, ceri, author=AUTHOR)

    cancel(asha)

    assert days(MentorshipPeriod.objects) == [
        (date(2026, 9, 10), date(2026, 11, 4)),
        (date(2026, 11, 5), None),
    ]


def test_mentoring_goes_on_only_until_the_other_leaves(asha, ben):
    report(asha, date(2026, 11, 20))
    report(ben)

    cancel(asha, was=date(2026, 11, 20))

    assert days(MentorshipPeriod.objects) == [(date(2026, 9, 10), LAST_DAY)]


def test_mentoring_does_not_come_back_when_the_other_leaves_no_later(asha, ben):
    report(asha)
    report(ben)

    cancel(asha)

    assert days(MentorshipPeriod.objects) == [(date(2026, 9, 10), LAST_DAY)]


def test_completed_mentor_training_stays_completed(asha, ben):
    report(ben)
    ben.teacher.mentor_became_ineligible_for_funding_on = date(2026, 11, 1)
    ben.teacher.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
    )
    ben.teacher.save()

    cancel(ben)

    assert ben.training_periods.get().finished_on == LAST_DAY


def test_of_a_report_of_which_nothing_was_kept_only_the_last_day_goes(asha):
    asha.training_periods.update(finished_on=LAST_DAY)
    MentorshipPeriod.objects.update(finished_on=LAST_DAY)
    asha.finished_on, asha.reported_leaving_by_school = LAST_DAY, asha.school
    asha.save()

    cancel(asha)

    assert asha.finished_on is None
    assert asha.training_periods.get().finished_on == LAST_DAY


def test_a_day_that_is_past_stays(asha, on):
    report(asha)
    on("2026-12-01")

    with pytest.raises(RuleBroken, match="leaving_on has_left"):
        cancel(asha)


def test_on_the_last_day_itself_it_can_be_cancelled(asha, on):
    report(asha)
    on("2026-11-30")

    cancel(asha)

    assert asha.finished_on is None


def test_a_day_that_another_school_set_is_not_this_schools_to_change(world, asha):
    register_ect(world.elm, ect(world, started_on=date(2026, 12, 1)), author=AUTHOR)

    for change in (lambda: cancel(asha), lambda: report(asha, date(2026, 12, 18), was=LAST_DAY)):
        with pytest.raises(RuleBroken, match="leaving_on set_by_another_school"):
            change()


def test_nor_when_this_school_had_reported_a_later_one(world, asha):
    report(asha, date(2026, 12, 18))
    register_ect(world.elm, ect(world, started_on=date(2026, 12, 1)), author=AUTHOR)

    with pytest.raises(RuleBroken, match="leaving_on set_by_another_school"):
        cancel(asha)


def test_nor_once_another_school_waits_for_them(world, asha):
    report(asha)
    register_ect(world.elm, ect(world, started_on=date(2027, 1, 4)), author=AUTHOR)

    with pytest.raises(RuleBroken, match="leaving_on registered_again"):
        cancel(asha)
