"""What of the Teaching Record System (TRS) waits for support: one query each, from an index.

Source: spec 06 §6.16 Improve, spec 07 §7.4.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Count, Min, QuerySet

from register_ects.models import Teacher, TRSInductionUpdate
from register_ects.rules.enumerations import TRSResponse, TRSUpdateState


@dataclass(frozen=True)
class Pile:
    """How much of one kind there is, and since when the oldest; None when there is nothing."""

    count: int
    oldest: datetime | None

    @classmethod
    def of(cls, rows: QuerySet[Any], *, since: str) -> Self:
        """Count rows, and find the oldest by the field that tells since when. One query."""
        return cls(**rows.aggregate(count=Count("pk"), oldest=Min(since)))


def refused_messages() -> QuerySet[TRSInductionUpdate]:
    """Find the messages that TRS did not accept or never answered, the oldest first."""
    refused = TRSInductionUpdate.objects.filter(state=TRSUpdateState.REJECTED)
    return refused.select_related("teacher").order_by("updated_at", "pk")


def people_not_shown() -> QuerySet[Teacher]:
    """Find the people of whom TRS shows no record any more, those asked for longest ago first."""
    not_shown = Teacher.objects.filter(trs_response__in=TRSResponse.not_shown())
    return not_shown.defer("search").order_by("trs_data_last_refreshed_at", "pk")


def pile_of_refused_messages() -> Pile:
    """Count the messages that TRS did not accept."""
    return Pile.of(refused_messages(), since="updated_at")


def pile_of_waiting_messages() -> Pile:
    """Count the messages that TRS has yet to answer."""
    waiting = TRSInductionUpdate.objects.filter(state=TRSUpdateState.QUEUED)
    return Pile.of(waiting, since="changed_at")


def count_people_not_shown() -> int:
    """Count the people of whom TRS shows no record any more."""
    return people_not_shown().count()


#: What TRS's error codes mean (spec 06 §6.18 "Replies").
_REASONS = {
    "10034": "they do not hold QTS in TRS",
    "10035": "this status cannot be set by us",
    "10036": "TRS wants a start date",
    "10037": "TRS wants a completion date",
    "10038": "TRS takes no start date with this status",
    "10039": "TRS takes no completion date with this status",
}
_CODE = re.compile(r"code ([0-9]{5})")


def reason_of(update: TRSInductionUpdate) -> str:
    """Return why a message was not accepted, in words; TRS's own answer follows a known code."""
    response = update.last_response or "No answer is recorded"
    code = _CODE.search(response)
    reason = _REASONS.get(code[1]) if code else None
    return f"{reason[:1].upper()}{reason[1:]} ({response})" if reason else response
