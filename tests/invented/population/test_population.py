"""An invented population: the same each time, varied, and whole."""

import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from register_ects import clock
from register_ects.invented.demo.loading import CannotPopulate, populate
from register_ects.invented.demo.supervisor import POPULATIONS
from register_ects.invented.population.generation import (
    CannotGenerate,
    Wanted,
    generate,
    is_loaded,
)
from register_ects.invented.population.school_days import is_school_day, is_working_day, term_of
from register_ects.invented.production import NotForProduction
from register_ects.models import (
    AppropriateBody,
    Declaration,
    ECTAtSchoolPeriod,
    Event,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    School,
    SchoolPartnership,
    ShownResource,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.operations.funding import settle_funding
from register_ects.operations.statement_closing import close_due_statements
from register_ects.projections.verify import verify_everything
from register_ects.rules.declaration_states import state
from register_ects.rules.enumerations import (
    AnonymisationReason,
    ResourceType,
    StatementStatus,
    TraineeRole,
)
from tests.invented.population.conftest import ECTS, TODAY
from tests.invented.population.replay import Replay

pytestmark = pytest.mark.usefixtures("population")


# -- The same each time ----------------------------------------------------------------------


def test_same_size_seed_and_day_give_the_same_rows_with_the_same_ids(population):
    assert population.rows.keys() == population.first_run.keys()
    for table, rows in population.rows.items():
        assert rows == population.first_run[table], table


def test_another_seed_gives_other_people(population):
    def ids(rows):
        return {row["api_id"] for row in rows["teacher"]}

    assert len(population.of_another_seed["ect_at_school_period"]) >= 40
    assert not ids(population.rows) & ids(population.of_another_seed)


def test_there_are_as_many_ects_as_asked_for_and_nine_mentors_for_ten():
    assert Teacher.objects.filter(ect_at_school_periods__isnull=False).distinct().count() == ECTS
    mentors = Teacher.objects.filter(mentor_at_school_periods__isnull=False).distinct().count()
    assert mentors == round(ECTS * 0.9)


# -- Varied ----------------------------------------------------------------------------------


def test_declarations_are_in_every_state():
    states = Counter(
        state(*statuses)
        for statuses in Declaration.objects.values_list("payment_status", "clawback_status")
    )
    assert set(states) == {
        "submitted",
        "eligible",
        "payable",
        "paid",
        "voided",
        "awaiting-clawback",
        "clawed-back",
    }


def _shown(resource_type):
    payloads = ShownResource.objects.filter(resource_type=resource_type).values_list(
        "payload", flat=True
    )
    return [json.loads(payload)["attributes"] for payload in payloads]


def test_participants_are_in_every_status():
    enrolments = [
        enrolment
        for shown in _shown(ResourceType.PARTICIPANT)
        for enrolment in shown["ecf_enrolments"]
    ]

    def values(name):
        return {enrolment[name] for enrolment in enrolments}

    assert values("participant_status") == {"active", "joining", "leaving", "left"}
    assert values("training_status") == {"active", "deferred", "withdrawn"}
    assert values("eligible_for_funding") == {True, False, None}
    assert values("cohort_changed_after_payments_frozen") == {True, False}


def test_there_is_every_type_of_transfer():
    transfers = [
        transfer for shown in _shown(ResourceType.TRANSFER) for transfer in shown["transfers"]
    ]
    assert {each["transfer_type"] for each in transfers} == {
        "new_school",
        "new_provider",
        "unknown",
    }
    assert {each["status"] for each in transfers} == {"complete", "incomplete"}


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(
            lambda: ShownResource.objects.filter(resource_type=ResourceType.UNFUNDED_MENTOR),
            id="mentors who train with another provider or not at all",
        ),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(
                expression_of_interest__isnull=False, school_partnership=None
            ),
            id="providers named by a school that have not confirmed",
        ),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(training_programme="school_led"),
            id="school-led training",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(ect_payments_frozen_year__isnull=False),
            id="ECTs who left a frozen year",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(mentor_payments_frozen_year__isnull=False),
            id="mentors who left a frozen year",
        ),
        pytest.param(
            lambda: TeacherIdChange.objects.filter(
                teacher__ect_at_school_periods__isnull=False,
                teacher__trn__isnull=False,
            ),
            id="people whose two records were merged",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                ect_at_school_periods__isnull=False, mentor_at_school_periods__isnull=False
            ),
            id="ECTs who became mentors",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                mentor_became_ineligible_for_funding_reason="completed_during_early_roll_out"
            ),
            id="mentors of the early roll-out",
        ),
        pytest.param(
            lambda: InductionPeriod.objects.filter(
                outcome="fail", teacher__trs_induction_status="Failed"
            ),
            id="failed inductions",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                ect_at_school_periods__isnull=False,
                trs_qts_awarded_on=None,
                induction_periods=None,
                anonymised_at=None,
            ),
            id="ECTs without QTS, whom nobody can claim",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                trs_induction_status="Exempt",
                ect_became_ineligible_for_funding_on__isnull=False,
                induction_periods=None,
            ),
            id="ECTs who are exempt",
        ),
        pytest.param(
            lambda: ECTAtSchoolPeriod.objects.filter(
                school__gias_school__eligible=False,
                school_reported_appropriate_body__name=AppropriateBody.ISTIP,
            ),
            id="ECTs at independent schools, with their panel",
        ),
        pytest.param(
            lambda: ECTAtSchoolPeriod.objects.filter(
                school__gias_school__type_name__contains="special"
            ).exclude(school__gias_school__type_name__contains="independent"),
            id="ECTs at special schools",
        ),
        pytest.param(
            lambda: InductionPeriod.objects.filter(outcome=None, finished_on__isnull=False),
            id="releases",
        ),
        pytest.param(
            lambda: Declaration.objects.filter(trainee_role=TraineeRole.MENTOR),
            id="declarations for mentors",
        ),
        pytest.param(lambda: Declaration.objects.filter(pupil_premium_uplift=True), id="uplifts"),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(schedule_kind="replacement"),
            id="mentors who take over",
        ),
        pytest.param(
            lambda: SchoolPartnership.objects.filter(training_periods=None),
            id="partnerships that nobody trains under",
        ),
    ],
)
def test_rare_things_occur(found):
    assert found().exists()


# -- On days when schools are open ---------------------------------------------------------------


def starts_and_ends():
    """Yield what began, was declared or ended by the books, with its London day."""
    for model in (ECTAtSchoolPeriod, MentorAtSchoolPeriod, MentorshipPeriod, TrainingPeriod):
        for day in model.objects.values_list("started_on", flat=True):
            yield f"{model.__name__} starts", day
    for period in InductionPeriod.objects.all():
        yield "induction starts", period.started_on
        if period.finished_on:
            yield "induction ends", period.finished_on
    for declared_at, made_at in Declaration.objects.values_list("declaration_date", "created_at"):
        yield "declared", clock.london_date(declared_at)
        yield "declaration made", clock.london_date(made_at)


def test_nothing_starts_is_declared_or_ends_while_schools_are_closed():
    closed = Counter(
        what
        for what, day in starts_and_ends()
        if not (is_working_day(day) if what == "declaration made" else is_school_day(day))
    )
    assert closed == {}


def share(days, is_counted):
    days = list(days)
    assert days
    return sum(map(is_counted, days)) / len(days)


def starts_of(model):
    return model.objects.values_list("started_on", flat=True)


def begins_a_term(day):
    return term_of(day) <= day <= term_of(day) + timedelta(days=7)


def test_ects_mostly_start_as_the_school_year_begins():
    days = starts_of(ECTAtSchoolPeriod)
    assert 0.5 < share(days, lambda day: day.month == 9 and begins_a_term(day)) < 0.9
    assert share(days, begins_a_term) > 0.65
    assert share(days, lambda day: day.month in (1, 4)) > 0.08


def test_mentors_mostly_start_with_a_term():
    days = starts_of(MentorAtSchoolPeriod)
    assert share(days, begins_a_term) > 0.6
    assert share(days, lambda day: day.month == 7) < 0.05


@pytest.mark.parametrize(
    ("what", "most"), [("declared", 0.05), ("declaration made", 0.05), ("induction ends", 0.12)]
)
def test_nothing_piles_up_on_a_day_of_the_year(what, most):
    """Inductions mostly end in the last weeks of the school year."""
    days = Counter((day.month, day.day) for each, day in starts_and_ends() if each == what)
    assert max(days.values()) < most * days.total()


def test_qts_is_awarded_on_working_days_and_mostly_in_summer():
    awards = list(
        Teacher.objects.filter(trs_qts_awarded_on__isnull=False).values_list(
            "trs_qts_awarded_on", flat=True
        )
    )
    assert [day for day in awards if not is_working_day(day)] == []
    assert 0.75 < share(awards, lambda day: 6 <= day.month <= 9) < 0.98


@pytest.mark.parametrize("model", [ECTAtSchoolPeriod, MentorAtSchoolPeriod])
def test_nobody_starts_at_a_school_before_it_opens(model):
    opened = F("school__gias_school__opened_on")
    assert not model.objects.filter(started_on__lt=opened).exists()
    new = model.objects.filter(school__gias_school__opened_on__gte=date(2022, 1, 1))
    assert new.exists()


# -- Schools and the record of what happened ---------------------------------------------------


def test_nearly_every_school_with_ects_has_an_induction_tutor():
    schools = School.objects.filter(ect_at_school_periods__isnull=False).distinct()
    with_tutor = schools.exclude(induction_tutor_email=None)
    assert 0.85 < with_tutor.count() / schools.count() < 1
    assert len(set(with_tutor.values_list("induction_tutor_last_nominated_in", flat=True))) == 2


def test_mentors_at_independent_schools_without_funding_are_not_trained():
    unfunded = TrainingPeriod.objects.filter(school__gias_school__eligible=False)
    assert unfunded.exists()
    assert set(unfunded.values_list("training_programme", flat=True)) == {"school_led"}


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


# -- Whole -----------------------------------------------------------------------------------


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


# -- True to the rules -----------------------------------------------------------------------


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


# -- Once, and never in production -----------------------------------------------------------


def test_production_refuses(settings):
    settings.PRODUCTION = True

    with pytest.raises(NotForProduction):
        generate(Wanted(10, seed=1, today=TODAY))
    with pytest.raises(CommandError, match="no place in the live service"):
        call_command("generate_population", ects=10, seed=1)


def test_a_second_run_with_the_same_numbers_adds_nothing_and_says_so():
    before, output = Teacher.objects.count(), StringIO()

    call_command("generate_population", ects=ECTS, seed=1, today=date(2026, 12, 1), stdout=output)

    assert output.getvalue() == "This population is loaded already: nothing was added\n"
    assert Teacher.objects.count() == before


def test_a_demo_keeps_its_population_and_takes_no_other():
    before = Teacher.objects.count()

    populate(ECTS)
    with pytest.raises(CannotPopulate, match="--fresh to start again"):
        populate(ECTS + 1)

    assert Teacher.objects.count() == before


def test_the_sizes_of_demos_are_as_promised():
    assert POPULATIONS == {"small": 0, "district": 2_000, "national": 60_000}


@pytest.mark.parametrize(
    ("ects", "seed"), [pytest.param(ECTS, 2, id="seed"), pytest.param(ECTS + 1, 1, id="size")]
)
def test_another_population_beside_it_is_refused(ects, seed):
    with pytest.raises(CannotGenerate, match="Another population is loaded already"):
        is_loaded(Wanted(ects, seed, TODAY))
    with pytest.raises(CommandError, match="use an empty data directory"):
        call_command("generate_population", ects=ects, seed=seed)
