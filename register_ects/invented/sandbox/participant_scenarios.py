"""Situations of participants (spec 02 §2.17.3)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from register_ects.invented.sandbox.scenario import Scenario, september
from register_ects.invented.sandbox.scene import Scene
from register_ects.models import ECTAtSchoolPeriod
from register_ects.operations.base import Author
from register_ects.operations.merging import merge_teachers
from register_ects.rules.enumerations import (
    DeferralReason,
    SandboxGroup,
    ScheduleIdentifier,
    WithdrawalReason,
)

YEAR = 2025
#: How far away a first or last day is that is soon, or was not long ago.
SOON, LATELY = 30, -10


def trained_in(year: int, scene: Scene) -> None:
    """An ECT of a cohort with a start that is paid for; passed after two years."""
    end_of_two_years = date(year + 2, 7, 18)
    passed_on = end_of_two_years if end_of_two_years < scene.today else None
    placement = scene.ect_at(scene.school(), september(year), passed_on)
    scene.induction(placement, passed_on=passed_on)
    scene.declaration(scene.training(placement, year=year), "started", date(year, 10, 14))


def interest_in(year: int, scene: Scene) -> None:
    """An ECT of a cohort whose school named the provider, which never confirmed it."""
    scene.training(scene.ect_at(scene.school(), september(year)), year=year, interest_only=True)


def without_induction(scene: Scene) -> None:
    """An ECT whom no appropriate body has claimed: not fundable yet."""
    person = scene.person(
        since=september(YEAR),
        ect_first_became_eligible_for_training_at=None,
        mentor_first_became_eligible_for_training_at=None,
    )
    placement = scene.ect_at(scene.school(), september(YEAR), person=person)
    scene.declaration(
        scene.training(placement, year=YEAR), "started", date(YEAR, 10, 14), state="submitted"
    )


def with_induction(scene: Scene) -> None:
    """An ECT whom an appropriate body has claimed."""
    placement = scene.ect_at(scene.school(), september(YEAR))
    scene.induction(placement)
    scene.training(placement, year=YEAR)


def joining(scene: Scene) -> None:
    """An ECT who is to start soon."""
    placement = scene.ect_at(scene.school(), scene.in_days(SOON))
    scene.training(placement, year=YEAR)


def leaving(scene: Scene) -> None:
    """An ECT who is to leave soon."""
    scene.training(scene.ect_at(scene.school(), september(YEAR), scene.in_days(SOON)), year=YEAR)


def left(scene: Scene) -> None:
    """An ECT who left not long ago."""
    scene.training(scene.ect_at(scene.school(), september(YEAR), scene.in_days(LATELY)), year=YEAR)


def withdrawn(scene: Scene) -> None:
    """An ECT whom the provider withdrew."""
    placement = scene.ect_at(scene.school(), september(YEAR))
    last_day = scene.in_days(LATELY)
    scene.training(
        placement,
        year=YEAR,
        ends=last_day,
        withdrawn_at=scene.at(last_day),
        withdrawal_reason=WithdrawalReason.LEFT_TEACHING_PROFESSION,
    )


def deferred(scene: Scene, placement: ECTAtSchoolPeriod) -> None:
    """Let an ECT pause: still at the school, so that they may resume."""
    last_day = scene.in_days(LATELY)
    scene.training(
        placement,
        year=YEAR,
        ends=last_day,
        deferred_at=scene.at(last_day),
        deferral_reason=DeferralReason.PARENTAL_LEAVE,
    )


def unfunded_mentor(scene: Scene) -> None:
    """Somebody mentors the provider's ECT and trains with nobody."""
    school = scene.school()
    placement = scene.ect_at(school, september(YEAR))
    scene.training(placement, year=YEAR)
    scene.mentoring(placement, scene.mentor_at(school, september(YEAR)))


def declared(state: str, scene: Scene) -> None:
    """An ECT whose start was declared, and where that stands."""
    placement = scene.ect_at(scene.school(), september(YEAR))
    scene.induction(placement)
    scene.declaration(
        scene.training(placement, year=YEAR), "started", date(YEAR, 10, 14), state=state
    )


def changed_schedule(scene: Scene) -> None:
    """An ECT who moved to an extended schedule."""
    placement, changed_on = scene.ect_at(scene.school(), september(YEAR)), date(YEAR + 1, 1, 12)
    scene.training(placement, year=YEAR, ends=changed_on - timedelta(days=1))
    scene.training(
        placement,
        year=YEAR,
        starts=changed_on,
        schedule=ScheduleIdentifier.EXTENDED_SEPTEMBER,
    )


def moved_on_from_frozen(scene: Scene) -> None:
    """An ECT of a closed cohort who trains on in a later one."""
    changed_on = date(2024, 9, 2)
    person = scene.person(since=september(2022), ect_payments_frozen_year_id=2022)
    placement = scene.ect_at(scene.school(), september(2022), person=person)
    scene.training(placement, year=2022, ends=changed_on - timedelta(days=1))
    scene.training(
        placement,
        year=2024,
        starts=changed_on,
        schedule=ScheduleIdentifier.EXTENDED_SEPTEMBER,
    )


def transferred(how: str, scene: Scene) -> None:
    """An ECT who left one school, and where they went."""
    left_on = scene.in_days(3 * LATELY)
    before = scene.ect_at(scene.school(), september(YEAR), left_on)
    scene.training(before, year=YEAR)
    if how == "unknown":
        return
    after = scene.ect_at(scene.school(), left_on + timedelta(days=7), person=before.teacher)
    provider = scene.other if how == "new-provider" else scene.provider
    scene.training(after, year=YEAR, provider=provider)


def merged(scene: Scene) -> None:
    """Somebody who was registered twice: the first id is retired."""
    first = scene.ect_at(scene.school(), september(YEAR), date(YEAR + 1, 2, 13))
    scene.training(first, year=YEAR)
    second = scene.ect_at(scene.school(), date(YEAR + 1, 2, 23))
    scene.training(second, year=YEAR)
    merge_teachers(first.teacher, second.teacher, author=Author.system())


_GROUP = SandboxGroup.PARTICIPANTS
_STATES = ("submitted", "eligible", "payable", "paid", "voided", "awaiting-clawback", "clawed-back")
_YEARS = (2021, 2022, 2023, 2024, 2025, 2026)


def _row(key: str, title: str, build: Callable[[Scene], object], times: int = 1) -> Scenario:
    return Scenario(_GROUP, key, title, build, times)


OWN = [
    *(
        _row(f"cohort-{year}", f"ECT of {year} with a billable start", partial(trained_in, year))
        for year in _YEARS
    ),
    *(
        _row(f"interest-{year}", f"ECT of {year} without a partnership", partial(interest_in, year))
        for year in (2023, 2024)
    ),
    _row("without-induction", "ECT whom no appropriate body has claimed", without_induction),
    _row("with-induction", "ECT with an induction start date", with_induction),
    _row("joining", "Joining and active", joining, 3),
    _row("leaving", "Leaving and active", leaving, 3),
    _row("left-withdrawn", "Left and withdrawn", withdrawn, 2),
    _row("left-active", "Left and active", left, 2),
    _row("unfunded-mentor", "ECT with an unfunded mentor", unfunded_mentor, 10),
    *(
        _row(f"declaration-{state}", f"Start declared: {state}", partial(declared, state))
        for state in _STATES
    ),
    _row("changed-schedule", "Moved to an extended schedule", changed_schedule),
    _row("changed-cohort", "Moved on from a closed cohort", moved_on_from_frozen),
    *(
        _row(f"transfer-{how}", f"Transfer: {how.replace('-', '_')}", partial(transferred, how))
        for how in ("new-school", "new-provider", "unknown")
    ),
    _row("merged", "Registered twice, records merged", merged),
]
