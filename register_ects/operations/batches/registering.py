"""A batch is confirmed once; each of its rows is registered once, in a transaction of its own."""

from register_ects import clock
from register_ects.formats import plural
from register_ects.models import (
    MentorAtSchoolPeriod,
    RegistrationBatch,
    RegistrationBatchRow,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.batches.held import (
    OVER,
    Checked,
    is_outdated,
    mark_of_rows,
    note,
)
from register_ects.operations.batches.working import work_after_commit
from register_ects.operations.messages.emails import queue_email, school_path
from register_ects.operations.placements.mentoring import assign_mentor
from register_ects.operations.placements.registration import ECTRegistration, register_ect
from register_ects.rules.enumerations import (
    AuthorType,
    EmailTemplate,
    RegistrationBatchState,
    RegistrationRowState,
)
from register_ects.rules.problems import refuse
from register_ects.rules.seen import CHANGED_MEANWHILE


@operation
def confirm_batch(batch: RegistrationBatch, *, seen: str, author: Author) -> None:
    """Have everybody in a batch who is ready registered by a job.

    ``seen`` is the mark of the rows that the page showed. Raises RuleBroken when it is confirmed
    already, what was shown has changed, nobody is ready, or the check is too old.
    """
    batch.refresh_from_db(from_queryset=RegistrationBatch.objects.select_for_update())
    if batch.state != RegistrationBatchState.READY or batch.expires_at <= clock.now():
        refuse("", "batch_not_open")
    rows = list(RegistrationBatchRow.objects.filter(batch=batch).exclude(state__in=OVER))
    if seen != mark_of_rows(rows):
        refuse("", CHANGED_MEANWHILE)
    ready = [row for row in rows if row.state == RegistrationRowState.OK]
    if not ready:
        refuse("", "nobody_ready")
    if any(is_outdated(row) for row in ready):
        refuse("", "checked_long_ago")
    batch.state = RegistrationBatchState.REGISTERING
    batch.confirmed_by_name, batch.confirmed_by_email = author.name, author.email
    batch.confirmed_by_staff, batch.confirmed_at = author.user, clock.now()
    batch.save()
    work_after_commit("schools.tasks.register_batch", batch)


def confirmed_by(batch: RegistrationBatch) -> Author:
    """Return who confirmed a batch."""
    return Author(
        AuthorType.DFE_STAFF_USER if batch.confirmed_by_staff else AuthorType.SCHOOL_USER,
        name=batch.confirmed_by_name,
        email=batch.confirmed_by_email,
        user=batch.confirmed_by_staff,
    )


@operation
def register_row(
    row: RegistrationBatchRow,
    details: ECTRegistration,
    mentor: MentorAtSchoolPeriod | None,
    *,
    author: Author,
) -> bool:
    """Register the person of a row, with their mentor; return whether this call did it.

    Raises RuleBroken as ``register_ect`` and ``assign_mentor`` do; nothing is then written.
    """
    row = _locked(row)
    if row.state != RegistrationRowState.OK:
        return False
    placement = register_ect(row.batch.school, details, author=author, tells_tutor=False)
    if mentor is not None:
        assign_mentor(placement, mentor, author=author, lead_provider=details.lead_provider)
    note(row, Checked(RegistrationRowState.REGISTERED, trn=row.trn, name=row.name))
    row.held, row.ect_at_school_period = b"", placement
    row.save()
    RegistrationBatch.objects.filter(pk=row.batch_id).update(updated_at=clock.now())
    return True


@operation
def refuse_row(row: RegistrationBatchRow, checked: Checked) -> None:
    """Note why the person of a row was not registered; what was typed of them stays."""
    row = _locked(row)
    if row.state == RegistrationRowState.OK:
        note(row, checked)
        row.save()


@operation
def finish_batch(batch: RegistrationBatch) -> None:
    """Close a batch of which nobody is left to register, and tell who confirmed it, once."""
    batch = RegistrationBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    rows = RegistrationBatchRow.objects.filter(batch=batch)
    is_over = not rows.filter(state=RegistrationRowState.OK).exists()
    if batch.state != RegistrationBatchState.REGISTERING or not is_over:
        return
    before = batch.registered_count
    batch.registered_count = rows.filter(state=RegistrationRowState.REGISTERED).count()
    batch.state, batch.finished_at = RegistrationBatchState.DONE, clock.now()
    batch.save()
    registered = batch.registered_count - before
    left = rows.exclude(state__in=OVER).count()
    author = confirmed_by(batch)
    record_event(
        "school_registered_several_ects",
        f"{batch.school.name} registered {plural(registered, 'ECT')} together",
        author=author,
        about=[batch.school],
        metadata={"batch": str(batch.pk), "registered": registered, "not_registered": left},
    )
    _tell(batch, author, registered=registered, left=left)


def _tell(batch: RegistrationBatch, author: Author, *, registered: int, left: int) -> None:
    """Write to who confirmed the batch, and to the induction tutor if that is somebody else."""
    tutor = batch.school.induction_tutor_email
    readers = {
        (author.email or "").casefold(): (author.email, author.name),
        (tutor or "").casefold(): (tutor, batch.school.induction_tutor_name),
    }
    for email, name in readers.values():
        queue_email(
            EmailTemplate.SEVERAL_REGISTERED_SUMMARY,
            recipient=email,
            personalisation={
                "reader_name": name or "",
                "registered_by": author.as_told_to_schools,
                "school_name": batch.school.name,
                "registered": plural(registered, "ECT"),
                "not_registered": plural(left, "ECT") if left else "nobody",
                "batch_path": f"{school_path(batch.school)}/register-several/{batch.pk}",
            },
        )


def _locked(row: RegistrationBatchRow) -> RegistrationBatchRow:
    """Return a row as it is now, held to the end of the transaction."""
    rows = RegistrationBatchRow.objects.select_related("batch__school__gias_school")
    return rows.select_for_update(of=("self",)).get(pk=row.pk)
