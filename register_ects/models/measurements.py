"""What is measured of how people get on, without what they typed or who they are (spec 07 §22.2).

Journeys are counted in runs; ``register_ects/operations/measurements.py`` writes them.
"""

from django.db import models
from django.db.models import F, Q

from register_ects import clock
from register_ects.models.base import one_of
from register_ects.models.constraints import Check
from register_ects.rules.enumerations import Audience, Channel, RunOutcome, WayOn


class JourneyRun(models.Model):
    """One go at a journey: from its first page to its end, or until a day without activity.

    ``key`` is that of the draft, or of the session before there is one, while the run is open or
    was completed. ``actor_hash`` tells people apart and names nobody. ``outcome_if_left`` is what
    becomes of the run when nothing more happens. ``events_created`` counts what a completed run
    recorded.
    """

    key = models.UUIDField(unique=True, null=True, blank=True)
    journey = models.CharField(max_length=40)
    actor_type = models.CharField(max_length=20, choices=Audience)
    actor_hash = models.CharField(max_length=20)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel)
    started_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=RunOutcome, null=True, blank=True)
    outcome_if_left = models.CharField(max_length=20, choices=RunOutcome)
    reused_choices = models.BooleanField(null=True, blank=True)
    steps_visited = models.PositiveIntegerField()
    error_count = models.PositiveIntegerField()
    active_seconds = models.PositiveIntegerField()
    events_created = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "journey_run"
        constraints = [
            one_of("run_actor_type_is_known", "actor_type", Audience),
            one_of("run_channel_is_known", "channel", Channel),
            one_of("run_outcome_is_known", "outcome", RunOutcome),
            one_of("run_outcome_if_left_is_known", "outcome_if_left", RunOutcome),
        ]
        indexes = [
            models.Index(fields=["finished_at"], name="runs_by_end"),
            models.Index(
                fields=["last_activity_at"],
                name="runs_not_finished",
                condition=Q(outcome__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey} {self.pk}"


class JourneyStepVisit(models.Model):
    """A page of a run, from when it was shown until it was left, and which way."""

    run = models.ForeignKey(JourneyRun, models.CASCADE, related_name="visits")
    step = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    action = models.CharField(max_length=20, choices=WayOn, null=True, blank=True)

    class Meta:
        db_table = "journey_step_visit"
        constraints = [one_of("visit_action_is_known", "action", WayOn)]

    def __str__(self) -> str:
        return f"{self.step} of run {self.run_id}"


class FormError(models.Model):
    """A field that was refused, and by which rule: never what was typed.

    ``page`` is a journey, or the name of an address outside of journeys. Without a field, the
    form as a whole was refused.
    """

    run = models.ForeignKey(
        JourneyRun, models.CASCADE, null=True, blank=True, related_name="errors"
    )
    page = models.CharField(max_length=80)
    step = models.CharField(max_length=60, null=True, blank=True)
    field = models.CharField(max_length=60, null=True, blank=True)
    code = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "form_error"

    def __str__(self) -> str:
        return f"{self.page} {self.field}: {self.code}"


class RegistrationDay(models.Model):
    """How many ECTs schools registered on a London day, and what came of it (spec 05 §20).

    ``with_mentor`` had a mentor within 14 days: final once these have passed. ``questions`` are
    those that schools asked support on the day.
    """

    day = models.DateField(primary_key=True)
    registered = models.PositiveIntegerField()
    with_mentor = models.PositiveIntegerField()
    questions = models.PositiveIntegerField()

    class Meta:
        db_table = "registration_day"
        constraints = [
            Check(
                name="no_more_have_a_mentor_than_were_registered",
                condition=Q(with_mentor__lte=F("registered")),
                problem="with_mentor out_of_range",
                sentence="No more ECTs can have a mentor than were registered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)


class FeedbackResponse(models.Model):
    """How satisfied somebody was, from 1 (very dissatisfied) to 5, and what got in their way.

    ``clarity`` says as much of "I knew what to do next". ``page`` is the journey that they came
    from, or the name of the address. Comments are erased after a year.
    """

    page = models.CharField(max_length=80, null=True, blank=True)
    actor_type = models.CharField(max_length=20, choices=Audience)
    score = models.PositiveSmallIntegerField()
    clarity = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        db_table = "feedback_response"
        constraints = [
            one_of("feedback_actor_type_is_known", "actor_type", Audience),
            Check(
                name="feedback_scores_are_1_to_5",
                condition=Q(score__range=(1, 5))
                & (Q(clarity__isnull=True) | Q(clarity__range=(1, 5))),
                problem="score out_of_range",
                sentence="Choose one of the five answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} of 5"
