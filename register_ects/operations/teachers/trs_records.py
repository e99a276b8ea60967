"""Who is to be read from TRS again, and what to note when TRS no longer shows someone.

Copying what TRS does show: records.py. Source: spec 06 §6.16 "Refresh from TRS", spec 07 §7.2.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q

from register_ects import clock
from register_ects.models import Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.teachers.records import is_older
from register_ects.rules.enumerations import InductionOutcome, TRSResponse
from register_ects.rules.inductions import trs_state

#: Whom TRS did not show is asked for again after this long (spec 07 §7.4 Improve 3).
FLAGGED_AGAIN_AFTER = timedelta(days=7)

_EVENTS = {
    TRSResponse.NOT_FOUND: ("teacher_trs_not_found", "TRS has no record of {name}"),
    TRSResponse.GONE: ("teacher_trs_deactivated", "TRS deactivated {name}’s record"),
    TRSResponse.PERMANENT_REDIRECT: (
        "teacher_trs_merged",
        "TRS merged {name}’s record into TRN {redirected_to}",
    ),
}


def due_for_refresh(limit: int) -> list[int]:
    """Return the ids of people to read from TRS again: never read first, then the longest ago."""
    answered = Q(trs_response=None) | Q(trs_response=TRSResponse.OK)
    flagged_long_ago = Q(trs_data_last_refreshed_at__lt=clock.now() - FLAGGED_AGAIN_AFTER)
    due = Teacher.objects.filter(answered | flagged_long_ago, trn__isnull=False)
    oldest_first = due.order_by(F("trs_data_last_refreshed_at").asc(nulls_first=True))
    return list(oldest_first.values_list("pk", flat=True)[:limit])


@operation
def record_not_shown(
    teacher: Teacher,
    response: TRSResponse,
    *,
    asked_at: datetime,
    redirected_to: str | None = None,
) -> None:
    """Note that TRS does not show someone: not found, deactivated, or merged into another TRN.

    ``asked_at`` is when TRS was asked; an answer older than what we hold is dropped. The same
    answer again only moves the time. Where an outcome is recorded here, and TRS has nothing to
    say any more (not found, merged), the outcome takes the place of TRS's word.
    """
    teacher = Teacher.objects.locked(teacher.pk)
    if is_older(teacher, asked_at):
        return
    is_news = (teacher.trs_response, teacher.trs_redirected_to) != (response, redirected_to)
    teacher.trs_response = response
    teacher.trs_redirected_to = redirected_to
    teacher.trs_data_last_refreshed_at = asked_at
    if response != TRSResponse.GONE:
        _fall_back_on_our_outcome(teacher)
    teacher.save()
    if is_news:
        _record(teacher, response, redirected_to)


def _fall_back_on_our_outcome(teacher: Teacher) -> None:
    periods = list(teacher.induction_periods.all())
    if not any(period.outcome in InductionOutcome.values for period in periods):
        return
    state = trs_state(periods)
    teacher.trs_induction_status = state.status
    teacher.trs_induction_start_date = state.start_date
    teacher.trs_induction_completed_date = state.completed_date


def _record(teacher: Teacher, response: TRSResponse, redirected_to: str | None) -> None:
    event_type, heading = _EVENTS[response]
    record_event(
        event_type,
        heading.format(name=teacher.name, redirected_to=redirected_to),
        author=Author.system(),
        about=[teacher],
        metadata={"trs_redirected_to": redirected_to} if redirected_to else {},
    )
