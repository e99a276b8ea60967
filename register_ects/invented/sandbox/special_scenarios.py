"""Special cases that are easily overlooked (spec 02 §2.17.3)."""

from datetime import date

from register_ects.invented.sandbox.builder import YEAR, Builder
from register_ects.invented.sandbox.participant_scenarios import defer
from register_ects.invented.sandbox.scenario import Scenarios
from register_ects.models import MentorAtSchoolPeriod, School
from register_ects.rules.enumerations import EvidenceType, SandboxGroup

OWN = Scenarios(SandboxGroup.SPECIAL)


@OWN.add("mentor-of-{}", f"ECT of {YEAR} with a mentor of {{}}", each=(2023, 2024))
def mentor_of_an_earlier_year(year: int, build: Builder) -> None:
    """An ECT of 2025 whose mentor began to train in an earlier cohort."""
    school = build.school()
    mentor = build.mentor(school, year)
    build.training(mentor, year)
    _mentored(build, school, mentor)


@OWN.add("ect-became-mentor", f"Completed ECT who became a mentor of {YEAR}")
def ect_who_became_a_mentor(build: Builder) -> None:
    """Somebody who completed as an ECT of 2023 and trains as a mentor of 2025."""
    passed_on = date(2025, 7, 18)
    as_ect = build.ect(2023, ends=passed_on)
    build.induction(as_ect, passed_on=passed_on)
    build.training(as_ect, 2023)
    build.training(build.mentor(as_ect.school, person=as_ect.teacher))


@OWN.add("mentor-at-two-schools", "Mentor at two schools with three ECTs")
def mentor_at_two_schools(build: Builder) -> None:
    """A mentor with two ECTs at one school and one at another."""
    first, second = build.school(), build.school()
    here = build.mentor(first)
    build.training(here)
    there = build.mentor(second, person=here.teacher)
    for school, mentor in ((first, here), (first, here), (second, there)):
        _mentored(build, school, mentor)


@OWN.add("tutor-became-mentor", "Induction tutor who became a mentor")
def tutor_who_became_a_mentor(build: Builder) -> None:
    """The school's induction tutor is also a mentor, with the same email."""
    school = build.school()
    mentor = build.mentor(school)
    build.training(mentor)
    _mentored(build, school, mentor)
    _make_tutor(mentor)


@OWN.add("mentor-became-tutor", "Mentor who became induction tutor")
def mentor_who_became_a_tutor(build: Builder) -> None:
    """A mentor of an earlier year, whose mentoring is over, is now the induction tutor."""
    mentor = build.mentor(build.school(), 2024)
    build.training(mentor, 2024, ends=date(2025, 7, 18))
    _make_tutor(mentor)


@OWN.add("resumable", "Deferred, may resume")
def resumable(build: Builder) -> None:
    """A deferred ECT who is still at the school: resume works."""
    defer(build, build.ect())


@OWN.add("not-resumable", "Deferred, now with another provider")
def resumable_no_more(build: Builder) -> None:
    """A deferred ECT whom another provider now trains: resume is refused."""
    ect = build.ect()
    defer(build, ect)
    build.training(ect, starts=build.in_days(-5), provider=build.other)


@OWN.add("paid-may-change", "Paid declaration; cohort and schedule may change")
def paid_and_free_to_change(build: Builder) -> None:
    """An ECT with a paid start whose cohort and schedule may still be changed."""
    ect = build.claimed_ect(2024)
    build.partnership(ect.school, YEAR)
    build.declaration(build.training(ect, 2024), "started", date(2024, 10, 14), state="paid")


@OWN.add("retained-without-started", "retained-1 without started")
def retained_without_started(build: Builder) -> None:
    """An ECT of 2025 with a first retention and no start."""
    training = build.training(build.claimed_ect())
    build.declaration(training, "retained-1", date(YEAR + 1, 2, 9), evidence=EvidenceType.OTHER)


@OWN.add("paid-and-submitted", "Paid started and submitted retained-2")
def paid_and_submitted(build: Builder) -> None:
    """An ECT with a paid start and a second retention that waits."""
    training = build.training(build.ect())
    build.declaration(training, "started", date(YEAR, 10, 14), state="paid")
    build.declaration(
        training,
        "retained-2",
        date(YEAR + 1, 6, 8),
        state="submitted",
        evidence=EvidenceType.ENGAGEMENT_MET,
    )


def _mentored(build: Builder, school: School, mentor: MentorAtSchoolPeriod) -> None:
    ect = build.ect(school=school)
    build.training(ect)
    build.mentoring(ect, mentor)


def _make_tutor(mentor: MentorAtSchoolPeriod) -> None:
    school = mentor.school
    school.induction_tutor_name = mentor.teacher.name
    school.induction_tutor_email = mentor.email
    school.save(update_fields=["induction_tutor_name", "induction_tutor_email"])
