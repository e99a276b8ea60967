"""Emails: whether an address is free, and queueing what a person must be told."""

from collections.abc import Mapping

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, OutgoingEmail


def email_is_taken(email: str, *, trn: str | None) -> bool:
    """Say whether another person, at any school, now or later has this address.

    Two people with one address would share a learning account. The same person may reuse their
    own. Case does not matter. Source: spec 05 §6.2 with its Improve.
    """
    today = clock.today()
    return any(
        placements.objects.filter(email=email)
        .current_or_future(today)
        .exclude(teacher__trn=trn)
        .exists()
        for placements in (ECTAtSchoolPeriod, MentorAtSchoolPeriod)
    )


def queue_email(
    template: str, *, recipient: str | None, personalisation: Mapping[str, str]
) -> None:
    """Add an email to the outbox, in the transaction of the change; none without an address."""
    if recipient:
        OutgoingEmail.objects.create(
            template=template, recipient=recipient, personalisation=dict(personalisation)
        )
