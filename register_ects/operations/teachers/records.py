"""Know a person: find or create them by TRN, and copy what TRS says about them.

TRS is asked before the transaction begins, never inside one (spec 06 §6.16 Improve). What is
older than what we hold is never copied: between the two another may have read, or told, TRS.
What TRS no longer shows: trs_records.py.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import AppropriateBody, Teacher, TRSInductionUpdate
from register_ects.operations.base import Author, operation, record_event, transition
from register_ects.operations.teachers.names import correct_name, record_name, trs_name
from register_ects.rules.enumerations import InductionStatus, TRSResponse, TRSUpdateState
from register_ects.rules.names import tidy
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import problems_with_seen

_NAMES = ("trs_first_name", "trs_last_name")
_INDUCTION = (
    "trs_induction_status",
    "trs_induction_start_date",
    "trs_induction_completed_date",
)


@operation
def find_or_create_teacher(
    record: TeacherRecord,
    *,
    author: Author,
    corrected_name: str | None = None,
    name_seen: str | None = None,
    appropriate_body: AppropriateBody | None = None,
) -> Teacher:
    """Return the person with the record's TRN, up to date with it, their row locked.

    Two at once yield one row: the second waits. Call it inside the transaction of the change,
    first of all, because the lock lasts until that ends. ``corrected_name`` is what a school
    says they are called; None leaves an earlier correction alone. ``name_seen`` is the mark of
    the TRN and the correction that the school was shown, None when nobody was shown any: raises
    RuleBroken when another has corrected the name since, or it was shown somebody else.
    ``appropriate_body`` is shown in the events. Source: spec 05 §7.8, spec 06 §6.8.
    """
    teacher, created = Teacher.objects.select_for_update(no_key=True).get_or_create(
        trn=record.trn, defaults=_as_fields(record)
    )
    if created:
        record_event(
            "teacher_imported_from_trs",
            f"{teacher.name} was imported from TRS",
            author=author,
            about=[teacher, appropriate_body],
        )
    if corrected_name and name_seen is not None and tidy(corrected_name) != teacher.name:
        held = (teacher.trn, teacher.corrected_name)
        refuse_if(
            problems_with_seen(name_seen, *held, field_name="corrected_name", now=teacher.name)
        )
    update_teacher_from_record(teacher, record, author=author, appropriate_body=appropriate_body)
    if corrected_name:
        correct_name(teacher, tidy(corrected_name), author=author)
    return teacher


@operation
def follow_merged_trn(old_trn: str, new_trn: str, *, author: Author) -> None:
    """Give the person we hold under a TRN that TRS merged away their new TRN.

    Does nothing when we hold nobody under the old one. When we hold somebody under the new one
    too, the two records are left for support to merge. Source: spec 07 §7.4 Improve 3.
    """
    teacher = Teacher.objects.select_for_update().filter(trn=old_trn).first()
    if teacher is None or Teacher.objects.filter(trn=new_trn).exists():
        return
    teacher.trn = new_trn
    # What TRS answered under the old TRN says nothing about the new one.
    teacher.trs_response = teacher.trs_redirected_to = None
    teacher.save(update_fields=["trn", "trs_response", "trs_redirected_to", "updated_at"])
    record_event(
        "teacher_trs_merged",
        f"TRS merged {teacher.name}'s record into TRN {new_trn}",
        author=author,
        about=[teacher],
        changes={"trn": (old_trn, new_trn)},
    )


@operation
def update_teacher_from_record(
    teacher: Teacher,
    record: TeacherRecord,
    *,
    author: Author,
    appropriate_body: AppropriateBody | None = None,
) -> None:
    """Copy names, QTS, training and induction from TRS; record an event for what changed.

    The caller holds the lock on ``teacher``. A record that was read before what we hold changes
    nothing. A corrected name that TRS now agrees with is cleared, and so is a refused message
    that TRS agrees with after all. Source: spec 06 §6.16, spec 01 §4.4.
    """
    if is_older(teacher, record.read_at):
        return
    old_name = trs_name(teacher)
    changes = _changes(teacher, record)
    for field, (_, new) in changes.items():
        setattr(teacher, field, new)
    if teacher.corrected_name == trs_name(teacher):
        teacher.corrected_name = None
    _follow_exemption(teacher, changes)
    teacher.trs_response = TRSResponse.OK
    teacher.trs_redirected_to = None
    teacher.trs_data_last_refreshed_at = record.read_at
    teacher.save()
    _record_changes(teacher, old_name, changes, author, appropriate_body)
    if changes.keys() & set(_INDUCTION):
        _settle_refused_messages(teacher)


def is_older(teacher: Teacher, read_at: datetime) -> bool:
    """Whether we hold of TRS's word what is newer than what was asked at an instant."""
    held = teacher.trs_data_last_refreshed_at
    return held is not None and read_at < held


def _follow_exemption(teacher: Teacher, changes: dict[str, tuple[Any, Any]]) -> None:
    """Note the day an ECT became exempt; forget it when TRS takes the exemption back.

    Source: spec 03 §7 with its Improve.
    """
    field = "ect_became_ineligible_for_funding_on"
    was, day = changes.get("trs_induction_status", (None, None))[0], getattr(teacher, field)
    new_day = day
    if teacher.trs_induction_status == InductionStatus.EXEMPT:
        new_day = day or clock.today()
    elif was == InductionStatus.EXEMPT:
        new_day = None
    if new_day != day:
        changes[field] = (day, new_day)
        setattr(teacher, field, new_day)


def set_trs_induction(
    teacher: Teacher,
    *,
    status: str,
    start_date: date | None,
    completed_date: date | None,
    author: Author,
    appropriate_body: AppropriateBody | None = None,
) -> None:
    """Note the induction that TRS has accepted, as of now, and record a change of status.

    The caller holds the lock on ``teacher``. Dates are inclusive; None means not begun or not
    completed.
    """
    old_status = teacher.trs_induction_status
    teacher.trs_induction_status = status
    teacher.trs_induction_start_date = start_date
    teacher.trs_induction_completed_date = completed_date
    teacher.trs_data_last_refreshed_at = clock.now()
    teacher.save(update_fields=[*_INDUCTION, "trs_data_last_refreshed_at", "updated_at"])
    _record_status(teacher, old_status, author, appropriate_body)


def _as_fields(record: TeacherRecord) -> dict[str, Any]:
    """Return what to keep of a record; a record without an induction says nothing about it."""
    fields = {
        "trs_first_name": record.first_name or None,
        "trs_last_name": record.last_name or None,
        "trs_qts_awarded_on": record.qts_awarded_on,
        "trs_qts_status_description": record.qts_status_description,
        "trs_initial_teacher_training_provider_name": record.itt_provider_name,
        "trs_initial_teacher_training_end_date": record.itt_end_date,
    }
    if record.induction_status is None:
        return fields
    known_status = record.induction_status in InductionStatus.values
    return fields | {
        "trs_induction_status": record.induction_status if known_status else None,
        "trs_induction_start_date": record.induction_start_date,
        "trs_induction_completed_date": record.induction_completed_date,
    }


def _changes(teacher: Teacher, record: TeacherRecord) -> dict[str, tuple[Any, Any]]:
    return {
        name: (getattr(teacher, name), value)
        for name, value in _as_fields(record).items()
        if getattr(teacher, name) != value
    }


def _settle_refused_messages(teacher: Teacher) -> None:
    TRSInductionUpdate.objects.filter(
        teacher=teacher,
        state=TRSUpdateState.REJECTED,
        status=teacher.trs_induction_status,
        start_date=teacher.trs_induction_start_date,
        completed_date=teacher.trs_induction_completed_date,
    ).update(state=TRSUpdateState.SUPERSEDED, updated_at=clock.now())


def _record_changes(
    teacher: Teacher,
    old_name: str,
    changes: Mapping[str, tuple[Any, Any]],
    author: Author,
    appropriate_body: AppropriateBody | None,
) -> None:
    if trs_name(teacher) != old_name:
        new_name = trs_name(teacher)
        record_name("teacher_name_updated_by_trs", teacher, old_name, new_name, author=author)
    if "trs_induction_status" in changes:
        _record_status(teacher, changes["trs_induction_status"][0], author, appropriate_body)
    own_events = {*_NAMES, "trs_induction_status"}
    others = {name: values for name, values in changes.items() if name not in own_events}
    if others:
        record_event(
            "teacher_trs_attributes_updated",
            f"TRS changed what it holds about {teacher.name}",
            author=author,
            about=[teacher],
            changes=others,
        )


def _record_status(
    teacher: Teacher,
    old_status: str | None,
    author: Author,
    appropriate_body: AppropriateBody | None,
) -> None:
    if teacher.trs_induction_status == old_status:
        return
    record_event(
        "teacher_trs_induction_status_updated",
        transition("induction status", _label(old_status), _label(teacher.trs_induction_status)),
        author=author,
        about=[teacher, appropriate_body],
        changes={"trs_induction_status": (old_status, teacher.trs_induction_status)},
    )


def _label(status: str | None) -> str | None:
    return str(InductionStatus(status).label) if status else None
