"""What the service itself keeps: drafts, forms sent, questions, closures, notices, emails."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from register_ects import clock
from register_ects.models.base import (
    CaseInsensitiveTextField,
    TimeStamped,
    one_of,
)
from register_ects.models.constraints import Check, Unique
from register_ects.models.schools import School
from register_ects.rules.enumerations import (
    EmailReceipt,
    EmailState,
    ReminderCampaign,
    SupportQueryState,
)


class JourneyDraft(TimeStamped):
    """Answers given so far in one run of a journey; the id is in the URL (spec 05 §13 Improve).

    ``answers`` is encrypted: it may hold a date of birth or a National Insurance number until
    the journey completes, the draft expires or it lies idle for a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.CharField(max_length=40)
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="journey_drafts"
    )
    owner = models.TextField()
    subject_type = models.CharField(max_length=40, null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    answers = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField(db_index=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "journey_draft"
        indexes = [models.Index(fields=["school", "journey"], name="journey_drafts_of_school")]

    def __str__(self) -> str:
        return f"{self.journey} {self.pk}"


class SentForm(models.Model):
    """A form that created something, by the key drawn with its page: what it did is done once.

    ``answers_mark`` is the mark of what was sent with it (``rules.seen``). Kept for a week.
    """

    key = models.UUIDField(primary_key=True)
    answers_mark = models.CharField(max_length=20)
    sent_at = models.DateTimeField(default=clock.real_now, db_index=True)

    class Meta:
        db_table = "sent_form"

    def __str__(self) -> str:
        return f"Form {self.key}"


class SupportQuery(TimeStamped):
    """A question that a school sent to support, to be handed to the help desk.

    ``key`` is what the help desk knows it by, so that handed over twice it is one ticket.
    """

    key = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    name = models.TextField()
    email = CaseInsensitiveTextField()
    school_name = models.TextField()
    school_urn = models.PositiveIntegerField()
    message = models.TextField()
    asked_from = models.TextField(null=True, blank=True)
    state = models.CharField(
        max_length=7, choices=SupportQueryState, default=SupportQueryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_response = models.TextField(null=True, blank=True)
    zendesk_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "support_query"
        constraints = [
            one_of("support_query_state_is_known", "state", SupportQueryState),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="support_queries_not_sent",
                condition=~Q(state=SupportQueryState.SENT),
            ),
            models.Index(fields=["school_urn", "created_at"], name="support_queries_of_school"),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class RegistrationClosure(TimeStamped):
    """Days, both inclusive, on which schools cannot register (spec 05 §12.1 Improve)."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    message = models.TextField()

    class Meta:
        db_table = "registration_closure"
        constraints = [
            Check(
                name="closure_ends_on_or_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                problem="ends_on before_start",
                sentence="The closure must end on or after the day it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"


class ServiceNotice(TimeStamped):
    """What everybody reads on every page for some time, of an incident or of maintenance."""

    message = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "service_notice"
        constraints = [
            Check(
                name="service_notice_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                problem="ends_at before_start",
                sentence="The notice must end after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} to {self.ends_at}"


class OutgoingEmail(TimeStamped):
    """An email to send through GOV.UK Notify, written in the operation's transaction.

    ``reference`` is our name for one sending, which Notify repeats in its receipt. ``receipt`` is
    what became of it at the address, at ``receipt_at`` by Notify's clock. ``next_attempt_at`` is
    when a queued email may be tried again, or Notify asked about one that was sent.
    """

    template = models.CharField(max_length=60)
    recipient = CaseInsensitiveTextField()
    personalisation = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=EmailState, default=EmailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    reference = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    notify_id = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=clock.now)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_response = models.TextField(null=True, blank=True)
    receipt = models.CharField(max_length=17, choices=EmailReceipt, null=True, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "outgoing_email"
        constraints = [
            one_of("email_state_is_known", "state", EmailState),
            one_of("email_receipt_is_known", "receipt", EmailReceipt),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="emails_to_send",
                condition=Q(state=EmailState.QUEUED),
            ),
            models.Index(
                fields=["next_attempt_at"],
                name="emails_without_receipt",
                condition=Q(state=EmailState.SENT, next_attempt_at__isnull=False),
            ),
            models.Index(
                fields=["updated_at"],
                name="emails_failed",
                condition=Q(state=EmailState.FAILED),
            ),
            models.Index(
                fields=["recipient", "-receipt_at"],
                name="emails_of_address",
                condition=Q(receipt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"


class SchoolReminder(TimeStamped):
    """A campaign's email to a school: each campaign writes to a school once a year.

    ``email`` is what was queued, for as long as the outbox keeps it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="reminders")
    campaign = models.CharField(max_length=20, choices=ReminderCampaign)
    year = models.PositiveSmallIntegerField()
    email = models.OneToOneField(
        OutgoingEmail, models.SET_NULL, null=True, blank=True, related_name="reminder"
    )

    class Meta:
        db_table = "school_reminder"
        constraints = [
            one_of("reminder_campaign_is_known", "campaign", ReminderCampaign),
            Unique(
                name="one_reminder_of_a_campaign_per_school_and_year",
                fields=["campaign", "year", "school"],
                problem="campaign already_sent",
                sentence="This reminder was sent to the school already",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.year}"
