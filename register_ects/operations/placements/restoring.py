"""What cancelling a leaving gives back: just what it ended, where nothing has taken its place.

Read here for the page that asks to confirm, and done by ``leaving`` under its locks. What was
removed is made again under its key, as the history of its table has it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias, cast

from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    TrainingPeriod,
)
from register_ects.operations.placements.ended import Ended, PartKind, ended_by, last_days
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.leaving import Obstacle, RestoredFacts, obstacle_to_restoring

#: Something that lies in a placement.
Part: TypeAlias = MentorshipPeriod | TrainingPeriod

_LEFT = ("teacher_left_school_as_ect", "teacher_left_school_as_mentor")
#: What training needs that may be gone by the time that it would come back.
_PARENTS = ("school_partnership", "expression_of_interest", "schedule")


@dataclass(frozen=True)
class Restoring:
    """Something that a leaving ended, and what becomes of it when the leaving is cancelled.

    ``part`` is the row, unsaved where it was removed; ``other`` the placement of the other person
    of a mentorship. ``until`` is the last day that it gets back (inclusive, None: open), unless
    there is an ``obstacle``.
    """

    part: Part
    other: Placement | None
    was_removed: bool
    until: date | None
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Report:
    """What is known of the leaving that set a placement's last day.

    ``was_to_end_on`` is the last day before it; ``restorings`` is what it ended, by first day.
    """

    was_to_end_on: date | None
    restorings: tuple[Restoring, ...]


def report_of(placement: Placement) -> Report | None:
    """Return the leaving that set a placement's last day, and what cancelling it gives back.

    None when it was not kept what it ended. Twelve queries at most.
    """
    event = _event_of(placement)
    if event is None:
        return None
    was_to_end_on, _ = last_days(event.metadata)
    noted = ended_by(event.metadata)
    found: list[Restoring] = []
    for kind in PartKind:
        of_kind = {one.id: one for one in noted if one.kind == kind}
        found += _Parts(placement, event, was_to_end_on, kind).restorings(of_kind)
    return Report(was_to_end_on, tuple(sorted(found, key=lambda one: one.part.started_on)))


def _event_of(placement: Placement) -> Event | None:
    """Return the event of the leaving, if it is the one that set the last day there is now."""
    event = placement.events.filter(event_type__in=_LEFT).order_by("-pk").first()
    if event is None or last_days(event.metadata)[1] != placement.finished_on:
        return None
    return event


class _Parts:
    """The mentorships or the training of a placement that a leaving ended."""

    def __init__(
        self, placement: Placement, event: Event, was_to_end_on: date | None, kind: PartKind
    ) -> None:
        self.placement, self.event = placement, event
        self.was_to_end_on, self.kind = was_to_end_on, kind
        self.model: type[Any] = _MODELS[kind]
        self.days_taken: list[tuple[object, int, date, date | None]] = []

    def restorings(self, noted: dict[int, Ended]) -> Iterator[Restoring]:
        """Yield what becomes of each when the leaving is cancelled.

        What began since and ends with the placement goes on as that does, and comes first: it has
        taken the place of what was there.
        """
        mine = self.model.objects.filter(**{_field_of(self.placement): self.placement})
        began_since = mine.filter(
            finished_on=self.placement.finished_on, created_at__gt=self.event.recorded_at
        ).exclude(pk__in=noted)
        there = {part.pk: part for part in (*began_since, *mine.filter(pk__in=noted))}
        gone = self._from_history(noted.keys() - there.keys())
        parts = list({**there, **gone}.values())
        others = self._others(parts)
        self.days_taken = self._days_taken(parts)
        without_parents = self._without_parents(list(gone.values()))
        for part in parts:
            ended = noted.get(part.pk) or Ended(self.kind, part.pk, self.was_to_end_on)
            is_left = ended.is_removed or (part.pk in there and _ends_on(part, self._last_day))
            yield self._restoring(
                part, ended, others.get(part.pk), is_left and part.pk not in without_parents
            )

    def _restoring(
        self, part: Part, ended: Ended, other: Placement | None, is_as_it_was_left: bool
    ) -> Restoring:
        ends = [ended.was_to_end_on, self.was_to_end_on, other.finished_on if other else None]
        until = min((day for day in ends if day is not None), default=None)
        first = part.started_on if ended.is_removed else self._last_day + timedelta(days=1)
        facts = RestoredFacts(
            is_as_it_was_left=is_as_it_was_left,
            is_completed=_is_completed(part),
            other_is_here=self.kind == PartKind.TRAINING
            or (other is not None and other.started_on <= first and (not until or until >= first)),
            is_taken=self._is_taken(part, first, until),
        )
        obstacle = obstacle_to_restoring(facts)
        if obstacle is None:
            self.days_taken.append((_place(part), part.pk, part.started_on, until))
        return Restoring(part, other, ended.is_removed, until, obstacle)

    @property
    def _last_day(self) -> date:
        return cast("date", self.placement.finished_on)

    def _from_history(self, keys: Collection[int]) -> dict[int, Any]:
        """Return rows that were deleted, unsaved, as they were then."""
        if not keys:
            return {}
        columns = [one.attname for one in self.model._meta.concrete_fields if not one.generated]
        rows = self.model.pgh_event_model.objects.filter(
            pgh_obj_id__in=keys, pgh_label="before_delete"
        ).order_by("pgh_id")
        return {row["id"]: self.model(**row) for row in rows.values(*columns)}

    def _others(self, parts: list[Any]) -> dict[int, Placement]:
        """Return by key of the part the placement of the other of each mentorship."""
        if self.kind == PartKind.TRAINING:
            return {}
        is_ect = isinstance(self.placement, ECTAtSchoolPeriod)
        model: type[Any] = MentorAtSchoolPeriod if is_ect else ECTAtSchoolPeriod
        field = "mentor_at_school_period_id" if is_ect else "ect_at_school_period_id"
        wanted = {part.pk: getattr(part, field) for part in parts}
        found = model.objects.select_related("teacher").in_bulk(wanted.values())
        return {key: found[other] for key, other in wanted.items() if other in found}

    def _days_taken(self, parts: list[Any]) -> list[tuple[object, int, date, date | None]]:
        """Return what lies in the same places: a person's role, or an ECT's mentor."""
        same: dict[str, Any] = {"teacher": self.placement.teacher_id}
        if self.kind == PartKind.MENTORSHIP:
            same = {"ect_at_school_period__in": {part.ect_at_school_period_id for part in parts}}
        rows = self.model.objects.filter(**same)
        return [(_place(row), row.pk, row.started_on, row.finished_on) for row in rows]

    def _is_taken(self, part: Part, first: date, until: date | None) -> bool:
        return any(
            place == _place(part)
            and key != part.pk
            and (last is None or last >= first)
            and (until is None or start <= until)
            for place, key, start, last in self.days_taken
        )

    def _without_parents(self, gone: list[Any]) -> set[int]:
        """Return what was removed and needs a partnership or schedule that is gone too."""
        if self.kind == PartKind.MENTORSHIP or not gone:
            return set()
        lost: set[int] = set()
        for name in _PARENTS:
            model: Any = TrainingPeriod._meta.get_field(name).related_model
            keys = {part.pk: getattr(part, f"{name}_id") for part in gone}
            there = set(model.objects.filter(pk__in=keys.values()).values_list("pk", flat=True))
            lost |= {key for key, parent in keys.items() if parent and parent not in there}
        return lost


_MODELS = {PartKind.MENTORSHIP: MentorshipPeriod, PartKind.TRAINING: TrainingPeriod}


def _field_of(placement: Placement) -> str:
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    return "ect_at_school_period" if is_ect else "mentor_at_school_period"


def _place(part: Part) -> object:
    """Return what can hold one of these at a time: an ECT's mentor, or a person's role."""
    if isinstance(part, MentorshipPeriod):
        return part.ect_at_school_period_id
    return part.trainee_role


def _ends_on(part: Part, day: date) -> bool:
    """Whether nobody ended, paused or stopped it otherwise since it was given that last day."""
    stopped = isinstance(part, TrainingPeriod) and (part.withdrawn_at or part.deferred_at)
    return part.finished_on == day and not stopped


def _is_completed(part: Part) -> bool:
    if isinstance(part, MentorshipPeriod) or part.mentor_at_school_period_id is None:
        return False
    reason = part.teacher.mentor_became_ineligible_for_funding_reason
    return reason == MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
