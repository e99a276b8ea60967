"""Remind schools by email: who is written to, and queueing it (spec 05 §12.2, spec 07 §9)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from register_ects import clock
from register_ects.database.waiting import wait_for_others
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    RegistrationClosure,
    School,
    SchoolPartnership,
    SchoolReminder,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import queue_emails
from register_ects.operations.schools.opting_out import opt_out_path
from register_ects.rules.closures import reopens_on
from register_ects.rules.enumerations import ReminderCampaign
from register_ects.rules.establishments import CHILDRENS_CENTRES, OPEN_STATUSES
from register_ects.rules.reminders import (
    TEMPLATES,
    Addressee,
    LeftOut,
    campaigns_due,
    why_left_out,
)

_PLACEMENTS = (ECTAtSchoolPeriod, MentorAtSchoolPeriod)
#: The two addresses of the register, then what an Addressee is made of.
_FIELDS = (
    "gias_school__primary_contact_email",
    "gias_school__secondary_contact_email",
    "pk",
    "gias_school__name",
    "induction_tutor_name",
    "induction_tutor_email",
    "opted_out_of_reminder_emails_until",
)

_ADDRESSEE = (
    *("school_id", "school_name", "tutor_name", "tutor_email", "opted_out_until"),
    *("has_something_to_do", "was_sent"),
)


@dataclass
class Mailing:
    """Whom a campaign writes to now, and how many of its audience it leaves out, and why."""

    schools: list[Addressee] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)


def mailing(campaign: ReminderCampaign) -> Mailing:
    """Return whom this year's campaign would write to today. Two queries."""
    found, today = Mailing(), clock.today()
    for school in audience(campaign):
        reason = why_left_out(campaign, school, today=today)
        if reason is None:
            found.schools.append(school)
        else:
            found.left_out[reason] += 1
    return found


@operation
def queue_reminders(campaign: ReminderCampaign, *, author: Author) -> Mailing:
    """Queue the emails of this year's campaign; return whom it wrote to.

    A school that it has reached is not written to again, whoever else runs it meanwhile.
    """
    wait_for_others("school reminders")  # before looking whom a campaign has reached
    found, year = mailing(campaign), clock.today().year
    if not found.schools:
        return found
    emails = queue_emails(
        TEMPLATES[campaign],
        (
            (
                school.recipient or "",
                {
                    "recipient_name": school.greeting,
                    "school_name": school.school_name,
                    "opt_out_path": opt_out_path(school.school_id),
                },
            )
            for school in found.schools
        ),
    )
    SchoolReminder.objects.bulk_create(
        [
            SchoolReminder(school_id=school.school_id, campaign=campaign, year=year, email=email)
            for school, email in zip(found.schools, emails, strict=True)
        ],
        batch_size=1_000,
    )
    record_event(
        "reminders_queued",
        f"Reminders to schools queued: {campaign.label} ({year})",
        author=author,
        about=[],
        metadata={
            "campaign": campaign,
            "year": year,
            "schools": len(found.schools),
            "left_out": dict(found.left_out),
        },
    )
    return found


def campaigns_due_today() -> list[ReminderCampaign]:
    """Return the campaigns that are due; none where the setting REMINDERS_ENABLED is off.

    While registration is closed nobody is told that it is open.
    """
    today = clock.today()
    if not settings.REMINDERS_ENABLED:
        return []
    closures = RegistrationClosure.objects.values_list("starts_on", "ends_on")
    is_closed = reopens_on(today, closures) is not None
    opening = ReminderCampaign.REGISTRATION_OPENING
    return [each for each in campaigns_due(today) if not (is_closed and each == opening)]


# -- Audiences ---------------------------------------------------------------------------------


def audience(campaign: ReminderCampaign) -> Iterator[Addressee]:
    """Return the schools that a campaign is meant for; none without a current contract period."""
    today = clock.today()
    period = ContractPeriod.objects.containing(today).first()
    if period is None:
        return
    if campaign == ReminderCampaign.NOBODY_REGISTERED:
        schools = in_partnership_without_people(period)
    else:
        schools = eligible_schools()
    sent = SchoolReminder.objects.filter(school=OuterRef("pk"), campaign=campaign, year=today.year)
    has_something_to_do = _has_people() | _in_partnership(period)
    found = schools.order_by("pk").values_list(*_FIELDS, has_something_to_do, Exists(sent))
    for row in found.iterator():
        yield _addressee(row)


def _addressee(row: Sequence[Any]) -> Addressee:
    return Addressee(**dict(zip(_ADDRESSEE, row[2:], strict=True)), contact_emails=(row[0], row[1]))


def eligible_schools() -> QuerySet[School]:
    """Return the open schools that may have funded training, but for children's centres."""
    eligible = Q(gias_school__eligible=True) | Q(marked_as_eligible=True)
    return _open_schools().filter(eligible)


def in_partnership_without_people(period: ContractPeriod) -> QuerySet[School]:
    """Return the open schools that have a partnership in a period, and in it no ECT or mentor."""
    return _open_schools().filter(_in_partnership(period), ~_has_people_in(period))


def _open_schools() -> QuerySet[School]:
    return School.objects.filter(gias_school__status__in=OPEN_STATUSES, merged_into=None).exclude(
        gias_school__type_name__in=CHILDRENS_CENTRES
    )


def _in_partnership(period: ContractPeriod) -> Exists:
    here = SchoolPartnership.objects.filter(school=OuterRef("pk"), contract_period=period)
    return Exists(here)


def _has_people() -> Q:
    """Whether somebody is registered at a school now or later."""
    today = clock.today()
    ects, mentors = (
        Exists(placements.objects.filter(school=OuterRef("pk")).current_or_future(today))
        for placements in _PLACEMENTS
    )
    return ects | mentors


def _has_people_in(period: ContractPeriod) -> Q:
    """Whether somebody was registered at a school on any day of a period."""
    begun = Q(school=OuterRef("pk"), started_on__lte=period.finished_on)
    ects, mentors = (
        Exists(placements.objects.filter(begun).current_or_future(period.started_on))
        for placements in _PLACEMENTS
    )
    return ects | mentors
