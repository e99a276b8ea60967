"""Queueing what a person must be told by email."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from register_ects.celery import app
from register_ects.models import (
    ECTAtSchoolPeriod,
    OutgoingEmail,
    Placement,
    School,
)
from register_ects.rules.enumerations import EmailTemplate, TutorEmails


def queue_email(
    template: EmailTemplate, *, recipient: str | None, personalisation: Mapping[str, str]
) -> None:
    """Add an email to the outbox, in the transaction of the change; none without an address.

    ``personalisation`` has a text for each gap of the template (``templates/emails/``) that is
    not one of the links in the setting EMAIL_LINKS.
    """
    if recipient:
        email = OutgoingEmail.objects.create(
            template=template, recipient=recipient, personalisation=dict(personalisation)
        )
        deliver_after_commit(email)


def tell_induction_tutor(school: School, template: EmailTemplate, **words: str) -> None:
    """Write to a school's induction tutor, if it has named one and wants this kind of email.

    ``words`` fill the gaps.
    """
    if TutorEmails.of(template) in school.unwanted_emails:
        return
    queue_email(
        template,
        recipient=school.induction_tutor_email,
        personalisation={
            "induction_tutor_name": school.induction_tutor_name or "",
            "school_name": school.name,
            "school_path": school_path(school),
            **words,
        },
    )


def school_path(school: School) -> str:
    """Return how the addresses of a school's pages begin: whoever is at several opens this one."""
    return f"/school/{school.urn}"


def record_path(placement: Placement) -> str:
    """Return where a school finds somebody's record."""
    people = "ects" if isinstance(placement, ECTAtSchoolPeriod) else "mentors"
    return f"{school_path(placement.school)}/{people}/{placement.pk}"


def deliver_after_commit(email: OutgoingEmail) -> None:
    """Have a job deliver a queued email once its transaction is committed."""
    # By name: the tasks import the operations. Robust: the timer delivers what Redis missed.
    transaction.on_commit(
        lambda: app.send_task("register_ects.tasks.deliver_email", [email.pk]), robust=True
    )


def queue_emails(
    template: EmailTemplate,
    emails: Iterable[tuple[str, Mapping[str, str]]],
    *,
    references: Iterable[UUID] | None = None,
) -> list[OutgoingEmail]:
    """Add many emails to the outbox at once, each a recipient and a personalisation.

    ``references`` are names of our own for them, in the same order: no two emails share one. The
    timer hands them out in turn.
    """
    rows = [
        OutgoingEmail(template=template, recipient=recipient, personalisation=dict(words))
        for recipient, words in emails
    ]
    if references is not None:
        for row, reference in zip(rows, references, strict=True):
            row.reference = reference
    return OutgoingEmail.objects.bulk_create(
        rows,
        batch_size=1_000,
    )
