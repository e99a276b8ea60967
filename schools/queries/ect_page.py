"""One ECT's page at a school. Source: spec 05 §5.3."""

from dataclasses import dataclass
from datetime import date

from register_ects import clock
from register_ects.models import School
from register_ects.rules.enumerations import WorkingPattern
from schools.queries.changes import ChangeOf, RecordFacts, changes_of_ect
from schools.queries.ect_list import mentor_teacher_ids
from schools.queries.leaving import Leaving, leaving_of
from schools.queries.loading import inductions_of, load_ects
from schools.queries.next_steps import NextSteps, next_steps
from schools.queries.placements import ECT, ect_of, ect_placements
from schools.queries.timeline import Entry, ect_timeline


@dataclass(frozen=True)
class ECTPage:
    """All that an ECT's page shows. ``induction_started_on`` is the first day at any body.

    ``changes`` says of each fact where it is changed, or why not.
    """

    ect: ECT
    next: NextSteps
    working_pattern: str | None
    induction_started_on: date | None
    timeline: list[Entry]
    changes: dict[str, ChangeOf]
    leaving: Leaving


def ect_page(school: School, placement_id: int, *, is_closed: bool = False) -> ECTPage | None:
    """Return the page of one of the school's placements, past, current or future.

    Eight queries at most. None when the school has no such placement. ``is_closed``: registration
    is closed today.
    """
    placement = ect_placements(school).filter(pk=placement_id).first()
    if placement is None:
        return None
    load_ects([placement])
    today = clock.today()
    ect = ect_of(placement, mentor_teacher_ids=mentor_teacher_ids(school), today=today)
    inductions = inductions_of(placement)
    pattern = placement.working_pattern
    return ECTPage(
        ect=ect,
        next=next_steps(ect),
        working_pattern=str(WorkingPattern(pattern).label) if pattern else None,
        induction_started_on=min((one.started_on for one in inductions), default=None),
        timeline=ect_timeline(placement, ect, today=today),
        changes=changes_of_ect(
            placement.pk,
            RecordFacts(
                has_left=ect.has_left,
                has_open_induction=any(one.finished_on is None for one in inductions),
                open_body=next(
                    (
                        one.body_name
                        for one in inductions
                        if one.finished_on is None
                        and one.body == placement.school_reported_appropriate_body_id
                    ),
                    "",
                ),
                has_provider=ect.training is not None and ect.training.is_provider_led,
                has_mentor=ect.mentor is not None and ect.needs_mentor,
                is_closed=is_closed,
                induction_is_over=not ect.needs_mentor,
            ),
        ),
        leaving=leaving_of(placement),
    )
