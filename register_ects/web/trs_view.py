"""What TRS is known to say of an induction, when it said so, and what it has yet to hear.

Shown alike to appropriate bodies and to support: ``components/trs.jinja``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from register_ects.models import InductionPeriod, Teacher, TRSInductionUpdate
from register_ects.rules.enumerations import TRSResponse, TRSUpdateState
from register_ects.rules.inductions import InductionState, disagrees_with_trs, state_in_trs


@dataclass(frozen=True)
class TRSView:
    """TRS's word and ours. Days are inclusive; ``said_at`` None means that TRS was never asked.

    ``not_shown`` is why TRS shows no record, ``gone`` for example; None while it does.
    ``waiting`` is the message that TRS has yet to answer, ``refused`` the one that it did not
    accept; at most one of them is set. ``differs`` says that TRS has another status than our
    periods call for.
    """

    not_shown: str | None
    status: InductionState
    started_on: date | None
    completed_on: date | None
    said_at: datetime | None
    differs: bool
    waiting: TRSInductionUpdate | None
    refused: TRSInductionUpdate | None


def trs_view(teacher: Teacher, periods: Sequence[InductionPeriod]) -> TRSView:
    """Return what TRS says of a person with these periods. One query: the latest message."""
    latest = TRSInductionUpdate.objects.filter(teacher=teacher).order_by("-pk").first()
    state = latest.state if latest else None
    is_shown = teacher.trs_response not in TRSResponse.not_shown()
    return TRSView(
        not_shown=None if is_shown else teacher.trs_response,
        status=state_in_trs(teacher.trs_induction_status),
        started_on=teacher.trs_induction_start_date,
        completed_on=teacher.trs_induction_completed_date,
        said_at=teacher.trs_data_last_refreshed_at,
        differs=disagrees_with_trs(periods, trs_status=teacher.trs_induction_status),
        waiting=latest if state == TRSUpdateState.QUEUED else None,
        refused=latest if state == TRSUpdateState.REJECTED else None,
    )
