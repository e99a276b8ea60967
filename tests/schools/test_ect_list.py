"""The list of a school's ECTs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.queries.ect_list import list_ects
from schools.status_filter import StatusFilter
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.schools.lists import names_in, row_of

URL = "/school/home/ects"


pytestmark = pytest.mark.day("2026-02-02")


@pytest.fixture
def closure():
    return RegistrationClosureFactory(starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 14))


def ect_named(school, name, **changes):
    first, last = name.split(" ", 1)
    person = {f"teacher__{key}": changes.pop(key) for key in ("trn",) if key in changes}
    return ECTAtSchoolPeriodFactory(
        school=school,
        teacher__trs_first_name=first,
        teacher__trs_last_name=last,
        **person,
        **changes,
    )


def names(school, **options):
    listed = list_ects(school, **{"status": StatusFilter.ALL, **options})
    return [ect.name for ect in listed.rows]


def supporters(page):
    """Return who supports those listed, by what they do."""
    rows = page.select("main .govuk-summary-list__row")
    return {row.dt.get_text(strip=True): " ".join(row.dd.get_text(" ").split()) for row in rows}


# -- Who is listed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finished_on", "status", "is_listed"),
    [
        pytest.param(None, None, True, id="unknown to TRS"),
        pytest.param(None, "InProgress", True, id="in progress"),
        pytest.param(None, "Exempt", True, id="exempt"),
        pytest.param(None, "Passed", False, id="passed"),
        pytest.param(None, "Failed", False, id="failed"),
        pytest.param(None, "FailedInWales", False, id="failed in Wales"),
        pytest.param(date(2026, 2, 2), "InProgress", True, id="leaves at the end of today"),
        pytest.param(date(2026, 2, 1), "InProgress", False, id="left yesterday"),
    ],
)
def test_lists_people_who_are_here_and_have_not_concluded_induction(
    school, finished_on, status, is_listed
):
    ECTAtSchoolPeriodFactory(
        school=school, finished_on=finished_on, teacher__trs_induction_status=status
    )

    assert bool(names(school)) == is_listed


def test_lists_who_starts_later_and_says_when(school, sign_in):
    ect_named(school, "Asha Rao", started_on=date(2026, 4, 1))

    assert row_of(sign_in(school).get(URL))["Name"].endswith(", starts 1 Apr 2026")


def test_does_not_list_another_schools_ect(school, sign_in):
    ECTAtSchoolPeriodFactory()

    page = sign_in(school).get(URL)

    assert "Your school has no ECTs registered." in page.text
    assert page.select_one("input[name=q]") is None


def test_lists_who_leaves_and_comes_back_once(school):
    first = ect_named(school, "Asha Rao", finished_on=date(2026, 3, 1))
    ECTAtSchoolPeriodFactory(school=school, teacher=first.teacher, started_on=date(2026, 9, 1))

    rows = list_ects(school, status=StatusFilter.ALL).rows

    assert [ect.id for ect in rows] == [first.pk]


def test_orders_by_missing_mentor_then_newest_then_longest_mentored(school):
    mentored_lately = ect_named(school, "Cai Last")
    mentored_long = ect_named(school, "Bea Middle")
    ect_named(school, "Ada Old", started_on=date(2024, 9, 1))
    ect_named(school, "Dot New", started_on=date(2026, 1, 5))
    MentorshipPeriodFactory(ect_at_school_period=mentored_long)
    MentorshipPeriodFactory(ect_at_school_period=mentored_lately, started_on=date(2026, 1, 10))
    newest_mentored = ect_named(school, "Eve Newer", started_on=date(2026, 1, 1))
    MentorshipPeriodFactory(ect_at_school_period=newest_mentored)

    assert names(school) == ["Dot New", "Ada Old", "Eve Newer", "Bea Middle", "Cai Last"]


# -- Search, filter, pages ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jo sm", ["John Smith"]),
        ("7654321", ["Siobhán O'Neil"]),
        ("O'Neil:", ["Siobhán O'Neil"]),
        ("siobhan", ["Siobhán O'Neil"]),
        ("Miss O’Neil", ["Siobhán O'Neil"]),
        ("54321", ["Siobhán O'Neil"]),
        ("siobhan@school.example", ["Siobhán O'Neil"]),
        ("<script>", []),
    ],
)
def test_searches_by_name_or_trn(school, sign_in, typed, found):
    ect_named(school, "John Smith")
    ect_named(school, "Joan Jones")
    siobhan = ect_named(school, "Siobhán O'Neil", trn="7654321")
    siobhan.email = "siobhan@school.example"
    siobhan.save()
    ect_named(SchoolFactory(), "John Smithers")

    page = sign_in(school).get(URL, {"q": typed})

    assert names_in(page) == found
    assert page.select_one("input[name=q]")["value"] == typed


def test_says_that_a_search_found_nobody(school, sign_in):
    ect_named(school, "John Smith")

    page = sign_in(school).get(URL, {"q": "nobody"})

    assert "No ECTs match your search." in page.text
    assert page.title.startswith("Early career teachers (ECTs) (0 results)")


def test_shows_similar_names_where_none_matches_exactly(school, sign_in):
    ect_named(school, "John Smith")
    ect_named(school, "Joan Jones")

    page = sign_in(school).get(URL, {"q": "jon smyth"})

    assert names_in(page) == ["John Smith"]
    assert "No exact match. Similar names:" in page.text
    assert "Similar names" not in sign_in(school).get(URL, {"q": "john"}).text


def test_filters_by_status_and_counts_what_the_search_found(school, sign_in):
    ect_named(school, "John Smith")
    leaver = ect_named(school, "John Brown", finished_on=date(2026, 3, 1))
    leaver.reported_leaving_by_school = school
    leaver.save()
    ect_named(school, "Joan Jones")

    page = sign_in(school).get(URL, {"q": "john", "status": "leaving"})

    links = page.select("nav[aria-label='Show ECTs by status'] a")
    assert names_in(page) == ["John Brown"]
    assert [link.get_text() for link in links] == [
        "All (2)",
        "Action required (1)",
        "Registered (0)",
        "Training paused (0)",
        "Leaving (1)",
        "Left or finished",
    ]
    assert [link.get_text() for link in links if link.get("aria-current")] == ["Leaving (1)"]
    assert all("q=john" in link["href"] for link in links)
    assert page.select_one("input[name=status]")["value"] == "leaving"


def test_shows_twenty_a_page_and_keeps_search_and_status(school, sign_in):
    for number in range(21):
        ect_named(school, f"John {number:02}")

    first = sign_in(school).get(URL, {"q": "john", "status": "action-required"})
    last = first.browser.get(f"{URL}{first.select_one('a[rel=next]')['href']}")

    assert (len(names_in(first)), names_in(last)) == (20, ["John 20"])
    assert "Showing 1 to 20 of 21 ECTs" in first.text
    assert "Showing 21 to 21 of 21 ECTs" in last.text


@pytest.mark.parametrize("number", ["2", "9" * 5000, "-1", "two"])
def test_an_unknown_page_is_no_error(school, sign_in, number):
    ect_named(school, "John Smith")

    assert sign_in(school).get(URL, {"page": number}).status_code == 200


def test_a_page_past_the_end_shows_nobody(school, sign_in):
    ect_named(school, "John Smith")

    page = sign_in(school).get(URL, {"page": "2"})

    assert names_in(page) == []
    assert "There are no ECTs on this page." in page.text


# -- What a row says ---------------------------------------------------------------------------


def test_a_complete_registration_with_confirmed_training(school, sign_in):
    training = TrainingPeriodFactory(
        school=school,
        lead_provider__name="Larch Learning",
        teacher__corrected_name="Asha Rao",
        teacher__trn="3456789",
    )
    placement = training.ect_at_school_period
    MentorshipPeriodFactory(
        ect_at_school_period=placement,
        mentor_at_school_period__teacher__corrected_name="Ben Lowe",
    )
    hub = AppropriateBodyFactory(name="Hub A")
    InductionPeriodFactory(teacher=placement.teacher, appropriate_body=hub)

    page = sign_in(school).get(URL)

    assert row_of(page) == {
        "Name": "Asha Rao TRN 3456789, here since 1 Sep 2025",
        "Status": "Registered",
        "Mentor": "Ben Lowe",
        "What to do next": "Nothing",
    }
    assert supporters(page) == {
        "Appropriate body": "Hub A (1 ECT)",
        "Lead provider": "Larch Learning (1 ECT)",
    }


def test_long_names_of_those_who_support_ects_stand_once(school, sign_in):
    hub, other = AppropriateBodyFactory(name="Hub A"), AppropriateBodyFactory(name="Hub B")
    for body in (other, hub, hub):
        ECTAtSchoolPeriodFactory(school=school, school_reported_appropriate_body=body)

    page = sign_in(school).get(URL)

    assert supporters(page)["Appropriate body"] == "Hub A (2 ECTs) Hub B (1 ECT)"
    assert page.select_one("main").get_text().count("Hub A") == 1


@pytest.mark.parametrize(
    ("body_awaited", "provider_awaited", "says"),
    [
        (True, True, "Nothing. The appropriate body and Larch Learning will confirm."),
        (True, False, "Nothing. The appropriate body will confirm."),
        (False, True, "Nothing. Larch Learning will confirm."),
        (False, False, "Nothing"),
    ],
)
def test_says_who_has_not_confirmed_yet(school, sign_in, body_awaited, provider_awaited, says):
    hub = AppropriateBodyFactory(name="Hub A")
    placement = ect_named(school, "Asha Rao", school_reported_appropriate_body=hub)
    MentorshipPeriodFactory(ect_at_school_period=placement)
    larch = LeadProviderFactory(name="Larch Learning")
    TrainingPeriodFactory(
        ect_at_school_period=placement, eoi_only=provider_awaited, lead_provider=larch
    )
    if not body_awaited:
        InductionPeriodFactory(teacher=placement.teacher, appropriate_body=hub)

    assert row_of(sign_in(school).get(URL))["What to do next"] == says


def test_school_led_training_has_no_provider(school, sign_in):
    TrainingPeriodFactory(school=school, school_led=True)

    page = sign_in(school).get(URL)

    assert "Lead provider" not in supporters(page)
    assert supporters(page)["School-led training"] == "1 ECT"


def test_withdrawn_training_says_who_stopped_it_and_where_to_read_what_to_do(school, sign_in):
    training = TrainingPeriodFactory(
        school=school, withdrawn=True, lead_provider__name="Larch Learning"
    )
    MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)
    browser = sign_in(school)

    page = browser.get(URL)
    row, link = row_of(page), page.select_one("main tbody a[href$='#training']")

    assert row["Status"] == "No longer training"
    assert row["What to do next"].startswith("Larch Learning stopped training them. See what to do")
    assert "Lead provider" not in supporters(page)
    assert browser.get(link["href"]).select_one("#training")


def test_paused_training_names_who_paused_it(school, sign_in):
    training = TrainingPeriodFactory(
        school=school, deferred=True, lead_provider__name="Larch Learning"
    )
    MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)

    row = row_of(sign_in(school).get(URL))

    assert row["Status"] == "Training paused"
    assert row["What to do next"] == (
        "Nothing, unless the pause is wrong: then contact Larch Learning."
    )


@pytest.mark.parametrize("trouble", ["withdrawn", "deferred"])
def test_without_a_mentor_assigning_one_is_offered_beside_trouble_with_training(
    school, sign_in, trouble
):
    TrainingPeriodFactory(school=school, **{trouble: True})

    assert "Assign a mentor" in row_of(sign_in(school).get(URL))["What to do next"]


def test_who_was_registered_by_another_school(school, sign_in):
    leaving = ect_named(school, "Asha Rao", finished_on=date(2026, 3, 31))
    ECTAtSchoolPeriodFactory(teacher=leaving.teacher, started_on=date(2026, 4, 1))

    row = row_of(sign_in(school).get(URL))

    assert row["Status"] == "Joining another school Last day: 31 Mar 2026"
    assert row["What to do next"] == "Nothing"


def test_later_mentors_are_shown_with_their_first_day(school, sign_in):
    placement = ect_named(school, "Asha Rao")
    MentorshipPeriodFactory(ect_at_school_period=placement, finished_on=date(2026, 3, 1))
    MentorshipPeriodFactory(
        ect_at_school_period=placement,
        started_on=date(2026, 3, 2),
        mentor_at_school_period__teacher__corrected_name="Ben Lowe",
    )

    assert "Ben Lowe (from 2 March 2026)" in row_of(sign_in(school).get(URL))["Mentor"]


def test_without_a_mentor_leads_to_choosing_one(school, sign_in):
    placement = ect_named(school, "Asha Rao")
    MentorAtSchoolPeriodFactory(school=school)

    page = sign_in(school).get(URL)

    assert page.select_one(f"a[href='/school/ects/{placement.pk}/mentorship/new']")


def test_without_anyone_to_choose_leads_to_registering_a_mentor(school, sign_in):
    placement = ect_named(school, "Asha Rao")
    MentorAtSchoolPeriodFactory(school=school, teacher=placement.teacher)
    MentorAtSchoolPeriodFactory(school=school, finished_on=date(2026, 2, 1))

    page = sign_in(school).get(URL)

    assert page.select_one(f"a[href='/school/register-mentor/find-mentor?ect_id={placement.pk}']")


def test_shows_hostile_names_as_text(school, sign_in):
    teacher = TeacherFactory(corrected_name="<img src=x onerror=alert(1)>")
    placement = ECTAtSchoolPeriodFactory(school=school, teacher=teacher)
    TrainingPeriodFactory(
        ect_at_school_period=placement, lead_provider__name="<b>Larch</b>", deferred=True
    )

    page = sign_in(school).get(URL)

    assert names_in(page) == ["<img src=x onerror=alert(1)>"]
    assert page.select("main img, main b") == []


# -- The page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [URL, "/school/ects"])
def test_is_the_current_section_and_offers_registration(school, sign_in, url):
    page = sign_in(school).get(url)

    assert page.h1 == "Early career teachers (ECTs)"
    assert page.select_one("a[aria-current]").get_text(strip=True) == "ECTs"
    assert page.select_one("main a.govuk-button")["href"] == ("/school/register-ect/find-ect")


def test_a_school_whose_funding_has_ended_registers_nobody(sign_in):
    training = TrainingPeriodFactory(school=SchoolFactory(independent=True))

    page = sign_in(training.school).get(URL)

    assert "DfE funding for your school’s training has ended" in page.text
    assert page.select("main a.govuk-button") == []
    assert names_in(page) == [training.teacher.name]


def test_while_registration_is_closed_says_so_and_leads_to_no_stop(school, sign_in, closure):
    ect_named(school, "Asha Rao")

    page = sign_in(school).get(URL)

    banner = page.select_one(".govuk-notification-banner")
    assert "Registration is closed until 15 February 2026." in banner.get_text()
    assert page.select("main a.govuk-button") == []
    assert banner.select_one("a")["href"] == "/school/registration-window-closed"
    assert page.select("main a[href*='/register-'], main a[href*=mentorship]") == []
    assert row_of(page)["What to do next"] == "Assign a mentor from 15 February 2026"


@pytest.mark.parametrize("url", ["/school/home/mentors", "/school/ects/{}"])
def test_other_pages_tell_of_a_closure_too(school, sign_in, closure, url):
    placement = ect_named(school, "Asha Rao")

    page = sign_in(school).get(url.format(placement.pk))

    assert "Registration is closed until 15 February 2026." in page.text
    assert page.select("main a[href*=mentorship], main a[href='/school/home/ects']") == []


def test_without_a_closure_there_is_no_banner(school, sign_in):
    RegistrationClosureFactory(starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 14))

    assert sign_in(school).get(URL).select(".govuk-notification-banner") == []


def test_a_stranger_is_sent_to_sign_in(browse):
    assert browse.get(URL).location == "/"


def test_the_area_begins_at_the_home_page(sign_in, school):
    assert sign_in(school).get("/school").location == "/school/home"


def test_costs_the_same_for_two_and_for_thirty(school, sign_in):
    def cost():
        browser = sign_in(school)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(URL).status_code == 200
        return len(queries)

    def add(count):
        for _ in range(count):
            training = TrainingPeriodFactory(school=school)
            MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)
            InductionPeriodFactory(teacher=training.teacher)

    add(2)
    with_two = cost()
    add(28)

    assert cost() == with_two <= 12
