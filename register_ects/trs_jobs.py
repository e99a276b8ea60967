"""What the jobs about TRS do: ask TRS with no transaction open, then note the answer in one.

The jobs themselves: tasks.py. What is noted: inductions/trs_updates.py and
teachers/trs_records.py of operations.
"""

import structlog

from register_ects import clock
from register_ects.integrations import trs
from register_ects.models import Teacher, TRSInductionUpdate
from register_ects.operations.base import Author, operation
from register_ects.operations.inductions import trs_updates
from register_ects.operations.teachers.records import follow_merged_trn, update_teacher_from_record
from register_ects.operations.teachers.trs_records import record_not_shown
from register_ects.rules.enumerations import TRSResponse

log = structlog.get_logger(__name__)


def deliver(update: TRSInductionUpdate) -> float | None:
    """Tell TRS one message that was claimed; return the seconds until it must be tried again.

    None means that it is settled: accepted, superseded, or refused for good.
    """
    try:
        try:
            _write(update)
        except (trs.TeacherNotFound, trs.TeacherDeactivated, trs.TeacherMerged):
            _follow_to_survivor(update)
            _write(update)
    except trs.TRSUnavailable as error:
        return trs_updates.record_unavailable(update, str(error), retry_after=error.retry_after)
    except trs.TRSStale as error:
        trs_updates.record_superseded(update, str(error))
    except trs.TRSError as error:
        trs_updates.record_rejected(update, str(error))
    else:
        trs_updates.record_sent(update)
        refresh(update.teacher)
    return None


def refresh(teacher: Teacher) -> bool:
    """Read someone from TRS and note the answer; False, and nothing changes, without one."""
    asked_at = clock.now()
    try:
        record = trs.get_client().find_teacher(str(teacher.trn))
    except trs.TeacherMerged as merged:
        response, new_trn = TRSResponse.PERMANENT_REDIRECT, merged.new_trn
        record_not_shown(teacher, response, asked_at=asked_at, redirected_to=new_trn)
    except trs.TeacherDeactivated:
        record_not_shown(teacher, TRSResponse.GONE, asked_at=asked_at)
    except trs.TeacherNotFound:
        record_not_shown(teacher, TRSResponse.NOT_FOUND, asked_at=asked_at)
    except trs.TRSError as error:
        log.warning("teacher_not_refreshed", teacher_id=teacher.pk, reason=str(error))
        return False
    else:
        _copy(teacher.pk, record)
    return True


def _write(update: TRSInductionUpdate) -> None:
    trs.get_client().write_induction(
        str(update.teacher.trn),
        status=update.status,
        start_date=update.start_date,
        completed_date=update.completed_date,
        modified_on=update.changed_at,
    )


def _follow_to_survivor(update: TRSInductionUpdate) -> None:
    """Find out why TRS has nobody to write to; give a merged person the survivor's TRN.

    On a write TRS answers "no such person" for merged and deactivated records too: only a read
    tells them apart. Raises the TRSError that stands in the way. Source: spec 00.
    """
    teacher, client, asked_at = update.teacher, trs.get_client(), clock.now()
    try:
        client.find_teacher(str(teacher.trn))
    except trs.TeacherMerged as merged:
        if not _takes_the_trn_of(teacher, merged.new_trn):
            response, new_trn = TRSResponse.PERMANENT_REDIRECT, merged.new_trn
            record_not_shown(teacher, response, asked_at=asked_at, redirected_to=new_trn)
            raise
    except trs.TeacherDeactivated:
        record_not_shown(teacher, TRSResponse.GONE, asked_at=asked_at)
        raise
    except trs.TeacherNotFound:
        record_not_shown(teacher, TRSResponse.NOT_FOUND, asked_at=asked_at)
        raise
    else:
        raise trs.TRSUnavailable("it shows the person, but has nobody to write to")


def _takes_the_trn_of(teacher: Teacher, new_trn: str) -> bool:
    """Give someone a survivor's TRN; False if TRS does not show it, or we hold that person too."""
    try:
        trs.get_client().find_teacher(new_trn)
    except (trs.TeacherNotFound, trs.TeacherDeactivated, trs.TeacherMerged):
        return False
    follow_merged_trn(str(teacher.trn), new_trn, author=Author.system())
    teacher.refresh_from_db()
    return teacher.trn == new_trn


@operation
def _copy(teacher_id: int, record: trs.TeacherRecord) -> None:
    teacher = Teacher.objects.locked(teacher_id)
    if teacher.trn == record.trn:  # else they were given another TRN while we asked
        update_teacher_from_record(teacher, record, author=Author.system())
