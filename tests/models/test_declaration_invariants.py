"""Declarations: what the database refuses (spec 01 §4.7 and §6, 19 to 22, 28, 29, 31)."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    ScheduleFactory,
    StaffUserFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.raw_sql import changed, copied, removed

NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
ONE_LIVE = "one_live_declaration_per_person_role_and_type"


# -- 19: one live declaration per person, role and type ----------------------------------------


@pytest.mark.parametrize("state", ["no trait", "eligible", "payable", "paid"])
def test_a_live_declaration_holds_its_slot(refused, state):
    live = DeclarationFactory(**({} if state == "no trait" else {state: True}))

    problem = refused(
        ONE_LIVE, *copied(live, payment_status="no_payment", payment_statement_id=None)
    )

    assert (problem.field, problem.code) == ("declaration_type", "already_declared")


@pytest.mark.parametrize("state", ["voided", "awaiting_clawback", "clawed_back"])
def test_a_declaration_that_is_no_longer_live_frees_its_slot(execute, state):
    gone = DeclarationFactory(**{state: True})
    execute(
        *copied(
            gone,
            payment_status="no_payment",
            payment_statement_id=None,
            clawback_status="no_clawback",
            clawback_statement_id=None,
        )
    )


def test_the_slot_is_held_across_providers_and_placements(refused):
    live = DeclarationFactory()
    before = ECTAtSchoolPeriodFactory(
        teacher=live.teacher, started_on=date(2024, 9, 1), finished=True
    )
    training = TrainingPeriodFactory(
        ect_at_school_period=before, finished_on=before.finished_on, year=2024
    )
    assert training.lead_provider_id != live.lead_provider_id
    other = DeclarationFactory(training_period=training, declaration_type="retained-1")

    refused(ONE_LIVE, *changed(other, declaration_type="started"))


def test_each_role_has_its_own_slot():
    live = DeclarationFactory()
    assert DeclarationFactory(for_mentor=True, training_period__teacher=live.teacher).pk


# -- 20: statements by status ------------------------------------------------------------------


@pytest.mark.parametrize("status", ["eligible", "payable", "paid"])
def test_a_declaration_to_be_paid_needs_a_statement(refused, status):
    declaration = DeclarationFactory()
    problem = refused(
        "payment_statement_present_when_billable", *changed(declaration, payment_status=status)
    )
    assert "needs a statement" in problem.details["message"]


def test_a_submitted_declaration_is_on_no_statement(refused):
    statement = DeclarationFactory(eligible=True).payment_statement
    submitted = DeclarationFactory(training_period__lead_provider=statement.lead_provider)
    refused(
        "no_payment_statement_before_eligible",
        *changed(submitted, payment_statement_id=statement.pk),
    )


@pytest.mark.parametrize("status", ["awaiting_clawback", "clawed_back"])
def test_a_clawback_needs_a_statement(refused, status):
    declaration = DeclarationFactory(paid=True)
    refused(
        "clawback_statement_present_only_when_clawed_back",
        *changed(declaration, clawback_status=status),
    )


def test_only_a_clawback_has_a_clawback_statement(refused):
    declaration = DeclarationFactory(awaiting_clawback=True)
    refused(
        "clawback_statement_present_only_when_clawed_back",
        *copied(declaration, clawback_status="no_clawback"),
    )


@pytest.mark.parametrize(
    ("status", "rule", "code"),
    [
        ("voided", "only_paid_declarations_are_clawed_back", "not_paid"),
        ("eligible", "what_is_owed_keeps_step_with_its_statement", "does_not_match"),
        ("payable", "what_is_owed_keeps_step_with_its_statement", "does_not_match"),
    ],
)
def test_only_a_paid_declaration_is_clawed_back(refused, status, rule, code):
    declaration = DeclarationFactory(awaiting_clawback=True)
    problem = refused(rule, *copied(declaration, payment_status=status))
    assert problem.code == code


# -- 21: one contract period and lead provider -------------------------------------------------


@pytest.mark.parametrize("kind", ["payment", "clawback"])
@pytest.mark.parametrize("other", ["year", "lead provider"])
def test_a_statement_is_of_the_declarations_provider_and_year(refused, kind, other):
    state = "eligible" if kind == "payment" else "awaiting_clawback"
    declaration = DeclarationFactory(**{state: True})
    statement = (
        StatementFactory(lead_provider=declaration.lead_provider, contract_year=2024)
        if other == "year"
        else StatementFactory()
    )

    problem = refused(
        f"declaration_agrees_with_its_{kind}_statement",
        *changed(declaration, **{f"{kind}_statement_id": statement.pk}),
    )

    assert problem.code == "stale"


@pytest.mark.parametrize(
    ("column", "make"),
    [
        ("teacher_id", lambda: TeacherFactory().pk),
        ("lead_provider_id", lambda: LeadProviderFactory().pk),
        ("contract_period_year", lambda: TrainingPeriodFactory(year=2024).contract_period_id),
    ],
)
def test_a_declaration_repeats_its_training(refused, column, make):
    declaration = DeclarationFactory()
    refused(
        "declaration_agrees_with_its_training_period", *changed(declaration, **{column: make()})
    )


def test_training_cannot_leave_the_year_of_a_statement_it_is_on(refused):
    declaration = DeclarationFactory(paid=True)
    other = TrainingPeriodFactory(
        school=declaration.training_period.school,
        lead_provider=declaration.lead_provider,
        year=2024,
    )
    refused(
        "declaration_agrees_with_its_payment_statement",
        *changed(
            declaration.training_period,
            school_partnership_id=other.school_partnership_id,
            schedule_id=other.schedule_id,
            contract_period_year=2024,
        ),
    )


def test_school_led_training_has_no_declarations(refused):
    declaration = DeclarationFactory()
    school_led = TrainingPeriodFactory(school_led=True)
    refused(
        "declaration_agrees_with_its_training_period",
        *copied(
            declaration,
            training_period_id=school_led.pk,
            teacher_id=school_led.teacher_id,
            ect_at_school_period_id=school_led.ect_at_school_period_id,
        ),
    )


# -- 22: uplifts -------------------------------------------------------------------------------


@pytest.mark.parametrize("uplift", ["pupil_premium_uplift", "sparsity_uplift"])
@pytest.mark.parametrize(("year", "allowed"), [(2024, True), (2025, False)])
def test_an_uplift_is_given_in_years_that_pay_it(refused, execute, uplift, year, allowed):
    change = changed(DeclarationFactory(training_period__year=year), **{uplift: True})
    if allowed:
        execute(*change)
    else:
        refused("uplifts_only_in_years_that_pay_them", *change)


def test_a_declaration_made_with_an_uplift_is_refused_from_2025_on(refused):
    refused(
        "uplifts_only_in_years_that_pay_them",
        *copied(DeclarationFactory(voided=True), sparsity_uplift=True),
    )


@pytest.mark.parametrize("uplift", ["pupil_premium_uplift", "sparsity_uplift"])
def test_only_a_started_declaration_has_an_uplift(refused, uplift):
    declaration = DeclarationFactory(declaration_type="retained-1", training_period__year=2024)
    problem = refused("uplift_only_on_started", *changed(declaration, **{uplift: True}))
    assert problem.code == "uplift_not_allowed"


# -- Which points exist for whom (spec 03 §3.3) -------------------------------------------------


@pytest.mark.parametrize("point", ["retained-1", "retained-4"])
@pytest.mark.parametrize(("year", "allowed"), [(2024, True), (2025, False)])
def test_from_2025_on_a_mentor_starts_and_completes_only(refused, execute, point, year, allowed):
    declaration = DeclarationFactory(for_mentor=True, training_period__year=year)
    change = changed(declaration, declaration_type=point)
    if allowed:
        execute(*change)
    else:
        problem = refused("funded_mentors_start_and_complete_only", *change)
        assert (problem.field, problem.code) == ("declaration_type", "not_for_funded_mentors")


def test_from_2025_on_a_mentor_completes(execute):
    execute(*changed(DeclarationFactory(for_mentor=True), declaration_type="completed"))


def test_an_ect_is_retained_in_any_year(execute):
    execute(*changed(DeclarationFactory(), declaration_type="retained-1"))


@pytest.mark.parametrize("point", ["extended-1", "extended-2", "extended-3"])
@pytest.mark.parametrize("kind", ["extended", "reduced", None])
def test_an_extended_point_needs_an_extended_schedule(refused, execute, point, kind):
    schedule = ScheduleFactory(**{kind: True} if kind else {})
    declaration = DeclarationFactory(training_period__schedule=schedule)
    change = changed(declaration, declaration_type=point)
    if kind == "extended":
        execute(*change)
    else:
        refused("extended_points_only_on_extended_schedules", *change)


def test_a_mentor_reaches_no_extended_point(refused):
    declaration = DeclarationFactory(
        for_mentor=True, training_period__schedule=ScheduleFactory(extended=True)
    )
    refused("extended_points_are_for_ects", *changed(declaration, declaration_type="extended-1"))


# -- When a point may have been reached --------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [("2021-08-31T23:59:59+01:00", False), ("2021-09-01T00:00:00+01:00", True)],
)
def test_nothing_is_declared_before_september_2021(refused, execute, moment, allowed):
    change = changed(DeclarationFactory(), declaration_date=datetime.fromisoformat(moment))
    if allowed:
        execute(*change)
    else:
        refused("declared_from_1_september_2021", *change)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [("2026-07-01T23:59:59+01:00", True), ("2026-07-02T00:00:00+01:00", False)],
)
def test_nothing_is_declared_after_the_day_it_is_made(refused, execute, moment, allowed):
    declaration = DeclarationFactory(created_at=datetime(2026, 7, 1, 9, tzinfo=UTC))
    change = changed(declaration, declaration_date=datetime.fromisoformat(moment))
    if allowed:
        execute(*change)
    else:
        refused("declared_on_or_before_the_day_it_was_made", *change)


# -- 28, 29: pairs and snapshots ---------------------------------------------------------------


@pytest.mark.parametrize("alone", ["voided_by_user_id", "voided_by_user_at"])
def test_a_void_by_staff_names_person_and_time(refused, alone):
    declaration = DeclarationFactory(voided=True)
    value = StaffUserFactory().pk if alone == "voided_by_user_id" else NOW
    refused("voided_by_user_and_time_together", *changed(declaration, **{alone: value}))


def test_the_delivery_partner_of_a_declaration_never_changes(refused):
    declaration = DeclarationFactory()
    problem = refused(
        "declared_delivery_partner_never_changes",
        *changed(declaration, delivery_partner_when_created_id=DeliveryPartnerFactory().pk),
    )
    assert problem.code == "cannot_change"


# -- 31, and the mentor of an ECT's declaration ------------------------------------------------


@pytest.mark.parametrize("parent", ["training_period", "mentorship_period", "payment_statement"])
def test_what_a_declaration_stands_on_cannot_be_deleted(refused, parent):
    declaration = DeclarationFactory(eligible=True)
    mentorship = MentorshipPeriodFactory(
        ect_at_school_period=declaration.training_period.ect_at_school_period
    )
    declaration.mentorship_period = mentorship
    declaration.save()

    assert refused(None, *removed(getattr(declaration, parent))).code == "still_in_use"


def test_the_mentorship_is_one_of_the_ects_placement(refused):
    declaration = DeclarationFactory()
    refused(
        "declaration_agrees_with_its_mentorship",
        *changed(declaration, mentorship_period_id=MentorshipPeriodFactory().pk),
    )


def test_a_mentors_declaration_names_no_mentorship(refused):
    declaration = DeclarationFactory(for_mentor=True)
    refused(
        "mentorship_only_on_ect_declarations",
        *changed(declaration, mentorship_period_id=MentorshipPeriodFactory().pk),
    )


def test_an_ects_declaration_names_its_placement(refused):
    declaration = DeclarationFactory()
    refused(
        "ect_declaration_names_its_placement", *changed(declaration, ect_at_school_period_id=None)
    )


def test_a_declaration_names_the_placement_of_its_training(refused):
    declaration = DeclarationFactory()
    other = TrainingPeriodFactory()
    refused(
        "declaration_agrees_with_the_placement_of_its_training",
        *changed(declaration, ect_at_school_period_id=other.ect_at_school_period_id),
    )
