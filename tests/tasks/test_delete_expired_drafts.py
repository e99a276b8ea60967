"""Working data with birth dates goes when its time is up (spec 06 §6.22 check 15)."""

from datetime import date

from register_ects.models import JourneyDraft, PendingInductionSubmission
from register_ects.tasks import delete_expired_drafts
from tests.factories import JourneyDraftFactory, PendingInductionSubmissionFactory, noon


def test_what_is_over_is_deleted_and_what_is_not_stays(on):
    on("2026-07-16")
    kept = PendingInductionSubmissionFactory(delete_at=noon(date(2026, 7, 17)))
    PendingInductionSubmissionFactory(delete_at=noon(date(2026, 7, 15)))
    draft = JourneyDraftFactory()
    JourneyDraftFactory(expires_at=noon(date(2026, 7, 15)))

    delete_expired_drafts()

    assert PendingInductionSubmission.objects.get() == kept
    assert JourneyDraft.objects.get() == draft
