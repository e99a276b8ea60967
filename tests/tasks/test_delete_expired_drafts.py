"""Working data with birth dates goes when its time is up (spec 06 §6.22 check 15)."""

from datetime import date, timedelta
from uuid import uuid4

from register_ects import clock
from register_ects.models import JourneyDraft, PendingInductionSubmission, SentForm
from register_ects.tasks import delete_expired_drafts
from tests.factories import JourneyDraftFactory, PendingInductionSubmissionFactory, noon

BEFORE = noon(date(2026, 7, 1))


def ago(days):
    return clock.real_now() - timedelta(days=days)


def test_what_is_over_is_deleted_and_what_is_not_stays(on):
    on("2026-07-16")
    kept = PendingInductionSubmissionFactory(
        batch__expires_at=noon(date(2026, 7, 17)), batch__created_at=BEFORE
    )
    PendingInductionSubmissionFactory(
        batch__expires_at=noon(date(2026, 7, 15)), batch__created_at=BEFORE
    )
    draft = JourneyDraftFactory()
    SentForm.objects.create(key=uuid4(), answers_mark="a", sent_at=ago(8))
    sent = SentForm.objects.create(key=uuid4(), answers_mark="a", sent_at=ago(6))
    JourneyDraftFactory(expires_at=noon(date(2026, 7, 15)))

    delete_expired_drafts()

    assert PendingInductionSubmission.objects.get() == kept
    assert JourneyDraft.objects.get() == draft
    assert SentForm.objects.get() == sent
