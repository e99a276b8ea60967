"""How mentors are trained, and what happens to their training."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from register_ects.invented.population import training as steps
from register_ects.invented.population.chance import after, day_between, moment
from register_ects.invented.population.declarations import Course
from register_ects.invented.population.mentoring import Mentor
from register_ects.invented.population.neighbourhoods import Neighbourhood, provider_for
from register_ects.invented.population.plans import Placement, Training
from register_ects.invented.population.school_days import last_school_day, school_day
from register_ects.invented.population.world import Provider, ScheduleFacts
from register_ects.rules.enumerations import (
    MentorFundingEndReason,
    ScheduleKind,
    TraineeRole,
)
from register_ects.rules.schedules import start_month

#: The day that the early roll-out of the programme counts as completed on.
EARLY_ROLL_OUT_ENDED_ON = date(2021, 4, 19)


class MentorStory(Enum):
    """What happens to a mentor's training."""

    ORDINARY = "ordinary"
    UNTRAINED = "untrained"
    EARLY_ROLL_OUT = "early_roll_out"
    NEVER_COMPLETES = "never_completes"
    DEFERS = "defers"
    DEFERS_AND_RESUMES = "defers_and_resumes"
    WITHDRAWS = "withdraws"
    CHANGES_SCHEDULE = "changes_schedule"
    MOVES = "moves"
    LEAVES_FROZEN_YEAR = "leaves_frozen_year"


#: How many of 100 mentors have each story.
MENTOR_STORIES: dict[MentorStory, int] = {
    MentorStory.ORDINARY: 61,
    MentorStory.UNTRAINED: 8,
    MentorStory.EARLY_ROLL_OUT: 4,
    MentorStory.NEVER_COMPLETES: 3,
    MentorStory.DEFERS: 3,
    MentorStory.DEFERS_AND_RESUMES: 3,
    MentorStory.WITHDRAWS: 7,
    MentorStory.CHANGES_SCHEDULE: 2,
    MentorStory.MOVES: 6,
    MentorStory.LEAVES_FROZEN_YEAR: 3,
}
_UNTRAINED = (MentorStory.UNTRAINED, MentorStory.EARLY_ROLL_OUT)
#: Contract periods from which mentors train for one year only.
_SHORT_FROM = 2025


@dataclass(slots=True)
class MentorTraining:
    """A mentor's training as far as it is planned; it would take until ``ends_on``."""

    place: Neighbourhood
    mentor: Mentor
    training: Training
    ends_on: date
    completes: bool = True

    def turning_point(self) -> date | None:
        """Return a day in the middle of it that has come, if there is one."""
        ends = [self.ends_on, self.training.finished_on or date.max, self.place.world.ago(10)]
        first = self.training.started_on + timedelta(days=40)
        last = min(ends) - timedelta(days=5)
        if first > last:
            return None
        day = school_day(day_between(self.place.rng, first, last))
        return day if day <= last else None


def train_mentor(place: Neighbourhood, mentor: Mentor, story: MentorStory) -> Course | None:
    """Plan a mentor's training; return what may be declared of it, None without training."""
    if story == MentorStory.EARLY_ROLL_OUT:
        mentor.person.mentor_became_ineligible_for_funding_on = EARLY_ROLL_OUT_ENDED_ON
        mentor.person.mentor_became_ineligible_for_funding_reason = (
            MentorFundingEndReason.COMPLETED_DURING_EARLY_ROLL_OUT
        )
    if story in _UNTRAINED:
        return None
    planned = _begin(place, mentor)
    if planned is None:
        return None
    happening = _HAPPENINGS.get(story)
    if happening is not None:
        happening(planned)
    mentor.person.mentor_first_became_eligible_for_training_at = _trainings(mentor)[0].created_at
    return Course(
        place,
        mentor.person,
        TraineeRole.MENTOR,
        _trainings(mentor),
        planned.ends_on,
        planned.completes,
    )


def _trainings(mentor: Mentor) -> list[Training]:
    found = [training for placement in mentor.placements for training in placement.trainings]
    return sorted(found, key=lambda training: training.started_on)


def _begin(place: Neighbourhood, mentor: Mentor) -> MentorTraining | None:
    """Start training with the lead provider that trains the ECT, else with the school's."""
    need, placement = mentor.first_need, mentor.placements[0]
    day = need.first if need and need.first >= placement.started_on else placement.started_on
    at = max(moment(place.rng, min(day, place.world.today), place.world), placement.created_at)
    day = school_day(max(day, at.date()))
    year = place.world.year_of(day)
    is_gone = placement.finished_on is not None and placement.finished_on < day
    if is_gone or year is None or year.year not in place.world.providers:
        return None
    provider = _provider(place, mentor, placement, year.year)
    if provider is None:
        return None
    kind = "replacement" if need and need.takes_over else "standard"
    schedule = place.world.schedules[year.year, f"ecf-{kind}-{start_month(day)}"]
    training = steps.start_training(
        place, placement, day, provider=provider, schedule=schedule, created_at=at
    )
    usual = place.rng.randint(650, 720) if year.year < _SHORT_FROM else place.rng.randint(260, 320)
    _end_with_placement(training, placement)
    return MentorTraining(place, mentor, training, day + timedelta(days=usual))


def _end_with_placement(training: Training, placement: Placement) -> None:
    if placement.finished_on:
        training.finished_on = placement.finished_on
        training.touch(placement.updated_at)


def _provider(
    place: Neighbourhood, mentor: Mentor, placement: Placement, year: int
) -> Provider | None:
    """Return who trains the mentor; nobody while all the ECTs' training is school-led."""
    training = [each for need in mentor.needs for each in need.ect.trainings]
    if not placement.school.is_funded:
        return None
    if training and not any(each.provider for each in training):
        return None
    for each in training:
        if each.provider and each.schedule and each.schedule.year == year:
            return each.provider
    return provider_for(place, placement.school, year)


# -- What happens ----------------------------------------------------------------------------


def _never_completes(planned: MentorTraining) -> None:
    """Stop before completing, with the end of funding that follows."""
    place, person = planned.place, planned.mentor.person
    planned.completes = False
    ended_on = planned.ends_on
    if not place.world.is_past(ended_on):
        return
    person.mentor_became_ineligible_for_funding_on = ended_on
    person.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.STARTED_NOT_COMPLETED
    )
    at = after(place.rng, ended_on, 20, place.world)
    steps.finish(planned.training, ended_on, at)
    person.touch(at)


def _defers(planned: MentorTraining) -> None:
    day = planned.turning_point()
    if day is not None and planned.training.partnership:
        steps.defer(planned.place, planned.training, day)
        planned.completes = False


def _defers_and_resumes(planned: MentorTraining) -> None:
    place, day, placement = planned.place, planned.turning_point(), planned.training.placement
    if day is None or not planned.training.partnership:
        return
    pause = place.rng.randint(30, 200)
    resumes_on = school_day(day + timedelta(days=pause))
    steps.defer(place, planned.training, day)
    planned.ends_on += timedelta(days=pause)
    if resumes_on < min(placement.finished_on or date.max, place.world.today):
        planned.training = steps.take_up_again(place, planned.training, resumes_on)
        _end_with_placement(planned.training, placement)


def _withdraws(planned: MentorTraining) -> None:
    day = planned.turning_point()
    if day is not None and planned.training.partnership:
        steps.withdraw(planned.place, planned.training, day)
        planned.completes = False


def _changes_schedule(planned: MentorTraining) -> None:
    """Go on with a schedule of another month."""
    place, day, schedule = planned.place, planned.turning_point(), planned.training.schedule
    if day is None or schedule is None or not planned.training.partnership:
        return
    placement = planned.training.placement
    other = _of_another_month(place, schedule)
    planned.training = steps.change_schedule(place, planned.training, day, other)
    _end_with_placement(planned.training, placement)


def _of_another_month(place: Neighbourhood, schedule: ScheduleFacts) -> ScheduleFacts:
    month = "april" if schedule.identifier.endswith("january") else "january"
    return place.world.schedules[schedule.year, f"ecf-{ScheduleKind.STANDARD.value}-{month}"]


def _moves(planned: MentorTraining) -> None:
    """Mentor at another school after leaving the first one."""
    place, left = planned.place, planned.training.placement
    school = place.other_school(left.school, on=left.finished_on) if left.finished_on else None
    has_been = {each.school.id for each in planned.mentor.placements}
    if left.finished_on is None or school is None or school.id in has_been:
        return
    joins_on = school_day(left.finished_on + timedelta(days=place.rng.randint(1, 30)))
    if not school.is_funded or not place.world.is_past(joins_on) or planned.ends_on < joins_on:
        return
    at = moment(place.rng, joins_on, place.world)
    joined = Placement(at, at, planned.mentor.person, TraineeRole.MENTOR, school, joins_on)
    place.facts.mentor_placements.append(joined)
    planned.mentor.placements.append(joined)
    planned.training = steps.train_elsewhere(place, planned.training, joined, joins_on, told_at=at)


def _leaves_frozen_year(planned: MentorTraining) -> None:
    """Go on in the current contract period once one's own is frozen."""
    place, old = planned.place, planned.training
    frozen_on = place.world.years[old.schedule.year].payments_frozen_on if old.schedule else None
    if frozen_on is None or old.finished_on:
        return
    goes_on = school_day(frozen_on + timedelta(days=place.rng.randint(20, 90)))
    if not place.world.is_past(goes_on) or not old.partnership:
        return
    stopped_on = last_school_day(frozen_on - timedelta(days=place.rng.randint(10, 60)))
    steps.defer(place, old, stopped_on)
    told_at = moment(place.rng, goes_on, place.world)
    planned.training = steps.train_elsewhere(place, old, old.placement, goes_on, told_at=told_at)
    planned.ends_on = goes_on + timedelta(days=200)


_HAPPENINGS: dict[MentorStory, Callable[[MentorTraining], None]] = {
    MentorStory.NEVER_COMPLETES: _never_completes,
    MentorStory.DEFERS: _defers,
    MentorStory.DEFERS_AND_RESUMES: _defers_and_resumes,
    MentorStory.WITHDRAWS: _withdraws,
    MentorStory.CHANGES_SCHEDULE: _changes_schedule,
    MentorStory.MOVES: _moves,
    MentorStory.LEAVES_FROZEN_YEAR: _leaves_frozen_year,
}
