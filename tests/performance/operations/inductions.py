"""What appropriate bodies do, and what TRS says of it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from register_ects import clock
from register_ects.models import InductionExtension, InductionPeriod, Teacher, TRSInductionUpdate
from register_ects.operations.inductions import by_staff, corrections, extensions, trs_updates
from register_ects.operations.inductions import closing as induction_closing
from register_ects.operations.inductions import periods as inductions
from register_ects.rules.enumerations import InductionStatus, TermsReason, TRSUpdateState
from register_ects.rules.extensions import Extension
from register_ects.rules.staff_reasons import StaffReason
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def claimable() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        person = placement.teacher
        if not person.induction_periods.exists() and not person.declarations.exists():
            yield subjects.as_trs_shows(person, induction_status="RequiredToComplete")
    for person in subjects.people(induction_periods=None)[: subjects.MOST_CANDIDATES]:
        yield subjects.as_trs_shows(person, induction_status="RequiredToComplete")


def claim(record: Any) -> None:
    inductions.claim_ect(
        subjects.a_hub(),
        inductions.Claim(record, clock.today(), "provider_led"),
        author=AUTHOR,
    )


def closing(function: Callable[..., Any], **more: Any) -> Callable[[Any], Any]:
    def call(period: InductionPeriod) -> None:
        period.refresh_from_db()  # a call before may have been rolled back
        function(
            period,
            finished_on=clock.today(),
            number_of_terms=Decimal(2),
            terms_reason=TermsReason.OTHER,
            terms_reason_words="They returned from a career break",
            author=AUTHOR,
            **{name: value() for name, value in more.items()},
        )

    return call


def edit(period: InductionPeriod) -> None:
    period.refresh_from_db()
    programmes = {"provider_led": "school_led"}
    programme = programmes.get(period.training_programme or "", "provider_led")
    beginning = corrections.Beginning(period.started_on, programme)
    seen = corrections.mark_of_recorded(period)
    corrections.edit_period(period, beginning, seen=seen, author=AUTHOR)


def correct(period: InductionPeriod) -> None:
    closing(inductions.release_ect)(period)
    corrections.correct_release(
        period,
        finished_on=clock.today(),
        number_of_terms=Decimal(1),
        seen=corrections.mark_of_recorded(period),
        author=AUTHOR,
    )


def _extension(terms: int = 1) -> Extension:
    today = clock.today()
    return Extension(Decimal(terms), today, today, "Too little evidence")


def extend(period: InductionPeriod) -> InductionExtension:
    period.refresh_from_db()
    return extensions.add_extension(period, _extension(), author=AUTHOR)


def change_extension(period: InductionPeriod) -> None:
    held = extend(period)
    seen = extensions.mark_of_extension(held)
    extensions.change_extension(period, held, _extension(2), seen=seen, author=AUTHOR)


def withdraw_extension(period: InductionPeriod) -> None:
    held = extend(period)
    seen = extensions.mark_of_extension(held)
    extensions.withdraw_extension(period, held, reason="Wrong ECT", seen=seen, author=AUTHOR)


_REASON = StaffReason(note="Recorded for somebody else")


def delete_extension(period: InductionPeriod) -> None:
    held = extend(period)
    seen = extensions.mark_of_extension(held)
    extensions.delete_extension(held, _REASON, seen=seen, author=AUTHOR)


def without_period() -> Iterator[Teacher]:
    yield from subjects.people(induction_periods=None)[: subjects.MOST_CANDIDATES]


def add_period(teacher: Teacher) -> None:
    entered = by_staff.PeriodEntered(clock.today(), None, None, "provider_led")
    by_staff.add_period(teacher, subjects.a_hub(), entered, _REASON, author=AUTHOR)


def change_period(period: InductionPeriod) -> None:
    period.refresh_from_db()
    programmes = {"provider_led": "school_led"}
    programme = programmes.get(period.training_programme or "", "provider_led")
    entered = by_staff.PeriodEntered(period.started_on, None, None, programme)
    seen = corrections.mark_of_recorded(period)
    by_staff.change_period(period, entered, _REASON, seen=seen, author=AUTHOR)


def delete_period(period: InductionPeriod) -> None:
    period = InductionPeriod.objects.get(pk=period.pk)
    seen = corrections.mark_of_recorded(period)
    by_staff.delete_period(period, _REASON, seen=seen, author=AUTHOR)


def with_outcome() -> Iterator[InductionPeriod]:
    ended = InductionPeriod.objects.filter(outcome__isnull=False)
    yield from ended.order_by("pk")[: subjects.MOST_CANDIDATES]


def reopen(period: InductionPeriod) -> None:
    period.refresh_from_db()
    seen = corrections.mark_of_recorded(period)
    by_staff.reopen_induction(period, _REASON, seen=seen, author=AUTHOR)


def send_again(update: TRSInductionUpdate) -> None:
    update.state = TRSUpdateState.REJECTED
    update.save()
    trs_updates.queue_again(update, author=AUTHOR)


def on_waiting_message(settle: Callable[[TRSInductionUpdate], Any]) -> Callable[[Any], Any]:
    def call(teacher: Teacher) -> None:
        update = TRSInductionUpdate.objects.create(
            teacher=teacher,
            status=InductionStatus.IN_PROGRESS,
            start_date=clock.today(),
            changed_at=clock.now(),
            attempts=1,
        )
        settle(update)

    return call


OPERATIONS = [
    MeasuredOperation("Claim an ECT", inductions.claim_ect, claimable, claim),
    MeasuredOperation(
        "Release", inductions.release_ect, subjects.open_inductions, closing(inductions.release_ect)
    ),
    MeasuredOperation(
        "Record a pass",
        inductions.pass_induction,
        subjects.open_inductions,
        closing(inductions.pass_induction),
    ),
    MeasuredOperation(
        "Confirm that a fail was told",
        inductions.confirm_fail,
        subjects.open_inductions,
        lambda period: inductions.confirm_fail(
            period, seen=induction_closing.mark_of_period(period)
        ),
    ),
    MeasuredOperation(
        "Record a fail",
        inductions.fail_induction,
        subjects.open_inductions,
        closing(inductions.fail_induction, fail_confirmation_sent_on=clock.today),
    ),
    MeasuredOperation(
        "Correct a beginning", corrections.edit_period, subjects.open_inductions, edit
    ),
    MeasuredOperation(
        "Correct a release", corrections.correct_release, subjects.open_inductions, correct
    ),
    MeasuredOperation("Add a period as staff", by_staff.add_period, without_period, add_period),
    MeasuredOperation(
        "Change a period as staff",
        by_staff.change_period,
        subjects.open_inductions,
        change_period,
    ),
    MeasuredOperation(
        "Delete a period as staff",
        by_staff.delete_period,
        subjects.open_inductions,
        delete_period,
    ),
    MeasuredOperation("Reopen an induction", by_staff.reopen_induction, with_outcome, reopen),
    MeasuredOperation(
        "Delete an extension as staff",
        extensions.delete_extension,
        subjects.open_inductions,
        delete_extension,
    ),
    MeasuredOperation(
        "Extend an induction", extensions.add_extension, subjects.open_inductions, extend
    ),
    MeasuredOperation(
        "Change an extension",
        extensions.change_extension,
        subjects.open_inductions,
        change_extension,
    ),
    MeasuredOperation(
        "Withdraw an extension",
        extensions.withdraw_extension,
        subjects.open_inductions,
        withdraw_extension,
    ),
    MeasuredOperation(
        "Note that TRS accepted",
        trs_updates.record_sent,
        subjects.ects,
        on_waiting_message(trs_updates.record_sent),
    ),
    MeasuredOperation(
        "Note that TRS refused",
        trs_updates.record_rejected,
        subjects.ects,
        on_waiting_message(lambda update: trs_updates.record_rejected(update, "refused")),
    ),
    MeasuredOperation(
        "Note that TRS knew better",
        trs_updates.record_superseded,
        subjects.ects,
        on_waiting_message(lambda update: trs_updates.record_superseded(update, "later")),
    ),
    MeasuredOperation(
        "Note that TRS is away",
        trs_updates.record_unavailable,
        subjects.ects,
        on_waiting_message(
            lambda update: trs_updates.record_unavailable(update, "503", retry_after=None)
        ),
    ),
    MeasuredOperation(
        "Send again what TRS refused",
        trs_updates.queue_again,
        subjects.ects,
        on_waiting_message(send_again),
    ),
]
