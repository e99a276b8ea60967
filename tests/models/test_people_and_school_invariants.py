"""People, schools and organisations: what the database refuses (spec 01 §6, 27 to 31)."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    APITokenFactory,
    AppropriateBodyFactory,
    BatchFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    EventFactory,
    GIASSchoolFactory,
    GIASSchoolLinkFactory,
    LeadProviderFactory,
    PairingFactory,
    PendingInductionSubmissionFactory,
    RegionDistrictFactory,
    SchoolFactory,
    SchoolFundingEligibilityFactory,
    SchoolPartnershipFactory,
    StaffUserFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
)
from tests.raw_sql import changed, copied, removed

THEN = datetime(2025, 9, 1, 12, tzinfo=UTC)
LATER = datetime(2025, 10, 1, 12, tzinfo=UTC)


# -- 27: a TRN, or none and a reason -----------------------------------------------------------


def test_a_teacher_without_a_trn_is_marked_so(refused):
    problem = refused("teacher_without_trn_only_if_trnless", *changed(TeacherFactory(), trn=None))
    assert problem.details["message"] == "Enter the teacher's TRN"


def test_a_teacher_with_a_trn_is_not_marked_as_without(refused):
    refused("teacher_without_trn_only_if_trnless", *changed(TeacherFactory(), trnless=True))


@pytest.mark.parametrize("trn", ["123456", "", "12345a7", " 123456", "\uff11" * 7, "123456\n"])
def test_a_trn_has_seven_ascii_digits(refused, trn):
    refused("teacher_trn_has_seven_digits", *changed(TeacherFactory(), trn=trn))


def test_a_trn_belongs_to_one_teacher(refused):
    first, second = TeacherFactory(), TeacherFactory()
    problem = refused("teacher_trn_key", *changed(second, trn=first.trn))
    assert (problem.field, problem.code) == ("trn", "already_exists")


def test_a_trn_may_begin_with_zeros(execute):
    execute(*changed(TeacherFactory(), trn="0001234"))


# -- People whose details were cleared, and ids that were retired (spec 01 §4.4) ----------------


@pytest.mark.parametrize(
    "columns",
    [
        {"trs_first_name": "Ada"},
        {"trs_last_name": "Okafor"},
        {"corrected_name": "Ada Okafor"},
        {"trn": "1234567", "trnless": False},
    ],
)
def test_an_anonymised_person_has_no_name_and_no_trn(refused, columns):
    teacher = TeacherFactory(anonymised=True)
    problem = refused("anonymised_people_have_no_name_or_trn", *changed(teacher, **columns))
    assert problem.code == "anonymised"


@pytest.mark.parametrize(
    "columns",
    [
        {"trs_induction_status": "Passed"},
        {"trs_induction_start_date": date(2023, 9, 1)},
        {"trs_induction_completed_date": date(2025, 7, 18)},
        {"trs_qts_awarded_on": date(2021, 7, 1)},
        {"trs_qts_status_description": "Qualified"},
        {"trs_initial_teacher_training_provider_name": "Dale University"},
        {"trs_initial_teacher_training_end_date": date(2021, 6, 30)},
        {"trs_response": "ok"},
        {"trs_redirected_to": "1234567"},
        {"trs_data_last_refreshed_at": THEN},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_nothing_of_trs_is_kept_of_an_anonymised_person(refused, columns):
    teacher = TeacherFactory(anonymised=True)
    problem = refused("nothing_of_trs_is_kept_of_anonymised_people", *changed(teacher, **columns))
    assert problem.code == "anonymised"


def test_an_anonymised_person_stays_so(refused):
    teacher = TeacherFactory(anonymised=True)
    for columns in (
        {"anonymised_at": None, "anonymisation_reason": None},
        {"anonymised_at": LATER},
    ):
        refused("anonymised_people_stay_anonymised", *changed(teacher, **columns))


def test_nobody_is_anonymised_by_name(refused):
    refused(
        "anonymised_people_have_no_name_or_trn",
        *changed(TeacherFactory(), anonymised_at=THEN, anonymisation_reason="registered_in_error"),
    )


def test_an_id_changes_to_another(refused):
    change = TeacherIdChangeFactory()
    problem = refused(
        "retired_id_became_another",
        *changed(change, api_to_teacher_id=change.from_teacher_id),
    )
    assert problem.code == "same_record"


def test_the_id_that_a_person_has_is_not_retired(refused):
    change = TeacherIdChangeFactory()
    own = change.teacher.api_id
    other = TeacherFactory().api_id
    problem = refused(
        "nobodys_own_id_is_retired",
        *changed(change, api_from_teacher_id=own, api_to_teacher_id=other),
    )
    assert problem.code == "same_record"
    retired = TeacherFactory._meta.model.objects.get(api_id=change.from_teacher_id)
    refused("nobodys_own_id_is_retired", *changed(change, teacher_id=retired.pk))


def test_the_id_that_another_person_has_is_not_retired(refused):
    change, living = TeacherIdChangeFactory(), TeacherFactory()
    for attempt in (changed, copied):
        refused("nobodys_own_id_is_retired", *attempt(change, api_from_teacher_id=living.api_id))


# -- 28: columns that come in pairs ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "make", "columns"),
    [
        (
            "mentor_ineligibility_date_and_reason_together",
            TeacherFactory,
            {"mentor_became_ineligible_for_funding_on": date(2025, 9, 1)},
        ),
        (
            "mentor_ineligibility_date_and_reason_together",
            TeacherFactory,
            {"mentor_became_ineligible_for_funding_reason": "started_not_completed"},
        ),
        ("anonymisation_time_and_reason_together", TeacherFactory, {"anonymised_at": THEN}),
        (
            "anonymisation_time_and_reason_together",
            TeacherFactory,
            {"anonymisation_reason": "registered_in_error"},
        ),
        (
            "induction_tutor_name_and_email_together",
            SchoolFactory,
            {"induction_tutor_name": "Tilda Marsh"},
        ),
        (
            "induction_tutor_name_and_email_together",
            SchoolFactory,
            {"induction_tutor_email": "tilda@school.example.com"},
        ),
    ],
)
def test_half_of_a_pair_is_refused(refused, name, make, columns):
    assert refused(name, *changed(make(), **columns)).code == "incomplete"


# -- 29: facts that never change ---------------------------------------------------------------


@pytest.mark.parametrize("role", ["ect", "mentor"])
@pytest.mark.parametrize("value", [LATER, None])
def test_the_first_eligible_time_never_changes(refused, role, value):
    teacher = TeacherFactory(**{f"{role}_fundable": True})
    column = f"{role}_first_became_eligible_for_training_at"
    refused("first_eligible_time_never_changes", *changed(teacher, **{column: value}))


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_the_first_eligible_time_may_be_set_once(execute, role):
    execute(*changed(TeacherFactory(), **{f"{role}_first_became_eligible_for_training_at": THEN}))


# -- 30: one of a kind -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("appropriate_body_name_key", AppropriateBodyFactory),
        ("delivery_partner_name_key", DeliveryPartnerFactory),
        ("lead_provider_name_key", LeadProviderFactory),
    ],
)
def test_a_name_is_taken_whatever_its_case(refused, name, make):
    organisation = make()
    problem = refused(name, *copied(organisation, name=organisation.name.upper()))
    assert (problem.field, problem.code) == ("name", "already_exists")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("one_funding_eligibility_per_school_and_year", SchoolFundingEligibilityFactory),
        ("one_link_between_two_schools", GIASSchoolLinkFactory),
        ("one_district_name_per_region", RegionDistrictFactory),
        ("one_partnership_of_a_school_with_a_pairing", SchoolPartnershipFactory),
        ("one_pairing_per_active_lead_provider_and_partner", PairingFactory),
        ("staff_user_email_key", StaffUserFactory),
        ("school_urn_key", SchoolFactory),
    ],
)
def test_there_is_one_of_a_kind(refused, name, make):
    refused(name, *copied(make()))


def test_an_email_of_staff_is_taken_whatever_its_case(refused):
    user = StaffUserFactory()
    refused("staff_user_email_key", *copied(user, email=user.email.upper()))


# -- 31: links that the older service left out -------------------------------------------------


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (SchoolPartnershipFactory, "lead_provider_delivery_partnership_id"),
        (PairingFactory, "active_lead_provider_id"),
        (PairingFactory, "delivery_partner_id"),
        (APITokenFactory, "lead_provider_id"),
        (EventFactory, "batch_id"),
        (AppropriateBodyFactory, "dfe_sign_in_organisation_id"),
    ],
)
def test_a_link_leads_to_something(refused, make, column):
    problem = refused(None, *changed(make(), **{column: 0}))
    assert problem.code in ("no_longer_exists", "stale")


def test_a_school_cannot_leave_its_partnerships_behind(refused):
    assert refused(None, *removed(SchoolPartnershipFactory().school)).code == "still_in_use"


# -- Repeated columns of providers -------------------------------------------------------------


def test_a_partnership_repeats_its_pairing(refused):
    partnership = SchoolPartnershipFactory()
    refused(
        "partnership_agrees_with_its_pairing",
        *changed(partnership, lead_provider_id=LeadProviderFactory().pk),
    )


def test_a_pairing_repeats_its_active_lead_provider(refused):
    pairing = PairingFactory()
    refused(
        "pairing_agrees_with_its_active_lead_provider",
        *changed(pairing, lead_provider_id=LeadProviderFactory().pk),
    )


# -- Schools -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programme", "has_provider"),
    [("provider_led", False), ("school_led", True), (None, True)],
)
def test_a_school_remembers_a_provider_only_with_provider_led(refused, programme, has_provider):
    provider = LeadProviderFactory().pk if has_provider else None
    refused(
        "last_chosen_lead_provider_only_if_provider_led",
        *changed(
            SchoolFactory(),
            last_chosen_training_programme=programme,
            last_chosen_lead_provider_id=provider,
        ),
    )


@pytest.mark.parametrize(
    ("programme", "has_provider"),
    [("provider_led", True), ("school_led", False), (None, False)],
)
def test_a_school_may_remember_what_fits(execute, programme, has_provider):
    provider = LeadProviderFactory().pk if has_provider else None
    execute(
        *changed(
            SchoolFactory(),
            last_chosen_training_programme=programme,
            last_chosen_lead_provider_id=provider,
        )
    )


def test_a_school_is_merged_into_another(refused, execute):
    school = SchoolFactory()
    problem = refused("schools_merge_into_another", *changed(school, merged_into_id=school.pk))
    assert problem.field == "merged_into"
    execute(*changed(school, merged_into_id=SchoolFactory().pk))


def test_schools_never_merge_in_a_circle(refused, execute):
    first, second, third = (SchoolFactory() for _ in range(3))
    execute(*changed(first, merged_into_id=second.pk))
    execute(*changed(second, merged_into_id=third.pk))
    for into in (first, second):
        problem = refused(
            "schools_never_merge_in_a_circle", *changed(third, merged_into_id=into.pk)
        )
        assert problem.field == "merged_into"
    execute(*changed(third, merged_into_id=SchoolFactory().pk))


def test_no_school_is_linked_to_itself(refused):
    link = GIASSchoolLinkFactory()
    problem = refused("schools_are_linked_to_others", *changed(link, link_urn=link.urn_id))
    assert problem.code == "same_record"


@pytest.mark.parametrize("school", ["state", "independent", "section_41"])
def test_only_an_independent_school_chooses_a_national_body(refused, execute, school):
    traits = {} if school == "state" else {school: True}
    body = AppropriateBodyFactory(body_type="national")
    change = changed(SchoolFactory(**traits), last_chosen_appropriate_body_id=body.pk)
    if school == "state":
        problem = refused("state_schools_choose_no_national_body", *change)
        assert (problem.field, problem.code) == ("appropriate_body", "not_allowed_for_school")
    else:
        execute(*change)


def test_a_body_that_schools_chose_becomes_no_local_authority(refused, execute):
    chosen, reported, before, loose = (AppropriateBodyFactory() for _ in range(4))
    SchoolFactory(last_chosen_appropriate_body=chosen)
    ECTAtSchoolPeriodFactory(started_on=date(2024, 1, 1), school_reported_appropriate_body=reported)
    ECTAtSchoolPeriodFactory(started_on=date(2023, 12, 31), school_reported_appropriate_body=before)
    for body in (chosen, reported):
        problem = refused(
            "chosen_bodies_become_no_local_authority", *changed(body, body_type="local_authority")
        )
        assert (problem.field, problem.code) == ("body_type", "already_chosen")
    for body in (before, loose):
        execute(*changed(body, body_type="local_authority"))


@pytest.mark.parametrize("body_type", ["teaching_school_hub", "national", "local_authority"])
def test_no_school_chooses_a_local_authority(refused, execute, body_type):
    change = changed(
        SchoolFactory(independent=True),
        last_chosen_appropriate_body_id=AppropriateBodyFactory(body_type=body_type).pk,
    )
    if body_type == "local_authority":
        problem = refused("schools_choose_no_local_authority", *change)
        assert (problem.field, problem.code) == ("appropriate_body", "local_authority")
    else:
        execute(*change)


@pytest.mark.parametrize(
    ("day", "allowed"), [(date(2023, 12, 31), True), (date(2024, 1, 1), False)]
)
def test_no_ect_from_2024_on_is_with_a_local_authority(refused, execute, day, allowed):
    authority = AppropriateBodyFactory(body_type="local_authority")
    change = changed(
        ECTAtSchoolPeriodFactory(started_on=day), school_reported_appropriate_body_id=authority.pk
    )
    if allowed:
        execute(*change)
    else:
        refused("ects_from_2024_name_no_local_authority", *change)


def test_an_ect_with_a_local_authority_cannot_move_to_2024(refused, execute):
    authority = AppropriateBodyFactory(body_type="local_authority")
    placement = ECTAtSchoolPeriodFactory(
        started_on=date(2022, 9, 1), school_reported_appropriate_body=authority
    )
    execute(*changed(placement, finished_on=date(2025, 7, 20)))
    refused(
        "ects_from_2024_name_no_local_authority", *changed(placement, started_on=date(2024, 9, 1))
    )


def test_a_tutor_is_confirmed_only_when_known(refused):
    partnership = SchoolPartnershipFactory()
    refused(
        "induction_tutor_confirmed_only_when_known",
        *changed(
            partnership.school,
            induction_tutor_last_nominated_in_id=partnership.contract_period_id,
        ),
    )


def test_a_status_of_the_register_is_one_of_four(refused):
    problem = refused("gias_school_status_is_known", *changed(GIASSchoolFactory(), status="gone"))
    assert (problem.field, problem.code) == ("status", "not_listed")


def test_an_upload_has_at_most_5000_rows(refused):
    refused("batch_of_at_most_5000_rows", *changed(BatchFactory(), uploaded_count=5001))


def test_an_upload_is_confirmed_by_somebody(refused):
    refused("batch_is_confirmed_by_somebody", *changed(BatchFactory(), state="completing"))


def test_what_is_recorded_of_an_upload_holds_nothing_of_anybody(refused):
    row = PendingInductionSubmissionFactory(held=b"x")
    refused("submission_that_is_done_holds_nothing", *changed(row, state="done"))


def test_what_is_ready_in_an_upload_says_what_it_will_do(refused):
    row = PendingInductionSubmissionFactory()
    refused("submission_that_is_ok_says_what_it_will_do", *changed(row, state="ok"))


def test_staff_have_an_address_of_the_department(refused):
    refused(
        "staff_email_is_of_the_department", *changed(StaffUserFactory(), email="sam@example.com")
    )
