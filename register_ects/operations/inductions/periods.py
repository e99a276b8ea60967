"""Open and close induction periods: claim, release, pass, fail.

What is allowed: ``rules/inductions.py``. Every change locks the person first, so that two
bodies, or two tabs, go one after the other and the second is told why it came too late. TRS is
told through the outbox of ``trs_updates``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Required, TypedDict, Unpack

from django.conf import settings

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import AppropriateBody, InductionPeriod, MentorshipPeriod, Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.inductions.closing import (
    asks_for_reason,
    closing_problems,
    problems_with_period_seen,
    without_reason,
)
from register_ects.operations.inductions.outcomes import ClosedPart, close_schooling
from register_ects.operations.inductions.trs_updates import queue_trs_update
from register_ects.operations.messages.emails import queue_email
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.operations.teachers.records import find_or_create_teacher
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.rules.enumerations import (
    EmailTemplate,
    InductionOutcome,
    TermsReason,
    TraineeRole,
    TrainingProgramme,
)
from register_ects.rules.inductions import (
    ClaimFacts,
    problem_with_claiming,
    problem_with_reason_words,
    problems_with_claim_start,
)
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.staff_reasons import StaffReason, problems_with_reason


@dataclass(frozen=True)
class Claim:
    """What a body says when it claims someone; ``record`` is the person as TRS shows them."""

    record: TeacherRecord
    started_on: date
    training_programme: str


class Closing(TypedDict, total=False):
    """How an induction period is closed.

    ``finished_on`` is the last day of responsibility, ``number_of_terms`` the full-time
    equivalent served, ``terms_reason`` why they are unusual, and ``terms_reason_words`` what else
    it is, for one that is not listed. ``seen`` is the mark of the period that the author was shown
    (``mark_of_period``), None when nobody was shown any. ``reason`` is why staff record an outcome
    for the body, None where the body does so itself.
    """

    finished_on: Required[date]
    number_of_terms: Required[Decimal]
    terms_reason: TermsReason | None
    terms_reason_words: str | None
    seen: str | None
    reason: StaffReason | None


@operation
def claim_ect(body: AppropriateBody, claim: Claim, *, author: Author) -> InductionPeriod:
    """Open an induction period at a body for the person of a TRS record.

    Finds or creates the person, queues the message to TRS and sets whether training is fundable.
    Raises RuleBroken (fields: ``started_on``, ``training_programme``, "" for the person); nothing
    is then written. Source: spec 06 §6.8, §6.15.
    """
    teacher = find_or_create_teacher(claim.record, author=author, appropriate_body=body)
    _check_claim(teacher, body, claim)
    period = InductionPeriod.objects.create(
        teacher=teacher,
        appropriate_body=body,
        started_on=claim.started_on,
        training_programme=claim.training_programme,
    )
    queue_trs_update(teacher)
    record_event(
        "induction_period_opened",
        f"{body.name} claimed {teacher.name}",
        author=author,
        about=[teacher, body, period],
        happened_on=period.started_on,
        changes={
            "started_on": (None, period.started_on),
            "training_programme": (None, period.get_training_programme_display()),
        },
    )
    set_funding_eligibility(teacher, TraineeRole.ECT, author=author)
    return period


def claim_problem(
    body: AppropriateBody,
    record: TeacherRecord,
    periods: Iterable[InductionPeriod] | None = None,
) -> Problem | None:
    """Return the first reason why this body may not claim the person of a record, if any.

    A person whom this body holds already is a reason too (``already_yours``). ``periods`` are all
    those of the person, where they are known.
    """
    return _problem(body, record, _periods_of(record) if periods is None else list(periods))


@operation
def release_ect(period: InductionPeriod, *, author: Author, **closing: Unpack[Closing]) -> None:
    """Close an induction period without an outcome, so that another body may claim.

    ``terms_reason`` is needed where the dates hold fewer terms. TRS is not told. Raises
    RuleBroken. Source: spec 06 §6.10.
    """
    teacher = _lock_open_period(period)
    close_period(period, **closing)
    body = period.appropriate_body
    record_event(
        "induction_period_closed",
        f"{body.name} released {teacher.name}",
        author=author,
        about=[teacher, body, period],
        happened_on=period.finished_on,
        body=_told_of_terms(period),
    )


@operation
def pass_induction(
    period: InductionPeriod, *, author: Author, **closing: Unpack[Closing]
) -> list[ClosedPart]:
    """Record that an ECT passed induction; return what of their school life was closed.

    Placements, training and mentorships end today, whatever ``finished_on`` is. TRS will hold
    the pass. ``terms_reason`` is needed where the terms are fewer than an induction takes, or
    more than the dates hold. Raises RuleBroken. Source: spec 06 §6.10.1.
    """
    return _conclude(period, InductionOutcome.PASS, author, **closing)


@operation
def confirm_fail(period: InductionPeriod, *, seen: str) -> None:
    """Check the period of which a body says that it told an ECT in writing that they failed.

    ``seen`` is the mark of the period that the body was shown (``mark_of_period``): whoever keeps
    the answer keeps it too, so that it holds of no other period. Nothing of the ECT changes, so
    there is no event: the fail itself tells. Raises RuleBroken when the period is closed, or is not
    the one that was shown. Source: spec 06 §6.10.
    """
    _lock_open_period(period)
    refuse_if(problems_with_period_seen(period, seen))


@operation
def fail_induction(
    period: InductionPeriod,
    *,
    fail_confirmation_sent_on: date,
    author: Author,
    **closing: Unpack[Closing],
) -> list[ClosedPart]:
    """Record that an ECT failed induction; return what of their school life was closed.

    ``fail_confirmation_sent_on`` is the day the body told the ECT in writing. The Teaching
    Regulation Agency gets an email, to watch for an appeal. Otherwise as ``pass_induction``.
    """
    closed = _conclude(period, InductionOutcome.FAIL, author, fail_confirmation_sent_on, **closing)
    queue_email(
        EmailTemplate.INDUCTION_FAILED,
        recipient=settings.TRA_EMAIL,
        personalisation={
            "appropriate_body_name": period.appropriate_body.name,
            "ect_name": period.teacher.name,
            "trn": period.teacher.trn or "",
            "notified_on": govuk_date(fail_confirmation_sent_on),
        },
    )
    return closed


def _check_claim(teacher: Teacher, body: AppropriateBody, claim: Claim) -> None:
    periods = list(teacher.induction_periods.select_related("appropriate_body"))
    problem = _problem(body, claim.record, periods)
    refuse_if([problem] if problem else [])
    problems = _start_problems(claim.record, claim.started_on, periods)
    if claim.training_programme not in TrainingProgramme.values:
        problems.append(Problem("training_programme", "unknown"))
    refuse_if(problems)


def claim_start_problems(
    record: TeacherRecord,
    started_on: date,
    periods: Iterable[InductionPeriod] | None = None,
) -> list[Problem]:
    """Return what is wrong with a first day for the person of a record, before they are claimed.

    ``periods`` are all those of the person, where they are known.
    """
    return _start_problems(record, started_on, _periods_of(record) if periods is None else periods)


def _periods_of(record: TeacherRecord) -> list[InductionPeriod]:
    of_person = InductionPeriod.objects.filter(teacher__trn=record.trn)
    return list(of_person.select_related("appropriate_body"))


def _start_problems(
    record: TeacherRecord, started_on: date, earlier_periods: Iterable[InductionPeriod]
) -> list[Problem]:
    return problems_with_claim_start(
        started_on=started_on,
        qts_awarded_on=record.qts_awarded_on,
        earlier_periods=earlier_periods,
        today=clock.today(),
    )


def _problem(
    body: AppropriateBody, record: TeacherRecord, periods: list[InductionPeriod]
) -> Problem | None:
    open_period = next((period for period in periods if period.is_open), None)
    if open_period and open_period.appropriate_body_id == body.pk:
        return Problem("", "already_yours")
    return problem_with_claiming(
        ClaimFacts(
            qts_awarded_on=record.qts_awarded_on,
            prohibited=record.is_prohibited(clock.today()),
            trs_status=record.induction_status,
            local_outcome=next((period.outcome for period in periods if period.outcome), None),
            held_by_another=open_period.appropriate_body.name if open_period else None,
        )
    )


def _lock_open_period(period: InductionPeriod) -> Teacher:
    """Lock the person and refuse a period that has been closed, perhaps by another tab."""
    lock_people(owner_of(period))
    period.refresh_from_db()
    if not period.is_open:
        refuse("", "already_closed")
    return period.teacher


def close_period(
    period: InductionPeriod,
    outcome: InductionOutcome | None = None,
    fail_confirmation_sent_on: date | None = None,
    **closing: Unpack[Closing],
) -> None:
    """End the period. Raises RuleBroken with every problem there is; nothing is then written."""
    terms_reason, words = closing.get("terms_reason"), closing.get("terms_reason_words")
    problems = closing_problems(
        period,
        finished_on=closing["finished_on"],
        number_of_terms=closing["number_of_terms"],
        fail_confirmation_sent_on=fail_confirmation_sent_on,
        is_outcome=outcome is not None,
        seen=closing.get("seen"),
    )
    needs_reason, needs_words = asks_for_reason(problems), terms_reason == TermsReason.OTHER
    if terms_reason is not None:
        problems = without_reason(problems)
    if needs_reason and needs_words:
        wrong = problem_with_reason_words(words)
        problems += [wrong] if wrong else []
    refuse_if(problems)
    period.finished_on = closing["finished_on"]
    period.number_of_terms = closing["number_of_terms"]
    period.terms_reason = terms_reason if needs_reason else None
    period.terms_reason_words = words if needs_reason and needs_words else None
    period.outcome = outcome
    period.fail_confirmation_sent_on = fail_confirmation_sent_on
    period.save()


def _told_of_terms(period: InductionPeriod) -> str:
    terms = period.number_of_terms or Decimal(0)
    told = f"Terms served: {terms.normalize():f}"
    reason = period.told_terms_reason
    return f"{told}. {reason}" if reason else told


def _conclude(
    period: InductionPeriod,
    outcome: InductionOutcome,
    author: Author,
    fail_confirmation_sent_on: date | None = None,
    **closing: Unpack[Closing],
) -> list[ClosedPart]:
    teacher, reason = _lock_open_period(period), closing.get("reason")
    refuse_if(problems_with_reason(reason) if reason else [])
    close_period(period, outcome, fail_confirmation_sent_on, **closing)
    closed = close_schooling(teacher, author=author)
    queue_trs_update(teacher)
    _record_outcome(teacher, period, closed, author, reason)
    return closed


def _record_outcome(
    teacher: Teacher,
    period: InductionPeriod,
    closed: list[ClosedPart],
    author: Author,
    reason: StaffReason | None,
) -> None:
    passed = period.outcome == InductionOutcome.PASS
    body, told = period.appropriate_body, period.fail_confirmation_sent_on
    recorder = f"DfE staff, for {body.name}," if reason else body.name
    placement = teacher.ect_at_school_periods.latest_first().first()
    mentorships = MentorshipPeriod.objects.filter(ect_teacher=teacher)
    training = teacher.training_periods.filter(trainee_role=TraineeRole.ECT)
    record_event(
        "teacher_passes_induction" if passed else "teacher_fails_induction",
        f"{recorder} recorded that {teacher.name} {'passed' if passed else 'failed'} induction",
        author=author,
        about=[
            teacher,
            body,
            period,
            placement,
            mentorships.latest_first().first(),
            training.latest_first().first(),
        ],
        body="\n".join(
            [
                _told_of_terms(period),
                *([f"The ECT was told in writing on {govuk_date(told)}"] if told else []),
                *([reason.note.strip()] if reason and reason.note.strip() else []),
            ]
        ),
        happened_on=period.finished_on,
        metadata={"closed": [part.as_json() for part in closed]},
        ticket=reason.ticket_number if reason else None,
    )
