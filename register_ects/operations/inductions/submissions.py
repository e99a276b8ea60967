"""Short-lived working rows of uploads: they hold birth dates, so they must go."""

from register_ects import clock
from register_ects.models import PendingInductionSubmission


def delete_expired_submissions() -> int:
    """Delete the rows whose time is up and return how many. Source: spec 06 §6.2.4 Improve."""
    deleted, _ = PendingInductionSubmission.objects.filter(delete_at__lte=clock.now()).delete()
    return deleted
