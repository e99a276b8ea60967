"""Special cases that are easily overlooked (spec 02 §2.17.3)."""

from collections.abc import Callable
from datetime import date
from functools import partial

from register_ects.invented.sandbox.participant_scenarios import YEAR, deferred
from register_ects.invented.sandbox.scenario import Scenario, september
from register_ects.invented.sandbox.scene import Scene
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.rules.enumerations import EvidenceType, SandboxGroup


def mentor_of_an_earlier_year(year: int, scene: Scene) -> None:
    """An ECT of 2025 whose mentor began to train in an earlier cohort."""
    school = scene.school()
    mentor = scene.mentor_at(school, september(year))
    scene.training(mentor, year=year)
    placement = scene.ect_at(school, september(YEAR))
    scene.training(placement, year=YEAR)
    scene.mentoring(placement, mentor)


def ect_who_became_a_mentor(scene: Scene) -> None:
    """Somebody who completed as an ECT of 2023 and trains as a mentor of 2025."""
    school, passed_on = scene.school(), date(2025, 7, 18)
    as_ect = scene.ect_at(school, september(2023), passed_on)
    scene.induction(as_ect, passed_on=passed_on)
    scene.training(as_ect, year=2023)
    as_mentor = scene.mentor_at(school, september(YEAR), person=as_ect.teacher)
    scene.training(as_mentor, year=YEAR)


def mentor_at_two_schools(scene: Scene) -> None:
    """A mentor with two ECTs at one school and one at another."""
    first, second = scene.school(), scene.school()
    here = scene.mentor_at(first, september(YEAR))
    scene.training(here, year=YEAR)
    there = scene.mentor_at(second, september(YEAR), person=here.teacher)
    for school, mentor in ((first, here), (first, here), (second, there)):
        _mentored(scene, school, mentor)


def tutor_who_became_a_mentor(scene: Scene) -> None:
    """The school's induction tutor is also a mentor, with the same email."""
    school = scene.school()
    mentor = scene.mentor_at(school, september(YEAR))
    scene.training(mentor, year=YEAR)
    _mentored(scene, school, mentor)
    _make_tutor(mentor)


def mentor_who_became_a_tutor(scene: Scene) -> None:
    """A mentor of an earlier year, whose mentoring is over, is now the induction tutor."""
    mentor = scene.mentor_at(scene.school(), september(2024))
    scene.training(mentor, year=2024, ends=date(2025, 7, 18))
    _make_tutor(mentor)


def resumable(scene: Scene) -> None:
    """A deferred ECT who is still at the school: resume works."""
    deferred(scene, _ect(scene))


def resumable_no_more(scene: Scene) -> None:
    """A deferred ECT whom another provider now trains: resume is refused."""
    placement = _ect(scene)
    deferred(scene, placement)
    scene.training(placement, year=YEAR, starts=scene.in_days(-5), provider=scene.other)


def paid_and_free_to_change(scene: Scene) -> None:
    """An ECT with a paid start whose cohort and schedule may still be changed."""
    school = scene.school()
    placement = scene.ect_at(school, september(2024))
    scene.induction(placement)
    scene.partnership(school, YEAR)
    scene.declaration(
        scene.training(placement, year=2024), "started", date(2024, 10, 14), state="paid"
    )


def retained_without_started(scene: Scene) -> None:
    """An ECT of 2025 with a first retention and no start."""
    placement = scene.ect_at(scene.school(), september(YEAR))
    scene.induction(placement)
    scene.declaration(
        scene.training(placement, year=YEAR),
        "retained-1",
        date(YEAR + 1, 2, 9),
        evidence=EvidenceType.OTHER,
    )


def paid_and_submitted(scene: Scene) -> None:
    """An ECT with a paid start and a second retention that waits."""
    placement = scene.ect_at(scene.school(), september(YEAR))
    training = scene.training(placement, year=YEAR)
    scene.declaration(training, "started", date(YEAR, 10, 14), state="paid")
    scene.declaration(
        training,
        "retained-2",
        date(YEAR + 1, 6, 8),
        state="submitted",
        evidence=EvidenceType.ENGAGEMENT_MET,
    )


def _ect(scene: Scene) -> ECTAtSchoolPeriod:
    return scene.ect_at(scene.school(), september(YEAR))


def _mentored(scene: Scene, school: School, mentor: MentorAtSchoolPeriod) -> None:
    placement = scene.ect_at(school, september(YEAR))
    scene.training(placement, year=YEAR)
    scene.mentoring(placement, mentor)


def _make_tutor(mentor: MentorAtSchoolPeriod) -> None:
    school = mentor.school
    school.induction_tutor_name = mentor.teacher.name
    school.induction_tutor_email = mentor.email
    school.save(update_fields=["induction_tutor_name", "induction_tutor_email"])


def _row(key: str, title: str, build: Callable[[Scene], object]) -> Scenario:
    return Scenario(SandboxGroup.SPECIAL, key, title, build)


OWN = [
    *(
        _row(
            f"mentor-of-{year}",
            f"ECT of {YEAR} with a mentor of {year}",
            partial(mentor_of_an_earlier_year, year),
        )
        for year in (2023, 2024)
    ),
    _row(
        "ect-became-mentor",
        f"Completed ECT who became a mentor of {YEAR}",
        ect_who_became_a_mentor,
    ),
    _row("mentor-at-two-schools", "Mentor at two schools with three ECTs", mentor_at_two_schools),
    _row("tutor-became-mentor", "Induction tutor who became a mentor", tutor_who_became_a_mentor),
    _row("mentor-became-tutor", "Mentor who became induction tutor", mentor_who_became_a_tutor),
    _row("resumable", "Deferred, may resume", resumable),
    _row("not-resumable", "Deferred, now with another provider", resumable_no_more),
    _row(
        "paid-may-change",
        "Paid declaration; cohort and schedule may change",
        paid_and_free_to_change,
    ),
    _row("retained-without-started", "retained-1 without started", retained_without_started),
    _row("paid-and-submitted", "Paid started and submitted retained-2", paid_and_submitted),
]
