"""Participants: who is seen, what is said of them, and when."""

from datetime import date

import pytest

from register_ects.models import Teacher
from tests.factories import (
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    SchoolFundingEligibilityFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.answers import ids
from tests.providers.participants_seen import enrolment, mentored, shown

pytestmark = pytest.mark.day("2025-10-15T09:30:15.999999+00:00")


# -- What is said ----------------------------------------------------------------------------


def test_an_ect_is_shown_with_every_attribute(api, lead_provider):
    teacher = TeacherFactory(trs_first_name="Imogen", trs_last_name="Farrow", trn="4417093")
    partner = DeliveryPartnerFactory()
    training = TrainingPeriodFactory(
        teacher=teacher, lead_provider=lead_provider, delivery_partner=partner
    )
    placement = training.ect_at_school_period

    assert shown(api, teacher) == {
        "id": str(teacher.api_id),
        "type": "participant",
        "attributes": {
            "full_name": "Imogen Farrow",
            "teacher_reference_number": "4417093",
            "updated_at": "2025-10-15T09:30:15Z",
            "ecf_enrolments": [
                {
                    "training_record_id": str(teacher.api_ect_training_record_id),
                    "email": placement.email,
                    "mentor_id": None,
                    "school_urn": str(training.school.urn),
                    "participant_type": "ect",
                    "cohort": "2025",
                    "training_status": "active",
                    "participant_status": "active",
                    "eligible_for_funding": None,
                    "pupil_premium_uplift": False,
                    "sparsity_uplift": False,
                    "schedule_identifier": "ecf-standard-september",
                    "delivery_partner_id": str(partner.api_id),
                    "withdrawal": None,
                    "deferral": None,
                    "created_at": "2025-10-15T09:30:15Z",
                    "induction_end_date": None,
                    "most_recent_induction_period_end_date": None,
                    "overall_induction_start_date": None,
                    "mentor_funding_end_date": None,
                    "cohort_changed_after_payments_frozen": False,
                    "mentor_ineligible_for_funding_reason": None,
                    "working_pattern": "full_time",
                }
            ],
            "participant_id_changes": [],
        },
    }


def test_a_mentor_has_no_induction_mentor_or_working_pattern(api, lead_provider):
    teacher = TeacherFactory(
        trs_induction_start_date=date(2020, 9, 1),
        trs_induction_completed_date=date(2022, 7, 1),
        mentor_became_ineligible_for_funding_on=date(2025, 10, 1),
        mentor_became_ineligible_for_funding_reason="started_not_completed",
    )
    training = TrainingPeriodFactory(teacher=teacher, lead_provider=lead_provider, for_mentor=True)

    mentor = enrolment(api, training)

    assert mentor["participant_type"] == "mentor"
    assert mentor["training_record_id"] == str(teacher.api_mentor_training_record_id)
    assert mentor["email"] == training.mentor_at_school_period.email
    assert mentor["mentor_funding_end_date"] == "2025-10-01"
    assert mentor["mentor_ineligible_for_funding_reason"] == "started_not_completed"
    assert {
        mentor[name]
        for name in (
            "mentor_id",
            "induction_end_date",
            "most_recent_induction_period_end_date",
            "overall_induction_start_date",
            "working_pattern",
        )
    } == {None}


def test_someone_in_both_roles_has_two_enrolments_ect_first(api, lead_provider):
    teacher = TeacherFactory()
    TrainingPeriodFactory(teacher=teacher, lead_provider=lead_provider, for_mentor=True)
    TrainingPeriodFactory(teacher=teacher, lead_provider=lead_provider)

    roles = [e["participant_type"] for e in shown(api, teacher)["attributes"]["ecf_enrolments"]]

    assert roles == ["ect", "mentor"]


def test_the_latest_training_is_shown_future_ones_included(api, lead_provider):
    teacher, school = TeacherFactory(), SchoolFactory()
    placement = ECTAtSchoolPeriodFactory(teacher=teacher, school=school)
    for first, last in [(date(2025, 9, 1), date(2025, 12, 31)), (date(2026, 1, 1), None)]:
        training = TrainingPeriodFactory(
            ect_at_school_period=placement,
            lead_provider=lead_provider,
            started_on=first,
            finished_on=last,
        )

    assert enrolment(api, training)["participant_status"] == "joining"


@pytest.mark.parametrize(
    ("first_day", "last_day", "stop", "induction_end", "today", "expected"),
    [
        ("2025-09-01", None, None, None, "2025-08-31", "joining"),
        ("2025-09-01", None, None, None, "2025-09-01", "active"),
        ("2025-09-01", "2025-10-20", None, None, "2025-10-19", "leaving"),
        ("2025-09-01", "2025-10-20", None, None, "2025-10-20", "left"),
        ("2025-09-01", "2025-10-20", None, None, "2025-10-21", "left"),
        ("2025-09-01", "2025-10-20", None, None, "2025-08-01", "leaving"),
        ("2025-09-01", "2025-10-20", "withdrawn", None, "2025-10-19", "leaving"),
        ("2025-09-01", "2025-10-20", "withdrawn", None, "2025-10-20", "left"),
        ("2025-09-01", "2025-10-20", "deferred", None, "2025-10-21", "left"),
        ("2025-09-01", "2025-10-20", None, "2025-10-20", "2025-10-21", "active"),
        ("2025-09-01", "2025-10-20", None, "2025-10-21", "2025-10-22", "left"),
        ("2025-09-01", None, None, "2025-10-10", "2025-10-21", "active"),
        ("2025-09-01", "2025-10-20", "withdrawn", "2025-10-20", "2025-10-21", "left"),
    ],
)
def test_participant_status(
    api, lead_provider, on, first_day, last_day, stop, induction_end, today, expected
):
    on("2025-12-01")
    training = TrainingPeriodFactory(
        lead_provider=lead_provider,
        started_on=date.fromisoformat(first_day),
        finished_on=date.fromisoformat(last_day) if last_day else None,
        **({stop: True} if stop else {}),
    )
    Teacher.objects.update(trs_induction_completed_date=induction_end)

    on(today)

    assert enrolment(api, training)["participant_status"] == expected


@pytest.mark.parametrize(
    ("funding_ended_on", "expected"),
    [("2025-10-09", "active"), ("2025-10-10", "active"), ("2025-10-11", "left"), (None, "left")],
)
def test_a_mentor_has_completed_when_their_funding_ended(
    api, lead_provider, funding_ended_on, expected
):
    reason = "completed_declaration_received" if funding_ended_on else None
    training = TrainingPeriodFactory(
        lead_provider=lead_provider,
        for_mentor=True,
        finished_on=date(2025, 10, 10),
        teacher=TeacherFactory(
            mentor_became_ineligible_for_funding_on=funding_ended_on,
            mentor_became_ineligible_for_funding_reason=reason,
            trs_induction_completed_date=date(2025, 10, 1),
        ),
    )

    assert enrolment(api, training)["participant_status"] == expected


@pytest.mark.parametrize(
    ("withdrawn_at", "deferred_at", "status", "object_shown"),
    [
        (noon(date(2025, 10, 2)), noon(date(2025, 10, 1)), "withdrawn", "withdrawal"),
        (noon(date(2025, 10, 1)), noon(date(2025, 10, 1)), "withdrawn", "withdrawal"),
        (noon(date(2025, 10, 1)), noon(date(2025, 10, 2)), "deferred", "deferral"),
    ],
)
def test_the_later_stop_is_shown(
    api, lead_provider, withdrawn_at, deferred_at, status, object_shown
):
    training = TrainingPeriodFactory(
        lead_provider=lead_provider,
        finished_on=date(2025, 10, 1),
        withdrawn_at=withdrawn_at,
        withdrawal_reason="moved_school",
        deferred_at=deferred_at,
        deferral_reason="parental_leave",
    )

    seen = enrolment(api, training)

    reasons = {"withdrawal": "moved-school", "deferral": "parental-leave"}
    later = max(withdrawn_at, deferred_at)
    other = "deferral" if object_shown == "withdrawal" else "withdrawal"
    assert (seen["training_status"], seen["participant_status"]) == (status, "left")
    assert seen[object_shown] == {
        "reason": reasons[object_shown],
        "date": later.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    assert seen[other] is None


@pytest.mark.parametrize(
    ("eligible_at", "ineligible_on", "expected"),
    [
        (None, None, None),
        ("2025-09-30T23:30:00Z", None, True),
        (None, "2025-10-01", False),
        ("2025-09-30T23:30:00Z", "2025-10-01", True),
        ("2025-10-01T23:30:00Z", "2025-10-01", False),
    ],
)
@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_eligible_for_funding_compares_london_days_of_the_role(
    api, lead_provider, role, eligible_at, ineligible_on, expected
):
    reasons = {"mentor_became_ineligible_for_funding_reason": "started_not_completed"}
    training = TrainingPeriodFactory(
        lead_provider=lead_provider,
        for_mentor=role == "mentor",
        teacher=TeacherFactory(
            **{
                f"{role}_first_became_eligible_for_training_at": eligible_at,
                f"{role}_became_ineligible_for_funding_on": ineligible_on,
            },
            **(reasons if role == "mentor" and ineligible_on else {}),
        ),
    )

    assert enrolment(api, training)["eligible_for_funding"] is expected


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_a_move_out_of_a_frozen_year_is_told_in_the_role_that_moved(api, lead_provider, role):
    ContractPeriodFactory(year=2022)
    person = TeacherFactory(**{f"{role}_payments_frozen_year_id": 2022})
    for for_mentor in (False, True):
        TrainingPeriodFactory(lead_provider=lead_provider, teacher=person, for_mentor=for_mentor)

    told = {
        each["participant_type"]: each["cohort_changed_after_payments_frozen"]
        for each in shown(api, person)["attributes"]["ecf_enrolments"]
    }

    assert told == {"ect": role == "ect", "mentor": role == "mentor"}


def test_induction_dates_come_from_periods_before_trs(api, lead_provider):
    teacher = TeacherFactory(
        trs_induction_start_date=date(2020, 1, 1), trs_induction_completed_date=date(2020, 2, 1)
    )
    training = TrainingPeriodFactory(teacher=teacher, lead_provider=lead_provider)
    names = (
        "overall_induction_start_date",
        "most_recent_induction_period_end_date",
        "induction_end_date",
    )

    from_trs = enrolment(api, training)
    InductionPeriodFactory(
        teacher=teacher, started_on=date(2024, 9, 1), finished_on=date(2025, 7, 1), finished=True
    )
    last = InductionPeriodFactory(teacher=teacher, started_on=date(2025, 9, 1))
    while_open = enrolment(api, training)
    last.finished_on, last.number_of_terms, last.outcome = date(2025, 10, 1), 1, "pass"
    last.save()
    from_periods = enrolment(api, training)

    assert [from_trs[name] for name in names] == ["2020-01-01", None, "2020-02-01"]
    assert [from_periods[name] for name in names] == ["2024-09-01", "2025-10-01", "2025-10-01"]
    assert [while_open[name] for name in names] == ["2024-09-01", None, "2020-02-01"]


@pytest.mark.parametrize("flag", ["pupil_premium_uplift", "sparsity_uplift"])
@pytest.mark.parametrize(("year", "expected"), [(2024, True), (2025, False)])
@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_uplifts_are_the_schools_in_years_that_pay_them(
    api, lead_provider, year, expected, role, flag
):
    training = TrainingPeriodFactory(
        lead_provider=lead_provider, year=year, for_mentor=role == "mentor"
    )
    SchoolFundingEligibilityFactory(
        gias_school=training.school.gias_school, year=year, **{flag: True}
    )

    seen = enrolment(api, training)

    flags = {"pupil_premium_uplift": False, "sparsity_uplift": False, flag: expected}
    assert {name: seen[name] for name in flags} == flags


def test_created_at_and_working_pattern_look_at_all_placements(api, lead_provider):
    teacher = TeacherFactory()
    ECTAtSchoolPeriodFactory(
        teacher=teacher,
        started_on=date(2024, 9, 1),
        finished_on=date(2025, 8, 31),
        created_at=noon(date(2024, 8, 1)),
    )
    training = TrainingPeriodFactory(
        lead_provider=lead_provider,
        ect_at_school_period=ECTAtSchoolPeriodFactory(
            teacher=teacher, started_on=date(2025, 9, 1), working_pattern="part_time"
        ),
    )

    seen = enrolment(api, training)

    assert (seen["created_at"], seen["working_pattern"]) == ("2024-08-01T12:00:00Z", "part_time")


def test_merged_records_list_their_id_changes_oldest_first(api, lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    retired = [TeacherFactory(anonymised=True), TeacherFactory(anonymised=True)]
    for day, old in zip((2, 1), retired, strict=True):
        TeacherIdChangeFactory(
            teacher=training.teacher,
            from_teacher=old,
            to_teacher=training.teacher,
            created_at=noon(date(2025, 10, day)),
        )

    changes = shown(api, training.teacher)["attributes"]["participant_id_changes"]

    assert [c["from_participant_id"] for c in changes] == [
        str(retired[1].api_id),
        str(retired[0].api_id),
    ]
    assert changes[0]["to_participant_id"] == str(training.teacher.api_id)
    assert changes[0]["changed_at"] == "2025-10-01T12:00:00Z"
    assert ids(api.get(f"/participants?filter[from_participant_id]={retired[0].api_id}")) == [
        str(training.teacher.api_id)
    ]
    assert api.get(f"/participants/{retired[0].api_id}").status_code == 404


# -- The mentor's id -------------------------------------------------------------------------


def test_the_mentor_is_the_one_today_else_the_next(api, lead_provider, on):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    first = mentored(training, started_on=date(2025, 10, 1), finished_on=date(2025, 10, 31))
    second = mentored(training, started_on=date(2025, 12, 1))

    seen = []
    for today in ("2025-09-10", "2025-10-31", "2025-11-01", "2025-12-01"):
        on(today)
        seen.append(enrolment(api, training)["mentor_id"])

    assert seen == [str(m.api_id) for m in (first, first, second, second)]


def test_the_mentor_of_someone_who_left_is_hidden_unless_a_participant(api, lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider, finished_on=date(2025, 10, 14))
    mentor = mentored(training)

    assert enrolment(api, training)["mentor_id"] is None

    TrainingPeriodFactory(
        lead_provider=lead_provider,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(teacher=mentor),
    )
    assert enrolment(api, training)["mentor_id"] == str(mentor.api_id)


# -- Who is seen -----------------------------------------------------------------------------


def test_only_confirmed_training_with_the_provider_makes_someone_visible(
    api, api_client, lead_provider
):
    mine = TrainingPeriodFactory(lead_provider=lead_provider)
    waiting = TrainingPeriodFactory(lead_provider=lead_provider, eoi_only=True)
    theirs = TrainingPeriodFactory(lead_provider=LeadProviderFactory())
    school_led = TrainingPeriodFactory(school_led=True)

    assert ids(api.get("/participants")) == [str(mine.teacher.api_id)]
    for training in (waiting, theirs, school_led):
        assert api.get(f"/participants/{training.teacher.api_id}").status_code == 404
    assert ids(api_client(theirs.lead_provider).get("/participants")) == [
        str(theirs.teacher.api_id)
    ]


def test_a_former_provider_still_sees_its_own_training(api, lead_provider):
    placement = ECTAtSchoolPeriodFactory()
    mine = TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        finished_on=date(2025, 9, 30),
    )
    TrainingPeriodFactory(ect_at_school_period=placement, started_on=date(2025, 10, 1))

    assert enrolment(api, mine)["participant_status"] == "left"
