"""Find a person in TRS for a school.

Schools type a TRN and a date of birth; the TRN is looked up alone and the dates compared, so that
the user proves that they know the person. A date that differs leads to the National Insurance
number. Failed look-ups are counted, because this is an identity oracle. Source: spec 05 §6.3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog

from register_ects.integrations import trs
from register_ects.integrations.trs import TeacherRecord
from register_ects.web.failed_look_ups import TooManyAtOnce, TooManyFailures, limited

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LookUp:
    """What TRS answered.

    ``outcome`` is ``found``, ``not_found``, ``not_active`` (deactivated), ``mismatch`` (the TRN
    is known, the date of birth differs), ``unavailable`` or ``too_many`` failed look-ups.
    ``record`` comes with ``found`` and ``mismatch``. Its TRN may differ from the one asked for:
    a merged record has a new one.
    """

    outcome: str
    record: TeacherRecord | None = None


def look_up_by_birth_date(trn: str, *, born_on: date, asker: str, in_file: bool = False) -> LookUp:
    """Look a TRN up and compare the date of birth.

    ``asker`` is the email address of whoever asks: their failures are counted, those of a file by
    themselves.
    """

    def compared() -> LookUp:
        answer = _find(trn)
        if answer.record is not None and answer.record.date_of_birth != born_on:
            return LookUp("mismatch", answer.record)
        return answer

    return _counted(trn, asker, compared, in_file=in_file)


def look_up_by_ni_number(trn: str, *, ni_number: str, asker: str, in_file: bool = False) -> LookUp:
    """Look a TRN up with a National Insurance number, which TRS compares."""
    return _counted(trn, asker, lambda: _find(trn, ni_number=ni_number), in_file=in_file)


def look_up_known(trn: str) -> LookUp:
    """Look up somebody who is at the user's school already, so that no proof is asked."""
    return _find(trn)


def _find(trn: str, *, ni_number: str | None = None) -> LookUp:
    client = trs.get_client()
    try:
        record = client.find_teacher_or_survivor(trn, national_insurance_number=ni_number)
    except trs.TeacherDeactivated:
        return LookUp("not_active")
    except (trs.TeacherNotFound, trs.TeacherMerged):
        return LookUp("not_found")
    except trs.TRSError as error:
        logger.warning("trs_look_up_failed", error=type(error).__name__)
        return LookUp("unavailable")
    return LookUp("found", record)


def _counted(trn: str, asker: str, look_up: Callable[[], LookUp], *, in_file: bool) -> LookUp:
    try:
        return limited(look_up, email=asker, trn=trn, is_failure=_is_failure, in_file=in_file)
    except TooManyFailures:
        return LookUp("too_many")
    except TooManyAtOnce:
        return LookUp("unavailable")


def _is_failure(answer: LookUp) -> bool:
    return answer.outcome in ("not_found", "not_active", "mismatch")
