"""Situations of participants (spec 02 §2.17.3)."""

from datetime import date, timedelta

from register_ects.invented.sandbox.builder import LATELY, SOON, YEAR, Builder, september
from register_ects.invented.sandbox.scenario import Scenarios
from register_ects.models import ECTAtSchoolPeriod
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.rules.enumerations import (
    DeferralReason,
    SandboxGroup,
    ScheduleIdentifier,
    WithdrawalReason,
)

OWN = Scenarios(SandboxGroup.PARTICIPANTS)
_STATES = ("submitted", "eligible", "payable", "paid", "voided", "awaiting-clawback", "clawed-back")


@OWN.add("cohort-{}", "ECT of {} with a billable start", each=range(2021, 2027))
def trained_in(year: int, build: Builder) -> None:
    """An ECT of a cohort with a start that is paid for; passed after two years."""
    end_of_two_years = date(year + 2, 7, 18)
    passed_on = end_of_two_years if end_of_two_years < build.today else None
    ect = build.ect(year, ends=passed_on)
    build.induction(ect, passed_on=passed_on)
    build.declaration(build.training(ect, year), "started", date(year, 10, 14))


@OWN.add("interest-{}", "ECT of {} without a partnership", each=(2023, 2024))
def interest_in(year: int, build: Builder) -> None:
    """An ECT of a cohort whose school named the provider, which never confirmed it."""
    build.training(build.ect(year), year, interest_only=True)


@OWN.add("without-induction", "ECT whom no appropriate body has claimed")
def without_induction(build: Builder) -> None:
    """An ECT whom no appropriate body has claimed: not fundable yet."""
    school = build.school()
    person = build.person(
        since=september(YEAR),
        ect_first_became_eligible_for_training_at=None,
        mentor_first_became_eligible_for_training_at=None,
    )
    ect = build.ect(school=school, person=person)
    build.declaration(build.training(ect), "started", date(YEAR, 10, 14), state="submitted")


@OWN.add("with-induction", "ECT with an induction start date")
def with_induction(build: Builder) -> None:
    """An ECT whom an appropriate body has claimed."""
    build.training(build.claimed_ect())


@OWN.add("joining", "Joining and active", times=3)
def joining(build: Builder) -> None:
    """An ECT who is to start soon."""
    build.training(build.ect(starts=build.in_days(SOON)))


@OWN.add("leaving", "Leaving and active", times=3)
def leaving(build: Builder) -> None:
    """An ECT who is to leave soon."""
    build.training(build.ect(ends=build.in_days(SOON)))


@OWN.add("left-withdrawn", "Left and withdrawn", times=2)
def withdrawn(build: Builder) -> None:
    """An ECT whom the provider withdrew."""
    last_day = build.in_days(LATELY)
    build.training(
        build.ect(),
        ends=last_day,
        withdrawn_at=build.at(last_day),
        withdrawal_reason=WithdrawalReason.LEFT_TEACHING_PROFESSION,
    )


@OWN.add("left-active", "Left and active", times=2)
def left(build: Builder) -> None:
    """An ECT who left not long ago."""
    build.training(build.ect(ends=build.in_days(LATELY)))


@OWN.add("unfunded-mentor", "ECT with an unfunded mentor", times=10)
def unfunded_mentor(build: Builder) -> None:
    """Somebody mentors the provider's ECT and trains with nobody."""
    ect = build.ect()
    build.training(ect)
    build.mentoring(ect, build.mentor(ect.school))


@OWN.add("declaration-{}", "Start declared: {}", each=_STATES)
def declared(state: str, build: Builder) -> None:
    """An ECT whose start was declared, and where that stands."""
    training = build.training(build.claimed_ect())
    build.declaration(training, "started", date(YEAR, 10, 14), state=state)


@OWN.add("changed-schedule", "Moved to an extended schedule")
def changed_schedule(build: Builder) -> None:
    """An ECT who moved to an extended schedule."""
    ect, changed_on = build.ect(), date(YEAR + 1, 1, 12)
    build.training(ect, ends=changed_on - timedelta(days=1))
    build.training(ect, starts=changed_on, schedule=ScheduleIdentifier.EXTENDED_SEPTEMBER)


@OWN.add("changed-cohort", "Moved on from a closed cohort")
def moved_on_from_frozen(build: Builder) -> None:
    """An ECT of a closed cohort who trains on in a later one."""
    school, changed_on = build.school(), date(2024, 9, 2)
    person = build.person(since=september(2022), ect_payments_frozen_year_id=2022)
    ect = build.ect(2022, school=school, person=person)
    build.training(ect, 2022, ends=changed_on - timedelta(days=1))
    build.training(ect, 2024, starts=changed_on, schedule=ScheduleIdentifier.EXTENDED_SEPTEMBER)


@OWN.add("transfer-{}", "Transfer: {}", each=("new_school", "new_provider", "unknown"))
def transferred(how: str, build: Builder) -> None:
    """An ECT who left one school, and where they went."""
    left_on = build.in_days(3 * LATELY)
    before = build.ect(ends=left_on)
    build.training(before)
    if how == "unknown":
        return
    after = build.ect(starts=left_on + timedelta(days=7), person=before.teacher)
    build.training(after, provider=build.other if how == "new_provider" else build.provider)


@OWN.add("merged", "Registered twice, records merged")
def merged(build: Builder) -> None:
    """Somebody who was registered twice: the first id is retired."""
    first = build.ect(ends=date(YEAR + 1, 2, 13))
    build.training(first)
    second = build.ect(starts=date(YEAR + 1, 2, 23))
    build.training(second)
    merge_teachers(first.teacher, second.teacher, author=Author.system())


def defer(build: Builder, ect: ECTAtSchoolPeriod) -> None:
    """Let an ECT pause: still at the school, so that they may resume."""
    last_day = build.in_days(LATELY)
    build.training(
        ect,
        ends=last_day,
        deferred_at=build.at(last_day),
        deferral_reason=DeferralReason.PARENTAL_LEAVE,
    )
