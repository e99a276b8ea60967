"""The life of one ECT at school: when they start, what happens, how it ends."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from register_ects.invented.population import training as steps
from register_ects.invented.population.careers import Career, Story
from register_ects.invented.population.chance import after, day_between, moment, one_of
from register_ects.invented.population.neighbourhoods import (
    Neighbourhood,
    another_provider,
    pick_school,
    provider_for,
)
from register_ects.invented.population.people import new_person
from register_ects.invented.population.plans import Person, Placement, Training
from register_ects.invented.population.school_days import (
    after_school_days,
    last_school_day,
    school_day,
    term_begins,
)
from register_ects.invented.population.world import Provider, SchoolFacts
from register_ects.models import ContractPeriod
from register_ects.rules.enumerations import (
    InductionStatus,
    ScheduleKind,
    TraineeRole,
    WithdrawalReason,
    WorkingPattern,
)

#: Teachers who started in each year, as published until 2024; the last is not over yet.
_STARTERS = {2021: 28_887, 2022: 27_901, 2023: 24_953, 2024: 22_536, 2025: 21_500, 2026: 18_500}
_PART_TIME = 0.1
_TRIES = 20
#: How long whatever began last goes on at least: longer than a holiday and the days it is spread.
_LEAST_TIME = timedelta(days=90)
#: Of 100 ECTs, how many start at the beginning of a term; the others in the middle of the year.
_TERMS = {"autumn": 76, "spring": 11, "summer": 7}
_MID_TERM = 6
#: Of 100 who start at the beginning of a term, how many on its first school days.
_FIRST_DAYS = (46, 30, 12, 7, 5)


def ect_life(place: Neighbourhood, story: Story, trns: Iterator[str]) -> Career:
    """Plan what an ECT's schools and lead providers would have recorded."""
    career = _beginning(place, story, trns)
    happening = _HAPPENINGS.get(story)
    if happening is not None:
        happening(career)
    # Holidays may have put off what began last: it has its time before the end.
    career.ends_on = max(career.ends_on, career.training.started_on + _LEAST_TIME)
    return career


# -- How it begins ---------------------------------------------------------------------------


def _beginning(place: Neighbourhood, story: Story, trns: Iterator[str]) -> Career:
    rng, world = place.rng, place.world
    year, day, school = _joins(place, story)
    told_at = moment(rng, min(day + timedelta(days=rng.randint(-60, 15)), world.today), world)
    person = new_person(rng, place.facts, trns, met_at=told_at, qualified_by=day)
    if story == Story.NO_QTS:
        person.trs_qts_awarded_on = None
    placement = place_ect(place, person, school, day, told_at)
    is_school_led = story == Story.SCHOOL_LED or not school.is_funded
    provider = None if is_school_led else provider_for(place, school, year.year)
    trains_from = school_day(max(day, told_at.date()))
    schedule = steps.standard_schedule(place, year.year, trains_from) if provider else None
    training = steps.start_training(
        place, placement, trains_from, provider=provider, schedule=schedule, created_at=told_at
    )
    is_full_time = placement.working_pattern == WorkingPattern.FULL_TIME
    ends_on = day + timedelta(days=rng.randint(680, 725) if is_full_time else 1050)
    return Career(place, story, person, placement, training, [placement], day, ends_on)


def place_ect(
    place: Neighbourhood, person: Person, school: SchoolFacts, day: date, told_at: datetime
) -> Placement:
    """Add an ECT's time at a school, open-ended, with the body that the school reports."""
    pattern = (
        WorkingPattern.PART_TIME if place.rng.random() < _PART_TIME else WorkingPattern.FULL_TIME
    )
    placement = Placement(
        told_at,
        told_at,
        person,
        TraineeRole.ECT,
        school,
        day,
        working_pattern=pattern,
        school_reported_appropriate_body_id=body_of(place, school),
    )
    place.facts.ect_placements.append(placement)
    return placement


def body_of(place: Neighbourhood, school: SchoolFacts) -> int:
    """Return the appropriate body of a school: the panel for independent ones, else a hub.

    It is the hub of the school's district, where one is known.
    """
    world = place.world
    if school.is_independent and world.independent_panel:
        return world.independent_panel
    elsewhere = world.hubs[sum(school.district.encode()) % len(world.hubs)]
    return world.hub_by_district.get(school.district, elsewhere)


def _joins(place: Neighbourhood, story: Story) -> tuple[ContractPeriod, date, SchoolFacts]:
    """Return a contract period, a first day in it and a school that was open then.

    Where all the schools are too new for what was drawn, they start as the first of them opens.
    """
    for _ in range(_TRIES):
        year, day = _joins_later(place) if story == Story.JOINS_LATER else _joined(place, story)
        school = pick_school(place, day)
        if school is not None:
            return year, day, school
    school = min(place.schools, key=lambda each: each.opened_on)
    day = school_day(school.opened_on)
    return place.world.year_of(day) or year, day, school


def _joins_later(place: Neighbourhood) -> tuple[ContractPeriod, date]:
    """Return a first day that is still to come, in a contract period that has begun."""
    world = place.world
    year = world.years[max(world.providers)]
    last = min(world.ago(-75), year.finished_on)
    return year, school_day(day_between(place.rng, world.ago(-1), max(last, world.ago(-1))))


def _joined(place: Neighbourhood, story: Story) -> tuple[ContractPeriod, date]:
    """Return a contract period and a first day in it that has come."""
    year = _entry_year(place, story)
    return year, _first_day(place, year)


def _entry_year(place: Neighbourhood, story: Story) -> ContractPeriod:
    world = place.world
    begun = [
        year
        for key, year in world.years.items()
        if key in world.providers and year.started_on < world.ago(100)
    ]
    if story == Story.FAILS:
        begun = begun[:3]
    if story == Story.LEAVES_FROZEN_YEAR:
        frozen = [year for year in begun if (year.payments_frozen_on or world.today) < world.today]
        begun = frozen or begun
    if story == Story.EXEMPT:
        begun = begun[:-1] or begun
    if story == Story.LEAVES_SOON:
        begun = begun[-2:]
    return place.rng.choices(begun, [_STARTERS.get(year.year, 20_000) for year in begun])[0]


def _first_day(place: Neighbourhood, year: ContractPeriod) -> date:
    """Return a first day in a contract period that has come: mostly as its school year begins."""
    rng, last = place.rng, min(year.finished_on, place.world.ago(10))
    begun = {
        begins: weight
        for term, weight in _TERMS.items()
        if (begins := term_begins(year.year + (term != "autumn"), term)) <= last
    }
    if begun and rng.randrange(100) >= _MID_TERM:
        later = rng.choices(range(len(_FIRST_DAYS)), _FIRST_DAYS)[0]
        day = after_school_days(one_of(rng, begun), later)
        if day <= last:
            return day
    first = min(begun, default=max(year.started_on, place.world.ago(85)))
    return last_school_day(day_between(rng, min(first, last), last))


# -- What happens ----------------------------------------------------------------------------


def _moves(career: Career, *, with_new_provider: bool = False) -> None:
    place, day = career.place, career.turning_point()
    school = place.other_school(career.placement.school, on=day) if day else None
    if day is None or school is None:
        return
    provider, schedule = None, career.training.schedule
    if with_new_provider and schedule and career.training.provider:
        provider = another_provider(place, career.training.provider, schedule.year)
    _leave_school(career, day, reported=True)
    joins_on = school_day(day + timedelta(days=place.rng.randint(1, 45)))
    _join(career, school, joins_on, provider)


def _leave_school(career: Career, day: date, *, reported: bool) -> None:
    place = career.place
    at = after(place.rng, min(day, place.world.today), 20, place.world)
    career.placement.reported_leaving = reported
    steps.finish(career.training, day, at)
    steps.finish(career.placement, day, at)


def _join(career: Career, school: SchoolFacts, day: date, provider: Provider | None = None) -> None:
    """Go on at another school, with another provider if one is given."""
    place = career.place
    told_at = after(place.rng, min(day, place.world.today), 10, place.world)
    career.placement = place_ect(place, career.person, school, day, told_at)
    career.placements.append(career.placement)
    career.training = steps.train_elsewhere(
        place, career.training, career.placement, day, provider, told_at=told_at
    )


def _changes_provider(career: Career) -> None:
    place, schedule, old = career.place, career.training.schedule, career.training.provider
    day = career.turning_point()
    new = another_provider(place, old, schedule.year) if old and schedule else None
    if day is None or new is None:
        return
    if place.rng.random() < 0.5 and career.training.partnership:
        steps.withdraw(place, career.training, day, WithdrawalReason.CHANGED_LEAD_PROVIDER)
    else:
        steps.finish(career.training, day, moment(place.rng, day, place.world))
    first = school_day(day + timedelta(days=1))
    told_at = moment(place.rng, first, place.world)
    career.training = steps.train_elsewhere(
        place, career.training, career.placement, first, new, told_at=told_at
    )


def _leaves(career: Career) -> None:
    day = career.turning_point()
    if day is not None:
        _leave_school(career, day, reported=True)
        career.left = True


def _leaves_soon(career: Career) -> None:
    """Leave on a day to come; half of them are expected at another school already."""
    place = career.place
    if career.ends_on < place.world.today:
        return
    day = school_day(place.world.today + timedelta(days=place.rng.randint(10, 50)))
    _leave_school(career, day, reported=True)
    career.left = True
    school = place.other_school(career.placement.school, on=day)
    if school and place.rng.random() < 0.5:
        joins_on = school_day(day + timedelta(days=place.rng.randint(1, 10)))
        _join(career, school, joins_on)


def _defers(career: Career) -> None:
    day = career.turning_point()
    if day is not None and career.training.partnership:
        steps.defer(career.place, career.training, day)
        career.stopped = True


def _stops_and_resumes(
    career: Career,
    *,
    stop: Callable[[Neighbourhood, Training, date], object],
    days: tuple[int, int],
) -> None:
    """Stop for so many days at least and at most, and take training up again after them."""
    place, day = career.place, career.turning_point()
    if day is None or not career.training.partnership:
        return
    stop(place, career.training, day)
    pause = place.rng.randint(*days)
    resumes_on = school_day(day + timedelta(days=pause))
    career.ends_on += timedelta(days=pause)
    if resumes_on < place.world.today:
        career.training = steps.take_up_again(place, career.training, resumes_on)


def _withdraws(career: Career) -> None:
    """Withdraw; most stay at the school, those who left teaching or moved do not."""
    place, day = career.place, career.turning_point(margin=30)
    if day is None or not career.training.partnership:
        return
    reason = steps.withdraw(place, career.training, day)
    career.stopped = True
    if reason in (WithdrawalReason.LEFT_TEACHING_PROFESSION, WithdrawalReason.MOVED_SCHOOL):
        career.left = True
        _leave_school(career, day + timedelta(days=place.rng.randint(0, 14)), reported=False)


def _changes_schedule(career: Career) -> None:
    place, day, schedule = career.place, career.turning_point(margin=30), career.training.schedule
    if day is None or schedule is None or not career.training.partnership:
        return
    kind = place.rng.choice([ScheduleKind.EXTENDED, ScheduleKind.REDUCED])
    month = schedule.identifier.rsplit("-", 1)[1]
    other = place.world.schedules[schedule.year, f"ecf-{kind.value}-{month}"]
    career.training = steps.change_schedule(place, career.training, day, other)
    if kind == ScheduleKind.EXTENDED:
        career.ends_on += timedelta(days=200)
    else:
        career.ends_on = max(career.ends_on - timedelta(days=60), day + timedelta(days=30))


def _switches_to_school_led(career: Career) -> None:
    place, day = career.place, career.turning_point()
    if day is None or not career.training.partnership:
        return
    steps.withdraw(place, career.training, day, WithdrawalReason.SWITCHED_TO_SCHOOL_LED)
    first = school_day(day + timedelta(days=1))
    at = moment(place.rng, first, place.world)
    career.training = steps.start_training(
        place, career.placement, first, provider=None, created_at=at
    )


def _is_exempt(career: Career) -> None:
    """Turn out to be exempt from induction: training goes on, but is not funded."""
    place, person = career.place, career.person
    told_on = career.started_on + timedelta(days=place.rng.randint(20, 90))
    day = last_school_day(min(told_on, place.world.ago(1)))
    person.trs_induction_status, person.ect_became_ineligible_for_funding_on = (
        InductionStatus.EXEMPT,
        day,
    )
    person.touch(moment(place.rng, day, place.world))


def _leaves_frozen_year(career: Career) -> None:
    """Stop for long, and go on in another contract period once one's own is frozen."""
    place, schedule = career.place, career.training.schedule
    frozen_on = place.world.years[schedule.year].payments_frozen_on if schedule else None
    day = career.turning_point()
    if frozen_on is None or day is None:
        return
    first, last = (
        frozen_on + timedelta(days=20),
        min(frozen_on + timedelta(days=400), place.world.ago(20)),
    )
    stopped_on = min(day, last_school_day(frozen_on - timedelta(days=30)))
    if first > last or not career.training.partnership:
        return
    steps.defer(place, career.training, stopped_on)
    goes_on = school_day(day_between(place.rng, first, last))
    told_at = moment(place.rng, goes_on, place.world)
    career.training = steps.train_elsewhere(
        place, career.training, career.placement, goes_on, told_at=told_at
    )
    career.ends_on = goes_on + (career.ends_on - stopped_on)


_HAPPENINGS: dict[Story, Callable[[Career], None]] = {
    Story.MOVES: _moves,
    Story.MOVES_TO_OTHER_PROVIDER: partial(_moves, with_new_provider=True),
    Story.CHANGES_PROVIDER: _changes_provider,
    Story.LEAVES: _leaves,
    Story.LEAVES_SOON: _leaves_soon,
    Story.DEFERS: _defers,
    Story.DEFERS_AND_RESUMES: partial(_stops_and_resumes, stop=steps.defer, days=(40, 300)),
    Story.WITHDRAWS: _withdraws,
    Story.WITHDRAWS_AND_RESUMES: partial(
        _stops_and_resumes,
        stop=partial(steps.withdraw, reason=WithdrawalReason.OTHER),
        days=(5, 90),
    ),
    Story.CHANGES_SCHEDULE: _changes_schedule,
    Story.SWITCHES_TO_SCHOOL_LED: _switches_to_school_led,
    Story.LEAVES_FROZEN_YEAR: _leaves_frozen_year,
    Story.EXEMPT: _is_exempt,
}
