"""What an induction outcome ends besides the induction: placement, training, mentorship.

Source: spec 06 §6.10.1, with its Improve: an event tells of everything that was closed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    InductionPeriod,
    MentorshipPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, record_event
from register_ects.operations.placements.finishing import (
    finish_mentorship,
    finish_placement,
    finish_training,
)


@dataclass(frozen=True)
class ClosedPart:
    """One record that an outcome closed, in words for the confirmation page.

    ``kind`` is ``placement``, ``training`` or ``mentorship``; ``name`` the school, the lead
    provider (None when school-led) or the mentor. ``finished_on`` is the last day (inclusive);
    None says that it had not begun and was removed.
    """

    kind: str
    name: str | None
    finished_on: date | None

    def as_json(self) -> dict[str, Any]:
        """Return it as kept with the event of the outcome."""
        finished_on = self.finished_on.isoformat() if self.finished_on else None
        return {"kind": self.kind, "name": self.name, "finished_on": finished_on}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ClosedPart":
        """Return what ``as_json`` kept."""
        finished_on = data["finished_on"]
        day = date.fromisoformat(finished_on) if finished_on else None
        return cls(data["kind"], data["name"], day)


def closed_with(period: InductionPeriod) -> list[ClosedPart]:
    """Return what the outcome of a period closed, as the event of it tells. One query."""
    types = ("teacher_passes_induction", "teacher_fails_induction")
    told = Event.objects.filter(induction_period=period, event_type__in=types)
    event = told.order_by("-recorded_at", "-pk").first()
    parts = event.metadata.get("closed", []) if event else []
    return [ClosedPart.from_json(part) for part in parts]


def close_schooling(teacher: Teacher, *, author: Author) -> list[ClosedPart]:
    """Close an ECT's time at school today, inside a transaction; return what changed.

    Placements that start today or later are removed. The latest that remains is finished today,
    unless a last day is known already: then it is left alone, even if that day is to come. What
    declarations refer to is never removed: it lasts one day. The caller holds the lock.
    """
    today, closed = clock.today(), []
    placements = teacher.ect_at_school_periods.select_related("school__gias_school", "teacher")
    for placement in placements.select_for_update(of=("self",)).latest_first():
        if placement.started_on >= today or placement.is_open:
            closed += _close(placement, today, author)
        if placement.started_on < today:
            break
    return closed


def _close(placement: ECTAtSchoolPeriod, today: date, author: Author) -> list[ClosedPart]:
    """Close what belongs to a placement, then end the placement, or remove it if nothing is left.

    A placement that declarations refer to and that is yet to begin ends once they are covered.
    """
    before = _open_parts(placement, today)
    for mentorship in placement.mentorship_periods.select_for_update():
        finish_mentorship(mentorship, last_day=_last_day_of(mentorship, today), author=author)
    for training in placement.training_periods.select_for_update():
        finish_training(training, last_day=_last_day_of(training, today), author=author)
    ends = _ends_of_what_is_left(placement)
    if placement.started_on < today or ends:
        last_day = max([today, *ends])
        finish_placement(placement, last_day=last_day, author=author, reported_by=None)
        closed_on = placement.finished_on
    else:
        _remove(placement, author)
        closed_on = None
    return [*_what_became_of(before), ClosedPart("placement", placement.school.name, closed_on)]


def _remove(placement: ECTAtSchoolPeriod, author: Author) -> None:
    record_event(
        "teacher_ect_at_school_period_deleted",
        f"{placement.teacher.name} will not start as an ECT at {placement.school.name}",
        author=author,
        about=[placement.teacher, placement.school],
        metadata={"started_on": placement.started_on.isoformat(), "school": placement.school.name},
    )
    placement.delete()


def _last_day_of(part: MentorshipPeriod | TrainingPeriod, today: date) -> date:
    """Return today, or the first day of what is yet to begin and has declarations."""
    return max(today, part.started_on) if part.declarations.exists() else today


def _ends_of_what_is_left(placement: ECTAtSchoolPeriod) -> list[date]:
    parts = (*placement.mentorship_periods.all(), *placement.training_periods.all())
    return [part.finished_on for part in parts if part.finished_on is not None]


def _open_parts(
    placement: ECTAtSchoolPeriod, today: date
) -> list[MentorshipPeriod | TrainingPeriod]:
    """Return the mentorships and training that do not end by today."""
    mentorships = placement.mentorship_periods.select_related("mentor_teacher")
    training = placement.training_periods.select_related("lead_provider")
    parts = [*mentorships.earliest_first(), *training.earliest_first()]
    return [part for part in parts if part.finished_on is None or part.finished_on > today]


def _what_became_of(parts: list[MentorshipPeriod | TrainingPeriod]) -> list[ClosedPart]:
    return [
        ClosedPart(
            "mentorship" if isinstance(part, MentorshipPeriod) else "training",
            _name(part),
            type(part).objects.filter(pk=part.pk).values_list("finished_on", flat=True).first(),
        )
        for part in parts
    ]


def _name(part: MentorshipPeriod | TrainingPeriod) -> str | None:
    if isinstance(part, MentorshipPeriod):
        return part.mentor_teacher.name
    return part.lead_provider.name if part.lead_provider else None
