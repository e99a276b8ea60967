"""Gate T: once a contract year a school first says who its induction tutor is (spec 05 §3.4)."""

import uuid
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver

from register_ects.rules.permissions import PERMISSIONS, Permission
from register_ects.web import identity
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    GIASSchoolFactory,
    MentorAtSchoolPeriodFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    StaffUserFactory,
)
from tests.schools.ect_journey import find
from tests.support.pages import confirm_tutor

ECTS = "/school/home/ects"
CONFIRM = "/school/induction-tutor/confirm-existing-induction-tutor/edit"
NEW = "/school/induction-tutor/new-induction-tutor/edit"
TAB = "/school/home/induction-tutor"

#: What can be opened all the same, by name or the beginning of one: everything else asks first.
OPEN = (
    *("induction_tutor", "confirm-existing-", "update-induction-"),
    *("support", "support_asked", "registration_window_closed", "access_denied"),
    *("overview", "leads_on"),
    *("opt_out", "opted_out", "change-ect-leaving", "change-mentor-leaving"),
)
#: Addresses without a name: one more of a named page, or one that leads to it.
UNNAMED = {
    "ects": "ects",
    "mentors": "mentors",
    "support_queries/new": "support",
    **{f"register-{role}/what-you-will-need": "leads_on" for role in ("ect", "mentor")},
}


def routes(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route, each.name or UNNAMED[route]


#: Those that name a first tutor lead to the one who is there: all but these.
ROUTES = sorted(
    (route, name)
    for route, name in routes(get_resolver().namespace_dict["schools"][1])
    if not name.startswith("new-induction-tutor")
)


@pytest.fixture(autouse=True)
def first_of_june(on):
    on("2026-06-01")
    ContractPeriodFactory(year=2025)
    return ContractPeriodFactory(year=2026)


@pytest.fixture
def oak():
    return SchoolFactory(with_tutor=True)


@pytest.fixture
def browser(sign_in, oak):
    return sign_in(oak, tutor_due=True)


def is_open(name):
    return name.startswith(OPEN)


def filled(route, oak):
    subject = MentorAtSchoolPeriodFactory if route.startswith("mentors") else None
    period = (subject or ECTAtSchoolPeriodFactory)(school=oak)
    for part, value in {
        "<int:placement_id>": period.pk,
        "<int:subject_id>": period.pk,
        "<uuid:draft_id>": uuid.UUID(int=1),
        "<uuid:batch_id>": uuid.UUID(int=1),
        "<int:number>": 1,
        "<slug:slug>": "edit",
    }.items():
        route = route.replace(part, str(value))
    assert "<" not in route
    return f"/school/{route}"


@pytest.mark.parametrize(("route", "name"), ROUTES, ids=[route for route, _ in ROUTES])
def test_every_page_asks_first_who_the_tutor_is_but_for_a_few(browser, oak, route, name):
    for answer in (browser.get, browser.post):
        page = answer(filled(route, oak))
        asks_first = page.status_code == 302 and page.location == CONFIRM
        takes_it = page.status_code != 405
        assert asks_first is (takes_it and not is_open(name)), (route, page.status_code)


def test_the_pages_that_stay_open_are_those_of_the_specification():
    assert {name for _, name in ROUTES if is_open(name)} >= {
        *("induction_tutor", "support", "support_asked", "opt_out", "opted_out"),
        *("registration_window_closed", "access_denied"),
    }


@pytest.mark.parametrize(("route", "name"), ROUTES, ids=[route for route, _ in ROUTES])
def test_no_page_asks_once_the_tutor_is_confirmed(sign_in, oak, route, name):
    page = sign_in(oak).get(filled(route, oak))

    if page.status_code == 302:
        assert page.location not in (CONFIRM, NEW), route


def test_row_20_on_1_june_the_tutor_is_confirmed_before_anything_else(browser, oak, on):
    on("2026-05-31")
    confirm_last_year(oak)
    assert browser.get(ECTS).status_code == 200

    on("2026-06-01")
    assert browser.get(ECTS).location == CONFIRM
    assert browser.get("/school/support/new").status_code == 200
    assert browser.get(TAB).status_code == 200
    placement = ECTAtSchoolPeriodFactory(school=oak)
    leaving = f"/school/ects/{placement.pk}/report-teacher-leaving/edit"
    assert browser.get(leaving).status_code == 200

    browser.submit(browser.get(CONFIRM), {"is_correct": "yes"})
    assert browser.get(ECTS).status_code == 200


@pytest.mark.parametrize("is_named", [True, False])
def test_whoever_is_asked_first_can_still_report_who_leaves(sign_in, is_named):
    school = SchoolFactory(with_tutor=is_named)
    here = [
        ECTAtSchoolPeriodFactory(school=school, teacher__corrected_name="Asha Rao"),
        MentorAtSchoolPeriodFactory(school=school, teacher__corrected_name="Ben Lowe"),
    ]
    ECTAtSchoolPeriodFactory(school=school, finished_on=date(2026, 5, 1))
    ECTAtSchoolPeriodFactory()
    browser = sign_in(school, tutor_due=True)

    asked = browser.get(browser.get(ECTS).location)

    links = [link["href"] for link in asked.select("main details li a")]
    assert links == [
        f"/school/{role}/{one.pk}/report-teacher-leaving/edit"
        for role, one in zip(("ects", "mentors"), here, strict=True)
    ]
    assert all(browser.get(link).status_code == 200 for link in links)


def confirm_last_year(school):
    type(school).objects.filter(pk=school.pk).update(induction_tutor_last_nominated_in=2025)


# -- Who is asked ------------------------------------------------------------------------------


def test_a_school_without_a_tutor_names_one_first(sign_in):
    browser = sign_in(SchoolFactory(), tutor_due=True)

    assert browser.get(ECTS).location == NEW
    assert browser.get(NEW).status_code == 200


def test_who_signs_in_by_dfe_sign_in_or_as_a_persona_is_asked(sign_in, oak):
    for provider in (identity.DFE_SIGN_IN, identity.PERSONA):
        person = identity.school_data(oak.urn, name="A", email="a@example.com", provider=provider)
        assert sign_in(person).get(ECTS).location == CONFIRM


def test_staff_who_act_as_a_school_are_not_asked(sign_in, oak):
    staff = StaffUserFactory()
    acting = identity.acting_as_school_data(staff.email, oak.urn, provider="otp")

    page = sign_in(acting).get(ECTS)

    assert page.status_code == 200
    assert len(navigation(page)) == 5


def test_who_may_only_look_is_not_asked_for_what_they_may_not_do(sign_in, oak, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, "school", frozenset({Permission.SCHOOL_VIEW}))

    assert sign_in(oak, tutor_due=True).get(ECTS).status_code == 200


@pytest.mark.parametrize(
    ("today", "last", "is_asked"),
    [
        pytest.param("2026-05-31", 2025, False, id="confirmed, on the last day"),
        pytest.param("2026-06-01", 2025, True, id="the year after, on the first day"),
        pytest.param("2026-06-01", 2026, False, id="confirmed this year"),
        pytest.param("2025-05-31", None, True, id="before the first year: for the one to come"),
        pytest.param("2025-05-31", 2025, False, id="confirmed for the one to come"),
        pytest.param("2027-06-01", 2025, False, id="after the last year"),
    ],
)
def test_when_a_school_is_asked(browser, oak, on, today, last, is_asked):
    type(oak).objects.filter(pk=oak.pk).update(induction_tutor_last_nominated_in=last)
    on(today)

    page = browser.get(ECTS)

    assert (page.status_code == 302 and page.location == CONFIRM) is is_asked


# -- In its place ------------------------------------------------------------------------------


def test_a_block_and_a_closed_window_come_before_it(sign_in, browser):
    unfunded = SchoolFactory(gias_school=GIASSchoolFactory(independent=True))
    assert sign_in(unfunded, tutor_due=True).get(ECTS).location == "/school/access-denied"

    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14))
    start = "/school/register-ect/find-ect"
    assert browser.get(start).location == "/school/registration-window-closed"
    assert browser.get("/school/registration-window-closed").status_code == 200


def test_it_comes_before_the_question_whether_ects_may_be_registered(sign_in):
    winding_down = SchoolFactory(with_tutor=True, independent=True)
    ECTAtSchoolPeriodFactory(school=winding_down)
    person = identity.school_data(
        winding_down.urn, name="A", email="a@example.com", provider=identity.PERSONA
    )

    assert sign_in(person).get("/school/register-ect/find-ect").location == CONFIRM


def navigation(page):
    return page.select(".govuk-service-navigation__list a")


def test_nothing_is_navigated_to_while_it_applies(browser, oak):
    for url in (CONFIRM, TAB, "/school/support/new", "/cookies"):
        assert navigation(browser.get(url)) == [], url

    confirm_tutor(oak)
    assert len(navigation(browser.get(TAB))) == 5


# -- And then on -------------------------------------------------------------------------------


def continue_from(page):
    return page.select_one("main a.govuk-button")["href"]


def test_people_then_go_on_to_the_page_that_was_asked_for(browser, oak):
    wanted = f"/school/ects/{ECTAtSchoolPeriodFactory(school=oak).pk}?mentor=9"
    browser.get(wanted)

    done = browser.submit(browser.get(CONFIRM), {"is_correct": "yes"}).follow()

    assert continue_from(done) == wanted
    assert continue_from(browser.get(done.response.request["PATH_INFO"])) == wanted
    assert browser.get(wanted).status_code == 200


def test_who_names_somebody_else_goes_on_there_too(sign_in):
    browser = sign_in(SchoolFactory(), tutor_due=True)
    browser.get("/school/home/mentors?q=ben")
    tutor = {"induction_tutor_name": "Noor Haddad", "induction_tutor_email": "n@oak.example.com"}

    done = browser.submit(browser.submit(browser.get(NEW), tutor).follow()).follow()

    assert continue_from(done) == "/school/home/mentors?q=ben"


def test_who_was_kept_from_nothing_goes_on_to_the_list(browser):
    done = browser.submit(browser.get(CONFIRM), {"is_correct": "yes"}).follow()

    assert continue_from(done) == ECTS


def test_what_was_sent_meanwhile_is_said_not_to_be_saved(browser, oak, on, trs):
    on("2026-05-31")
    confirm_last_year(oak)
    page = browser.post("/school/register-ect/find-ect", find("7000002")).location
    on("2026-06-01")

    answer = browser.post(page, {"trn": "1234567"}, HTTP_REFERER=f"http://testserver{page}")

    assert answer.location == CONFIRM
    asked = answer.follow()
    assert "What you sent was not saved" in asked.text
    done = browser.submit(browser.get(CONFIRM), {"is_correct": "yes"}).follow()
    assert continue_from(done) == page
    assert browser.get(page).status_code == 200


def test_costs_nothing_once_confirmed(sign_in, oak, django_assert_num_queries):
    confirmed = sign_in(oak)
    confirmed.get("/school/support/sent")

    with django_assert_num_queries(1):
        confirmed.get("/school/support/sent")
