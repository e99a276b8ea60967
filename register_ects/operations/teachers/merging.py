"""Make two records of one person one: everything moves to the survivor, the other is cleared.

What is allowed, and what the survivor keeps: rules/merging.py.
Source: spec 03 §15 with its Improves, spec 07 §6.3, spec 01 §7.
"""

import uuid
from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db.models import Q

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    InductionExtension,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Teacher,
    TeacherIdChange,
    TRSInductionUpdate,
)
from register_ects.models.teachers import TRS_FIELDS
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.inductions.trs_updates import queue_trs_update
from register_ects.operations.training.funding import (
    make_waiting_declarations_eligible,
    set_funding_eligibility,
)
from register_ects.rules import merging as rules
from register_ects.rules.enumerations import (
    AnonymisationReason,
    AuthorType,
    InductionStatus,
    TraineeRole,
    TRSUpdateState,
)
from register_ects.rules.merging import Funding, Record, Stretch
from register_ects.rules.problems import Problem, refuse, refuse_if

#: What moves as a whole; training, mentorships and declarations follow their placements.
_MOVES = (
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    InductionPeriod,
    InductionExtension,
    TeacherIdChange,
)
_FINAL = (
    InductionStatus.PASSED,
    InductionStatus.FAILED,
    InductionStatus.FAILED_IN_WALES,
    InductionStatus.EXEMPT,
)


@operation
def merge_teachers(
    source: Teacher,
    destination: Teacher,
    *,
    note: str | None = None,
    ticket: int | None = None,
    author: Author,
) -> Teacher:
    """Move everything that ``source`` has to ``destination``, clear ``source``, return the other.

    The source's participant id is retired: lead providers are told whose it became. Its row and
    its ids are kept. Staff must give a ``note`` or the number of a support ``ticket``.
    Raises RuleBroken when the two cannot be one person's (see ``problems_between``), and then
    nothing has changed.
    """
    if source.pk == destination.pk:
        refuse("source", "same_record", message="Choose two different records")
    if author.author_type == AuthorType.DFE_STAFF_USER and not (note or ticket):
        refuse("note", "note_or_ticket_missing", message="Enter a note or a ticket number")
    source, destination = _locked(source, destination)
    refuse_if(problems_between(source, destination))

    told = _Account(source, destination, note, ticket)
    _keep_training_record_ids(source, destination)
    had_inductions = source.induction_periods.exists()
    _move(source, destination)
    _clear(source, destination)
    _carry_over_funding(source, destination)
    TeacherIdChange.objects.create(teacher=destination, from_teacher=source, to_teacher=destination)
    told.record(source, destination, author=author)
    if had_inductions:
        _tell_trs(destination)
    _make_fundable(destination, author=author)
    return destination


def problems_between(source: Teacher, destination: Teacher) -> list[Problem]:
    """List every reason not to merge two records, each with a sentence in its details.

    Both are asked about as they are now; nothing is locked.
    """
    each_other = MentorshipPeriod.objects.filter(
        Q(mentor_teacher=source, ect_teacher=destination)
        | Q(mentor_teacher=destination, ect_teacher=source)
    )
    return rules.problems_with_merging(
        _record(source), _record(destination), mentor_each_other=each_other.exists()
    )


def _locked(source: Teacher, destination: Teacher) -> tuple[Teacher, Teacher]:
    """Lock both rows in order of their keys: two merges of the same people never deadlock."""
    keys = [source.pk, destination.pk]
    rows = {
        row.pk: row
        for row in Teacher.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    return rows[source.pk], rows[destination.pk]


# -- What the rules need ---------------------------------------------------------------------


def _record(teacher: Teacher) -> Record:
    inductions = teacher.induction_periods.select_related("appropriate_body")
    return Record(
        is_anonymised=teacher.anonymised_at is not None,
        ect_placements=_at_schools(teacher.ect_at_school_periods.all()),
        mentor_placements=_at_schools(teacher.mentor_at_school_periods.all()),
        mentor_training=_at_schools(
            teacher.training_periods.filter(trainee_role=TraineeRole.MENTOR)
        ),
        inductions=[
            Stretch(each.appropriate_body_id, each.appropriate_body.name, *_days(each))
            for each in inductions
        ],
        has_outcome=any(each.outcome for each in inductions),
        declared=frozenset(
            teacher.declarations.live().values_list("trainee_role", "declaration_type")
        ),
        funding={role: _funding(teacher, role) for role in TraineeRole},
    )


def _at_schools(periods: Any) -> list[Stretch]:
    return [
        Stretch(each.school_id, each.school.name, *_days(each))
        for each in periods.select_related("school__gias_school")
    ]


def _days(period: Any) -> tuple[Any, Any]:
    return period.started_on, period.finished_on


def _funding(teacher: Teacher, role: TraineeRole) -> Funding:
    if role == TraineeRole.ECT:
        return Funding(
            teacher.ect_first_became_eligible_for_training_at,
            teacher.ect_became_ineligible_for_funding_on,
            frozen_year=teacher.ect_payments_frozen_year_id,
        )
    return Funding(
        teacher.mentor_first_became_eligible_for_training_at,
        teacher.mentor_became_ineligible_for_funding_on,
        teacher.mentor_became_ineligible_for_funding_reason,
        teacher.mentor_payments_frozen_year_id,
    )


# -- The change ------------------------------------------------------------------------------


def _move(source: Teacher, destination: Teacher) -> None:
    now = clock.now()
    for model in _MOVES:
        model._default_manager.filter(teacher=source).update(teacher=destination, updated_at=now)
    Event.objects.filter(teacher=source).update(teacher=destination)
    unsettled = [TRSUpdateState.QUEUED, TRSUpdateState.REJECTED]
    TRSInductionUpdate.objects.filter(teacher=source, state__in=unsettled).update(
        state=TRSUpdateState.SUPERSEDED, updated_at=now
    )


def _keep_training_record_ids(source: Teacher, destination: Teacher) -> None:
    """Let the survivor take over an id that only the source's training was shown under."""
    names = {
        TraineeRole.ECT: "api_ect_training_record_id",
        TraineeRole.MENTOR: "api_mentor_training_record_id",
    }
    for role, name in names.items():
        old = getattr(source, name)
        kept = rules.training_record_id(
            old,
            getattr(destination, name),
            source_was_shown=_was_shown(source, role),
            destination_was_shown=_was_shown(destination, role),
        )
        if kept == old:
            setattr(source, name, uuid.uuid4())
            source.save(update_fields=[name])
            setattr(destination, name, kept)
            destination.save(update_fields=[name])


def _was_shown(teacher: Teacher, role: TraineeRole) -> bool:
    return teacher.training_periods.confirmed().filter(trainee_role=role).exists()


def _clear(source: Teacher, destination: Teacher) -> None:
    """Clear the source's name and TRN; a survivor without a TRN takes over all that TRS said."""
    trn, told = source.trn, {name: getattr(source, name) for name in TRS_FIELDS}
    source.trn, source.trnless = None, True
    source.corrected_name = None
    for name in TRS_FIELDS:
        setattr(source, name, None)
    source.anonymised_at = clock.now()
    source.anonymisation_reason = AnonymisationReason.TEACHER_RECORD_MERGED
    source.save()
    if destination.trn is None and trn is not None:
        destination.trn, destination.trnless = trn, False
        for name, value in told.items():
            setattr(destination, name, value)
        destination.save()


def _carry_over_funding(source: Teacher, destination: Teacher) -> None:
    ect, mentor = (
        rules.combined_funding(_funding(source, role), _funding(destination, role))
        for role in (TraineeRole.ECT, TraineeRole.MENTOR)
    )
    destination.ect_first_became_eligible_for_training_at = ect.first_eligible_at
    destination.ect_became_ineligible_for_funding_on = ect.ineligible_on
    destination.ect_payments_frozen_year_id = ect.frozen_year
    destination.mentor_first_became_eligible_for_training_at = mentor.first_eligible_at
    destination.mentor_became_ineligible_for_funding_on = mentor.ineligible_on
    destination.mentor_became_ineligible_for_funding_reason = mentor.ineligible_reason
    destination.mentor_payments_frozen_year_id = mentor.frozen_year
    # The one change of a first eligible time that is allowed: the same person's earlier one.
    with pgtrigger.ignore("register_ects.Teacher:first_eligible_time_never_changes"):
        destination.save()


def _tell_trs(destination: Teacher) -> None:
    """Tell TRS of inductions that the survivor gained, unless it holds an outcome and we none."""
    has_outcome = destination.induction_periods.filter(outcome__isnull=False).exists()
    if has_outcome or destination.trs_induction_status not in _FINAL:
        queue_trs_update(destination)


def _make_fundable(destination: Teacher, *, author: Author) -> None:
    """Let what waited for the other record's facts be paid."""
    for role in TraineeRole:
        set_funding_eligibility(destination, role, author=author)
        if _funding(destination, role).first_eligible_at is not None:
            make_waiting_declarations_eligible(destination, role, author=author)


# -- The account of it -----------------------------------------------------------------------


class _Account:
    """What is told in the histories of both, in words from before the source was cleared."""

    def __init__(
        self, source: Teacher, destination: Teacher, note: str | None, ticket: int | None
    ) -> None:
        self.names = source.name, destination.name
        self.trns = source.trn, destination.trn
        self.note, self.ticket = note, ticket

    def record(self, source: Teacher, destination: Teacher, *, author: Author) -> None:
        """Record one event about each person."""
        shared: dict[str, Any] = {
            "author": author,
            "body": "\n".join(self._lines(source, destination)),
            "ticket": self.ticket,
            "metadata": {
                "source_teacher_id": source.pk,
                "destination_teacher_id": destination.pk,
                "source_participant_id": str(source.api_id),
                "destination_participant_id": str(destination.api_id),
            },
        }
        (name, survivor), trn = self.names, self.trns[0] or "none"
        record_event(
            "teacher_merged",
            f"{name}’s record (TRN {trn}) was merged into {survivor}’s",
            about=[destination],
            **shared,
        )
        record_event(
            "teacher_merged",
            f"This record was merged into {survivor}’s and cleared",
            about=[source],
            **shared,
        )

    def _lines(self, source: Teacher, destination: Teacher) -> Iterable[str]:
        for label, teacher, trn in zip(
            ("Merged", "Into"), (source, destination), self.trns, strict=True
        ):
            ids = f"participant {teacher.api_id}, teacher {teacher.pk}"
            yield f"{label}: TRN {trn or 'none'}, {ids}"
        if self.note:
            yield self.note
