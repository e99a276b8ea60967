"""Schools assign and register mentors (spec 05 §6.8, §8 and the worked examples of §21)."""

from datetime import date

import pytest

from register_ects.models import (
    ContractPeriod,
    Event,
    MentorshipPeriod,
    OutgoingEmail,
    TrainingPeriod,
)
from register_ects.operations.placements.mentoring import (
    assign_mentor,
    eligible_mentors,
    mentors_left_out,
    needs_first_training,
    problems_with_mentorship,
    register_mentor,
)
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, mentor, record


@pytest.fixture
def asha(world):
    """Asha Rao, registered at Oak with provider-led training from today."""
    return register_ect(world.oak, ect(world), author=AUTHOR)


def problems(broken) -> list[str]:
    return [f"{p.field} {p.code}" for p in broken.value.problems]


def test_an_existing_mentor_starts_today_and_both_sides_are_told(world, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)

    mentorship = assign_mentor(asha, ben, author=AUTHOR)

    assert (mentorship.started_on, mentorship.finished_on) == (date(2026, 9, 10), None)
    assert set(
        Event.objects.filter(mentorship_period=mentorship).values_list("event_type", flat=True)
    ) == {"teacher_starts_mentoring", "teacher_starts_being_mentored"}


def test_a_mentorship_ends_with_the_earlier_placement(world, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak, finished_on=date(2026, 12, 18))

    assert assign_mentor(asha, ben, author=AUTHOR).finished_on == date(2026, 12, 18)


def test_a_new_mentor_takes_over_the_day_before_and_later_ones_go(world, asha):
    old = MentorshipPeriodFactory(ect_at_school_period=asha, started_on=date(2026, 9, 3))
    old.finished_on = date(2026, 10, 31)
    old.save()
    later = MentorshipPeriodFactory(ect_at_school_period=asha, started_on=date(2026, 11, 1))
    ben = MentorAtSchoolPeriodFactory(school=world.oak)

    assign_mentor(asha, ben, author=AUTHOR)

    old.refresh_from_db()
    assert old.finished_on == date(2026, 9, 9)
    assert not MentorshipPeriod.objects.filter(pk=later.pk).exists()
    assert Event.objects.filter(event_type="teacher_finishes_mentoring").count() == 2


def test_a_mentor_who_began_yesterday_keeps_that_one_day(world, asha):
    old = MentorshipPeriodFactory(ect_at_school_period=asha, started_on=date(2026, 9, 9))
    ben = MentorAtSchoolPeriodFactory(school=world.oak)

    assign_mentor(asha, ben, author=AUTHOR)

    old.refresh_from_db()
    assert old.finished_on == date(2026, 9, 9)


def test_first_training_is_opened_with_the_provider_from_today(world, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2024, 9, 1))
    assert needs_first_training(asha, ben.teacher)

    assign_mentor(asha, ben, author=AUTHOR, lead_provider=world.larch)

    training = TrainingPeriod.objects.get(mentor_at_school_period=ben)
    assert training.started_on == date(2026, 9, 10)
    assert training.schedule.identifier == "ecf-standard-september"
    ben.teacher.refresh_from_db()
    assert ben.teacher.mentor_first_became_eligible_for_training_at is not None


@pytest.mark.parametrize("why_not", ["completed", "trained before", "school-led"])
def test_no_training_for_a_mentor_when_none_is_due(world, asha, why_not):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)
    if why_not == "completed":
        ben.teacher.mentor_became_ineligible_for_funding_on = date(2025, 7, 1)
        ben.teacher.mentor_became_ineligible_for_funding_reason = (
            MentorFundingEndReason.STARTED_NOT_COMPLETED
        )
        ben.teacher.save()
    elif why_not == "trained before":
        TrainingPeriodFactory(for_mentor=True, teacher=ben.teacher, school=world.elm)
    else:
        training = asha.training_periods.get()
        training.delete()
        TrainingPeriodFactory(
            school_led=True, ect_at_school_period=asha, started_on=date(2026, 9, 10)
        )

    assert not needs_first_training(asha, ben.teacher)


def test_mentors_offered_are_the_schools_own_with_leavers_but_not_the_left(world, asha):
    staying = MentorAtSchoolPeriodFactory(school=world.oak)
    leaving = MentorAtSchoolPeriodFactory(school=world.oak, finished_on=date(2026, 12, 1))
    MentorAtSchoolPeriodFactory(school=world.oak, finished_on=date(2026, 9, 9))
    MentorAtSchoolPeriodFactory(school=world.elm)
    MentorAtSchoolPeriodFactory(school=world.oak, teacher=asha.teacher)

    assert set(eligible_mentors(asha)) == {staying, leaving}


@pytest.mark.parametrize("ects_days", [(date(2026, 10, 1), None), (date(2026, 9, 1), "2026-10-31")])
@pytest.mark.parametrize(
    "mentors_days",
    [
        ("2026-09-01", None),
        ("2026-09-01", "2026-09-30"),
        ("2026-09-01", "2026-10-01"),
        ("2026-10-31", None),
        ("2026-11-01", None),
        ("2026-11-01", "2026-11-30"),
    ],
)
def test_mentors_offered_are_those_whom_the_rule_accepts(world, ects_days, mentors_days):
    days = ("started_on", "finished_on")
    placement = ECTAtSchoolPeriodFactory(
        school=world.oak, **dict(zip(days, ects_days, strict=True))
    )
    ben = MentorAtSchoolPeriodFactory(
        school=world.oak, **dict(zip(days, mentors_days, strict=True))
    )
    for row in (placement, ben):
        row.refresh_from_db()

    refused = problems_with_mentorship(placement, ben)

    assert list(eligible_mentors(placement)) == ([] if refused else [ben])
    assert mentors_left_out(placement) == refused


def test_the_refusal_names_who_leaves_and_when(world):
    ect = ECTAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 10, 1))
    ben = MentorAtSchoolPeriodFactory(school=world.oak, finished_on=date(2026, 9, 30))

    [problem] = problems_with_mentorship(ect, ben)

    assert problem.code == "never_here_together"
    assert problem.details == {
        "leaver": ben.teacher.name,
        "leaves": date(2026, 9, 30),
        "other": ect.teacher.name,
        "starts": date(2026, 10, 1),
    }


def test_a_mentor_of_another_school_is_refused(world, asha):
    with pytest.raises(RuleBroken) as broken:
        assign_mentor(asha, MentorAtSchoolPeriodFactory(school=world.elm), author=AUTHOR)

    assert problems(broken) == ["mentor not_at_this_school"]


def test_registering_a_mentor_assigns_and_trains_them(world, asha):
    placement = register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)

    assert placement.started_on == date(2026, 9, 10)
    assert asha.mentorship_periods.get().mentor_at_school_period == placement
    assert placement.training_periods.get().lead_provider == world.larch
    assert OutgoingEmail.objects.filter(template="mentor_registered").count() == 1


def test_a_back_dated_only_here_mentor_mentors_from_their_start(world, asha):
    placement = register_mentor(
        world.oak,
        asha,
        mentor(started_on=date(2026, 9, 4), only_here=True, lead_provider=world.larch),
        author=AUTHOR,
    )

    assert asha.mentorship_periods.get().started_on == date(2026, 9, 4)
    assert placement.training_periods.get().started_on == date(2026, 9, 10)


def test_only_here_ends_every_placement_elsewhere_and_their_ects_lose_the_mentor(world, asha):
    ash = MentorAtSchoolPeriodFactory(teacher__trn="4000002", school=world.elm)
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=ash)

    register_mentor(
        world.oak, asha, mentor(started_on=date(2026, 10, 5), only_here=True), author=AUTHOR
    )

    for ended in (ash, mentorship):
        ended.refresh_from_db()
        assert ended.finished_on == date(2026, 10, 4)


def test_also_elsewhere_leaves_the_other_school_and_its_training_alone(world, asha):
    ash = TrainingPeriodFactory(
        for_mentor=True, teacher__trn="4000002", school=world.elm, lead_provider=world.larch
    )

    placement = register_mentor(
        world.oak, asha, mentor(only_here=False, lead_provider=world.larch), author=AUTHOR
    )

    ash.refresh_from_db()
    assert ash.finished_on is None
    assert not placement.training_periods.exists()


@pytest.mark.parametrize("elsewhere_from", ["2025-09-01", "2026-09-10", "2026-10-01"])
def test_nobody_is_taken_from_another_school_unasked(world, asha, elsewhere_from):
    elsewhere = MentorAtSchoolPeriodFactory(
        teacher__trn="4000002", school=world.elm, started_on=elsewhere_from
    )

    with pytest.raises(RuleBroken) as broken:
        register_mentor(world.oak, asha, mentor(only_here=None), author=AUTHOR)

    assert problems(broken) == ["only_here missing"]
    elsewhere.refresh_from_db()
    assert elsewhere.finished_on is None


@pytest.mark.parametrize("mentored_before", [False, True])
def test_only_a_first_mentor_waits_until_this_year_is_open(world, asha, mentored_before):
    ContractPeriod.objects.filter(year=2026).update(enabled=False)
    if mentored_before:
        MentorAtSchoolPeriodFactory(
            teacher__trn="4000002",
            school=world.elm,
            started_on=date(2025, 9, 1),
            finished_on=date(2026, 7, 20),
        )
        register_mentor(world.oak, asha, mentor(), author=AUTHOR)
    else:
        with pytest.raises(RuleBroken) as broken:
            register_mentor(world.oak, asha, mentor(), author=AUTHOR)
        assert problems(broken) == ["started_on not_open_yet"]


@pytest.mark.parametrize(
    ("trn", "expected"),
    [
        ("4000001", "trn cannot_mentor_themself"),
        ("4000003", "trn already_active_at_school"),
    ],
)
def test_people_who_cannot_be_the_mentor(world, asha, trn, expected):
    MentorAtSchoolPeriodFactory(teacher__trn="4000003", school=world.oak)

    with pytest.raises(RuleBroken) as broken:
        register_mentor(world.oak, asha, mentor(record=record(trn)), author=AUTHOR)

    assert problems(broken) == [expected]


def test_a_mentor_who_replaces_a_trained_one_is_on_the_replacement_schedule(world, asha):
    carla = TeacherFactory()
    placement = MentorAtSchoolPeriodFactory(
        teacher=carla, school=world.oak, started_on=date(2026, 9, 1)
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha,
        mentor_at_school_period=placement,
        started_on=date(2026, 9, 1),
    )
    training = TrainingPeriodFactory(
        for_mentor=True, mentor_at_school_period=placement, year=2026, lead_provider=world.larch
    )
    DeclarationFactory(
        training_period=training, declaration_date="2026-09-05T10:00:00Z", mentorship_period=None
    )

    new = register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)

    assert new.training_periods.get().schedule.identifier == "ecf-replacement-september"


def test_the_ect_must_be_of_the_school(world):
    elsewhere = ECTAtSchoolPeriodFactory(school=world.elm)

    with pytest.raises(RuleBroken) as broken:
        register_mentor(world.oak, elsewhere, mentor(), author=AUTHOR)

    assert problems(broken) == ["ect not_at_this_school"]
