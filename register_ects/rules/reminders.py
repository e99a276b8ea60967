"""Which schools are reminded of what, when, and how they opt out (spec 05 §12.2, §12.3). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_ects.rules.enumerations import EmailTemplate, ReminderCampaign

_C = ReminderCampaign

#: The day on which each is due, as month and day: soon after a term has begun, and a month into
#: the first for those of whose partnership nothing came.
_DUE_ON = {
    _C.REGISTRATION_OPENING: (6, 1),
    _C.TERM_SEPTEMBER: (9, 8),
    _C.NOBODY_REGISTERED: (10, 6),
    _C.TERM_JANUARY: (1, 8),
    _C.TERM_APRIL: (4, 20),
}
#: For how long it is still sent, should nothing have run on that day or registration be closed.
_DUE_FOR = timedelta(days=28)

TEMPLATES = {
    _C.REGISTRATION_OPENING: EmailTemplate.REGISTRATION_OPENING,
    _C.TERM_SEPTEMBER: EmailTemplate.TERM_REMINDER,
    _C.TERM_JANUARY: EmailTemplate.TERM_REMINDER,
    _C.TERM_APRIL: EmailTemplate.TERM_REMINDER,
    _C.NOBODY_REGISTERED: EmailTemplate.NOBODY_REGISTERED,
}

#: The last day of each term, as month and day: the terms end in March, in May and in December.
_TERMS_END = ((3, 31), (5, 31), (12, 31))


def end_of_term(day: date) -> date:
    """Return the last day of the term that a day is in."""
    ends = (date(day.year, month, last) for month, last in _TERMS_END)
    return next(end for end in ends if day <= end)


def is_opted_out(until: date | None, *, today: date) -> bool:
    """Whether a school that opted out ``until`` a day, inclusive, is still left alone."""
    return until is not None and until >= today


class LeftOut(StrEnum):
    """Why a school of an audience is not written to."""

    SENT_BEFORE = "sent before"
    OPTED_OUT = "opted out"
    NOTHING_TO_DO = "nothing to do"
    NO_ADDRESS = "no email address"


@dataclass(frozen=True)
class Addressee:
    """A school that a campaign is meant for, and what decides whether it is written to.

    ``has_something_to_do``: somebody is registered there now or later, or it has a partnership in
    the contract period. ``was_sent`` says that the campaign has reached it.
    """

    school_id: int
    school_name: str
    tutor_name: str | None
    tutor_email: str | None
    opted_out_until: date | None
    has_something_to_do: bool
    was_sent: bool
    contact_emails: tuple[str | None, ...]

    @property
    def recipient(self) -> str | None:
        """Return the tutor's address, else the first that the schools register has."""
        return next(filter(None, (self.tutor_email, *self.contact_emails)), None)

    @property
    def greeting(self) -> str:
        """Return whom the email greets: nobody by name but the tutor."""
        return self.tutor_name if self.tutor_email and self.tutor_name else "colleague"


def why_left_out(campaign: ReminderCampaign, school: Addressee, *, today: date) -> LeftOut | None:
    """Return why a school is not written to; None when it is.

    The notice that registration opens goes to all: also to who opted out, and who has nobody.
    """
    is_for_all = campaign == _C.REGISTRATION_OPENING
    if school.was_sent:
        return LeftOut.SENT_BEFORE
    if not is_for_all and is_opted_out(school.opted_out_until, today=today):
        return LeftOut.OPTED_OUT
    if not is_for_all and not school.has_something_to_do:
        return LeftOut.NOTHING_TO_DO
    return None if school.recipient else LeftOut.NO_ADDRESS


def campaigns_due(today: date) -> list[ReminderCampaign]:
    """Return what schools are to be reminded of today, if they have not been this year."""
    due = {campaign: date(today.year, *day) for campaign, day in _DUE_ON.items()}
    return [campaign for campaign, day in due.items() if day <= today < day + _DUE_FOR]
