"""A school registers an ECT (spec 05 §7.8 and the worked examples of §21)."""

from datetime import date

import pytest

from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    OutgoingEmail,
    Schedule,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.placements.reuse import reusable_choices
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorshipPeriodFactory,
    PairingFactory,
    SchoolPartnershipFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, record


def training_of(placement: ECTAtSchoolPeriod) -> TrainingPeriod:
    return placement.training_periods.get()


def problems(broken) -> list[str]:
    return [f"{p.field} {p.code}" for p in broken.value.problems]


def test_a_first_registration_without_partnership_waits_for_the_provider(world):
    placement = register_ect(world.oak, ect(world), author=AUTHOR)

    training = training_of(placement)
    assert (placement.started_on, training.started_on) == (date(2026, 9, 1), date(2026, 9, 10))
    assert training.school_partnership is None
    assert training.expression_of_interest.contract_period_id == 2026
    assert training.schedule.identifier == "ecf-standard-september"


def test_everything_the_school_said_is_kept(world):
    placement = register_ect(world.oak, ect(world, corrected_name="Asha  Rao-Lind"), author=AUTHOR)

    school = School.objects.get(pk=world.oak.pk)
    assert placement.teacher.name == "Asha Rao-Lind"
    assert placement.school_reported_appropriate_body == world.hub
    assert (placement.email, placement.working_pattern) == ("asha@oak.example.com", "full_time")
    assert school.last_chosen_appropriate_body == world.hub
    assert school.last_chosen_training_programme == "provider_led"
    assert school.last_chosen_lead_provider == world.larch
    assert placement.teacher.trs_qts_awarded_on == date(2026, 7, 1)


@pytest.mark.parametrize("is_known", [False, True], ids=["new", "known before"])
def test_what_trs_told_and_a_corrected_name_are_kept_of_everybody_at_once(world, is_known):
    if is_known:
        TeacherFactory(trn=record().trn, trs_induction_status=None, corrected_name="Asha Rao")

    details = ect(world, corrected_name="Asha Rao-Lind", record=record(induction_status="None"))
    teacher = register_ect(world.oak, details, author=AUTHOR).teacher

    teacher.refresh_from_db()
    assert (teacher.name, teacher.trs_induction_status) == ("Asha Rao-Lind", "None")
    assert (teacher.trs_qts_awarded_on, teacher.trs_initial_teacher_training_provider_name) == (
        date(2026, 7, 1),
        "Northmoor SCITT",
    )


def test_a_partnership_confirms_the_training(world):
    partnership = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )

    placement = register_ect(world.oak, ect(world), author=AUTHOR)

    assert training_of(placement).school_partnership == partnership


def test_school_led_training_has_no_provider_or_schedule(world):
    placement = register_ect(
        world.oak, ect(world, training_programme="school_led", lead_provider=None), author=AUTHOR
    )

    training = training_of(placement)
    assert (training.training_programme, training.schedule) == ("school_led", None)
    assert training.started_on == date(2026, 9, 10)


def test_a_future_start_begins_training_on_that_day(world):
    placement = register_ect(world.oak, ect(world, started_on=date(2027, 1, 4)), author=AUTHOR)

    assert training_of(placement).started_on == date(2027, 1, 4)
    assert training_of(placement).schedule.identifier == "ecf-standard-january"


def test_a_back_dated_start_joins_the_current_contract_period(world):
    placement = register_ect(world.oak, ect(world, started_on=date(2026, 3, 1)), author=AUTHOR)

    assert training_of(placement).contract_period_id == 2026


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            {"started_on": date(2024, 5, 31)}, "started_on before_earliest", id="too early"
        ),
        pytest.param(
            {"started_on": date(2027, 9, 1)}, "started_on not_open_yet", id="no such period"
        ),
        pytest.param({"record": record(induction_status="Passed")}, "trn induction_completed"),
        pytest.param({"record": record(induction_status="Exempt")}, "trn induction_exempt"),
        pytest.param({"record": record(induction_status="FailedInWales")}, "trn induction_failed"),
        pytest.param({"lead_provider": None}, "lead_provider missing", id="provider missing"),
        pytest.param(
            {"training_programme": "school_led"}, "lead_provider not_wanted", id="provider unwanted"
        ),
    ],
)
def test_a_broken_rule_writes_nothing(world, change, expected):
    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, **change), author=AUTHOR)

    assert problems(broken) == [expected]
    assert not Teacher.objects.exists()
    assert not Event.objects.exists()
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({}, "appropriate_body not_active"),
        ({"active": True, "local_authority": True}, "appropriate_body not_allowed_for_school"),
        ({"active": True, "national": True}, "appropriate_body not_allowed_for_school"),
    ],
)
def test_a_state_school_chooses_an_active_hub(world, traits, expected):
    body = AppropriateBodyFactory(**traits)

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, appropriate_body=body), author=AUTHOR)

    assert problems(broken) == [expected]


def test_an_email_of_another_person_is_taken_whatever_its_case(world):
    ECTAtSchoolPeriodFactory(email="ASHA@oak.example.com")

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world), author=AUTHOR)

    assert problems(broken) == ["email taken"]


def test_a_person_may_keep_their_own_email_when_they_move(world):
    teacher = TeacherFactory(trn="4000001")
    ECTAtSchoolPeriodFactory(teacher=teacher, school=world.elm, email="asha@oak.example.com")

    assert register_ect(world.oak, ect(world), author=AUTHOR).email == "asha@oak.example.com"


def test_moving_ends_the_old_placement_the_day_before_with_what_hangs_on_it(world):
    old = TrainingPeriodFactory(
        teacher__trn="4000001", school=world.elm, lead_provider=world.larch, year=2025
    )
    mentorship = MentorshipPeriodFactory(
        ect_at_school_period=old.ect_at_school_period, started_on=date(2025, 9, 1)
    )

    placement = register_ect(world.oak, ect(world, started_on=date(2026, 11, 1)), author=AUTHOR)

    for ended in (old, old.ect_at_school_period, mentorship):
        ended.refresh_from_db()
        assert ended.finished_on == date(2026, 10, 31)
    assert old.ect_at_school_period.reported_leaving_by_school is None
    training = training_of(placement)
    assert training.contract_period_id == 2025
    assert training.schedule == old.schedule
    assert set(Event.objects.values_list("event_type", flat=True)) >= {
        "teacher_left_school_as_ect",
        "teacher_finishes_training_period",
        "teacher_finishes_mentoring",
        "teacher_finishes_being_mentored",
        "teacher_registered_as_ect",
        "teacher_schedule_assigned_to_training_period",
    }


def test_a_move_more_than_four_months_ahead_is_refused(world, on):
    on("2026-07-10")
    ECTAtSchoolPeriodFactory(teacher__trn="4000001", school=world.elm)

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, started_on=date(2026, 12, 1)), author=AUTHOR)

    assert problems(broken) == ["started_on too_far_ahead"]


@pytest.mark.parametrize(
    ("started_on", "code"),
    [("2026-09-07", "before_previous_record"), ("2026-09-20", "before_later_record")],
)
def test_a_later_placement_elsewhere_is_told_before_anything_is_written(world, started_on, code):
    ECTAtSchoolPeriodFactory(teacher__trn="4000001", school=world.elm, started_on=started_on)

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world), author=AUTHOR)

    assert problems(broken) == [f"started_on {code}"]


def test_training_in_a_frozen_year_moves_to_its_successor(world):
    TrainingPeriodFactory(
        teacher__trn="4000001",
        school=world.elm,
        lead_provider=world.larch,
        year=2022,
        schedule=Schedule.objects.get(contract_period=2022, identifier="ecf-standard-january"),
    )

    placement = register_ect(world.oak, ect(world, started_on=date(2026, 10, 5)), author=AUTHOR)

    training = training_of(placement)
    assert training.contract_period_id == 2024
    assert training.schedule.identifier == "ecf-extended-september"
    assert training.started_on == date(2026, 10, 5)
    assert placement.teacher.ect_payments_frozen_year_id == 2022


def test_a_provider_without_a_contract_in_the_period_is_refused(world):
    other = PairingFactory(year=2025).lead_provider

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, lead_provider=other), author=AUTHOR)

    assert problems(broken) == ["lead_provider not_active"]


def test_keeping_an_older_partnership_rolls_it_forward(world):
    old = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2025
    )
    waiting = TrainingPeriodFactory(
        eoi_only=True, school=world.oak, lead_provider=world.larch, year=2026
    )

    placement = register_ect(world.oak, ect(world, reused=old), author=AUTHOR)

    created = SchoolPartnership.objects.get(contract_period=2026)
    assert created.lead_provider_delivery_partnership.delivery_partner == world.tern
    assert training_of(placement).school_partnership == created
    waiting.refresh_from_db()
    assert waiting.school_partnership == created
    assert Event.objects.filter(event_type="school_partnership_reused").count() == 1


def test_an_older_partnership_without_its_pairing_falls_back_to_interest(world):
    partner = PairingFactory(lead_provider=world.larch, year=2025).delivery_partner
    old = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=partner, year=2025
    )

    placement = register_ect(world.oak, ect(world, reused=old), author=AUTHOR)

    assert training_of(placement).expression_of_interest is not None
    assert training_of(placement).school_partnership is None


def test_an_induction_already_open_makes_the_ect_fundable(world):
    teacher = TeacherFactory(trn="4000001")
    InductionPeriodFactory(teacher=teacher, started_on=date(2026, 9, 1))

    placement = register_ect(world.oak, ect(world), author=AUTHOR)

    placement.teacher.refresh_from_db()
    assert placement.teacher.ect_first_became_eligible_for_training_at is not None


def test_the_ect_is_emailed_once_for_their_programme(world):
    register_ect(world.oak, ect(world), author=AUTHOR)

    email = OutgoingEmail.objects.get()
    assert (email.template, email.recipient) == (
        "ect_registered_provider_led",
        "asha@oak.example.com",
    )
    assert email.personalisation["early_career_teacher_name"] == "Asha Rao"


def test_a_leaver_may_come_back_to_the_same_school(world):
    ECTAtSchoolPeriodFactory(
        teacher__trn="4000001",
        school=world.oak,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 12, 18),
    )

    placement = register_ect(world.oak, ect(world, started_on=date(2026, 10, 1)), author=AUTHOR)

    first = placement.teacher.ect_at_school_periods.earliest("started_on")
    assert first.finished_on == date(2026, 9, 30)


@pytest.mark.parametrize("start", ["2025-08-20", "2025-09-01", "2025-09-02", "2026-03-27"])
def test_time_at_the_school_that_is_over_is_never_shortened(world, start):
    stay = TrainingPeriodFactory(
        ect_at_school_period=ECTAtSchoolPeriodFactory(
            teacher__trn="4000001",
            school=world.oak,
            started_on=date(2025, 9, 1),
            finished_on=date(2026, 3, 27),
        ),
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 3, 27),
    )

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, started_on=date.fromisoformat(start)), author=AUTHOR)

    [problem] = broken.value.problems
    assert (problem.code, problem.details["earliest"]) == ("already_here_then", date(2026, 3, 28))
    stay.refresh_from_db()
    assert stay.ect_at_school_period.finished_on == date(2026, 3, 27)
    assert not Event.objects.exists()


def test_an_earlier_stay_here_counts_though_another_school_had_them_since(world):
    first = ECTAtSchoolPeriodFactory(
        teacher__trn="4000001",
        school=world.oak,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 3, 27),
    )
    ECTAtSchoolPeriodFactory(teacher=first.teacher, school=world.elm, started_on=date(2026, 4, 20))

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, started_on=date(2026, 3, 20)), author=AUTHOR)

    assert problems(broken) == ["started_on before_previous_record"]


def test_the_events_of_removed_training_do_not_say_that_it_will_not_start(world):
    TrainingPeriodFactory(
        teacher__trn="4000001",
        school=world.elm,
        lead_provider=world.larch,
        year=2025,
        started_on=date(2026, 9, 9),
        ect_at_school_period__started_on=date(2026, 9, 1),
    )

    register_ect(world.oak, ect(world, started_on=date(2026, 9, 10)), author=AUTHOR)

    headings = Event.objects.filter(event_type="teacher_finishes_training_period")
    assert headings.values_list("heading", flat=True).get() == (
        "Asha Rao is no longer recorded as having begun training as an ECT"
    )


def test_a_second_registration_at_the_school_says_already_active(world):
    register_ect(world.oak, ect(world), author=AUTHOR)

    with pytest.raises(RuleBroken) as broken:
        register_ect(world.oak, ect(world, started_on=date(2026, 9, 5)), author=AUTHOR)

    assert problems(broken) == ["trn already_active_at_school"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_reuse_is_offered_for_a_partnership_that_can_serve_the_year(world, year):
    SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=year
    )
    register_ect(
        world.oak, ect(world, record=record("4000009"), email="x@y.example"), author=AUTHOR
    )

    offer = reusable_choices(world.oak, None, start=date(2026, 9, 1))

    assert offer.partnership.contract_period_id == year
    assert offer.confirmed is (year == 2026)


def test_reuse_is_offered_for_an_earlier_interest(world):
    register_ect(world.oak, ect(world), author=AUTHOR)

    offer = reusable_choices(world.oak, None, start=date(2026, 9, 1))

    assert (offer.lead_provider, offer.partnership) == (world.larch, None)


def test_reuse_is_not_offered_when_the_body_is_no_longer_active(world):
    register_ect(world.oak, ect(world), author=AUTHOR)
    world.hub.designations.update(finished_on=date(2026, 9, 9))

    assert reusable_choices(world.oak, None, start=date(2026, 9, 1)) is None
