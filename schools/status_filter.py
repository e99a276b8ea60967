"""How a school narrows its list of ECTs by status."""

from enum import Enum

from register_ects.rules.ect_status import ECTStatus


class StatusFilter(Enum):
    """A key in the address, words, and the statuses that are kept (spec 05 §5.1)."""

    ALL = "all", "All", frozenset(ECTStatus)
    ACTION_REQUIRED = (
        "action-required",
        "Action required",
        frozenset({ECTStatus.TRAINING_WITHDRAWN, ECTStatus.MENTOR_NEEDED}),
    )
    REGISTERED = "registered", "Registered", frozenset({ECTStatus.REGISTERED})
    PAUSED = "paused", "Training paused", frozenset({ECTStatus.TRAINING_PAUSED})
    LEAVING = (
        "leaving",
        "Leaving",
        frozenset({ECTStatus.LEAVING_SCHOOL, ECTStatus.JOINING_ANOTHER_SCHOOL}),
    )

    def __init__(self, key: str, label: str, statuses: frozenset[ECTStatus]) -> None:
        self.key = key
        self.label = label
        self.statuses = statuses

    @classmethod
    def of(cls, key: str) -> "StatusFilter":
        """Return the filter with this key; any other text means all."""
        return next((one for one in cls if one.key == key), cls.ALL)
