"""What DfE staff mend of an induction: delete a period, reopen a finished one (spec 06 §6.12).

Each asks for a reason, which the event keeps. TRS is told of all that then holds.
"""

from typing import Any

from register_ects.models import InductionPeriod
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.inductions.corrections import problems_with_recorded
from register_ects.operations.inductions.trs_updates import queue_trs_update
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.rules.problems import refuse, refuse_if
from register_ects.rules.staff_reasons import StaffReason, problems_with_reason

#: What a period loses when its induction goes on.
_ENDING = (
    *("finished_on", "number_of_terms", "terms_reason", "terms_reason_words"),
    *("outcome", "fail_confirmation_sent_on"),
)
_ALL = ("started_on", "training_programme", *_ENDING)


@operation
def delete_period(
    period: InductionPeriod, reason: StaffReason, *, seen: str, author: Author
) -> None:
    """Delete a period without an outcome; its event keeps all that it said.

    ``seen`` is the mark of what the author was shown (``mark_of_recorded``). Raises RuleBroken
    when the period has an outcome, was changed or deleted meanwhile or the reason cannot be.
    """
    now = _locked(period)
    refuse_if(problems_with_reason(reason))
    if now.outcome:
        refuse("", "has_outcome")
    refuse_if(problems_with_recorded(now, seen))
    teacher, body, before = now.teacher, now.appropriate_body, _values(now)
    now.delete()
    record_event(
        "induction_period_deleted",
        f"The induction period of {teacher.name} with {body.name} was deleted",
        author=author,
        about=[teacher, body],
        changes={name: (value, None) for name, value in before.items() if value is not None},
        **_told(reason),
    )
    if not teacher.induction_periods.exists():
        record_event(
            "teacher_induction_status_reset",
            f"{teacher.name} has no induction period left and still has to complete induction",
            author=author,
            about=[teacher],
        )
    queue_trs_update(teacher)


@operation
def reopen_induction(
    period: InductionPeriod, reason: StaffReason, *, seen: str, author: Author
) -> None:
    """Take back the outcome of an induction, with its end: the period is open again.

    What the outcome closed at the school stays closed. Raises RuleBroken as ``delete_period``
    does, and when the period has no outcome.
    """
    now = _locked(period)
    refuse_if(problems_with_reason(reason))
    if not now.outcome:
        refuse("", "no_outcome")
    refuse_if(problems_with_recorded(now, seen))
    before = _values(now)
    for name in _ENDING:
        setattr(now, name, None)
    now.save(update_fields=[*_ENDING, "updated_at"])
    teacher, body = now.teacher, now.appropriate_body
    record_event(
        "induction_period_reopened",
        f"The induction of {teacher.name} with {body.name} was reopened",
        author=author,
        about=[teacher, body, now],
        changes={name: (before[name], None) for name in _ENDING if before[name] is not None},
        **_told(reason),
    )
    queue_trs_update(teacher)


def _locked(period: InductionPeriod) -> InductionPeriod:
    """Lock the person and return the period as it is now."""
    lock_people(owner_of(period))
    with_people = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    found: InductionPeriod | None = with_people.filter(pk=period.pk).first()
    if found is None:
        refuse("", "already_deleted")
    return found


def _told(reason: StaffReason) -> dict[str, Any]:
    return {"body": reason.note.strip() or None, "ticket": reason.ticket_number}


def _values(period: InductionPeriod) -> dict[str, Any]:
    return {name: getattr(period, name) for name in _ALL}
