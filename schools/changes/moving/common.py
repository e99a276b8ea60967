"""What the moves of ECTs and of mentors have in common (spec 05 §20.6)."""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict, Unpack

from django.http import Http404, HttpResponse

from register_ects.integrations.trs import TeacherRecord
from register_ects.operations.placements.leaving import leaving_state_of
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.rules.leaving import LeavingState
from register_ects.rules.problems import refuse
from register_ects.web.drafts import Answers
from register_ects.web.forms import GovukForm
from register_ects.web.journeys import ALL_LATER, Journey, Retry, Run, Step
from schools.access import school_required
from schools.changes.journeys import Context, change_journey
from schools.changes.moving import pages
from schools.changes.moving.forms import SchoolForm
from schools.changes.roles import PlacementRequest, Role
from schools.registering import look_ups
from schools.registering.people import look_up_known


class OwnParts(TypedDict):
    """What each move has for itself, as ``change_journey`` takes it."""

    check: Callable[[Run], Context]
    save: Callable[[Answers, Any], dict[str, Any]]
    confirmation: Callable[[Run], Context]
    form: type[GovukForm]
    hold: Callable[[Answers, Any], None]
    refresh: Callable[[Answers, Any], None]
    options: Callable[[Run], Context]


def moving_journey(
    role: Role,
    note_person: Callable[[Answers, Any], None],
    questions: Sequence[Step],
    **own: Unpack[OwnParts],
) -> Journey:
    """Return a journey that first asks for the school; ``note_person`` refuses who cannot move."""
    choose_school = Step(
        "choose-school",
        SchoolForm,
        "schools/moving/school.jinja",
        on_submit=note_person,
        answered=lambda given: "record" in given,
        resets=ALL_LATER,
        keep_if_same="school",
        form_options=pages.schools_on_offer,
        context=pages.schools_left_out,
    )
    return change_journey(
        role,
        "school",
        [choose_school, *questions],
        template="schools/moving/check_answers.jinja",
        last="schools/moving/confirmation.jinja",
        guard=school_required(while_registration_is_open=True),
        subject=role.any_placement,
        instead=instead,
        sensitive={"record"},
        **own,
    )


def note_record(given: Answers, request: PlacementRequest) -> TeacherRecord:
    """Note and return what TRS says of the person now; refuse whom it does not know."""
    trn = request.subject.teacher.trn
    found = look_up_known(trn) if trn else None
    if found and found.outcome == "unavailable":
        raise Retry(look_ups.UNAVAILABLE, status=503)
    record = found.record if found else None
    if record is None:
        refuse("school", "not_found")
    if record.trn != trn:
        follow_merged_trn(str(trn), record.trn, author=request.author)
    given["record"], given["trn"] = record.as_json(), record.trn
    return record


def instead(request: PlacementRequest) -> HttpResponse | None:
    """Say why somebody cannot be moved whose last day is known already; None when they can."""
    state = leaving_state_of(request.subject)
    if state is LeavingState.HAS_LEFT:
        raise Http404
    return None if state is LeavingState.OPEN else pages.why_not(request, state)
