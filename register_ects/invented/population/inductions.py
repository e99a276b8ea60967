"""How an ECT's induction goes with appropriate bodies, and what its end closes."""

from datetime import date, timedelta
from decimal import Decimal

from register_ects.invented.population.careers import Career, Story
from register_ects.invented.population.chance import after
from register_ects.invented.population.plans import Extension, Induction, Placement
from register_ects.invented.population.school_days import last_school_day, school_day
from register_ects.invented.population.training import finish
from register_ects.rules.enumerations import (
    InductionOutcome,
    InductionStatus,
    LegacyInductionProgramme,
    TrainingProgramme,
)

_CLAIMED = 0.97
_CLAIMED_WITHIN = 60
_EXTENDED = 0.015
#: Until then inductions had programmes of other names.
_OLD_PROGRAMMES_UNTIL = date(2025, 9, 1)
_TERMS_A_YEAR = 3
_MOST_TERMS = Decimal(16)


def plan_induction(career: Career) -> None:
    """Let appropriate bodies claim, release, pass or fail the ECT, as far as time has come."""
    world, rng = career.place.world, career.place.rng
    began = [each for each in career.placements if world.is_past(each.started_on)]
    may_serve = career.story not in (Story.NO_QTS, Story.EXEMPT)
    if began and may_serve and rng.random() < _CLAIMED:
        for placement in began:
            _claim(career, placement)
    if not career.left and world.is_past(career.ends_on + timedelta(days=15)):
        _end(career)
    elif career.left:
        _release_at_the_end(career)


def _claim(career: Career, placement: Placement) -> None:
    """Let the body that the school reported take the induction over."""
    place, person = career.place, career.person
    claimed_on = placement.started_on + timedelta(days=place.rng.randint(0, _CLAIMED_WITHIN))
    if not place.world.is_past(claimed_on) or placement.school_reported_appropriate_body_id is None:
        return
    latest = _latest(career)
    if latest and latest.appropriate_body_id == placement.school_reported_appropriate_body_id:
        return
    if latest:
        _finish(career, latest, last_school_day(placement.started_on - timedelta(days=1)))
    at = after(place.rng, claimed_on, 5, place.world)
    induction = Induction(
        at,
        at,
        person,
        placement.school_reported_appropriate_body_id,
        placement.started_on,
        _programme(career),
    )
    if placement.started_on < _OLD_PROGRAMMES_UNTIL:
        induction.legacy_programme = _legacy(induction.training_programme)
    place.facts.inductions.append(induction)
    if person.ect_first_became_eligible_for_training_at is None:
        person.ect_first_became_eligible_for_training_at = max(at, placement.created_at)
        person.trs_induction_status = InductionStatus.IN_PROGRESS
        person.trs_induction_start_date = placement.started_on
        _maybe_extend(career)
    person.touch(at)


def _programme(career: Career) -> str:
    if career.training.provider is None:
        return TrainingProgramme.SCHOOL_LED
    return TrainingProgramme.PROVIDER_LED


def _legacy(programme: str) -> str:
    if programme == TrainingProgramme.SCHOOL_LED:
        return LegacyInductionProgramme.DIY
    return LegacyInductionProgramme.FIP


def _maybe_extend(career: Career) -> None:
    place = career.place
    if place.rng.random() < _EXTENDED:
        at = after(place.rng, career.started_on + timedelta(days=30), 300, place.world)
        terms = Decimal(place.rng.randint(5, 30)) / 10
        place.facts.extensions.append(Extension(at, at, career.person, terms))


def _latest(career: Career) -> Induction | None:
    held = career.place.facts.inductions
    return held[-1] if held and held[-1].person is career.person else None


def _finish(career: Career, induction: Induction, last_day: date) -> None:
    """End an induction with the terms that its days make."""
    place = career.place
    induction.finished_on = max(last_day, induction.started_on)
    days = (induction.finished_on - induction.started_on).days
    terms = (Decimal(days * _TERMS_A_YEAR) / 365).quantize(Decimal("0.1"))
    induction.number_of_terms = min(terms, _MOST_TERMS)
    induction.touch(after(place.rng, induction.finished_on, 10, place.world))


def _end(career: Career) -> None:
    """Let the body decide, and close the time at school; who was never claimed just leaves."""
    place, person, induction = career.place, career.person, _latest(career)
    if induction is not None:
        _finish(career, induction, last_school_day(career.ends_on))
        failed = career.story == Story.FAILS
        induction.outcome = InductionOutcome.FAIL if failed else InductionOutcome.PASS
        if failed:
            induction.fail_confirmation_sent_on = induction.finished_on
        person.trs_induction_status = InductionStatus.FAILED if failed else InductionStatus.PASSED
        person.trs_induction_completed_date = induction.finished_on
        person.touch(induction.updated_at)
    last_day = school_day(career.ends_on + timedelta(days=place.rng.randint(0, 14)))
    at = after(place.rng, last_day, 3, place.world)
    finish(career.training, last_day, at)
    finish(career.placement, last_day, at)


def _release_at_the_end(career: Career) -> None:
    """Release the ECT whose last known time at a school is over."""
    induction, last_day = _latest(career), career.placement.finished_on
    if induction and last_day and career.place.world.is_past(last_day):
        _finish(career, induction, last_school_day(last_day))
