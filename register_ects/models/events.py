"""What happened, in words people read: an append-only record (spec 01 §4.9, 07 §5)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from register_ects import clock
from register_ects.models.base import (
    CaseInsensitiveTextField,
    never_happens,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check
from register_ects.rules.enumerations import AuthorType
from register_ects.rules.event_types import ADJUSTMENT_EVENTS, EVENT_CATEGORIES


def _link(to: str) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(
        to, models.SET_NULL, null=True, blank=True, related_name="events", db_index=True
    )


#: Everything but the links, which become null, or follow a person or school that is merged.
_WORDS = (
    *("id", "event_type", "category", "heading", "body", "happened_at", "recorded_at"),
    *("author_type", "author_email", "author_name"),
    *("modifications", "metadata", "zendesk_ticket_id"),
)
_WORDS_CHANGED = "({}) IS DISTINCT FROM ({})".format(
    ", ".join(f"NEW.{column}" for column in _WORDS), ", ".join(f"OLD.{column}" for column in _WORDS)
)


class Event(models.Model):
    """One thing that happened. ``happened_at`` is business time, past or future.

    Written in the transaction of the change and never altered; links are set to null when the
    row they name goes, and the heading keeps the words.
    """

    event_type = models.CharField(max_length=60)
    category = models.CharField(max_length=20)
    heading = models.TextField()
    body = models.TextField(null=True, blank=True)
    happened_at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    author_type = models.CharField(max_length=21, choices=AuthorType)
    author = models.ForeignKey(
        "register_ects.StaffUser", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_email = CaseInsensitiveTextField(null=True, blank=True)
    author_name = models.TextField(null=True, blank=True)
    modifications = models.JSONField(default=list)
    metadata = models.JSONField(default=dict)
    zendesk_ticket_id = models.PositiveIntegerField(null=True, blank=True)

    teacher = _link("register_ects.Teacher")
    school = _link("register_ects.School")
    user = _link("register_ects.StaffUser")
    appropriate_body = _link("register_ects.AppropriateBody")
    induction_period = _link("register_ects.InductionPeriod")
    induction_extension = _link("register_ects.InductionExtension")
    ect_at_school_period = _link("register_ects.ECTAtSchoolPeriod")
    mentor_at_school_period = _link("register_ects.MentorAtSchoolPeriod")
    mentorship_period = _link("register_ects.MentorshipPeriod")
    training_period = _link("register_ects.TrainingPeriod")
    schedule = _link("register_ects.Schedule")
    contract_period = _link("register_ects.ContractPeriod")
    school_partnership = _link("register_ects.SchoolPartnership")
    lead_provider = _link("register_ects.LeadProvider")
    delivery_partner = _link("register_ects.DeliveryPartner")
    active_lead_provider = _link("register_ects.ActiveLeadProvider")
    lead_provider_delivery_partnership = _link("register_ects.LeadProviderDeliveryPartnership")
    statement = _link("register_ects.Statement")
    statement_adjustment = _link("register_ects.StatementAdjustment")
    declaration = _link("register_ects.Declaration")
    batch = _link("register_ects.PendingInductionSubmissionBatch")

    class Meta:
        db_table = "event"
        ordering = ["-happened_at", "-id"]
        constraints = [
            Check(
                name="event_type_is_known",
                condition=Q(event_type__in=sorted(EVENT_CATEGORIES)),
                problem="not_recorded",
                sentence="This change could not be added to the history",
            ),
            one_of("event_author_type_is_known", "author_type", AuthorType),
            Check(
                name="event_author_is_named",
                condition=Q(author_type__in=[AuthorType.SYSTEM, AuthorType.LEAD_PROVIDER_API])
                | Q(author__isnull=False)
                | Q(author_email__isnull=False),
                problem="author_missing",
                sentence="This change needs the name of the person who made it. Sign in again",
            ),
        ]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="events_newest_first"),
            # A statement has an event for each declaration on it, and few of these.
            models.Index(
                fields=["statement"],
                name="events_of_adjustments",
                condition=Q(event_type__in=ADJUSTMENT_EVENTS),
            ),
            # Few of all events: those among which support looks for names of somebody else.
            models.Index(
                fields=["-recorded_at", "-id"],
                name="events_of_corrected_names",
                condition=Q(event_type="teacher_name_updated_by_user"),
            ),
        ]
        triggers = [
            refusing_trigger(
                name="events_are_never_rewritten",
                when_broken=_WORDS_CHANGED,
                message="Events are never rewritten",
                operation=pgtrigger.Update,
                problem="cannot_change",
            ),
            never_happens(
                name="events_are_never_deleted",
                operation=pgtrigger.Delete | pgtrigger.Truncate,
                message="Events are never deleted",
                problem="cannot_delete",
            ),
        ]

    def __str__(self) -> str:
        return self.heading
