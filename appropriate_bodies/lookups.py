"""Find a person in TRS for an appropriate body.

TRS compares the birth date itself, so a wrong one looks like a wrong TRN: the user learns that
the pair found nobody, never which part was wrong. Source: spec 06 §6.8 step 1.
"""

from datetime import date

from register_ects.integrations import trs
from register_ects.integrations.trs import TeacherRecord
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.web.access import AppropriateBodyRequest
from register_ects.web.failed_look_ups import TooManyAtOnce, TooManyFailures, limited
from register_ects.web.journeys import Retry

_UNAVAILABLE = (
    "We cannot reach the Teaching Record System at the moment. "
    "Nothing has been saved. Try again in a few minutes"
)
_TOO_MANY = (
    "Too many searches found nobody. Wait an hour, then check the TRN and date of birth with the "
    "ECT before you try again"
)


def find(trn: str, *, born_on: date, request: AppropriateBodyRequest, nobody: str) -> TeacherRecord:
    """Ask TRS for a TRN and birth date. A merged record's survivor has another TRN.

    The failures of whoever asks are counted. Raises Retry with ``nobody`` when nobody is found,
    or with why TRS was not, or cannot be, asked now.
    """
    try:
        record = ask(trn, born_on=born_on, asker=request.identity.email)
    except TooManyFailures as error:
        raise Retry(_TOO_MANY, status=429) from error
    except (TooManyAtOnce, trs.TRSError) as error:
        raise Retry(_UNAVAILABLE, status=503) from error
    if record is None:
        raise Retry(nobody)
    if record.trn != trn:  # whoever we hold under the old TRN is this person
        follow_merged_trn(trn, record.trn, author=request.author)
    return record


def ask(
    trn: str, *, born_on: date | None, asker: str, in_file: bool = False
) -> TeacherRecord | None:
    """Return whom TRS shows, if anybody; no database is asked, so that several threads may.

    ``born_on`` is None of somebody whom we know.

    ``asker`` is the email address of whoever asks: their failures are counted, those of a file by
    themselves. Raises TooManyFailures, TooManyAtOnce or TRSError.
    """
    return limited(
        lambda: _ask(trn, born_on),
        email=asker,
        trn=trn,
        is_failure=lambda record: record is None,
        in_file=in_file,
    )


def _ask(trn: str, born_on: date | None) -> TeacherRecord | None:
    try:
        return trs.get_client().find_teacher_or_survivor(trn, date_of_birth=born_on)
    except (trs.TeacherNotFound, trs.TeacherDeactivated, trs.TeacherMerged):
        return None
