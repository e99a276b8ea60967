"""A school registers an ECT in the browser: every branch and stop page (spec 05 §7)."""

import pytest

from register_ects.integrations.trs import TRSClient
from register_ects.models import ECTAtSchoolPeriod, Teacher
from tests.factories import (
    AppropriateBodyFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
)
from tests.schools.ect_journey import (
    BORN,
    NI_NUMBER,
    START,
    TRN,
    address,
    answers_for,
    begin,
    filled,
    find,
    slug_of,
    walk,
    walk_on,
)
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

NO_DATE = {f"started_on-{part}": "" for part in ("day", "month", "year")}
NUMBER = {"national_insurance_number": NI_NUMBER}


def test_a_provider_led_ect_is_registered(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")
    assert page.h1 == "Check your answers before registering Zofia Lis"
    assert "The lead provider will confirm this" in page.text

    page = oak.submit(page).follow()

    assert page.h1 == "You’ve saved Zofia Lis’s details"
    placement = ECTAtSchoolPeriod.objects.get()
    assert placement.school == world.oak
    assert placement.email == "zofia@oak.example.com"
    assert placement.training_periods.get().lead_provider == world.larch


def test_a_school_led_ect_is_not_asked_for_a_provider(world, oak):
    answers = answers_for(world, training={"training_programme": "school_led"})
    page = walk(oak, answers, to="check-answers")

    oak.submit(page)

    assert ECTAtSchoolPeriod.objects.get().training_periods.get().lead_provider is None


def test_an_independent_school_may_choose_the_national_body(world, sign_in):
    istip = AppropriateBodyFactory(
        active=True, national=True, name="Independent Schools Teacher Induction Panel (ISTIP)"
    )
    school = SchoolFactory(section_41=True)
    browser = sign_in(school)
    answers = answers_for(world, training={"body_kind": "national", "hub": ""})
    page = walk(browser, answers, to="check-answers")

    browser.submit(page)

    assert ECTAtSchoolPeriod.objects.get().school_reported_appropriate_body == istip


def test_an_independent_school_that_chooses_no_hub_sees_the_error_at_the_hub(world, sign_in):
    browser = sign_in(SchoolFactory(section_41=True))
    answers = answers_for(world, training={"body_kind": "hub", "hub": ""})

    page = walk(browser, answers, to="check-answers")

    assert page.errors == {"#hub": "Select a teaching school hub"}


@pytest.mark.parametrize(
    ("trn", "slug", "heading"),
    [
        ("7000002", "trn-not-found", "We cannot find a teacher with this TRN"),
        ("7000004", "record-not-active", "This teaching record is not active"),
        ("7000007", "induction-completed", "has completed their induction"),
        ("7000009", "induction-exempt", "does not need to complete an induction"),
        ("7000008", "induction-failed", "did not pass their induction"),
        ("7000010", "induction-failed", "did not pass their induction"),
        ("7000003", "cannot-register-ect", "You cannot register"),
    ],
)
def test_people_whom_nobody_may_register(world, oak, trn, slug, heading):
    page = walk(oak, answers_for(world, find_ect=find(trn)), to="check-answers")

    assert slug_of(page) == slug
    assert heading in page.h1
    assert not Teacher.objects.exists()


def test_who_was_found_is_not_told_to_find_a_lost_trn(world, oak):
    page = walk(oak, answers_for(world, find_ect=find("7000008")), to="check-answers")

    assert "lost TRN" not in page.text
    assert "You can look at their record in" in page.text


@pytest.mark.parametrize("trn", ["7000001", "7000005", "7000013", "7000014", "7000015"])
def test_people_without_qts_or_with_harmless_records_may_be_registered(world, oak, trn):
    page = walk(oak, answers_for(world, find_ect=find(trn)), to="training")

    assert slug_of(page) == "training"


def test_a_merged_record_is_found_under_its_new_trn_and_says_so(world, oak):
    page = walk(oak, answers_for(world, find_ect=find("7000011")), to="review-ect-details")

    assert "their TRN is now 7000012" in page.text


def test_someone_held_under_a_merged_trn_is_recognised_and_given_the_new_one(world, oak):
    placement = ECTAtSchoolPeriodFactory(teacher__trn="7000011", school=world.oak)

    page = walk(oak, answers_for(world, find_ect=find("7000011")), to="check-answers")

    assert slug_of(page) == "already-active-at-school"
    placement.teacher.refresh_from_db()
    assert placement.teacher.trn == "7000012"


def test_a_wrong_birth_date_leads_to_the_ni_number_which_review_then_shows(world, oak):
    search = begin(oak)
    assert not search.select("#national_insurance_number")
    asked = oak.submit(search, find(TRN, "1990-01-01"))
    assert asked.status_code == 422
    assert list(asked.errors) == ["#national_insurance_number"]
    assert "date of birth doesn’t match" in asked.text
    assert asked.select_one("#trn")["value"] == TRN

    page = oak.submit(asked, {**filled(asked), **NUMBER}).follow()

    assert "National Insurance number" in page.text
    assert "Date of birth" not in page.text


def test_a_birth_date_that_is_corrected_needs_no_number(world, oak):
    asked = oak.submit(begin(oak), find(TRN, "1990-01-01"))

    page = oak.submit(asked, find(TRN, BORN)).follow()

    assert slug_of(page) == "review-ect-details"
    assert "Date of birth" in page.text


def test_a_birth_date_that_is_corrected_is_enough_beside_a_wrong_number(world, oak):
    wrong = {"national_insurance_number": "AB123456D"}

    page = oak.submit(begin(oak), {**find(TRN, BORN), **wrong}).follow()

    assert slug_of(page) == "review-ect-details"
    assert "Date of birth" in page.text


def test_a_wrong_ni_number_too_is_not_found(world, oak):
    answers = answers_for(
        world,
        find_ect={**find(TRN, "1990-01-01"), "national_insurance_number": "AB123456D"},
    )

    page = walk(oak, answers, to="review-ect-details")

    assert slug_of(page) == "not-found"


def test_someone_already_active_here_is_linked(world, oak):
    placement = ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak)

    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "already-active-at-school"
    assert page.select_one(f'a[href="/school/ects/{placement.pk}"]')


def test_an_earlier_placement_is_shown_with_what_is_not_known(world, oak):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm)

    page = walk(oak, answers_for(world), to="review-ect-details")

    assert "Elm School" in page.text
    assert "Not confirmed" in page.text


def test_a_correction_of_the_name_is_used_from_then_on(world, oak):
    answers = answers_for(
        world,
        review_ect_details={"name_is_correct": "no", "corrected_name": "Zofia  Lis-Nowak"},
    )

    page = walk(oak, answers, to="training")

    assert page.h1 == "Zofia Lis-Nowak’s induction and training"


def test_a_correction_must_be_given_when_the_name_is_wrong(world, oak):
    answers = answers_for(world, review_ect_details={"name_is_correct": "no"})

    page = walk(oak, answers, to="training")

    assert page.errors == {"#corrected_name": "Enter the correct full name"}
    assert page.title.startswith("Error: ")


def test_a_taken_email_stops_until_another_is_given(world, oak):
    MentorAtSchoolPeriodFactory(school=world.elm, email="ZOFIA@oak.example.com")

    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "cant-use-email"
    opened = oak.get(page.select_one("a.govuk-button")["href"])
    other = {**filled(opened), "email": "other@oak.example.com"}
    assert slug_of(oak.submit(opened, other).follow()) == "training"


def test_a_start_in_a_year_that_is_not_open_names_the_year(world, oak, on):
    ContractPeriodFactory(year=2027, enabled=False)
    answers = answers_for(world, review_ect_details=date_parts("started_on", "2027-09-01"))

    page = walk(oak, answers, to="check-answers")

    assert slug_of(page) == "cannot-register-ect-yet"
    assert "Registration for 2027 to 2028 is not open yet. It usually opens in June." in page.text


def test_a_start_after_every_known_year_names_its_year_and_what_is_kept(world, oak):
    answers = answers_for(world, review_ect_details=date_parts("started_on", "2027-09-01"))

    page = walk(oak, answers, to="check-answers")

    assert slug_of(page) == "cannot-register-ect-yet"
    assert "Registration for 2027 to 2028 is not open yet" in page.text
    assert "After a day you need to enter their date of birth again" in page.text


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2024-05-31", "must be 1 June 2024 or later"),
        ("2028-09-01", "must be 31 May 2028 or earlier. Check the year"),
        ("9999-09-01", "must be 31 May 2028 or earlier. Check the year"),
        ("2026-31-31", "real date"),
        ("", "Enter the date"),
    ],
)
def test_a_start_that_cannot_be_is_refused_at_its_field(world, oak, day, message):
    data = date_parts("started_on", day) if day else NO_DATE

    page = walk(oak, answers_for(world, review_ect_details=data), to="check-answers")

    assert page.status_code == 422
    [(link, text)] = page.errors.items()
    assert link.startswith("#started_on")
    assert message in text


def test_a_partnership_puts_its_provider_first_with_its_partner(world, oak):
    SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )

    page = walk(oak, answers_for(world), to="training")

    assert "Works with your school and Tern Trust" in page.text


@pytest.mark.parametrize("slug", ["training", "check-answers", "induction-completed", "nothing"])
def test_a_deep_link_ahead_goes_back_to_the_last_reachable_page(world, oak, slug):
    page = begin(oak)

    ahead = oak.get(address(page, slug))

    if slug == "nothing":
        assert ahead.status_code == 404
    else:
        assert slug_of(ahead.follow()) == "find-ect"


def test_a_second_submit_saves_nothing_more(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")
    oak.submit(page)

    again = oak.submit(page).follow()

    assert slug_of(again) == "confirmation"
    assert ECTAtSchoolPeriod.objects.count() == 1


def test_a_second_tab_is_told_that_the_ect_is_registered_already(world, oak):
    first = walk(oak, answers_for(world), to="check-answers")
    second = walk(oak, answers_for(world), to="check-answers")
    oak.submit(first)

    already = oak.submit(second).follow()

    assert already.h1 == "Zofia Lis is already registered at your school"
    assert already.select_one(f'a[href="/school/ects/{ECTAtSchoolPeriod.objects.get().pk}"]')


def test_another_school_cannot_open_the_draft(world, oak, sign_in):
    page = walk(oak, answers_for(world), to="review-ect-details")

    assert sign_in(world.elm).get(address(page, "find-ect")).status_code == 404


@pytest.mark.parametrize("fault", ["down", "500", "429"])
def test_when_trs_is_down_the_answers_stay_and_nothing_is_lost(world, oak, trs, fault):
    trs.fault(fault)
    page = begin(oak)

    refused = oak.post(address(page, "find-ect"), find(TRN, BORN))

    assert refused.status_code == 422
    assert "cannot check the Teaching Record System at the moment" in refused.text
    assert refused.select_one("#trn")["value"] == TRN
    trs.clear_faults()
    assert slug_of(oak.post(address(page, "find-ect"), find(TRN, BORN)).follow()) == (
        "review-ect-details"
    )


def test_when_trs_takes_too_long_the_answers_stay(world, oak, trs, monkeypatch):
    impatient = TRSClient(trs.base_url, trs.api_key, "20260120", read_timeout=0.2)
    monkeypatch.setattr("register_ects.integrations.trs.get_client", lambda: impatient)
    page = walk(oak, answers_for(world), to="review-ect-details")
    trs.fault("slow", times=1)

    refused = oak.post(address(page, "find-ect"), find(TRN, BORN))

    assert refused.status_code == 422
    assert refused.select_one("#trn")["value"] == TRN
    assert oak.get(address(page, "find-ect")).select_one("#trn")["value"] == TRN


def test_too_many_failed_searches_are_stopped_for_an_hour(world, oak):
    page = begin(oak)
    for number in range(20):
        oak.post(address(page, "find-ect"), find(f"79000{number:02d}"))

    refused = oak.post(address(page, "find-ect"), find(TRN, BORN))

    assert "Too many searches" in refused.text


HOSTILE = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="spaces"),
    pytest.param("x" * 10_000, id="10,000 characters"),
    pytest.param("a\x00b\x07", id="control characters"),
    pytest.param("\u202eabc\u0301", id="right to left and combining"),
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("[]", id="wrong type"),
]
FIELDS = [
    ("find-ect", "trn"),
    ("find-ect", "date_of_birth-day"),
    ("review-ect-details", "name_is_correct"),
    ("review-ect-details", "email"),
    ("review-ect-details", "started_on-year"),
    ("review-ect-details", "working_pattern"),
    ("training", "appropriate_body"),
    ("training", "training_programme"),
    ("training", "lead_provider"),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_bad_input_in_any_field_is_an_error_to_mend(world, oak, typed):
    answers, page = answers_for(world), begin(oak)
    for slug, name in FIELDS:
        page = walk_on(oak, page, answers, to=slug)

        refused = oak.post(address(page, slug), {**answers[slug], name: typed})

        assert refused.status_code == 422, (slug, name)
        assert refused.title.startswith("Error: ")
        assert refused.errors
        assert "<script>alert" not in refused.response.content.decode()


def test_a_forged_provider_of_another_year_is_refused(world, oak):
    page = walk(oak, answers_for(world), to="training")

    refused = oak.submit(page, {**answers_for(world)["training"], "lead_provider": "999999"})

    assert refused.errors == {"#lead_provider": "Select the lead provider"}


def test_the_start_page_is_only_for_school_users(browse):
    assert browse.get(START).status_code == 302
