"""Who is at which school as an ECT or a mentor, and who mentors whom (spec 01 §4.5)."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from register_ects.models.appropriate_bodies import AppropriateBody
from register_ects.models.base import (
    CaseInsensitiveTextField,
    Period,
    PeriodQuerySet,
    keep_history,
    never_overlap,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check
from register_ects.models.inductions import InductionPeriod
from register_ects.models.schools import School
from register_ects.models.teachers import Teacher
from register_ects.rules.ect_status import WITHOUT_MENTOR
from register_ects.rules.enumerations import WorkingPattern

_ECT_CHILDREN_OUTSIDE = """EXISTS (
        SELECT 1 FROM training_period child JOIN ect_at_school_period parent
            ON parent.id = child.ect_at_school_period_id
        WHERE parent.id = NEW.id AND NOT parent.period @> child.period
    ) OR EXISTS (
        SELECT 1 FROM mentorship_period child JOIN ect_at_school_period parent
            ON parent.id = child.ect_at_school_period_id
        WHERE parent.id = NEW.id AND NOT parent.period @> child.period
    )"""
_MENTOR_CHILDREN_OUTSIDE = _ECT_CHILDREN_OUTSIDE.replace("ect_at_school", "mentor_at_school")


class ECTAtSchoolPeriodQuerySet(PeriodQuerySet):
    """Finding ECT placements."""

    def needing_mentor(self) -> "ECTAtSchoolPeriodQuerySet":
        """Keep those whose induction goes on: ``rules.ect_status.needs_mentor`` as a query."""
        ended = InductionPeriod.objects.filter(teacher=OuterRef("teacher"), outcome__isnull=False)
        return self.exclude(teacher__trs_induction_status__in=WITHOUT_MENTOR).exclude(Exists(ended))


@keep_history
class ECTAtSchoolPeriod(Period):
    """A stretch of an ECT's time at one school; never two at once, at any schools."""

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="ect_at_school_periods")
    school = models.ForeignKey(School, models.PROTECT, related_name="ect_at_school_periods")
    email = CaseInsensitiveTextField(null=True, blank=True)
    working_pattern = models.CharField(max_length=9, choices=WorkingPattern, null=True, blank=True)
    school_reported_appropriate_body = models.ForeignKey(
        AppropriateBody, models.PROTECT, null=True, blank=True, related_name="reported_ects"
    )
    reported_leaving_by_school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ECTAtSchoolPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        db_table = "ect_at_school_period"
        constraints = [
            *Period.Meta.constraints,
            one_of("ect_working_pattern_is_known", "working_pattern", WorkingPattern),
            never_overlap(
                "ect_placements_never_overlap",
                "teacher",
                sentence="This ECT is registered at a school on some of these days. Choose a start "
                "date after that registration ends",
            ),
            models.UniqueConstraint(
                name="ect_placement_key_with_teacher_and_school",
                fields=["id", "teacher", "school"],
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-started_on"], name="ect_placements_of_school"),
            models.Index(fields=["email"], name="ect_placement_email"),
        ]
        triggers = [
            refusing_trigger(
                name="ect_placement_holds_its_periods",
                when_broken=_ECT_CHILDREN_OUTSIDE,
                message="A training or mentorship period would stick out of its ECT placement",
                deferrable=True,
                problem="finished_on training_or_mentoring_outside",
                sentence="This ECT has training or mentoring outside these dates. End or change it "
                "first",
            ),
            refusing_trigger(
                name="ects_from_2024_name_no_local_authority",
                condition="""NEW.school_reported_appropriate_body_id IS NOT NULL
                    AND NEW.started_on >= '2024-01-01'""",
                when_set=["school_reported_appropriate_body_id", "started_on"],
                when_broken="""EXISTS (
                        SELECT 1 FROM appropriate_body
                        WHERE id = NEW.school_reported_appropriate_body_id
                        AND body_type = 'local_authority')""",
                message="Local authorities take no new ECTs",
                problem="appropriate_body local_authority",
                sentence="Local authorities take no new ECTs. Choose a teaching school hub",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} as ECT at {self.school} from {self.started_on}"


class MentorAtSchoolPeriodQuerySet(PeriodQuerySet):
    """Finding mentor placements."""


@keep_history
class MentorAtSchoolPeriod(Period):
    """A stretch of a mentor's time at one school; several schools at once are allowed."""

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="mentor_at_school_periods")
    school = models.ForeignKey(School, models.PROTECT, related_name="mentor_at_school_periods")
    email = CaseInsensitiveTextField(null=True, blank=True)
    reported_leaving_by_school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MentorAtSchoolPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        db_table = "mentor_at_school_period"
        constraints = [
            *Period.Meta.constraints,
            never_overlap(
                "mentor_placements_at_a_school_never_overlap",
                "teacher",
                "school",
                sentence="This mentor is already registered at this school on some of these days. "
                "Choose a start date after that registration ends",
            ),
            models.UniqueConstraint(
                name="mentor_placement_key_with_teacher_and_school",
                fields=["id", "teacher", "school"],
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-started_on"], name="mentor_placements_of_school"),
            models.Index(fields=["email"], name="mentor_placement_email"),
        ]
        triggers = [
            refusing_trigger(
                name="mentor_placement_holds_its_periods",
                when_broken=_MENTOR_CHILDREN_OUTSIDE,
                message="A training or mentorship period would stick out of its mentor placement",
                deferrable=True,
                problem="finished_on training_or_mentoring_outside",
                sentence="This mentor has training or mentoring outside these dates. End or change "
                "it first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.teacher} as mentor at {self.school} from {self.started_on}"


#: Somebody's time at one school, in either role.
Placement = ECTAtSchoolPeriod | MentorAtSchoolPeriod


@keep_history
class MentorshipPeriod(Period):
    """A mentor's time with one ECT, inside both placements at the same school.

    ``ect_teacher``, ``mentor_teacher`` and ``school`` repeat the placements'; composite foreign
    keys keep them true, so that the database can refuse a self-mentor or two schools.
    """

    ect_at_school_period = models.ForeignKey(
        ECTAtSchoolPeriod, models.PROTECT, related_name="mentorship_periods"
    )
    mentor_at_school_period = models.ForeignKey(
        MentorAtSchoolPeriod, models.PROTECT, related_name="mentorship_periods"
    )
    ect_teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="+", editable=False)
    mentor_teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="+", editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)

    copied_once = {
        "ect_teacher_id": "ect_at_school_period.teacher_id",
        "mentor_teacher_id": "mentor_at_school_period.teacher_id",
        "school_id": "ect_at_school_period.school_id",
    }
    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        db_table = "mentorship_period"
        constraints = [
            *Period.Meta.constraints,
            Check(
                name="mentor_and_mentee_are_different_people",
                condition=~Q(ect_teacher=F("mentor_teacher")),
                problem="mentor same_person",
                sentence="An ECT cannot be their own mentor. Choose someone else",
            ),
            never_overlap(
                "one_mentor_at_a_time_per_ect",
                "ect_at_school_period",
                sentence="This ECT has another mentor on some of these days. End that mentorship "
                "first",
            ),
            models.UniqueConstraint(
                name="mentorship_key_with_ect_placement", fields=["id", "ect_at_school_period"]
            ),
        ]
        triggers = [
            refusing_trigger(
                name="mentorship_lies_within_both_placements",
                lock_first="""
                    PERFORM 1 FROM ect_at_school_period
                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;
                    PERFORM 1 FROM mentor_at_school_period
                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;""",
                when_broken="""EXISTS (
                    SELECT 1 FROM mentorship_period child
                    JOIN ect_at_school_period ect ON ect.id = child.ect_at_school_period_id
                    JOIN mentor_at_school_period mentor
                        ON mentor.id = child.mentor_at_school_period_id
                    WHERE child.id = NEW.id
                    AND NOT (ect.period @> child.period AND mentor.period @> child.period)
                )""",
                message="A mentorship must lie within both placements",
                deferrable=True,
                problem="started_on outside_placement",
                sentence="Mentoring must start and end while both people are registered at the "
                "school",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor_at_school_period} mentoring from {self.started_on}"
