"""Where an event of a history leads: to the school, the body, the other person, the statement."""

from collections.abc import Iterator
from typing import cast

from django.urls import reverse

from register_ects.models import (
    AppropriateBody,
    Event,
    MentorshipPeriod,
    School,
    Statement,
    Teacher,
)
from register_ects.web.navigation import school_in_register
from register_ects.web.timeline import EventLink


def links_of(event: Event, *, sees_finance: bool) -> tuple[EventLink, ...]:
    """Return where an event leads; to a statement only for who may see it. No query.

    ``event`` comes from ``queries.teacher_events``.
    """
    return tuple(_links(event, sees_finance))


def _links(event: Event, sees_finance: bool) -> Iterator[EventLink]:
    school = cast("School | None", event.school)
    body = cast("AppropriateBody | None", event.appropriate_body)
    mentorship = cast("MentorshipPeriod | None", event.mentorship_period)
    statement = cast("Statement | None", event.statement)
    if school is not None:
        yield EventLink(f"{school.name} (URN {school.urn})", school_in_register(school.urn))
    if body is not None:
        of = cast("Teacher", event.teacher)
        yield EventLink(
            f"Appropriate body: {body.name}", reverse("support:teacher_induction", args=[of.api_id])
        )
    if mentorship is not None:
        is_mentor = mentorship.mentor_teacher_id == event.teacher_id
        other = mentorship.ect_teacher if is_mentor else mentorship.mentor_teacher
        role = "ECT" if is_mentor else "Mentor"
        yield EventLink(f"{role}: {other.name}", reverse("support:teacher", args=[other.api_id]))
    if statement is not None and sees_finance:
        yield EventLink(
            f"{statement.lead_provider.name} statement, {statement.month_name}",
            reverse("finance:statement", args=[statement.api_id]),
        )
