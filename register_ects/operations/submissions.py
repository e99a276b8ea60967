"""Short-lived working rows of appropriate bodies: they hold birth dates, so they must go."""

from datetime import timedelta

from register_ects import clock
from register_ects.models import InductionPeriod, PendingInductionSubmission
from register_ects.operations.base import operation
from register_ects.operations.induction_closing import problems_with_period_seen
from register_ects.operations.inductions import lock_open_period
from register_ects.rules.enumerations import InductionOutcome
from register_ects.rules.problems import refuse_if

#: How long a working row may be kept.
KEPT_FOR = timedelta(hours=24)


@operation
def confirm_fail(period: InductionPeriod, *, seen: str) -> None:
    """Keep for a day that the body has told an ECT in writing that they failed.

    ``seen`` is the mark of the period that the body was shown (``mark_of_period``). Nothing of the
    ECT changes, so there is no event: the fail itself tells. Raises RuleBroken when the period is
    closed, or is not the one that was shown. Source: spec 06 §6.10.
    """
    teacher = lock_open_period(period)
    refuse_if(problems_with_period_seen(period, seen))
    PendingInductionSubmission.objects.create(
        appropriate_body=period.appropriate_body,
        trn=teacher.trn,
        started_on=period.started_on,
        outcome=InductionOutcome.FAIL,
        confirmed_at=clock.now(),
        delete_at=clock.now() + KEPT_FOR,
    )


def delete_expired_submissions() -> int:
    """Delete the rows whose time is up and return how many. Source: spec 06 §6.2.4 Improve."""
    deleted, _ = PendingInductionSubmission.objects.filter(delete_at__lte=clock.now()).delete()
    return deleted
