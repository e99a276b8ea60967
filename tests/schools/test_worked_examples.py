"""The worked examples of spec 05 §21, row by row, on 10 September 2026 where no day is named."""

from datetime import date

import pytest

from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    Event,
    MentorAtSchoolPeriod,
    OutgoingEmail,
    SchoolPartnership,
)
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.training.changes import (
    change_lead_provider,
    change_training_programme,
)
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)
from tests.operations.training_to_change import birch, make_provider
from tests.registrations import AUTHOR, ect, mentor, record
from tests.schools.ect_journey import NI_NUMBER, answers_for, begin, slug_of, walk
from tests.schools.mentor_journey import new_mentor, register
from tests.support.pages import date_parts

__all__ = ["birch"]

TODAY = date(2026, 9, 10)


def registered(world, **changes):
    return register_ect(world.oak, ect(world, **changes), author=AUTHOR)


def training_of(placement):
    return placement.training_periods.get()


@pytest.fixture
def at_elm(world):
    """Asha at Elm since September 2025, trained by Larch there, with a mentor."""
    partnership = SchoolPartnershipFactory(
        school=world.elm, lead_provider=world.larch, delivery_partner=world.tern, year=2025
    )
    placement = ECTAtSchoolPeriodFactory(
        teacher__trn="4000001", school=world.elm, started_on=date(2025, 9, 1)
    )
    TrainingPeriodFactory(ect_at_school_period=placement, school_partnership=partnership)
    MentorshipPeriodFactory(ect_at_school_period=placement)
    return placement


def test_row_1_a_first_registration_without_a_partnership(world, oak):
    placement = registered(world)

    training = training_of(placement)
    assert (placement.started_on, training.started_on) == (date(2026, 9, 1), TODAY)
    assert training.expression_of_interest.contract_period_id == 2026
    assert training.lead_provider == world.larch
    assert training.schedule.identifier == "ecf-standard-september"
    (tag,) = oak.get("/school/home/ects").select("main table .govuk-tag")
    assert tag.get_text(strip=True) == "Mentor needed"


def test_row_2_an_older_partnership_is_reused(world):
    old = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2025
    )

    placement = registered(world, reused=old)

    new = SchoolPartnership.objects.get(contract_period=2026)
    assert training_of(placement).school_partnership == new
    about = Event.objects.filter(event_type__startswith="school_partnership")
    assert {*about.values_list("event_type", flat=True)} == {
        "school_partnership_created",
        "school_partnership_reused",
    }


def test_row_3_a_back_dated_start_joins_the_current_contract_period(world):
    placement = registered(world, started_on=date(2026, 3, 1))

    assert placement.started_on == date(2026, 3, 1)
    assert training_of(placement).contract_period_id == 2026


def test_row_4_the_earliest_start_is_1_june_two_years_before(world):
    with pytest.raises(RuleBroken) as refusal:
        registered(world, started_on=date(2024, 5, 31))

    (problem,) = refusal.value.problems
    assert (problem.code, problem.details["earliest"]) == ("before_earliest", date(2024, 6, 1))
    assert registered(world, started_on=date(2024, 6, 1))


@pytest.mark.usefixtures("trs")
def test_row_5_a_contract_period_that_is_not_enabled_yet(world, oak, on):
    ContractPeriod.objects.filter(year=2026).update(enabled=False)
    on(date(2026, 5, 20))

    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "cannot-register-ect-yet"
    assert "2026 to 2027" in page.text


@pytest.mark.usefixtures("at_elm")
def test_row_6_a_transfer_more_than_four_months_ahead(world, on):
    on(date(2026, 7, 10))

    with pytest.raises(RuleBroken) as refusal:
        registered(world, started_on=date(2026, 12, 1))

    assert [problem.code for problem in refusal.value.problems] == ["too_far_ahead"]


def test_row_7_a_transfer_ends_what_there_was_the_day_before(world, at_elm, on):
    on(date(2026, 7, 10))

    placement = registered(world, started_on=date(2026, 11, 1))

    at_elm.refresh_from_db()
    before = (at_elm, at_elm.training_periods.get(), at_elm.mentorship_periods.get())
    assert {each.finished_on for each in before} == {date(2026, 10, 31)}
    training = training_of(placement)
    assert (placement.started_on, training.started_on) == (date(2026, 11, 1), date(2026, 11, 1))
    assert training.contract_period_id == 2025
    assert training.schedule == before[1].schedule


def test_row_8_training_in_a_frozen_contract_period_goes_on_in_2024(world):
    before = ECTAtSchoolPeriodFactory(
        teacher__trn="4000001",
        school=world.elm,
        started_on=date(2022, 9, 1),
        finished_on=date(2023, 7, 20),
    )
    TrainingPeriodFactory(
        ect_at_school_period=before, lead_provider=world.larch, year=2022, finished=True
    )
    only_2024, only_2026 = make_provider("Birch", 2024), make_provider("Cedar", 2026)

    placement = registered(world, lead_provider=only_2024)

    training = training_of(placement)
    assert training.contract_period_id == 2024
    assert training.schedule.identifier == "ecf-extended-september"
    other = record("4000009")
    with pytest.raises(RuleBroken):
        registered(world, record=other, email="x@y.example", lead_provider=only_2024)
    assert registered(world, record=other, email="x@y.example", lead_provider=only_2026)


def test_row_9_another_provider_for_training_confirmed_since_last_year(world, birch):
    placement = ECTAtSchoolPeriodFactory(
        school=world.oak, started_on=date(2025, 9, 1), finished_on=date(2026, 12, 18)
    )
    partnership = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2025
    )
    old = TrainingPeriodFactory(
        ect_at_school_period=placement,
        school_partnership=partnership,
        finished_on=date(2026, 12, 18),
    )

    new = change_lead_provider(placement, birch, author=AUTHOR)

    old.refresh_from_db()
    assert old.finished_on == date(2026, 9, 9)
    assert (new.started_on, new.finished_on) == (TODAY, date(2026, 12, 18))


def test_row_10_another_provider_for_training_that_starts_next_month(world, birch):
    placement = registered(world, started_on=date(2026, 10, 5))
    before = training_of(placement)

    change_lead_provider(placement, birch, author=AUTHOR)

    after = training_of(placement)
    assert (after.pk, after.lead_provider) == (before.pk, birch)
    assert (after.started_on, after.finished_on) == (before.started_on, before.finished_on)


def test_row_11_school_led_on_the_day_on_which_training_started(world):
    placement = registered(world)
    before = training_of(placement)

    change_training_programme(placement, "school_led", author=AUTHOR)

    after = training_of(placement)
    assert after.pk != before.pk
    assert (after.training_programme, after.started_on) == ("school_led", TODAY)


@pytest.mark.usefixtures("trs")
def test_row_12_a_fundable_mentor_is_asked_about_and_trained(world, oak):
    placement = registered(world)
    ben = MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name="Ben Lowe")

    first = oak.get(f"/school/ects/{placement.pk}/mentorship/new")
    asked = oak.submit(first, {"mentor": str(ben.pk)}).follow()
    assert slug_of(asked) == "review-mentor-eligibility"
    check = oak.submit(asked, {"use_ect_provider": "yes"}).follow()
    oak.submit(check, {})

    assert ben.training_periods.get().lead_provider == world.larch


@pytest.mark.parametrize(("row", "only_here"), [(13, False), (14, True)])
def test_rows_13_and_14_a_mentor_who_mentors_at_ash_too(world, row, only_here, on):
    ash = world.elm
    there = MentorAtSchoolPeriodFactory(
        teacher__trn="4000002", school=ash, started_on=date(2025, 9, 1)
    )
    theirs = ECTAtSchoolPeriodFactory(school=ash, started_on=date(2025, 9, 1))
    MentorshipPeriodFactory(
        ect_at_school_period=theirs, mentor_at_school_period=there, started_on=date(2025, 9, 1)
    )
    details = mentor(started_on=date(2026, 10, 5), only_here=only_here, lead_provider=world.larch)

    register_mentor(world.oak, registered(world), details, author=AUTHOR)

    here = MentorAtSchoolPeriod.objects.get(school=world.oak)
    there.refresh_from_db()
    assert here.started_on == date(2026, 10, 5)
    if row == 13:
        assert there.finished_on is None
        assert not here.training_periods.exists()
        return
    ended = [there.finished_on, theirs.mentorship_periods.get().finished_on]
    assert ended == [date(2026, 10, 4)] * 2


def test_row_14_ects_at_ash_need_another_mentor(world, sign_in, on):
    test_rows_13_and_14_a_mentor_who_mentors_at_ash_too(world, 14, only_here=True, on=on)
    on(date(2026, 10, 5))

    (tag,) = sign_in(world.elm).get("/school/home/ects").select("main table .govuk-tag")

    assert tag.get_text(strip=True) == "Mentor needed"


@pytest.mark.usefixtures("trs")
def test_row_15_the_national_insurance_number_is_proof_too(oak):
    wrong = {"trn": "RP40/00006", **date_parts("date_of_birth", "1998-02-11")}
    refused = oak.submit(begin(oak), wrong)
    assert "National Insurance number" in refused.text

    page = oak.submit(refused, {**wrong, "national_insurance_number": NI_NUMBER}).follow()

    assert slug_of(page) == "review-ect-details"
    assert "National Insurance number" in page.summary
    assert "Date of birth" not in page.summary


@pytest.mark.usefixtures("trs")
def test_row_16_two_tabs_make_one_record_and_one_email(world, oak):
    tabs = [walk(oak, answers_for(world), to="check-answers") for _ in range(2)]

    first, second = (oak.submit(tab, {}) for tab in tabs)

    assert slug_of(first.follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.count() == 1
    assert OutgoingEmail.objects.filter(recipient="zofia@oak.example.com").count() == 1
    told = second.follow() if second.status_code == 302 else second
    assert "already registered" in told.text


def test_row_17_a_leaver_is_listed_until_the_last_day(world, sign_in, on):
    placement = registered(world)
    on(date(2026, 11, 1))
    report_leaving(placement, last_day=date(2026, 11, 30), author=AUTHOR)

    def tags(day):
        on(day)
        page = sign_in(world.oak).get("/school/home/ects")
        return [tag.get_text(strip=True) for tag in page.select("main table .govuk-tag")]

    assert tags(date(2026, 11, 1)) == tags(date(2026, 11, 30)) == ["Leaving school"]
    assert tags(date(2026, 12, 1)) == []


def test_row_18_an_induction_within_the_placement_confirms_the_body(world, oak):
    placement = registered(world)
    record_page = f"/school/ects/{placement.pk}"
    change = f"{record_page}/change-appropriate-body/edit"
    assert change in str(oak.get(record_page))

    InductionPeriodFactory(
        teacher=placement.teacher, appropriate_body=world.hub, started_on=date(2026, 9, 2)
    )

    page = oak.get(record_page)
    assert page.summary["Appropriate body"].startswith("Hub A")
    assert "awaiting" not in page.summary["Appropriate body"]
    assert change not in str(page)


def test_row_19_another_school_finds_nothing(world, sign_in):
    placement = registered(world)
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))
    assign_mentor(placement, ben, author=AUTHOR, lead_provider=None)
    elm = sign_in(world.elm)

    for address in (f"/school/ects/{placement.pk}", f"/school/mentors/{ben.pk}"):
        assert elm.get(address).status_code == 404


def test_row_20_on_1_june_the_tutor_comes_first_but_for_leaving_and_help(world, sign_in, on):
    placement = registered(world)
    ContractPeriodFactory(year=2027)
    on(date(2027, 6, 1))
    browser = sign_in(world.oak, tutor_due=True)

    assert "/induction-tutor/" in browser.get("/school/home").location
    leaving = f"/school/ects/{placement.pk}/report-teacher-leaving/edit"
    for address in (leaving, "/school/support/new"):
        assert browser.get(address).status_code == 200


@pytest.mark.usefixtures("trs")
def test_row_12_a_new_mentor_registered_for_the_ect_is_trained_too(world, oak):
    page = register(oak, registered(world), new_mentor())
    oak.submit(page, {})

    trained = MentorAtSchoolPeriod.objects.get(school=world.oak).training_periods.get()
    assert trained.lead_provider == world.larch
