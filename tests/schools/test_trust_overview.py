"""People at several schools see on one page what each has to do, and search across them all."""

from datetime import UTC, date, datetime

import pytest

from register_ects.web import identity
from schools.queries.home import home_of_school
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    GIASSchoolFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    OutgoingEmailFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.support.pages import confirm_tutor

OVERVIEW = "/school/overview"

pytestmark = pytest.mark.day("2026-02-02")


@pytest.fixture
def schools():
    return [
        SchoolFactory(gias_school__name=name) for name in ("Ash School", "Birch School", "Elm Hall")
    ]


@pytest.fixture
def browser(schools, sign_in):
    return sign_in(somebody_at(schools))


def somebody_at(schools, **extra):
    urns = [each.urn for each in schools]
    person = {"name": "Ada", "email": "ada@example.com", "provider": "persona", "schools": urns}
    return identity.school_data(urns[0], **{**person, **extra})


def rows(page):
    """Return the cells of each school, by its name."""
    return {
        row.th.a.text: [next(cell.stripped_strings) for cell in row.select("td")]
        for row in page.select("main tbody tr")
    }


def back_link(page):
    return page.select_one(".govuk-back-link")["href"]


def found(page):
    links = [row.th.a for row in page.select("main tbody tr")]
    return [(link.text, link["href"].partition("?")[0]) for link in links]


def test_each_school_says_what_it_has_to_do_as_its_home_page_does(browser, schools):
    ash, birch, elm = schools
    for _ in range(2):
        ECTAtSchoolPeriodFactory(school=birch)
    TrainingPeriodFactory(
        school=birch,
        withdrawn=True,
        ect_at_school_period=ECTAtSchoolPeriodFactory(school=birch, email="gone@example.com"),
    )
    OutgoingEmailFactory(
        recipient="gone@example.com",
        receipt="permanent-failure",
        receipt_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    MentorAtSchoolPeriodFactory(school=elm)
    ECTAtSchoolPeriodFactory(school=elm, started_on=date(2024, 9, 1), finished_on=date(2025, 7, 1))
    ECTAtSchoolPeriodFactory()

    page = browser.get(OVERVIEW)

    assert page.status_code == 200
    assert page.h1 == "Overview of your schools"
    shown = rows(page)
    assert [cells[1:] for cells in (shown[each.name] for each in (birch, ash, elm))] == [
        ["6", "3", "0"],
        ["1", "0", "0"],
        ["1", "0", "1"],
    ]
    assert list(shown) == ["Birch School", "Ash School", "Elm Hall"]
    for school in schools:
        home = home_of_school(school)
        to_do = home.tutor_is_due + sum(task.count for task in home.to_do)
        assert int(shown[school.name][1]) == to_do


def test_each_number_leads_to_the_pages_of_its_school(browser, schools):
    ECTAtSchoolPeriodFactory(school=schools[1])
    page = browser.get(OVERVIEW)
    links = [link["href"] for link in page.select("main tbody tr:first-child a")]
    home = f"/school/{schools[1].urn}/home"
    assert links == [home, home, f"{home}/ects"]
    assert [browser.get(link).status_code for link in links] == [200, 200, 200]


def test_schools_are_sorted_by_name_if_asked(browser, schools):
    ECTAtSchoolPeriodFactory(school=schools[2])
    assert next(iter(rows(browser.get(OVERVIEW)))) == "Elm Hall"
    by_name = browser.get(OVERVIEW, {"sort": "name"})
    assert list(rows(by_name)) == [each.name for each in schools]


def test_a_school_that_has_yet_to_confirm_its_tutor_says_so_and_stops_nobody(browser, schools):
    ContractPeriodFactory(year=2025)
    confirm_tutor(schools[1])
    page = browser.get(OVERVIEW)
    assert {name: cells[0] for name, cells in rows(page).items()} == {
        "Ash School": "To be confirmed",
        "Birch School": "Confirmed",
        "Elm Hall": "To be confirmed",
    }
    assert {name: cells[1] for name, cells in rows(page).items()} == {
        "Ash School": "1",
        "Birch School": "0",
        "Elm Hall": "1",
    }
    links = page.select("nav .govuk-service-navigation__link")
    assert [link.text.strip() for link in links] == ["Overview"]


def test_a_search_finds_people_at_every_school_and_leads_to_their_record(browser, schools):
    ash, birch, _ = schools
    names = {"teacher__trs_first_name": "Asha", "teacher__trs_last_name": "Rao"}
    ect = ECTAtSchoolPeriodFactory(school=birch, **names)
    mentor = MentorAtSchoolPeriodFactory(school=ash, **names)
    ECTAtSchoolPeriodFactory(school=ash, teacher__trs_last_name="Rowe")
    ECTAtSchoolPeriodFactory(**names)
    left = {"started_on": date(2024, 9, 1), "finished_on": date(2025, 7, 1)}
    ECTAtSchoolPeriodFactory(school=birch, **left, **names)

    page = browser.get(OVERVIEW, {"q": "rao"})

    assert found(page) == [
        ("Asha Rao", f"/school/{ash.urn}/mentors/{mentor.pk}"),
        ("Asha Rao", f"/school/{birch.urn}/ects/{ect.pk}"),
    ]
    assert "2 results" in page.title
    assert [browser.get(address).status_code for _, address in found(page)] == [200, 200]
    by_trn = browser.get(OVERVIEW, {"q": ect.teacher.trn})
    assert [address for _, address in found(by_trn)] == [f"/school/{birch.urn}/ects/{ect.pk}"]


def test_a_record_leads_back_to_the_search_that_found_it(browser, schools):
    for school in schools:
        confirm_tutor(school)
    ash, birch, _ = schools
    mentor = MentorAtSchoolPeriodFactory(school=birch, teacher__trs_last_name="Rao")
    MentorshipPeriodFactory(
        ect_at_school_period__school=birch,
        ect_at_school_period__teacher__trs_last_name="Rao",
        mentor_at_school_period=mentor,
    )
    ECTAtSchoolPeriodFactory(school=ash, teacher__trs_last_name="Rao")
    search = browser.get(OVERVIEW, {"q": "rao"})

    records = [browser.get(link["href"]) for link in search.select("main tbody th a")]
    (mentee,) = [a for page in records for a in page.select("main a[href*='mentor=']")]
    mentee_page = browser.get(mentee["href"])
    records.append(browser.get(back_link(mentee_page)))

    assert [back_link(record) for record in records] == [f"{OVERVIEW}?all=yes&q=rao"] * 4
    assert found(browser.get(back_link(records[0]))) == found(search)


def test_names_much_alike_are_shown_only_where_nobody_fits(browser, schools):
    ECTAtSchoolPeriodFactory(school=schools[0], teacher__trs_last_name="Smith")
    MentorAtSchoolPeriodFactory(school=schools[1], teacher__trs_last_name="Smythe")
    alike = browser.get(OVERVIEW, {"q": "smithe"})
    assert "No exact match. Similar names:" in alike.text
    exact = browser.get(OVERVIEW, {"q": "smythe"})
    assert "No exact match" not in exact.text
    assert len(found(exact)) == 1
    nobody = browser.get(OVERVIEW, {"q": "zzzz"})
    assert "Nobody at your schools matches your search" in nobody.text


def test_the_overview_is_before_the_other_pages_for_those_at_several_schools(
    browser, schools, sign_in
):
    page = browser.get(f"/school/{schools[1].urn}/home")
    first = page.select("nav .govuk-service-navigation__link")[0]
    assert (first.text.strip(), first["href"]) == ("Overview", OVERVIEW)
    alone = sign_in(schools[0])
    assert alone.get("/school/home").select(f"a[href='{OVERVIEW}']") == []
    assert alone.get(OVERVIEW).location == "/school/home"


def test_the_overview_is_of_no_one_school(browser, schools):
    assert browser.get(f"/school/{schools[0].urn}/overview").status_code == 404


def test_it_costs_the_same_for_many_schools(
    sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    few, many = ([SchoolFactory() for _ in range(n)] for n in (2, 30))
    for school in (*few, *many):
        ECTAtSchoolPeriodFactory(school=school)
        MentorAtSchoolPeriodFactory(school=school)
    for query, most in (({}, 16), ({"q": "a"}, 12)):
        with django_assert_max_num_queries(most) as counted:
            sign_in(somebody_at(few)).get(OVERVIEW, query)
        with django_assert_num_queries(len(counted)):
            page = sign_in(somebody_at(many)).get(OVERVIEW, query)
    assert len(rows(sign_in(somebody_at(many)).get(OVERVIEW))) == 25
    assert len(rows(sign_in(somebody_at(many)).get(OVERVIEW, {"page": "2"}))) == 5
    assert page.status_code == 200


def test_schools_that_may_not_use_the_service_are_left_out(sign_in, schools):
    closed = SchoolFactory(gias_school=GIASSchoolFactory(closed=True))
    unfunded = SchoolFactory(independent=True)
    everywhere = [*schools, closed, unfunded]
    page = sign_in(somebody_at(everywhere, provider="dfe_sign_in")).get(OVERVIEW)
    assert list(rows(page)) == [each.name for each in schools]
    TrainingPeriodFactory(school=unfunded)
    page = sign_in(somebody_at(everywhere, provider="dfe_sign_in")).get(OVERVIEW)
    assert unfunded.name in rows(page)
