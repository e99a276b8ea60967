"""Who sees what: the people whose details, or whose id, a lead provider may see.

Source: spec 02 §2.12 with its Improves, spec 03 §2.4, spec 00.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from register_ects import clock
from register_ects.models import (
    Declaration,
    LeadProvider,
    MentorshipPeriod,
    TrainingPeriod,
)
from register_ects.rules.enumerations import TraineeRole


def current_or_next_mentorships() -> QuerySet[MentorshipPeriod]:
    """Return for each ECT placement the mentorship that covers today, else the earliest to come."""
    ahead = MentorshipPeriod.objects.current_or_future(clock.today())
    earlier = ahead.filter(
        ect_at_school_period=OuterRef("ect_at_school_period"),
        started_on__lt=OuterRef("started_on"),
    )
    return ahead.exclude(Exists(earlier))


def resolvable_mentors(lead_provider: LeadProvider, mentors: Collection[int]) -> set[int]:
    """Return which of these people the provider can look up: only their ids are printed.

    A participant of the provider; or the mentor, now or next, of an ECT whose latest training
    with the provider is at that placement and has not ended (an unfunded mentor). Two queries.
    """
    if not mentors:
        return set()
    today = clock.today()
    participants = TrainingPeriod.objects.confirmed().filter(
        lead_provider=lead_provider, teacher__in=mentors
    )
    candidates = current_or_next_mentorships().filter(mentor_teacher__in=mentors)
    ects = candidates.values_list("ect_teacher_id", flat=True)
    training = (
        TrainingPeriod.objects.shown_to(lead_provider, teachers=ects)
        .filter(trainee_role=TraineeRole.ECT)
        .current_or_future(today)
    )
    unfunded = candidates.filter(ect_at_school_period__in=training.values("ect_at_school_period"))
    return {
        *participants.values_list("teacher", flat=True),
        *unfunded.values_list("mentor_teacher", flat=True),
    }


def readable_declarations(lead_provider: LeadProvider) -> QuerySet[Declaration]:
    """Return the provider's own declarations, and those that others made for its participants.

    Others' only while live, of a role that the provider trains the person in, and dated (London
    day) no later than the last day of its latest training. Source: spec 03 §3.11.
    """
    # Looked up person by person: to find everyone's latest training first takes far longer.
    mine = TrainingPeriod.objects.confirmed().filter(
        lead_provider=lead_provider,
        teacher=OuterRef("teacher"),
        trainee_role=OuterRef("trainee_role"),
    )
    latest = mine.exclude(Exists(mine.filter(started_on__gt=OuterRef("started_on"))))
    training = latest.filter(
        Q(finished_on=None) | Q(finished_on__gte=OuterRef("declaration_date__date"))
    )
    others = Q(pk__in=Declaration.objects.live().values("pk")) & Q(Exists(training))
    return Declaration.objects.filter(Q(lead_provider=lead_provider) | others)
