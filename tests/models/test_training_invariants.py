"""Training: what the database refuses (spec 01 §6, 6 and 10 to 16)."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    ScheduleFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.raw_sql import changed, copied

NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)


# -- 6: one training period at a time in a role ------------------------------------------------


def test_training_in_a_role_cannot_overlap(refused):
    training = TrainingPeriodFactory(finished=True)

    problem = refused(
        "training_periods_in_a_role_never_overlap",
        *copied(training, started_on=training.finished_on, finished_on=None),
    )

    assert "other training in the same role" in problem.details["message"]


def test_a_mentor_cannot_train_at_two_schools_at_once(refused):
    training = TrainingPeriodFactory(for_mentor=True)
    elsewhere = MentorAtSchoolPeriodFactory(teacher=training.teacher)
    partnership = SchoolPartnershipFactory(school=elsewhere.school)

    refused(
        "training_periods_in_a_role_never_overlap",
        *copied(
            training,
            mentor_at_school_period_id=elsewhere.pk,
            school_id=elsewhere.school_id,
            school_partnership_id=partnership.pk,
            lead_provider_id=partnership.lead_provider_id,
        ),
    )


def test_a_person_may_train_as_ect_and_mentor_at_once():
    training = TrainingPeriodFactory()
    assert TrainingPeriodFactory(for_mentor=True, teacher=training.teacher).pk


# -- 10: exactly one placement, of the right role ----------------------------------------------


def test_training_needs_a_placement(refused):
    training = TrainingPeriodFactory()
    refused(
        "training_has_one_placement_of_its_role", *changed(training, ect_at_school_period_id=None)
    )


def test_training_cannot_have_two_placements(refused):
    training = TrainingPeriodFactory()
    mentor = MentorAtSchoolPeriodFactory(teacher=training.teacher, school=training.school)
    refused(
        "training_has_one_placement_of_its_role",
        *changed(training, mentor_at_school_period_id=mentor.pk),
    )


@pytest.mark.parametrize(("role", "other"), [("ect", "mentor"), ("mentor", "ect")])
def test_the_role_of_training_is_that_of_its_placement(refused, role, other):
    training = TrainingPeriodFactory(**{f"for_{role}": True})
    refused("training_has_one_placement_of_its_role", *changed(training, trainee_role=other))


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_training_names_the_person_of_its_placement(refused, role):
    training = TrainingPeriodFactory(**{f"for_{role}": True})
    refused(
        f"training_agrees_with_its_{role}_placement",
        *changed(training, teacher_id=TeacherFactory().pk),
    )


# -- 11: what each programme has ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "attribute"),
    [
        ("school_partnership_id", "school_partnership_id"),
        ("schedule_id", "schedule_id"),
        ("schedule_kind", "schedule_kind"),
        ("lead_provider_id", "lead_provider_id"),
        ("contract_period_year", "contract_period_id"),
    ],
)
def test_school_led_training_has_nothing_of_a_provider(refused, column, attribute):
    training = TrainingPeriodFactory(school_led=True)
    of_another = getattr(TrainingPeriodFactory(), attribute)

    problem = refused(
        "school_led_training_has_no_provider_or_schedule",
        *changed(training, **{column: of_another}),
    )

    assert problem.field == "training_programme"


def test_school_led_training_has_no_expression_of_interest(refused):
    training = TrainingPeriodFactory(school_led=True)
    refused(
        "school_led_training_has_no_provider_or_schedule",
        *changed(training, expression_of_interest_id=ActiveLeadProviderFactory().pk),
    )


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"schedule_id": None}, id="no schedule"),
        pytest.param({"school_partnership_id": None}, id="neither partnership nor interest"),
        pytest.param({"lead_provider_id": None}, id="no lead provider"),
        pytest.param({"contract_period_year": None}, id="no contract period"),
        pytest.param({"schedule_kind": None}, id="no kind of schedule"),
    ],
)
def test_provider_led_training_has_a_schedule_and_a_provider(refused, columns):
    training = TrainingPeriodFactory()
    problem = refused(
        "provider_led_training_has_schedule_and_provider", *changed(training, **columns)
    )
    assert problem.code == "provider_led_without_provider"


def test_mentor_training_is_never_school_led(refused):
    training = TrainingPeriodFactory(for_mentor=True)
    problem = refused(
        "mentor_training_is_provider_led",
        *changed(
            training,
            training_programme="school_led",
            school_partnership_id=None,
            schedule_id=None,
            lead_provider_id=None,
            contract_period_year=None,
            schedule_kind=None,
        ),
    )
    assert problem.code == "mentor_school_led"


# -- 12, 13: withdrawal and deferral -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("withdrawal_time_and_reason_together", {"withdrawn_at": NOW}),
        ("withdrawal_time_and_reason_together", {"withdrawal_reason": "other"}),
        ("deferral_time_and_reason_together", {"deferred_at": NOW}),
        ("deferral_time_and_reason_together", {"deferral_reason": "other"}),
    ],
)
def test_leaving_training_has_a_time_and_a_reason(refused, name, columns):
    training = TrainingPeriodFactory(finished=True)
    assert refused(name, *changed(training, **columns)).code == "incomplete"


@pytest.mark.parametrize(
    "columns",
    [
        {"withdrawn_at": NOW, "withdrawal_reason": "other"},
        {"deferred_at": NOW, "deferral_reason": "other"},
    ],
)
def test_training_that_was_left_is_finished(refused, columns):
    training = TrainingPeriodFactory()
    refused("withdrawn_or_deferred_training_is_finished", *changed(training, **columns))


@pytest.mark.parametrize("trait", ["withdrawn", "deferred"])
def test_training_that_was_left_cannot_be_reopened(refused, trait):
    training = TrainingPeriodFactory(**{trait: True})
    refused("withdrawn_or_deferred_training_is_finished", *changed(training, finished_on=None))


@pytest.mark.parametrize("left", ["withdrawn", "deferred"])
@pytest.mark.parametrize(
    ("moment", "allowed"),
    [("2025-08-31T23:59:59+01:00", False), ("2025-09-01T00:00:00+01:00", True)],
)
def test_training_is_left_on_or_after_its_first_day(refused, execute, left, moment, allowed):
    training = TrainingPeriodFactory(**{left: True}, finished_on=date(2025, 9, 1))
    change = changed(training, **{f"{left}_at": datetime.fromisoformat(moment)})
    if allowed:
        execute(*change)
    else:
        problem = refused(f"training_{left}_on_or_after_its_start", *change)
        assert problem.code == "before_start"


@pytest.mark.parametrize("left", ["withdrawn", "deferred"])
@pytest.mark.parametrize(
    ("moment", "allowed"),
    [("2025-10-20T23:59:59+01:00", False), ("2025-10-21T00:00:00+01:00", True)],
)
def test_training_does_not_go_on_after_it_was_left(refused, execute, left, moment, allowed):
    training = TrainingPeriodFactory(**{left: True}, finished_on=date(2025, 10, 21))
    change = changed(training, **{f"{left}_at": datetime.fromisoformat(moment)})
    if allowed:
        execute(*change)
    else:
        name = {"withdrawn": "withdrawn_training_stops_there"}.get(
            left, "training_deferred_stops_there"
        )
        assert refused(name, *change).field == "finished_on"


def test_an_ect_is_never_withdrawn_for_a_mentors_reason(refused):
    training = TrainingPeriodFactory(withdrawn=True)
    problem = refused(
        "ect_never_withdrawn_for_a_mentor_only_reason",
        *changed(training, withdrawal_reason="mentor_no_longer_being_mentor"),
    )
    assert problem.field == "withdrawal_reason"


def test_a_mentor_may_be_withdrawn_for_a_mentors_reason(execute):
    training = TrainingPeriodFactory(for_mentor=True, withdrawn=True)
    execute(*changed(training, withdrawal_reason="mentor_no_longer_being_mentor"))


# -- 14: schedules that a role may not have ----------------------------------------------------


@pytest.mark.parametrize(("role", "kind"), [("ect", "replacement"), ("mentor", "reduced")])
def test_a_role_is_refused_the_other_ones_schedule(refused, role, kind):
    training = TrainingPeriodFactory(**{f"for_{role}": True})
    schedule = ScheduleFactory(**{kind: True})

    problem = refused(
        "schedule_kind_fits_the_role",
        *changed(training, schedule_id=schedule.pk, schedule_kind=kind),
    )

    assert (problem.field, problem.code) == ("schedule", "not_for_role")


@pytest.mark.parametrize(("role", "kind"), [("ect", "replacement"), ("mentor", "reduced")])
def test_the_kind_of_schedule_cannot_be_misstated(refused, role, kind):
    training = TrainingPeriodFactory(**{f"for_{role}": True})
    schedule = ScheduleFactory(**{kind: True})
    refused("training_agrees_with_its_schedule", *changed(training, schedule_id=schedule.pk))


@pytest.mark.parametrize(
    ("role", "kind"),
    [("ect", "reduced"), ("mentor", "replacement"), ("ect", "extended"), ("mentor", "extended")],
)
def test_a_role_may_have_its_own_schedules(role, kind):
    assert TrainingPeriodFactory(
        **{f"for_{role}": True}, schedule=ScheduleFactory(**{kind: True})
    ).pk


def test_a_schedule_cannot_change_kind_under_training(refused):
    training = TrainingPeriodFactory()
    refused(None, *changed(training.schedule, identifier="ecf-replacement-september"))


# -- 15: one contract period, one lead provider ------------------------------------------------


def test_schedule_and_partnership_share_a_contract_period(refused):
    training = TrainingPeriodFactory()
    other = ScheduleFactory(contract_period=ContractPeriodFactory(year=2024))

    problem = refused("training_agrees_with_its_schedule", *changed(training, schedule_id=other.pk))

    assert problem.code == "stale"


def test_partnership_and_expression_of_interest_share_a_contract_period(refused):
    training = TrainingPeriodFactory()
    other = ActiveLeadProviderFactory(lead_provider=training.lead_provider, year=2024)
    refused(
        "training_agrees_with_its_expression_of_interest",
        *changed(training, expression_of_interest_id=other.pk),
    )


def test_partnership_and_expression_of_interest_share_a_lead_provider(refused):
    training = TrainingPeriodFactory()
    refused(
        "training_agrees_with_its_expression_of_interest",
        *changed(training, expression_of_interest_id=ActiveLeadProviderFactory().pk),
    )


def test_schedule_and_expression_of_interest_share_a_contract_period(refused):
    training = TrainingPeriodFactory(eoi_only=True)
    other = ScheduleFactory(contract_period=ContractPeriodFactory(year=2024))
    refused("training_agrees_with_its_schedule", *changed(training, schedule_id=other.pk))


@pytest.mark.parametrize("eoi_only", [False, True])
def test_training_names_the_lead_provider_of_its_agreement(refused, eoi_only):
    training = TrainingPeriodFactory(eoi_only=eoi_only)
    kind = "expression_of_interest" if eoi_only else "partnership"
    refused(
        f"training_agrees_with_its_{kind}",
        *changed(training, lead_provider_id=LeadProviderFactory().pk),
    )


# -- 16: the partnership is one of the school --------------------------------------------------


def test_a_partnership_of_another_school_cannot_confirm_training(refused):
    training = TrainingPeriodFactory()
    elsewhere = SchoolPartnershipFactory(
        school=SchoolFactory(),
        lead_provider_delivery_partnership=(
            training.school_partnership.lead_provider_delivery_partnership
        ),
    )

    problem = refused(
        "training_agrees_with_its_partnership",
        *changed(training, school_partnership_id=elsewhere.pk),
    )

    assert "has just changed" in problem.details["message"]


# -- Copies of what the parents say ------------------------------------------------------------


def test_saving_some_fields_saves_the_copies_that_follow_them():
    placement = ECTAtSchoolPeriodFactory()
    training = TrainingPeriodFactory(ect_at_school_period=placement, eoi_only=True)
    partnership = SchoolPartnershipFactory(school=placement.school)
    before = training.updated_at

    training.school_partnership = partnership
    training.expression_of_interest = None
    training.save(update_fields=["school_partnership", "expression_of_interest"])

    training.refresh_from_db()
    assert training.lead_provider_id == partnership.lead_provider_id
    assert training.updated_at > before
