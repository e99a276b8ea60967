"""Every operation that is timed: what it acts on in a population, and how it is called.

``subjects`` yields candidates, the likeliest first; those that a rule refuses are passed over.
``rows`` says how many rows a call is about, where the cost of one is what compares. ``prepare`` is
done before, in the same transaction, and not timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pgtrigger
from django.db.models import Count, Q

from register_ects import clock
from register_ects.models import (
    APIToken,
    InductionPeriod,
    MentorAtSchoolPeriod,
    School,
    Statement,
    Teacher,
    TrainingPeriod,
    TRSInductionUpdate,
)
from register_ects.operations import (
    api_limits,
    api_tokens,
    bulk_declarations,
    declarations,
    funding,
    inductions,
    mentoring,
    merging,
    participant_actions,
    partnerships,
    registration,
    schedule_changes,
    statement_adjustments,
    statement_authorisation,
    statement_closing,
    support_queries,
    teachers,
    trs_records,
    trs_updates,
    voiding,
)
from register_ects.operations.base import Author
from register_ects.operations.once import Sending
from register_ects.rules.enumerations import (
    ClawbackStatus,
    InductionStatus,
    PaymentStatus,
    StatementStatus,
    TermsReason,
    TraineeRole,
    TRSResponse,
    TRSUpdateState,
)
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.partnerships import Proposal
from register_ects.rules.schedule_changes import ScheduleRequest
from tests.performance import subjects
from tests.performance.subjects import AUTHOR

#: Declarations in one request in bulk.
BULK = 5


@dataclass(frozen=True)
class Operation:
    """One line of the benchmark: ``call`` runs ``function`` on what ``subjects`` yields."""

    name: str
    function: Callable[..., Any]
    subjects: Callable[[], Iterator[Any]]
    call: Callable[[Any], Any]
    rows: Callable[[Any], int] = lambda subject: 1
    prepare: Callable[[Any], Any] = lambda subject: None


# -- Schools -----------------------------------------------------------------------------------


def _register_ect(subject: Any) -> None:
    partnership, person = subject
    _details(partnership, person or subjects.new_person())


def _details(partnership: Any, person: Any) -> None:
    registration.register_ect(
        partnership.school,
        registration.ECTRegistration(
            record=person,
            corrected_name=None,
            email=f"ect{person.trn}@bench.example.org",
            started_on=clock.today(),
            working_pattern="full_time",
            appropriate_body=subjects.a_hub(),
            training_programme="provider_led",
            lead_provider=partnership.lead_provider,
        ),
        author=AUTHOR,
    )


def _newcomers() -> Iterator[Any]:
    return ((partnership, None) for partnership in subjects.partnerships_of_this_year())


def _movers() -> Iterator[Any]:
    placements = subjects.ect_placements().filter(started_on__lt=clock.today() - timedelta(400))
    partnerships_ = list(subjects.partnerships_of_this_year()[: subjects.MOST_CANDIDATES])
    for number, placement in enumerate(placements[: subjects.MOST_CANDIDATES]):
        partnership = partnerships_[number % len(partnerships_)]
        if partnership.school_id != placement.school_id:
            yield partnership, subjects.as_trs_shows(placement.teacher)


def _ects_in_training() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        training = mentoring.current_provider_led_training(placement)
        if training is not None:
            yield placement, training.lead_provider


def _register_mentor(subject: Any) -> None:
    placement, provider = subject
    person = subjects.new_person()
    mentoring.register_mentor(
        placement.school,
        placement,
        mentoring.MentorRegistration(
            record=person,
            corrected_name=None,
            email=f"mentor{person.trn}@bench.example.org",
            lead_provider=provider,
        ),
        author=AUTHOR,
    )


def _ects_with_another_mentor() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        now = placement.mentorship_periods.current_or_future(clock.today()).first()
        others = mentoring.eligible_mentors(placement).exclude(
            pk=now.mentor_at_school_period_id if now else None
        )
        mentor = others.order_by("pk").first()
        if mentor is not None:
            yield placement, mentor


def _assign_mentor(subject: tuple[Any, MentorAtSchoolPeriod]) -> None:
    placement, mentor = subject
    training = mentoring.current_provider_led_training(placement)
    provider = training.lead_provider if training else None
    mentoring.assign_mentor(placement, mentor, author=AUTHOR, lead_provider=provider)


# -- Appropriate bodies ------------------------------------------------------------------------


def _claimable() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        person = placement.teacher
        if not person.induction_periods.exists() and not person.declarations.exists():
            yield subjects.as_trs_shows(person, induction_status="RequiredToComplete")
    for person in subjects.people(induction_periods=None)[: subjects.MOST_CANDIDATES]:
        yield subjects.as_trs_shows(person, induction_status="RequiredToComplete")


def _claim(record: Any) -> None:
    inductions.claim_ect(
        subjects.a_hub(),
        inductions.Claim(record, clock.today(), "provider_led"),
        author=AUTHOR,
    )


def _closing(function: Callable[..., Any], **more: Any) -> Callable[[Any], Any]:
    def call(period: InductionPeriod) -> None:
        period.refresh_from_db()  # a call before may have been rolled back
        function(
            period,
            finished_on=clock.today(),
            number_of_terms=Decimal(2),
            terms_reason=TermsReason.OTHER,
            author=AUTHOR,
            **{name: value() for name, value in more.items()},
        )

    return call


# -- Lead providers ----------------------------------------------------------------------------


def _declare(subject: Any) -> Any:
    provider, claim = subject
    return declarations.create_declaration(provider, claim, received_at=clock.now(), author=AUTHOR)


def _bulks() -> Iterator[Any]:
    """Yield some claims of one provider at a time."""
    waiting: dict[Any, list[Any]] = {}
    for provider, claim in subjects.claims():
        batch = waiting.setdefault(provider, [])
        batch.append(claim)
        if len(batch) == BULK:
            yield provider, waiting.pop(provider)


def _declare_in_bulk(subject: Any) -> None:
    provider, batch = subject
    bulk_declarations.create_declarations(provider, batch, received_at=clock.now(), author=AUTHOR)


def _void(declaration: Any) -> None:
    declaration.refresh_from_db()
    voiding.void_declaration(declaration, author=AUTHOR)


def _unpaid() -> Any:
    return subjects.declarations(
        payment_status__in=[PaymentStatus.NO_PAYMENT, PaymentStatus.ELIGIBLE],
    ).order_by("-pk")


def _paid() -> Any:
    return subjects.declarations(
        payment_status=PaymentStatus.PAID, clawback_status=ClawbackStatus.NO_CLAWBACK
    ).order_by("-pk")


def _in_training() -> Any:
    return subjects.trainings().filter(started_on__lt=clock.today())


def _stopped() -> Any:
    stopped = TrainingPeriod.objects.confirmed().filter(
        Q(deferred_at__isnull=False) | Q(withdrawn_at__isnull=False),
        ect_at_school_period__finished_on=None,
        ect_at_school_period__isnull=False,
    )
    return stopped.select_related("teacher", "lead_provider").order_by("pk")


def _acting(function: Callable[..., Any], reason: str | None) -> Callable[[Any], Any]:
    def call(training: TrainingPeriod) -> None:
        asked = ActionRequest(subjects.COURSES[TraineeRole(training.trainee_role)], reason)
        function(training.lead_provider, training.teacher_id, asked, author=AUTHOR)

    return call


def _change_schedule(training: TrainingPeriod) -> None:
    other = (
        "ecf-extended-september"
        if training.schedule.identifier != "ecf-extended-september"
        else "ecf-standard-september"
    )
    schedule_changes.change_schedule(
        training.lead_provider,
        training.teacher_id,
        ScheduleRequest(subjects.COURSES[TraineeRole(training.trainee_role)], other),
        author=AUTHOR,
    )


def _propose(subject: Any) -> None:
    pairing, school = subject
    partnerships.propose_partnership(
        pairing.lead_provider,
        Proposal(
            str(pairing.contract_period_id),
            str(school.api_id),
            str(pairing.delivery_partner.api_id),
        ),
        author=AUTHOR,
    )


def _correct(subject: Any) -> None:
    partnership, partner = subject
    partnerships.correct_delivery_partner(partnership.pk, partner, author=AUTHOR)


# -- Money -------------------------------------------------------------------------------------


def _with_declarations() -> Any:
    """Return open statements with declarations to pay, the longest first, up to a thousand."""
    eligible = Q(payment_declarations__payment_status=PaymentStatus.ELIGIBLE)
    counted = Statement.objects.filter(status=StatementStatus.OPEN).annotate(
        rows=Count("payment_declarations", filter=eligible)
    )
    return counted.filter(rows__range=(1, 1_000)).order_by("-rows", "pk")


def _close(statement: Any) -> None:
    after = statement.deadline_date + timedelta(days=1)
    statement_closing.close_statement(statement, on_date=after, author=AUTHOR)


def _authorise(statement: Any) -> None:
    statement_authorisation.authorise_statement(
        statement, author=AUTHOR, out_of_order_because="Benchmark"
    )


_MORE = statement_adjustments.Adjustment("Benchmark", Decimal("10.50"))
_LESS = statement_adjustments.Adjustment("Benchmark", Decimal("-10.50"))


def _adjust(statement: Any) -> None:
    statement_adjustments.add_adjustment(statement, _MORE, author=AUTHOR)


def _readjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.change_adjustment(held, _LESS, seen=_MORE.mark, author=AUTHOR)


def _no_longer_adjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.remove_adjustment(held, seen=_MORE.mark, author=AUTHOR)


# -- Support and jobs --------------------------------------------------------------------------


def _two_records() -> Iterator[tuple[Teacher, Teacher]]:
    """Yield a mentor and an ECT who might be one person."""
    mentors = subjects.people(
        ect_at_school_periods=None,
        mentor_at_school_periods__isnull=False,
        induction_periods=None,
    ).distinct()
    ects = subjects.people(
        mentor_at_school_periods=None, ect_at_school_periods__isnull=False
    ).distinct()
    number = subjects.MOST_CANDIDATES
    yield from zip(mentors[:number], ects[:number], strict=False)


def _merge(subject: tuple[Teacher, Teacher]) -> None:
    source, destination = subject
    merging.merge_teachers(source, destination, note="Benchmark", author=AUTHOR)


def _rename(teacher: Teacher) -> None:
    record = subjects.as_trs_shows(teacher, last_name="Renamed")
    teachers.find_or_create_teacher(record, author=AUTHOR)


def _follow(teacher: Teacher) -> None:
    teachers.follow_merged_trn(teacher.trn or "", "8999999", author=AUTHOR)


def _not_shown(teacher: Teacher) -> None:
    trs_records.record_not_shown(teacher, TRSResponse.GONE, asked_at=clock.now())


def _send_again(update: TRSInductionUpdate) -> None:
    update.state = TRSUpdateState.REJECTED
    update.save()
    trs_updates.queue_again(update, author=AUTHOR)


def _on_waiting_message(settle: Callable[[TRSInductionUpdate], Any]) -> Callable[[Any], Any]:
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


def _people() -> Any:
    return subjects.people(ect_at_school_periods__isnull=False).distinct()


def _eligible() -> Any:
    """Return people with declarations that are eligible, which ``_let_wait`` takes back."""
    return subjects.people(
        declarations__payment_status=PaymentStatus.ELIGIBLE, declarations__trainee_role="ect"
    ).distinct()


def _let_wait(teacher: Teacher) -> None:
    with pgtrigger.ignore("register_ects.Declaration:what_is_owed_never_goes_back"):
        teacher.declarations.filter(payment_status=PaymentStatus.ELIGIBLE).update(
            payment_status=PaymentStatus.NO_PAYMENT, payment_statement=None
        )


def _fund(teacher: Teacher) -> None:
    funding.make_waiting_declarations_eligible(teacher, TraineeRole.ECT, author=AUTHOR)


def _providers() -> Iterator[Any]:
    yield subjects.largest_provider()


def _issue(provider: Any) -> None:
    api_tokens.issue_api_token(provider, description="Benchmark", author=AUTHOR)


def _revoke(provider: Any) -> None:
    _issue(provider)
    token = APIToken.objects.filter(lead_provider=provider).latest("pk")
    api_tokens.revoke_api_token(token, author=AUTHOR)


def _schools() -> Iterator[School]:
    yield from School.objects.order_by("pk")[:3]


def _ask(school: School) -> None:
    sending = Sending(uuid4(), "answers")
    author = Author.school_user(name="Robin Asker", email="robin.asker@school.example")
    support_queries.ask_support(
        school, "How do I end a placement?", author=author, asked_from=None, sending=sending
    )


def _limit(provider: Any) -> None:
    api_limits.set_api_request_limit(provider, limit=4321, author=AUTHOR)


OPERATIONS = [
    Operation("Register an ECT", registration.register_ect, _newcomers, _register_ect),
    Operation("Register an ECT who moves here", registration.register_ect, _movers, _register_ect),
    Operation("Register a mentor", mentoring.register_mentor, _ects_in_training, _register_mentor),
    Operation(
        "Assign a mentor", mentoring.assign_mentor, _ects_with_another_mentor, _assign_mentor
    ),
    Operation("Claim an ECT", inductions.claim_ect, _claimable, _claim),
    Operation(
        "Release",
        inductions.release_ect,
        subjects.open_inductions,
        _closing(inductions.release_ect),
    ),
    Operation(
        "Record a pass",
        inductions.pass_induction,
        subjects.open_inductions,
        _closing(inductions.pass_induction),
    ),
    Operation(
        "Record a fail",
        inductions.fail_induction,
        subjects.open_inductions,
        _closing(inductions.fail_induction, fail_confirmation_sent_on=clock.today),
    ),
    Operation("Declare", declarations.create_declaration, subjects.claims, _declare),
    Operation(
        "Declare for a mentor",
        declarations.create_declaration,
        lambda: subjects.claims(TraineeRole.MENTOR),
        _declare,
    ),
    Operation(
        "Declare in bulk, each",
        bulk_declarations.create_declarations,
        _bulks,
        _declare_in_bulk,
        rows=lambda subject: BULK,
    ),
    Operation("Void", voiding.void_declaration, _unpaid, _void),
    Operation("Claw back", voiding.void_declaration, _paid, _void),
    Operation(
        "Defer",
        participant_actions.defer_participant,
        _in_training,
        _acting(participant_actions.defer_participant, "other"),
    ),
    Operation(
        "Withdraw",
        participant_actions.withdraw_participant,
        _in_training,
        _acting(participant_actions.withdraw_participant, "other"),
    ),
    Operation(
        "Resume",
        participant_actions.resume_participant,
        _stopped,
        _acting(participant_actions.resume_participant, None),
    ),
    Operation("Change schedule", schedule_changes.change_schedule, _in_training, _change_schedule),
    Operation(
        "Begin a partnership",
        partnerships.propose_partnership,
        subjects.schools_without_partnership,
        _propose,
    ),
    Operation(
        "Correct a delivery partner",
        partnerships.correct_delivery_partner,
        subjects.partnerships_with_another_pairing,
        _correct,
    ),
    Operation(
        "Close a statement, each declaration",
        statement_closing.close_statement,
        _with_declarations,
        _close,
        rows=lambda statement: statement.rows,
    ),
    Operation(
        "Authorise a statement, each declaration",
        statement_authorisation.authorise_statement,
        _with_declarations,
        _authorise,
        rows=lambda statement: statement.rows,
        prepare=_close,
    ),
    Operation(
        "Adjust a statement", statement_adjustments.add_adjustment, _with_declarations, _adjust
    ),
    Operation(
        "Change an adjustment",
        statement_adjustments.change_adjustment,
        _with_declarations,
        _readjust,
        prepare=_adjust,
    ),
    Operation(
        "Remove an adjustment",
        statement_adjustments.remove_adjustment,
        _with_declarations,
        _no_longer_adjust,
        prepare=_adjust,
    ),
    Operation("Merge two records", merging.merge_teachers, _two_records, _merge),
    Operation("Take over a name from TRS", teachers.find_or_create_teacher, _people, _rename),
    Operation("Follow a changed TRN", teachers.follow_merged_trn, _people, _follow),
    Operation(
        "Make waiting declarations eligible",
        funding.make_waiting_declarations_eligible,
        _eligible,
        _fund,
        prepare=_let_wait,
    ),
    Operation(
        "Note that TRS accepted",
        trs_updates.record_sent,
        _people,
        _on_waiting_message(trs_updates.record_sent),
    ),
    Operation(
        "Note that TRS refused",
        trs_updates.record_rejected,
        _people,
        _on_waiting_message(lambda update: trs_updates.record_rejected(update, "refused")),
    ),
    Operation(
        "Note that TRS knew better",
        trs_updates.record_superseded,
        _people,
        _on_waiting_message(lambda update: trs_updates.record_superseded(update, "later")),
    ),
    Operation(
        "Note that TRS is away",
        trs_updates.record_unavailable,
        _people,
        _on_waiting_message(
            lambda update: trs_updates.record_unavailable(update, "503", retry_after=None)
        ),
    ),
    Operation(
        "Send again what TRS refused",
        trs_updates.queue_again,
        _people,
        _on_waiting_message(_send_again),
    ),
    Operation("Note whom TRS does not show", trs_records.record_not_shown, _people, _not_shown),
    Operation("Issue a token", api_tokens.issue_api_token, _providers, _issue),
    Operation("Revoke a token", api_tokens.revoke_api_token, _providers, _revoke),
    Operation("Ask support", support_queries.ask_support, _schools, _ask),
    Operation("Set a request limit", api_limits.set_api_request_limit, _providers, _limit),
]

#: Operations that another one always calls, or that a timer runs one after the other.
PARTS_OF_OTHERS = {
    funding.set_funding_eligibility: "registering, claiming and merging",
    partnerships.create_partnership: "beginning a partnership",
    teachers.update_teacher_from_record: "taking over a name from TRS",
}
