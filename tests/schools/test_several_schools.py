"""Somebody at several schools: chooses one after signing in, changes it, and never mixes two."""

import pytest
from django.urls import reverse

from register_ects.models import GIASSchool, JourneyDraft, SupportQuery
from register_ects.web import identity
from register_ects.web.school_addresses import OVERVIEW
from register_ects.web.sign_in import sign_in_as
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    GIASSchoolFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import find
from tests.support.pages import confirm_tutor

CHOOSING = "/sign-in/school"


@pytest.fixture
def schools():
    """Three schools whose induction tutors are confirmed."""
    three = [
        SchoolFactory(gias_school__name=name) for name in ("Ash School", "Birch School", "Elm Hall")
    ]
    for each in three:
        confirm_tutor(each)
    return three


@pytest.fixture
def browser(schools, sign_in):
    """A browser in which somebody at all three is signed in."""
    return sign_in(somebody_at(schools))


def somebody_at(schools):
    urns = [each.urn for each in schools]
    return identity.school_data(
        urns[0], name="Ada", email="ada@example.com", provider="persona", schools=urns
    )


def ects_of(school):
    return f"/school/{school.urn}/home/ects"


def home_of(school):
    return f"/school/{school.urn}/home"


def organisation(page):
    return page.select_one(".app-account__organisation").text


def test_two_tabs_at_two_schools_never_mix(browser, schools):
    ash, birch, _ = schools
    at_ash, at_birch = (ECTAtSchoolPeriodFactory(school=each) for each in (ash, birch))
    first, second = browser.get(ects_of(ash)), browser.get(ects_of(birch))

    tabs = ((first, ash, at_ash, at_birch), (second, birch, at_birch, at_ash))
    for page, school, here, elsewhere in tabs:
        assert organisation(page) == school.name
        assert here.teacher.name in page.text
        assert elsewhere.teacher.name not in page.text
        links = {link["href"] for link in page.select("a[href^='/school/']")} - {OVERVIEW}
        assert links
        assert all(link.startswith(f"/school/{school.urn}/") for link in links)

    assert browser.get(f"/school/{ash.urn}/ects/{at_ash.pk}").status_code == 200
    assert browser.get(f"/school/{birch.urn}/ects/{at_ash.pk}").status_code == 404


def test_what_one_tab_sends_is_saved_at_its_school(browser, schools):
    ash, birch, _ = schools
    page = browser.get(f"/school/{ash.urn}/support/new")
    browser.get(ects_of(birch))
    sent = browser.submit(page, {"message": "Where is Ada?"})
    assert sent.location == f"/school/{ash.urn}/support/sent"
    assert [each.school_urn for each in SupportQuery.objects.all()] == [ash.urn]


def test_a_draft_belongs_to_its_school(browser, schools, trs):
    ash, birch, _ = schools
    search = f"/school/{ash.urn}/register-ect/find-ect"
    begun = browser.post(search, find("7000002")).location
    assert begun.startswith(f"/school/{ash.urn}/register-ect/")
    assert JourneyDraft.objects.get().school_id == ash.pk
    assert browser.get(begun).status_code == 200
    assert browser.get(begun.replace(str(ash.urn), str(birch.urn))).status_code == 404


def test_a_school_that_is_not_theirs_is_not_found(browser):
    assert browser.get(ects_of(SchoolFactory())).status_code == 404


def test_an_address_without_a_urn_leads_to_the_school_last_opened(browser, schools):
    assert browser.get("/school/home/mentors").location == f"/school/{schools[0].urn}/home/mentors"
    browser.get(ects_of(schools[2]))
    assert browser.get("/school/home/mentors").location == f"/school/{schools[2].urn}/home/mentors"


def test_a_form_that_names_no_school_is_refused_in_words(browser, schools):
    sent = browser.post("/school/support/new", {"message": "Hello"})
    assert sent.location == CHOOSING
    assert "did not say for which of your schools" in sent.follow().text
    assert not SupportQuery.objects.exists()


def test_the_header_offers_to_change_the_school(browser, schools):
    link = browser.get(ects_of(schools[1])).select_one(".app-account a")
    assert link["href"] == CHOOSING
    assert link.text == "Change school"


def test_whoever_is_at_one_school_is_offered_no_other(sign_in, school):
    browser = sign_in(school)
    assert browser.get("/school/home/ects").select(".app-account a") == []
    assert browser.get(CHOOSING).location == "/school/home"


def test_the_chooser_lists_every_school_by_name(browser, schools):
    page = browser.get(CHOOSING)
    assert page.h1 == "Choose a school"
    links = page.select("main a")
    assert [link.text for link in links] == [each.name for each in schools]
    assert [link["href"] for link in links] == [home_of(each) for each in schools]


def test_the_chooser_says_of_a_blocked_school_why_and_leads_to_what_to_do(sign_in, schools):
    closed = SchoolFactory(gias_school__status="closed", gias_school__name="Fir School")
    unfunded = SchoolFactory(independent=True, gias_school__name="Gorse School")
    training = SchoolFactory(independent=True, gias_school__name="Hazel School")
    TrainingPeriodFactory(school=training)
    new = GIASSchoolFactory(name="Ivy School")
    data = somebody_at([*schools, closed, unfunded, training, new])
    data["provider"] = identity.DFE_SIGN_IN
    browser = sign_in(data)

    page = browser.get(CHOOSING)

    told = {li.a.text: li.text for li in page.select("main li") if "You cannot use" in li.text}
    assert list(told) == ["Fir School", "Gorse School", "Ivy School"]
    assert "it is not open" in told["Fir School"]
    assert "cannot have DfE-funded training" in told["Gorse School"]
    assert "not set up in this service yet" in told["Ivy School"]
    assert "You can use this service for 4 schools" in page.text
    link = page.select_one("main li:last-child a")["href"]
    assert browser.get(link).follow().h1 == "Ivy School cannot use this service yet"


def test_the_chooser_costs_the_same_for_many_schools(
    sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = ([SchoolFactory() for _ in range(n)] for n in (2, 50))
    with django_assert_max_num_queries(3) as counted:
        sign_in(somebody_at(few)).get(CHOOSING)
    with django_assert_num_queries(len(counted)):
        sign_in(somebody_at(many)).get(CHOOSING)


def test_a_visitor_is_asked_to_sign_in(browse):
    assert browse.get(CHOOSING).location == "/"


@pytest.mark.parametrize("then", ["//elsewhere.example/school/x", "/admin/", "/sign-out"])
def test_the_chooser_leads_to_school_pages_only(browser, schools, then):
    link = browser.get(CHOOSING, {"then": then}).select_one("main a")
    assert link["href"] == home_of(schools[0])


def signed_in(rf, browse, data, wanted=""):
    """Where somebody is led after signing in."""
    request = rf.get("/")
    request.session = browse.client.session
    if wanted:
        request.session["return_to"] = wanted
    return sign_in_as(request, data).url


def test_signing_in_asks_at_which_school(rf, browse, schools):
    data = somebody_at(schools)
    assert signed_in(rf, browse, data) == CHOOSING == reverse("choose_school")
    assert signed_in(rf, browse, data, "/school/home/mentors") == (
        f"{CHOOSING}?then=%2Fschool%2Fhome%2Fmentors"
    )


def test_signing_in_leads_to_a_remembered_page_that_names_the_school(rf, browse, schools):
    address = f"/school/{schools[2].urn}/home/mentors"
    assert signed_in(rf, browse, somebody_at(schools), address) == address


def test_signing_in_forgets_a_remembered_page_of_somebody_elses_school(rf, browse, schools):
    address = ects_of(SchoolFactory())
    own = identity.school_data(schools[0].urn, name="Ada", email="a@b.example", provider="persona")
    assert signed_in(rf, browse, own, address) == home_of(schools[0])


def test_the_page_wanted_is_opened_at_the_school_chosen(browser, schools):
    link = browser.get(CHOOSING, {"then": "/school/home/mentors"}).select("main a")[1]
    assert link["href"] == f"/school/{schools[1].urn}/home/mentors"


def test_a_school_that_has_left_the_register_is_not_offered(sign_in, schools):
    data = somebody_at(schools)
    data["schools"].append(999_999)
    assert not GIASSchool.objects.filter(urn=999_999).exists()
    assert len(sign_in(data).get(CHOOSING).select("main a")) == 3


@pytest.mark.parametrize("is_at_several", [True, False])
def test_a_check_page_names_the_school_for_who_is_at_several(sign_in, schools, is_at_several):
    ash = schools[0]
    ect = ECTAtSchoolPeriodFactory(school=ash, working_pattern="part_time")
    browser = sign_in(somebody_at(schools) if is_at_several else ash)
    asked = browser.get(f"/school/{ash.urn}/ects/{ect.pk}/change-working-pattern/edit")

    check = browser.submit(asked, {"working_pattern": "full_time"}).follow()

    assert check.h1 == "Check your answers"
    assert ("Your school here: Ash School" in check.text) is is_at_several
