"""The list of a school's mentors, and one mentor's page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.rules.enumerations import MentorFundingEndReason
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.schools.lists import names_in, row_of

LIST = "/school/home/mentors"


pytestmark = pytest.mark.day("2026-02-02")


@pytest.fixture
def ben(school):
    return MentorAtSchoolPeriodFactory(
        school=school,
        teacher__trs_first_name="Ben",
        teacher__trs_last_name="Lowe",
        teacher__trn="3456789",
        email="ben@oak.example.com",
    )


@pytest.fixture
def larch():
    return LeadProviderFactory(name="Larch Learning")


def url_of(placement):
    return f"/school/mentors/{placement.pk}"


def rows(page, number=0):
    cards = page.select(".govuk-summary-card")
    if len(cards) <= number:
        return None
    found = cards[number].select(".govuk-summary-list__row")
    return {row.dt.get_text(strip=True): " ".join(row.dd.get_text(" ").split()) for row in found}


def headings(page):
    return [heading.get_text(strip=True) for heading in page.select(".govuk-summary-card h2")]


# -- The list ----------------------------------------------------------------------------------


def test_lists_mentors_who_are_here_by_last_name_then_first(school, sign_in):
    for first, last in [("Zoe", "Abel"), ("Amy", "Cole"), ("Ada", "Cole"), ("Bo", "Émile")]:
        MentorAtSchoolPeriodFactory(
            school=school, teacher__trs_first_name=first, teacher__trs_last_name=last
        )
    MentorAtSchoolPeriodFactory(school=school, finished_on=date(2026, 2, 1))
    MentorAtSchoolPeriodFactory()

    page = sign_in(school).get(LIST)

    assert names_in(page) == ["Zoe Abel", "Ada Cole", "Amy Cole", "Bo Émile"]
    assert page.select_one("a[aria-current]").get_text(strip=True) == "Mentors"


@pytest.mark.parametrize(
    ("last_day", "told"),
    [
        pytest.param(None, "", id="stays"),
        pytest.param(date(2026, 2, 2), "Leaving school Last day: 2 Feb 2026", id="today"),
        pytest.param(date(2026, 3, 31), "Leaving school Last day: 31 Mar 2026", id="later"),
    ],
)
def test_the_list_marks_who_is_leaving_with_the_last_day(school, sign_in, ben, last_day, told):
    ben.finished_on = last_day
    ben.save()

    assert row_of(sign_in(school).get(LIST))["Name"] == f"Ben Lowe TRN 3456789 {told}".strip()


def test_says_that_there_are_no_mentors(school, sign_in):
    page = sign_in(school).get("/school/mentors")

    assert "Your school has no mentors registered." in page.text
    assert page.select_one("input[name=q]") is None


@pytest.mark.parametrize(
    ("typed", "found"), [("lo be", 1), ("3456789", 1), ("56789", 1), ("ann", 0)]
)
def test_searches_by_name_or_trn(school, sign_in, ben, typed, found):
    page = sign_in(school).get(LIST, {"q": typed})

    assert len(names_in(page)) == found
    assert ("No mentors match your search." in page.text) == (not found)


def test_shows_similar_names_where_none_matches_exactly(school, sign_in, ben):
    page = sign_in(school).get(LIST, {"q": "benn lowie"})

    assert (len(names_in(page)), "No exact match. Similar names:" in page.text) == (1, True)


def test_keeps_the_search_across_pages(school, sign_in):
    for number in range(21):
        MentorAtSchoolPeriodFactory(school=school, teacher__trs_last_name=f"Lowe {number:02}")

    first = sign_in(school).get(LIST, {"q": "lowe"})
    last = first.browser.get(f"{LIST}{first.select_one('a[rel=next]')['href']}")

    assert (len(names_in(first)), len(names_in(last))) == (20, 1)
    assert "Showing 21 to 21 of 21 mentors" in last.text


@pytest.mark.parametrize(
    ("mentorship", "ect", "is_assigned"),
    [
        pytest.param({}, {}, True, id="now"),
        pytest.param({"started_on": date(2026, 3, 1)}, {}, True, id="later"),
        pytest.param({"finished_on": date(2026, 2, 1)}, {}, False, id="ended"),
        pytest.param({}, {"teacher__trs_induction_status": "Passed"}, False, id="passed"),
        pytest.param({}, {"teacher__trs_induction_status": "Failed"}, False, id="failed"),
        pytest.param({}, {"teacher__trs_induction_status": None}, True, id="unknown to TRS"),
    ],
)
def test_assigned_ects_are_mentored_now_or_later(
    school, sign_in, ben, mentorship, ect, is_assigned
):
    asha = ECTAtSchoolPeriodFactory(school=school, teacher__corrected_name="Asha Rao", **ect)
    MentorshipPeriodFactory(ect_at_school_period=asha, mentor_at_school_period=ben, **mentorship)

    assigned = row_of(sign_in(school).get(LIST))["Assigned ECTs"]

    assert assigned.startswith("Asha Rao" if is_assigned else "None")


@pytest.mark.parametrize(("count", "links"), [(5, 5), (6, 0)])
def test_names_up_to_five_ects_and_counts_more(school, sign_in, ben, count, links):
    for _ in range(count):
        MentorshipPeriodFactory(mentor_at_school_period=ben)

    page = sign_in(school).get(LIST)

    assert len(page.select("td a[href^='/school/ects/']")) == links
    assert (row_of(page)["Assigned ECTs"] == "6 ECTs") == (count == 6)


def test_the_list_says_how_training_stands(school, sign_in, ben, larch):
    TrainingPeriodFactory(
        mentor_at_school_period=ben, lead_provider=larch, delivery_partner__name="Tern Trust"
    )

    page = sign_in(school).get(LIST)

    assert row_of(page)["Mentor training"] == "Larch Learning Confirmed by them."
    assert page.select_one(".govuk-summary-list__value").get_text(strip=True) == (
        "Larch Learning with Tern Trust (1 mentor)"
    )


def test_the_list_names_no_delivery_partner_before_there_is_one(school, sign_in, ben, larch):
    TrainingPeriodFactory(eoi_only=True, mentor_at_school_period=ben, lead_provider=larch)

    page = sign_in(school).get(LIST)

    assert "Delivery partner: Not yet reported" in row_of(page)["Mentor training"]
    assert page.select_one(".govuk-summary-list__value").get_text(strip=True) == (
        "Larch Learning, not confirmed yet (1 mentor)"
    )


@pytest.mark.parametrize(
    ("trait", "text"),
    [
        ("withdrawn", "Larch Learning told us that this mentor is not registered with them."),
        ("deferred", "Larch Learning told us that this mentor’s training is paused."),
        ("eoi_only", "Larch Learning Reported by your school, awaiting their confirmation."),
    ],
)
def test_the_list_says_what_the_provider_reported(school, sign_in, ben, larch, trait, text):
    TrainingPeriodFactory(mentor_at_school_period=ben, lead_provider=larch, **{trait: True})

    assert row_of(sign_in(school).get(LIST))["Mentor training"].startswith(text)


def test_the_list_is_silent_about_training_that_is_over_or_never_was(school, sign_in, ben):
    ended = MentorAtSchoolPeriodFactory(school=school)
    TrainingPeriodFactory(mentor_at_school_period=ended, finished_on=date(2025, 12, 1))
    completed = MentorAtSchoolPeriodFactory(school=school, teacher__mentor_completed=True)
    TrainingPeriodFactory(mentor_at_school_period=completed)

    page = sign_in(school).get(LIST)

    assert len(names_in(page)) == 3
    training = page.select("td[data-heading='Mentor training']")
    assert [cell.get_text(strip=True) for cell in training] == ["None"] * 3


# -- The page ----------------------------------------------------------------------------------


def test_another_schools_mentor_is_not_found(sign_in, ben):
    assert sign_in(SchoolFactory()).get(url_of(ben)).status_code == 404


@pytest.mark.parametrize("identifier", ["0", "x", "-1", "9" * 40])
def test_an_id_that_names_nobody_is_not_found(sign_in, school, identifier):
    assert sign_in(school).get(f"/school/mentors/{identifier}").status_code == 404


def test_a_deleted_mentor_is_not_found(sign_in, school, ben):
    url = url_of(ben)
    ben.delete()

    assert sign_in(school).get(url).status_code == 404


@pytest.mark.parametrize("url", [LIST, "/school/mentors/1"])
def test_a_stranger_is_sent_to_sign_in(browse, url):
    assert browse.get(url).location == "/"


def test_shows_the_details_and_leads_to_the_ects(school, sign_in, ben):
    asha = ECTAtSchoolPeriodFactory(school=school, teacher__corrected_name="Asha Rao")
    MentorshipPeriodFactory(ect_at_school_period=asha, mentor_at_school_period=ben)

    page = sign_in(school).get(url_of(ben))

    assert (page.h1, rows(page)) == (
        "Ben Lowe",
        {
            "Name": "Ben Lowe",
            "Teacher reference number (TRN)": "3456789",
            "Email address": "ben@oak.example.com",
            "Mentor at your school since": "1 September 2025",
            "Assigned ECTs": "Asha Rao",
        },
    )
    assert page.select_one(f"a[href='/school/ects/{asha.pk}?mentor={ben.pk}']")


def test_leads_back_to_the_list_as_it_was_also_from_their_ect(school, sign_in):
    for _ in range(21):
        ben = MentorAtSchoolPeriodFactory(school=school, teacher__trs_last_name="Lowe")
        MentorshipPeriodFactory(mentor_at_school_period=ben)
    listed = sign_in(school).get(LIST, {"q": "lowe", "page": "2"})

    opened = listed.browser.get(listed.select_one("main tbody th a")["href"])
    ects = [page.select_one("main a[href*='/ects/']")["href"] for page in (listed, opened)]

    assert opened.select_one(".govuk-back-link")["href"] == f"{LIST}?q=lowe&page=2"
    for ect in ects:
        back = listed.browser.get(ect).select_one(".govuk-back-link")["href"]
        mentor = listed.browser.get(back)
        assert mentor.select_one(".govuk-back-link")["href"] == f"{LIST}?q=lowe&page=2"


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (
            MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED,
            "Ben Lowe completed mentor training on 1 July 2025.",
        ),
        (
            MentorFundingEndReason.COMPLETED_DURING_EARLY_ROLL_OUT,
            "Ben Lowe completed mentor training on 1 July 2025.",
        ),
        (
            MentorFundingEndReason.STARTED_NOT_COMPLETED,
            "Ben Lowe cannot do further mentor training.",
        ),
    ],
)
def test_says_why_no_more_training_is_funded(school, sign_in, ben, reason, text):
    ben.teacher.mentor_became_ineligible_for_funding_on = date(2025, 7, 1)
    ben.teacher.mentor_became_ineligible_for_funding_reason = reason
    ben.teacher.save()

    training = rows(sign_in(school).get(url_of(ben)), 1)

    assert list(training) == ["Training"]
    assert training["Training"].startswith(text)


@pytest.mark.parametrize(
    ("training", "keys"),
    [
        pytest.param({}, ["Lead provider", "Delivery partner"], id="active"),
        pytest.param({"eoi_only": True}, ["Lead provider", "Delivery partner"], id="awaiting"),
        pytest.param({"withdrawn": True}, ["Training"], id="withdrawn"),
        pytest.param(
            {"deferred": True}, ["Training", "Lead provider", "Delivery partner"], id="paused"
        ),
    ],
)
def test_shows_how_training_stands(school, sign_in, ben, larch, training, keys):
    TrainingPeriodFactory(mentor_at_school_period=ben, lead_provider=larch, **training)

    assert list(rows(sign_in(school).get(url_of(ben)), 1)) == keys


@pytest.mark.parametrize("last_day", [date(2025, 12, 1), date(2026, 2, 2)])
def test_hides_training_that_has_ended(school, sign_in, ben, last_day):
    TrainingPeriodFactory(mentor_at_school_period=ben, finished_on=last_day)

    assert headings(sign_in(school).get(url_of(ben))) == ["Mentor details"]


def test_says_how_a_mentor_without_training_gets_it(school, sign_in, ben):
    text = sign_in(school).get(url_of(ben)).text

    assert "Ben Lowe is not registered for mentor training at your school." in text
    assert "as soon as they mentor an ECT in provider-led training" in text


def test_says_with_whom_training_ended_that_was_not_completed(school, sign_in, ben, larch):
    TrainingPeriodFactory(
        mentor_at_school_period=ben, lead_provider=larch, finished_on=date(2025, 12, 1)
    )

    text = sign_in(school).get(url_of(ben)).text

    assert "The last day of training with Larch Learning: 1 December 2025." in text
    assert "Our records do not show that Ben Lowe completed it." in text


def test_a_reported_leaver_is_shown_with_the_last_day(school, sign_in, ben):
    ben.finished_on, ben.reported_leaving_by_school = date(2026, 3, 31), school
    ben.save()

    text = sign_in(school).get(url_of(ben)).text

    assert "Your school reported that Ben Lowe is leaving. Their last day is 31 March 2026." in text


def test_a_mentor_who_has_left_can_still_be_read(school, sign_in, ben):
    ben.finished_on = date(2026, 2, 1)
    ben.save()

    text = sign_in(school).get(url_of(ben)).text

    assert "Ben Lowe stopped being a mentor at your school on 1 February 2026." in text


def test_shows_hostile_names_as_text(school, sign_in):
    teacher = TeacherFactory(corrected_name="<img src=x onerror=alert(1)>")
    mentor = MentorAtSchoolPeriodFactory(school=school, teacher=teacher)
    MentorshipPeriodFactory(
        mentor_at_school_period=mentor,
        ect_at_school_period__teacher__corrected_name="<b>Asha</b>",
    )
    browser = sign_in(school)

    for url in (LIST, url_of(mentor)):
        page = browser.get(url)
        assert "<b>Asha</b>" in page.text
        assert page.select("main img, main b") == []


def test_costs_the_same_for_two_and_for_thirty(school, sign_in, ben):
    def cost(url):
        browser = sign_in(school)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    def add(count):
        for _ in range(count):
            MentorshipPeriodFactory(mentor_at_school_period=ben)
            training = TrainingPeriodFactory(school=school, for_mentor=True)
            mentor = training.mentor_at_school_period
            MentorshipPeriodFactory(mentor_at_school_period=mentor)

    add(2)
    with_two = cost(LIST), cost(url_of(ben))
    add(28)

    assert (cost(LIST), cost(url_of(ben))) == with_two
    assert max(with_two) <= 12


def test_the_list_names_lead_providers_who_are_yet_to_confirm(school, sign_in, ben, larch):
    TrainingPeriodFactory(mentor_at_school_period=ben, lead_provider=larch)
    other = MentorAtSchoolPeriodFactory(school=school)
    TrainingPeriodFactory(
        mentor_at_school_period=other,
        eoi_only=True,
        lead_provider=LeadProviderFactory(name="Rowan Education"),
    )

    page = sign_in(school).get(LIST)

    (trainers,) = page.select(".govuk-summary-list__row dd")
    assert "Larch Learning with" in trainers.text
    assert "Rowan Education, not confirmed yet (1 mentor)" in trainers.text
