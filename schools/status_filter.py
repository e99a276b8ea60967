"""How a school narrows its lists of ECTs and mentors: by status, or to those of one task."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Self

from register_ects.rules.ect_status import ECTStatus
from register_ects.rules.mentor_status import MentorTrainingStatus
from schools.queries.bodies import Confirmation
from schools.queries.mentors import Mentor
from schools.queries.next_steps import Step, next_steps
from schools.queries.placements import ECT

#: Who leaves within these days is leaving soon.
SOON = timedelta(days=60)
_EVERY = frozenset(ECTStatus)


@dataclass(frozen=True)
class Day:
    """What a filter has to know besides a person: today, and addresses that return our emails."""

    today: date
    returned: frozenset[str] = frozenset()

    def is_soon(self, last_day: date | None) -> bool:
        """Whether a last day is among the next 60 days; today is."""
        return last_day is not None and self.today <= last_day <= self.today + SOON

    def is_returned(self, email: str | None) -> bool:
        """Whether our emails to an address are returned."""
        return email is not None and email.lower() in self.returned


def _anybody(_person: object, _day: Day) -> bool:
    return True


def _has_to(step: Step) -> Callable[[ECT, Day], bool]:
    return lambda ect, _day: step in next_steps(ect).steps


def _leaves_soon(ect: ECT, day: Day) -> bool:
    is_joining = ect.status is ECTStatus.JOINING_ANOTHER_SCHOOL
    return day.is_soon(ect.finished_on) and not is_joining


def _awaits_provider(ect: ECT, _day: Day) -> bool:
    training = ect.training
    return bool(
        training and training.lead_provider and not training.is_confirmed and ect.is_being_trained
    )


def _awaits_body(ect: ECT, _day: Day) -> bool:
    """Whether the body has still to record an induction that has begun; not of who is going."""
    is_awaited = ect.body is not None and ect.body.confirmation is Confirmation.AWAITED
    return is_awaited and not ect.starts_later and not ect.finished_on


class Filter(Enum):
    """A key in the address, words, and the people who are kept.

    Every page of a list offers those down to ``LEFT``; the home page leads to the others.
    """

    key: str
    label: str

    @abstractmethod
    def keeps(self, person: Any, day: Day) -> bool:
        """Whether the list, narrowed so, has this person."""

    @classmethod
    def of(cls, key: str) -> Self:
        """Return the filter with this key; any other text means all."""
        return next((one for one in cls if one.key == key), cls["ALL"])

    @classmethod
    def offered(cls, chosen: Self) -> list[Self]:
        """Return the filters of every page of the list, and the one that is chosen."""
        every = [*cls]
        always = every[: every.index(cls["LEFT"]) + 1]
        return [*always, *([] if chosen in always else [chosen])]

    @classmethod
    def counts(cls, people: Sequence[Any], day: Day) -> dict[Self, int]:
        """Return how many of the people of a list each filter keeps that every page offers."""
        offered = [one for one in cls.offered(cls["ALL"]) if one.name != "LEFT"]
        return {one: sum(one.keeps(person, day) for person in people) for one in offered}


class StatusFilter(Filter):
    """The filters of ECTs (spec 05 §5.1); ``statuses`` and ``fits`` both have to hold."""

    ALL = "all", "All"
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
    LEFT = "left", "Left or finished"
    NO_MENTOR = "no-mentor", "Without a mentor", _EVERY, _has_to(Step.MENTOR)
    ANOTHER_MENTOR = "another-mentor", "Another mentor needed", _EVERY, _has_to(Step.ANOTHER_MENTOR)
    TRAINING_STOPPED = (
        "training-stopped",
        "No longer training",
        frozenset({ECTStatus.TRAINING_WITHDRAWN}),
    )
    NO_BODY = "no-appropriate-body", "Without an appropriate body", _EVERY, _has_to(Step.BODY)
    RETURNED = (
        "returned-emails",
        "Emails returned",
        _EVERY,
        lambda ect, day: day.is_returned(ect.email),
    )
    LEAVING_SOON = "leaving-soon", "Leaving within 60 days", _EVERY, _leaves_soon
    JOINING = (
        "joining-another-school",
        "Joining another school",
        frozenset({ECTStatus.JOINING_ANOTHER_SCHOOL}),
    )
    PROVIDER_AWAITED = "provider-awaited", "Lead provider to confirm", _EVERY, _awaits_provider
    BODY_AWAITED = "body-awaited", "Appropriate body to confirm", _EVERY, _awaits_body

    def __init__(
        self,
        key: str,
        label: str,
        statuses: frozenset[ECTStatus] = _EVERY,
        fits: Callable[[ECT, Day], bool] = _anybody,
    ) -> None:
        self.key = key
        self.label = label
        self.statuses = statuses
        self._fits = fits

    def keeps(self, person: ECT, day: Day) -> bool:
        """Whether the list, narrowed so, has this ECT."""
        return person.status in self.statuses and self._fits(person, day)


class MentorFilter(Filter):
    """The filters of mentors."""

    ALL = "all", "All"
    ACTION_REQUIRED = (
        "action-required",
        "Action required",
        lambda mentor, _day: mentor.training_status is MentorTrainingStatus.WITHDRAWN,
    )
    PAUSED = (
        "paused",
        "Training paused",
        lambda mentor, _day: mentor.training_status is MentorTrainingStatus.DEFERRED,
    )
    LEAVING = "leaving", "Leaving", lambda mentor, _day: mentor.is_leaving
    LEFT = "left", "Left"
    RETURNED = (
        "returned-emails",
        "Emails returned",
        lambda mentor, day: day.is_returned(mentor.email),
    )
    LEAVING_SOON = (
        "leaving-soon",
        "Leaving within 60 days",
        lambda mentor, day: day.is_soon(mentor.finished_on),
    )
    PROVIDER_AWAITED = (
        "provider-awaited",
        "Lead provider to confirm",
        lambda mentor, _day: (
            mentor.is_trained_now and mentor.training and not mentor.training.is_confirmed
        ),
    )

    def __init__(
        self, key: str, label: str, fits: Callable[[Mentor, Day], bool] = _anybody
    ) -> None:
        self.key = key
        self.label = label
        self._fits = fits

    def keeps(self, person: Mentor, day: Day) -> bool:
        """Whether the list, narrowed so, has this mentor."""
        return bool(self._fits(person, day))
