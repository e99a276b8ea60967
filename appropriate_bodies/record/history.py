"""What happened to an ECT's induction, for a body that may open their page (spec 06 §6.21)."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from appropriate_bodies import queries
from register_ects.models import AppropriateBody, Event, InductionPeriod, Teacher
from register_ects.rules.enumerations import AuthorType
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.pagination import paginate
from register_ects.web.timeline import TimelineItem, timeline_items

_OF_TRS = ("trs_update_confirmed", "trs_update_failed")
_DFE = "The Department for Education"


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def history(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Show what was recorded of the induction, newest first."""
    body = request.appropriate_body
    teacher = get_object_or_404(queries.visible_teachers(body), pk=teacher_id)
    page = paginate(request, events_of_induction(teacher), label="Pages of the history")
    context = {
        "teacher": teacher,
        "is_held": InductionPeriod.objects.open().held_by(body).filter(teacher=teacher).exists(),
        "page": page,
        "timeline": as_told_to(body, page.rows),
    }
    return render(request, "appropriate_bodies/record/history.jinja", context)


def events_of_induction(teacher: Teacher) -> QuerySet[Event]:
    """Return the events of somebody's induction and of its messages to TRS, newest first."""
    of_induction = Q(category="induction") | Q(event_type__in=_OF_TRS)
    return (
        Event.objects.filter(of_induction, teacher=teacher)
        .select_related("author", "appropriate_body")
        .order_by("-happened_at", "-pk")
    )


def as_told_to(body: AppropriateBody, events: Iterable[Event]) -> list[TimelineItem]:
    """Word events for a body: of what others recorded who they are, but no names or details."""
    events = list(events)
    return [
        _as_told(event, item, body)
        for event, item in zip(events, timeline_items(events), strict=True)
    ]


def _as_told(event: Event, item: TimelineItem, body: AppropriateBody) -> TimelineItem:
    author = item.author
    if event.author_type == AuthorType.DFE_STAFF_USER:
        author = _DFE
    elif event.appropriate_body and event.appropriate_body_id != body.pk:
        author = str(event.appropriate_body)
    if event.appropriate_body_id == body.pk:
        return replace(item, author=author, ticket=None)
    return replace(item, author=author, ticket=None, body=None, changes=[])
