"""Find a person in TRS for an appropriate body, and keep what TRS said for a day.

TRS compares the birth date itself, so a wrong one looks like a wrong TRN: the user learns that
the pair found nobody, never which part was wrong. Source: spec 06 §6.8 step 1.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from register_ects import clock
from register_ects.integrations import trs
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import AppropriateBody, PendingInductionSubmission
from register_ects.operations.submissions import KEPT_FOR
from register_ects.web.failed_look_ups import TooManyAtOnce, TooManyFailures, limited


@dataclass(frozen=True)
class LookUp:
    """What TRS answered: ``found`` (with a record), ``not_found`` or ``unavailable``.

    ``too_many`` failed before, so TRS was not asked.
    """

    outcome: str
    record: TeacherRecord | None = None


def look_up(trn: str, *, born_on: date, asker: str) -> LookUp:
    """Ask TRS for a TRN and birth date. A merged record's survivor has another TRN.

    ``asker`` is the email address of whoever asks: their failures are counted.
    """
    try:
        return limited(
            lambda: _ask(trn, born_on),
            email=asker,
            trn=trn,
            is_failure=lambda answer: answer.outcome == "not_found",
        )
    except TooManyFailures:
        return LookUp("too_many")
    except TooManyAtOnce:
        return LookUp("unavailable")


def _ask(trn: str, born_on: date) -> LookUp:
    try:
        record = trs.get_client().find_teacher_or_survivor(trn, date_of_birth=born_on)
    except (trs.TeacherNotFound, trs.TeacherDeactivated, trs.TeacherMerged):
        return LookUp("not_found")
    except trs.TRSError:
        return LookUp("unavailable")
    return LookUp("found", record)


def keep(body: AppropriateBody, record: TeacherRecord) -> PendingInductionSubmission:
    """Start a body's working row for a person; what it does not need is left out."""
    return PendingInductionSubmission.objects.create(
        appropriate_body=body,
        trn=record.trn,
        date_of_birth=record.date_of_birth,
        trs_snapshot=_snapshot(record),
        delete_at=clock.now() + KEPT_FOR,
    )


def look_up_again(submission: PendingInductionSubmission, *, asker: str) -> LookUp:
    """Ask TRS once more for the person of a working row, and keep what it says now.

    Between the steps TRS may have learned of a pass, a prohibition or another name.
    """
    record = record_of(submission)
    answer = look_up(record.trn, born_on=record.date_of_birth, asker=asker)
    if answer.record is not None:
        submission.trn = answer.record.trn
        submission.trs_snapshot = _snapshot(answer.record)
        submission.save(update_fields=["trn", "trs_snapshot", "updated_at"])
    return answer


def _snapshot(record: TeacherRecord) -> dict[str, Any]:
    return replace(record, national_insurance_number=None, email=None).as_json()


def record_of(submission: PendingInductionSubmission) -> TeacherRecord:
    """Return the person of a working row, as TRS showed them."""
    return TeacherRecord.from_json(submission.trs_snapshot)
