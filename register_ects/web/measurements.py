"""Counts how people get on in journeys and forms, without what they typed (spec 07 §22.2).

A page costs one statement, after everything else is committed. When it fails, that is logged and
the page is answered all the same.

A run begins with the first page of a journey, under a key in the session; once there is a draft,
under the draft's. It ends when the journey is completed, or after a day without activity.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import structlog
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse

from register_ects import clock
from register_ects.models import FormError, JourneyRun
from register_ects.operations.measurements import MeasuredPage, hash_of_actor, keep
from register_ects.operations.recorded import events_recorded
from register_ects.rules.enumerations import Audience, Channel, RunOutcome, WayOn
from register_ects.web import form_errors
from register_ects.web.identity import identity_of

if TYPE_CHECKING:
    from register_ects.web.journey_pages import Visit

log = structlog.get_logger(__name__)

_View = TypeVar("_View", bound=Callable[..., HttpResponse])

#: Where the session keeps the runs that have no draft yet, and how many of them.
_BEGUN, _MOST_BEGUN = "begun_runs", 10


def audience_of(request: HttpRequest) -> Audience:
    """Return who asks, as a kind of people."""
    identity = identity_of(request)
    return Audience(identity.kind) if identity else Audience.VISITOR


# -- Journeys ----------------------------------------------------------------------------------


@contextmanager
def measured(visit: Visit) -> Iterator[Callable[[HttpResponse], None]]:
    """Count one visit: its block hands over the response, or ends in a failure of ours."""
    was_completed = visit.draft.completed_at is not None
    was_new, before = visit.is_new, events_recorded()

    def note(response: HttpResponse) -> None:
        if not was_completed and not visit.step.confirmation:
            events = events_recorded() - before
            _record(visit, was_new=was_new, status=response.status_code, events=events)

    try:
        yield note
    except (Http404, PermissionDenied):
        raise
    except Exception:
        _record(visit, was_new=was_new, status=500)
        raise


def _record(visit: Visit, *, was_new: bool, status: int, events: int = 0) -> None:
    shown = visit.request.method == "GET" and visit.is_shown
    if not shown and visit.request.method != "POST" and status < 500:
        return
    try:
        keep(_page(visit, was_new=was_new, shown=shown, status=status, events=events))
    except Error:
        log.exception("journey_not_measured", journey=visit.journey.name, step=visit.step.slug)


def _page(visit: Visit, *, was_new: bool, shown: bool, status: int, events: int) -> MeasuredPage:
    now, refused = clock.now(), form_errors.take()
    is_completed = visit.draft.completed_at is not None
    submitted = visit.request.method == "POST" and status == 302
    return MeasuredPage(
        key=_key(visit, was_new=was_new),
        journey=visit.journey.name,
        **_actor(visit.request),
        now=now,
        finished_at=now if is_completed else None,
        outcome=RunOutcome.COMPLETED if is_completed else None,
        outcome_if_left=_outcome_if_left(visit, status),
        reused=bool(visit.answers["reused"]) if "reused" in visit.answers else None,
        events=events if is_completed else 0,
        step=visit.step.slug,
        shown=shown,
        submitted=submitted,
        action=_way_on(visit, submitted=submitted),
        fields=tuple(error.field for error in refused),
        codes=tuple(error.code for error in refused),
    )


def _way_on(visit: Visit, *, submitted: bool) -> WayOn:
    if submitted:
        return WayOn.CONTINUE
    return WayOn.CHANGE if visit.is_change else WayOn.BACK


def one_page(journey: str) -> Callable[[_View], _View]:
    """Count a form that is a whole journey, completed once it was sent and has recorded events.

    ``journey`` names it; arguments of the view may stand in braces.
    """

    def decorate(view: _View) -> _View:
        @wraps(view)
        def counted(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            before = events_recorded()
            response = view(request, *args, **kwargs)
            events = events_recorded() - before
            _record_one_page(request, journey.format(**kwargs), response.status_code, events)
            return response

        return cast(_View, counted)

    return decorate


def _record_one_page(request: Any, journey: str, status: int, events: int) -> None:
    shown, submitted = request.method == "GET" and status == 200, status == 302
    is_done = request.method == "POST" and submitted
    if not shown and (request.method != "POST" or (is_done and not events)):  # done already
        return
    now, refused, about = clock.now(), form_errors.take(), f"{journey} {request.path}"
    page = MeasuredPage(
        key=_key_in_session(request.session, about),
        journey=journey,
        **_actor(request),
        now=now,
        finished_at=now if is_done else None,
        outcome=RunOutcome.COMPLETED if is_done else None,
        events=events if is_done else 0,
        step=journey,
        shown=shown,
        submitted=submitted,
        fields=tuple(error.field for error in refused),
        codes=tuple(error.code for error in refused),
    )
    if is_done:
        request.session[_BEGUN].pop(about)
    try:
        keep(page)
    except Error:
        log.exception("journey_not_measured", journey=journey, step=journey)


def _outcome_if_left(visit: Visit, status: int) -> RunOutcome:
    if status >= 500:
        return RunOutcome.ERROR
    told_that_not = visit.step.stop and not visit.step.mistyped
    return RunOutcome.NOT_ELIGIBLE if told_that_not else RunOutcome.ABANDONED


def _key(visit: Visit, *, was_new: bool) -> uuid.UUID:
    """Return the run's key; a run that began without a draft goes on under that of its draft."""
    if not was_new:
        return visit.draft.pk
    session = visit.request.session
    about = f"{visit.journey.name} {visit.draft.subject_id or ''}"
    if visit.is_new:
        return _key_in_session(session, about)
    before = session.setdefault(_BEGUN, {}).pop(about, None)
    if before:
        session.modified = True
        JourneyRun.objects.filter(key=uuid.UUID(before)).update(key=visit.draft.pk)
    return visit.draft.pk


def _key_in_session(session: Any, about: str) -> uuid.UUID:
    """Return the key of a run that has no draft, or none yet."""
    begun: dict[str, str] = session.setdefault(_BEGUN, {})
    session.modified = True
    while len(begun) > _MOST_BEGUN and about not in begun:
        begun.pop(next(iter(begun)))
    return uuid.UUID(begun.setdefault(about, str(uuid.uuid4())))


def _actor(request: Any) -> dict[str, Any]:
    identity = request.identity
    organisation = getattr(identity, "school", None) or getattr(identity, "appropriate_body", None)
    assisted = getattr(identity, "acting_staff", None)
    return {
        "actor_type": audience_of(request),
        "actor_hash": hash_of_actor(identity.email),
        "organisation_id": organisation.pk if organisation else None,
        "channel": Channel.STAFF_ASSISTED if assisted else Channel.SELF_SERVICE,
    }


# -- Forms outside of journeys -----------------------------------------------------------------


class FormErrorMiddleware:
    """Counts what forms refused on pages that belong to no journey, after they are answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count."""
        with form_errors.gathered():
            response = self.get_response(request)
            refused = form_errors.take()
            if refused and request.resolver_match:
                _record_errors(request.resolver_match.view_name, refused)
        return response


def _record_errors(page: str, refused: list[form_errors.Refused]) -> None:
    now = clock.now()
    rows = [FormError(page=page[:80], field=each.field, code=each.code, at=now) for each in refused]
    try:
        FormError.objects.bulk_create(rows)
    except Error:
        log.exception("form_errors_not_measured", page=page)
