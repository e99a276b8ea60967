"""What each operation that is timed acts on in a population, and how it is called."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

import pgtrigger
from django.db.models import Count, Exists, OuterRef, Q

from register_ects import clock
from register_ects.models import (
    APIToken,
    AppropriateBody,
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    OutgoingEmail,
    Placement,
    RegistrationClosure,
    School,
    Statement,
    SupportQuery,
    Teacher,
    TrainingPeriod,
    TRSInductionUpdate,
)
from register_ects.operations import email_delivery, support_queries, support_query_delivery
from register_ects.operations.base import Author
from register_ects.operations.declarations import bulk as bulk_declarations
from register_ects.operations.declarations import making as declarations
from register_ects.operations.declarations import voiding
from register_ects.operations.inductions import periods as inductions
from register_ects.operations.inductions import trs_updates
from register_ects.operations.lead_providers import api_limits, api_tokens, partnerships
from register_ects.operations.once import Sending
from register_ects.operations.placements import details, leaving, mentoring, registration, starts
from register_ects.operations.schools import closures as school_closures
from register_ects.operations.schools import induction_tutors
from register_ects.operations.statements import adjustments as statement_adjustments
from register_ects.operations.statements import authorisation as statement_authorisation
from register_ects.operations.statements import closing as statement_closing
from register_ects.operations.teachers import merging, names, trs_records
from register_ects.operations.teachers import records as teachers
from register_ects.operations.training import changes as training_changes
from register_ects.operations.training import funding, proposed, schedule_changes
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    EmailState,
    EmailTemplate,
    InductionStatus,
    PaymentStatus,
    StatementStatus,
    SupportQueryState,
    TermsReason,
    TraineeRole,
    TrainingProgramme,
    TRSResponse,
    TRSUpdateState,
)
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.partnerships import Proposal
from register_ects.rules.schedule_changes import ScheduleRequest
from register_ects.rules.seen import mark_of
from tests.performance import subjects
from tests.performance.subjects import AUTHOR

#: Declarations in one request in bulk.
BULK = 5


# -- Schools -----------------------------------------------------------------------------------


def register_ect(subject: Any) -> None:
    partnership, mover = subject
    person = mover or subjects.new_person()
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


def newcomers() -> Iterator[Any]:
    return ((partnership, None) for partnership in subjects.partnerships_of_this_year())


def movers() -> Iterator[Any]:
    placements = subjects.ect_placements().filter(started_on__lt=clock.today() - timedelta(400))
    held = list(subjects.partnerships_of_this_year()[: subjects.MOST_CANDIDATES])
    for number, placement in enumerate(placements[: subjects.MOST_CANDIDATES]):
        partnership = held[number % len(held)]
        if partnership.school_id != placement.school_id:
            yield partnership, subjects.as_trs_shows(placement.teacher)


def ects_in_training() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        training = mentoring.current_provider_led_training(placement)
        if training is not None:
            yield placement, training.lead_provider


def register_mentor(subject: Any) -> None:
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


def ects_with_another_mentor() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        now = placement.mentorship_periods.current_or_future(clock.today()).first()
        others = mentoring.eligible_mentors(placement).exclude(
            pk=now.mentor_at_school_period_id if now else None
        )
        mentor = others.order_by("pk").first()
        if mentor is not None:
            yield placement, mentor


def assign_mentor(subject: tuple[Any, MentorAtSchoolPeriod]) -> None:
    placement, mentor = subject
    training = mentoring.current_provider_led_training(placement)
    provider = training.lead_provider if training else None
    mentoring.assign_mentor(placement, mentor, author=AUTHOR, lead_provider=provider)


def with_another_provider() -> Iterator[Any]:
    for training in in_training()[: subjects.MOST_CANDIDATES]:
        others = proposed.proposed_change_of_provider(training.placement).lead_providers()
        if others:
            yield training.placement, others[0]


def change_lead_provider(subject: tuple[Any, LeadProvider]) -> None:
    placement, provider = subject
    training_changes.change_lead_provider(placement, provider, author=AUTHOR)


def change_programme(training: TrainingPeriod) -> None:
    training_changes.change_training_programme(
        cast("ECTAtSchoolPeriod", training.placement),
        TrainingProgramme.SCHOOL_LED,
        author=AUTHOR,
    )


def mentors_with_ects() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        now = placement.mentorship_periods.open().first()
        if now is not None:
            yield now.mentor_at_school_period


def leaving_on() -> date:
    return clock.today() + timedelta(days=30)


def report_leaving(placement: Placement) -> None:
    leaving.report_leaving(placement, last_day=leaving_on(), author=AUTHOR)


def cancel_leaving(placement: Placement) -> None:
    leaving.cancel_leaving(placement, was=leaving_on(), author=AUTHOR)


def change_email(placement: ECTAtSchoolPeriod) -> None:
    seen = mark_of(placement.email)
    details.change_email(placement, "another@bench.example.org", seen=seen, author=AUTHOR)


def change_working_pattern(placement: ECTAtSchoolPeriod) -> None:
    now = placement.working_pattern
    other = {"full_time": "part_time"}.get(now or "", "full_time")
    details.change_working_pattern(placement, other, seen=mark_of(now), author=AUTHOR)


def without_induction() -> Iterator[ECTAtSchoolPeriod]:
    inductions = InductionPeriod.objects.open().filter(teacher=OuterRef("teacher"))
    yield from subjects.ect_placements().filter(~Exists(inductions))[: subjects.MOST_CANDIDATES]


def change_appropriate_body(placement: ECTAtSchoolPeriod) -> None:
    now = placement.school_reported_appropriate_body
    hubs = AppropriateBody.objects.active(clock.today()).teaching_school_hubs().order_by("pk")
    another = next(hub for hub in hubs[:2] if hub != now)
    seen = mark_of(now.name if now else None)
    details.change_appropriate_body(placement, another, seen=seen, author=AUTHOR)


def correct_start(placement: ECTAtSchoolPeriod) -> None:
    earlier = placement.started_on - timedelta(days=1)
    seen = mark_of(placement.started_on)
    starts.correct_start(placement, earlier, seen=seen, author=AUTHOR)


def change_name(placement: ECTAtSchoolPeriod) -> None:
    seen = mark_of(placement.teacher.name)
    names.change_name(placement, "Bench Marked", seen=seen, author=AUTHOR)


# -- Appropriate bodies ------------------------------------------------------------------------


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


# -- Lead providers ----------------------------------------------------------------------------


def declare(subject: Any) -> Any:
    provider, claim = subject
    return declarations.create_declaration(provider, claim, received_at=clock.now(), author=AUTHOR)


def starts_of_mentors() -> Any:
    """Return what was declared of mentors' starts: hardly one has nothing declared of it."""
    return (
        subjects.declarations(
            trainee_role=TraineeRole.MENTOR, declaration_type=DeclarationType.STARTED
        )
        .live()
        .order_by("-pk")
    )


def declare_again(declaration: Declaration) -> None:
    claim = SentDeclaration(
        participant_id=str(declaration.teacher.api_id),
        course_identifier=subjects.COURSES[TraineeRole(declaration.trainee_role)],
        declaration_type=declaration.declaration_type,
        declaration_date=declaration.declaration_date.isoformat(),
        evidence_type=declaration.evidence_type,
    )
    declare((declaration.lead_provider, claim))


def bulks() -> Iterator[Any]:
    """Yield some claims of one provider at a time."""
    waiting: dict[Any, list[Any]] = {}
    for provider, claim in subjects.claims():
        batch = waiting.setdefault(provider, [])
        batch.append(claim)
        if len(batch) == BULK:
            yield provider, waiting.pop(provider)


def declare_in_bulk(subject: Any) -> None:
    provider, batch = subject
    bulk_declarations.create_declarations(provider, batch, received_at=clock.now(), author=AUTHOR)


def void(declaration: Any) -> None:
    declaration.refresh_from_db()
    voiding.void_declaration(declaration, author=AUTHOR)


def unpaid() -> Any:
    return subjects.declarations(
        trainee_role=TraineeRole.ECT,
        payment_status__in=[PaymentStatus.NO_PAYMENT, PaymentStatus.ELIGIBLE],
    ).order_by("-pk")


def paid() -> Any:
    return _paid(trainee_role=TraineeRole.ECT)


def paid_completions_of_mentors() -> Any:
    return _paid(trainee_role=TraineeRole.MENTOR, declaration_type=DeclarationType.COMPLETED)


def _paid(**having: Any) -> Any:
    return subjects.declarations(
        payment_status=PaymentStatus.PAID, clawback_status=ClawbackStatus.NO_CLAWBACK, **having
    ).order_by("-pk")


def in_training() -> Any:
    return subjects.trainings().filter(started_on__lt=clock.today())


def stopped() -> Any:
    stopped = TrainingPeriod.objects.confirmed().filter(
        Q(deferred_at__isnull=False) | Q(withdrawn_at__isnull=False),
        ect_at_school_period__finished_on=None,
        ect_at_school_period__isnull=False,
    )
    return stopped.select_related("teacher", "lead_provider").order_by("pk")


def acting(function: Callable[..., Any], reason: str | None) -> Callable[[Any], Any]:
    def call(training: TrainingPeriod) -> None:
        asked = ActionRequest(subjects.COURSES[TraineeRole(training.trainee_role)], reason)
        function(training.lead_provider, training.teacher_id, asked, author=AUTHOR)

    return call


def change_schedule(training: TrainingPeriod) -> None:
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


def propose(subject: Any) -> None:
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


def correct(subject: Any) -> None:
    partnership, partner = subject
    partnerships.correct_delivery_partner(partnership.pk, partner, author=AUTHOR)


# -- Money -------------------------------------------------------------------------------------


def with_declarations() -> Any:
    """Return open statements with declarations to pay, the longest first, up to a thousand."""
    eligible = Q(payment_declarations__payment_status=PaymentStatus.ELIGIBLE)
    counted = Statement.objects.filter(status=StatementStatus.OPEN).annotate(
        rows=Count("payment_declarations", filter=eligible)
    )
    return counted.filter(rows__range=(1, 1_000)).order_by("-rows", "pk")


def close(statement: Any) -> None:
    after = statement.deadline_date + timedelta(days=1)
    statement_closing.close_statement(statement, on_date=after, author=AUTHOR)


def authorise(statement: Any) -> None:
    statement_authorisation.authorise_statement(
        statement, author=AUTHOR, out_of_order_because="Benchmark"
    )


_MORE = statement_adjustments.Adjustment("Benchmark", Decimal("10.50"))
_LESS = statement_adjustments.Adjustment("Benchmark", Decimal("-10.50"))


def adjust(statement: Any) -> None:
    statement_adjustments.add_adjustment(statement, _MORE, author=AUTHOR)


def readjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.change_adjustment(held, _LESS, seen=_MORE.mark, author=AUTHOR)


def no_longer_adjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.remove_adjustment(held, seen=_MORE.mark, author=AUTHOR)


# -- Support and jobs --------------------------------------------------------------------------


def two_records() -> Iterator[tuple[Teacher, Teacher]]:
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


def merge(subject: tuple[Teacher, Teacher]) -> None:
    source, destination = subject
    merging.merge_teachers(source, destination, note="Benchmark", author=AUTHOR)


def rename(teacher: Teacher) -> None:
    record = subjects.as_trs_shows(teacher, last_name="Renamed")
    teachers.find_or_create_teacher(record, author=AUTHOR)


def follow(teacher: Teacher) -> None:
    teachers.follow_merged_trn(teacher.trn or "", "8999999", author=AUTHOR)


def not_shown(teacher: Teacher) -> None:
    trs_records.record_not_shown(teacher, TRSResponse.GONE, asked_at=clock.now())


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


def people() -> Any:
    return subjects.people(ect_at_school_periods__isnull=False).distinct()


def eligible() -> Any:
    """Return people with declarations that are eligible, which ``let_wait`` takes back."""
    return subjects.people(
        declarations__payment_status=PaymentStatus.ELIGIBLE, declarations__trainee_role="ect"
    ).distinct()


def let_wait(teacher: Teacher) -> None:
    with pgtrigger.ignore("register_ects.Declaration:what_is_owed_never_goes_back"):
        teacher.declarations.filter(payment_status=PaymentStatus.ELIGIBLE).update(
            payment_status=PaymentStatus.NO_PAYMENT, payment_statement=None
        )


def fund(teacher: Teacher) -> None:
    funding.make_waiting_declarations_eligible(teacher, TraineeRole.ECT, author=AUTHOR)


def providers() -> Iterator[Any]:
    yield subjects.largest_provider()


def issue(provider: Any) -> None:
    api_tokens.issue_api_token(provider, description="Benchmark", author=AUTHOR)


def revoke(provider: Any) -> None:
    issue(provider)
    token = APIToken.objects.filter(lead_provider=provider).latest("pk")
    api_tokens.revoke_api_token(token, author=AUTHOR)


def schools() -> Iterator[School]:
    yield from School.objects.order_by("pk")[:3]


def send_email_again(school: School) -> None:
    email = OutgoingEmail.objects.create(
        template=EmailTemplate.MENTOR_REGISTERED,
        recipient="robin.asker@school.example",
        state=EmailState.FAILED,
    )
    email_delivery.send_again(email, author=AUTHOR)


def send_question_again(school: School) -> None:
    query = SupportQuery.objects.create(
        name="Robin Asker",
        email="robin.asker@school.example",
        school_name=school.name,
        school_urn=school.urn,
        message="Who?",
        state=SupportQueryState.FAILED,
    )
    support_query_delivery.send_again(query, author=AUTHOR)


def ask(school: School) -> None:
    sending = Sending(uuid4(), "answers")
    author = Author.school_user(name="Robin Asker", email="robin.asker@school.example")
    support_queries.ask_support(
        school, "How do I end a placement?", author=author, asked_from=None, sending=sending
    )


def schools_to_confirm_tutor() -> Iterator[School]:
    yield subjects.school_to_confirm_tutor(named=True)


def confirm_tutor(school: School) -> None:
    seen = induction_tutors.tutor_of(school).mark
    induction_tutors.confirm_induction_tutor(school, seen=seen, author=AUTHOR)


def change_tutor(school: School) -> None:
    induction_tutors.change_induction_tutor(
        school,
        InductionTutor("Robin Tutor", "robin.tutor@school.example"),
        seen=induction_tutors.tutor_of(school).mark,
        author=AUTHOR,
    )


def closures() -> Iterator[RegistrationClosure]:
    yield close_registration(None)


def close_registration(_nothing: Any) -> RegistrationClosure:
    day = clock.today() + timedelta(days=40)
    return school_closures.add_closure(
        starts_on=day, ends_on=day, message="We are getting ready.", author=AUTHOR
    )


def move_closure(closure: RegistrationClosure) -> None:
    school_closures.change_closure(
        closure,
        starts_on=closure.starts_on,
        ends_on=closure.ends_on + timedelta(days=1),
        message=closure.message,
        seen=school_closures.mark_of_closure(closure),
        author=AUTHOR,
    )


def end_closure(closure: RegistrationClosure) -> None:
    seen = school_closures.mark_of_closure(closure)
    school_closures.end_closure(closure, seen=seen, author=AUTHOR)


def limit(provider: Any) -> None:
    api_limits.set_api_request_limit(provider, limit=4321, author=AUTHOR)
