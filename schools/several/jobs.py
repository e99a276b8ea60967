"""What the jobs do that check and register several ECTs; each may be stopped and run again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.base import Author
from register_ects.operations.batches import checking, registering
from register_ects.operations.batches.asking import Asking
from register_ects.operations.batches.held import OVER, Checked, Held, held_by
from register_ects.operations.measurements import count_bulk
from register_ects.operations.recorded import events_recorded
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.rules.enumerations import RegistrationBatchState, RegistrationRowState
from register_ects.rules.problems import RuleBroken
from schools.saving import wait_for
from schools.several.checking import Others, check, refused
from schools.several.forms import RowForm
from schools.several.known import Known
from schools.several.looking_up import Looked, look_up, read
from schools.several.offers import Offer

#: After how many people the answers of TRS are kept.
KEPT_AFTER = 24
#: How many rows are written down at once when they are checked.
NOTED_TOGETHER = 100
_CHANGED = "Something about this person has changed since you confirmed. Check it and confirm again"


@dataclass
class Line:
    """A row with what it holds, read."""

    row: RegistrationBatchRow
    held: Held
    form: RowForm

    @property
    def looked(self) -> Looked:
        """Return what a check is given."""
        return self.held, self.form


def check_batch(batch_id: UUID) -> None:
    """Look up and check every row of a batch that waits for it, then let it be confirmed."""
    batch = _at_work(batch_id, RegistrationBatchState.CHECKING)
    if batch is None:
        return
    lines = list(lines_of(batch))
    _look_up_waiting(batch, lines)
    note_checks_of(batch, lines, among=lines)
    checking.finish_checking(batch)


def note_checks_of(
    batch: RegistrationBatch, lines: Sequence[Line], *, among: Sequence[Line]
) -> None:
    """Check rows beside all that are not over, and keep what is found."""
    known = Known(batch.school, [line.looked for line in lines])
    others = Others.among(line.looked for line in among)
    for group in _groups(lines, NOTED_TOGETHER):
        found = [
            (line.row.pk, check(*line.looked, known=known, others=others)[0]) for line in group
        ]
        checking.note_checks(batch, found)


def register_batch(batch_id: UUID) -> None:
    """Register every row of a batch that is ready, each in a transaction of its own."""
    batch = _at_work(batch_id, RegistrationBatchState.REGISTERING)
    if batch is None:
        return
    ready = RegistrationBatchRow.objects.filter(batch=batch, state=RegistrationRowState.OK)
    for row in ready.order_by("number"):
        before = events_recorded()
        if register_line(batch, row):
            count_bulk(
                "register-ect",
                email=batch.confirmed_by_email or "",
                school_id=batch.school_id,
                began=batch.created_at,
                events=events_recorded() - before,
            )
    registering.finish_batch(batch)


def register_line(batch: RegistrationBatch, row: RegistrationBatchRow) -> bool:
    """Register one row, or note why it was not; what is saved is what was shown.

    Returns whether this call registered it.
    """
    offer = Offer(batch.school)
    line = _line(row, batch, offer)
    with transaction.atomic():
        wait_for(batch.school_id, {row.trn or ""})
        known = Known(batch.school, [line.looked])
        checked, plan = check(*line.looked, known=known, others=Others())
        try:
            if plan is not None and checked.will_do == row.will_do:
                author = registering.confirmed_by(batch)
                return registering.register_row(row, plan.details, plan.mentor, author=author)
        except RuleBroken as refusal:
            line.form.add_problems(refusal.problems)
            state = RegistrationRowState.NEEDS_ATTENTION
            checked = refused(line.form, state, checked.trn, checked.name)
        if checked.state == RegistrationRowState.OK:
            problem = ("", _CHANGED)
            state = RegistrationRowState.NEEDS_ATTENTION
            checked = Checked(state, (problem,), checked.trn, checked.name)
        registering.refuse_row(row, checked)
    return False


def lines_of(batch: RegistrationBatch) -> Iterator[Line]:
    """Yield the rows of a batch that are not over, in order."""
    offer = Offer(batch.school)
    for row in RegistrationBatchRow.objects.filter(batch=batch).exclude(state__in=OVER):
        yield _line(row, batch, offer)


def follow_merge(held: Held, form: RowForm, *, author: Author) -> None:
    """Let whom we hold under a TRN that TRS merged away have the new one, as the pages do."""
    old = form.cleaned_data.get("trn")
    if held.record and old and held.record["trn"] != old:
        follow_merged_trn(old, held.record["trn"], author=author)


def _look_up_waiting(batch: RegistrationBatch, lines: Sequence[Line]) -> None:
    waiting = [line for line in lines if line.row.state == RegistrationRowState.WAITING]
    author = Author.school_user(name=batch.uploaded_by_name, email=batch.uploaded_by_email)
    asker = batch.uploaded_by_email
    asking = Asking[Looked](
        lambda looked, may_ask: look_up(*looked, asker=asker, in_file=True, may_ask=may_ask)
    )
    for group in _groups(waiting, KEPT_AFTER):
        for line, held in zip(group, asking.ask([line.looked for line in group]), strict=True):
            line.held = held
        for line in group:
            follow_merge(line.held, line.form, author=author)
        checking.note_look_ups(batch, [(line.row.pk, line.held) for line in group])


def _groups(lines: Sequence[Line], size: int) -> Iterator[Sequence[Line]]:
    return (lines[i : i + size] for i in range(0, len(lines), size))


def _line(row: RegistrationBatchRow, batch: RegistrationBatch, offer: Offer) -> Line:
    held = held_by(row)
    form = read(held, batch.choices, offer)
    form.number = row.number
    return Line(row, held, form)


def _at_work(batch_id: UUID, state: RegistrationBatchState) -> RegistrationBatch | None:
    batches = RegistrationBatch.objects.select_related("school__gias_school", "confirmed_by_staff")
    return batches.filter(pk=batch_id, state=state).first()
