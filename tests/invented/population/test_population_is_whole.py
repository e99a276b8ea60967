"""An invented population is as if the service itself had recorded it, by its rules."""

import pytest
from django.db import connection
from django.db.models import F

from register_ects import clock
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    Event,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolPartnership,
    ShownResource,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.operations.statements.closing import close_due_statements
from register_ects.operations.training.funding import settle_funding
from register_ects.projections.verify import verify_everything
from register_ects.rules.enumerations import (
    AnonymisationReason,
    StatementStatus,
    TraineeRole,
)
from tests.invented.population.conftest import TODAY
from tests.invented.population.replay import Replay

pytestmark = pytest.mark.usefixtures("population")


@pytest.mark.parametrize(
    ("event_type", "records"),
    [
        ("teacher_imported_from_trs", lambda: Teacher.objects.filter(anonymised_at=None)),
        ("teacher_registered_as_ect", ECTAtSchoolPeriod.objects.all),
        ("teacher_registered_as_mentor", MentorAtSchoolPeriod.objects.all),
        ("teacher_starts_mentoring", MentorshipPeriod.objects.all),
        ("teacher_starts_being_mentored", MentorshipPeriod.objects.all),
        ("teacher_starts_training_period", TrainingPeriod.objects.all),
        (
            "teacher_withdraws_training_period",
            lambda: TrainingPeriod.objects.exclude(withdrawn_at=None),
        ),
        (
            "teacher_defers_training_period",
            lambda: TrainingPeriod.objects.exclude(deferred_at=None),
        ),
        ("induction_period_opened", InductionPeriod.objects.all),
        ("teacher_passes_induction", lambda: InductionPeriod.objects.filter(outcome="pass")),
        ("teacher_fails_induction", lambda: InductionPeriod.objects.filter(outcome="fail")),
        ("school_partnership_created", SchoolPartnership.objects.all),
        ("teacher_declaration_created", Declaration.objects.all),
        (
            "teacher_declaration_voided",
            lambda: Declaration.objects.filter(payment_status="voided"),
        ),
    ],
)
def test_what_happened_is_in_the_history(event_type, records):
    events = Event.objects.filter(event_type=event_type)
    assert events.count() == records().count() > 0


def test_events_name_people_and_were_recorded_by_now():
    registered = Event.objects.filter(event_type="teacher_registered_as_ect").first()
    placement = registered.ect_at_school_period
    assert registered.teacher == placement.teacher
    assert registered.heading == (
        f"{placement.teacher.name} was registered as an ECT at {placement.school.name}"
    )
    assert clock.london_date(registered.happened_at) == placement.started_on
    assert not Event.objects.filter(recorded_at__gt=clock.now()).exists()


@pytest.mark.parametrize("model", [Declaration, Event, TrainingPeriod, ShownResource, Teacher])
def test_the_planner_knows_at_the_end_what_the_tables_hold(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [model._meta.db_table])
        assert cursor.fetchone()[0] == pytest.approx(model.objects.count(), rel=0.05)


def test_every_deferred_constraint_holds():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_shown_is_what_the_facts_say():
    assert verify_everything(repair=False) == []


def test_nothing_was_recorded_later_than_the_day(population):
    latest = max(
        max(row["created_at"], row["updated_at"])
        for rows in population.rows.values()
        for row in rows
    )
    assert latest.date() <= TODAY
    assert all(
        row["created_at"] <= row["updated_at"] for rows in population.rows.values() for row in rows
    )


def test_the_daily_jobs_find_nothing_left_to_do():
    before = list(Declaration.objects.order_by("pk").values_list("payment_status", "updated_at"))

    closed = close_due_statements(TODAY, Author.system())
    settled = settle_funding(Author.system())

    assert (closed.closed, closed.failed, settled.failed) == ([], [], 0)
    after = list(Declaration.objects.order_by("pk").values_list("payment_status", "updated_at"))
    assert before == after


def test_a_merged_record_holds_nothing_but_its_ids():
    retired = Teacher.objects.filter(anonymisation_reason=AnonymisationReason.TEACHER_RECORD_MERGED)
    assert retired.count() == TeacherIdChange.objects.count() > 0
    assert not retired.exclude(trn=None, trs_first_name=None, trs_last_name=None).exists()
    changes = TeacherIdChange.objects.filter(to_teacher_id=F("teacher__api_id"))
    assert changes.count() == retired.count()


def test_the_rules_allow_every_declaration_as_things_were_when_it_was_made():
    assert list(Replay().complaints()) == []


def test_declarations_are_as_far_as_their_statement_is():
    for status, statement_status in [
        ("eligible", StatementStatus.OPEN),
        ("payable", StatementStatus.PAYABLE),
        ("paid", StatementStatus.PAID),
    ]:
        found = Declaration.objects.filter(payment_status=status)
        assert not found.exclude(payment_statement__status=statement_status).exists(), status
    clawed_back = Declaration.objects.filter(clawback_status="clawed_back")
    assert not clawed_back.exclude(clawback_statement__status=StatementStatus.PAID).exists()
    awaiting = Declaration.objects.filter(clawback_status="awaiting_clawback")
    assert not awaiting.filter(clawback_statement__status=StatementStatus.PAID).exists()


def test_ects_are_fundable_from_their_first_claim_and_mentors_from_their_first_training():
    ects = Teacher.objects.filter(ect_at_school_periods__isnull=False)
    stamped = ects.filter(ect_first_became_eligible_for_training_at__isnull=False)
    claimed = ects.filter(induction_periods__isnull=False)
    assert set(stamped) == set(claimed) != set(ects)
    mentors = Teacher.objects.filter(mentor_first_became_eligible_for_training_at__isnull=False)
    trained = TrainingPeriod.objects.filter(trainee_role=TraineeRole.MENTOR)
    assert set(mentors.values_list("pk", flat=True)) == set(
        trained.values_list("teacher", flat=True)
    )


def test_who_left_a_frozen_year_trains_in_the_year_that_follows_it():
    for ect in Teacher.objects.filter(ect_payments_frozen_year__isnull=False):
        frozen = ect.ect_payments_frozen_year
        latest = TrainingPeriod.objects.filter(teacher=ect, trainee_role="ect").latest("started_on")
        assert latest.contract_period_id == frozen.successor_id
        assert latest.schedule.identifier == "ecf-extended-september"
        assert latest.started_on >= clock.london_date(frozen.payments_frozen_at)


def test_mentors_stop_being_fundable_when_they_complete():
    completed = Declaration.objects.live().filter(
        trainee_role=TraineeRole.MENTOR, declaration_type="completed"
    )
    assert completed
    for declaration in completed.select_related("teacher", "training_period"):
        day = clock.london_date(declaration.declaration_date)
        training = declaration.training_period
        assert declaration.teacher.mentor_became_ineligible_for_funding_on == day
        assert training.finished_on is not None
        assert training.finished_on <= max(day, training.started_on)
