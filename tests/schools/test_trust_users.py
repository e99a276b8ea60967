"""Somebody of a trust is at its open schools, as the register has them on each request."""

import pytest

from register_ects.models import GIASSchool
from register_ects.web import identity, personas
from register_ects.web.sign_in import sign_in_as
from tests.factories import GIASSchoolFactory, SchoolFactory

OVERVIEW = "/school/overview"
TRUST = {"gias_school__trust_code": 4421, "gias_school__trust_name": "Five Valleys Trust"}


@pytest.fixture
def schools():
    names = ("Ash School", "Birch School")
    return [SchoolFactory(gias_school__name=name, **TRUST) for name in names]


@pytest.fixture
def browser(schools, sign_in):
    return sign_in(somebody_of(schools[0]))


def somebody_of(school):
    person = {"name": "Ada", "email": "ada@example.com", "provider": "persona"}
    return identity.school_data(school.urn, trust=4421, **person)


def listed(page):
    return [link.text for link in page.select("main tbody th a")]


def home_of(school):
    return f"/school/{school.urn}/home"


def test_the_overview_has_the_open_schools_of_the_trust_that_are_set_up(browser, schools):
    GIASSchoolFactory(trust_code=4421)
    SchoolFactory(gias_school=GIASSchoolFactory(closed=True, trust_code=4421))
    SchoolFactory(gias_school__trust_code=4422)
    SchoolFactory()

    page = browser.get(OVERVIEW)

    assert listed(page) == [each.name for each in schools]
    assert page.select_one(".govuk-caption-l").text == "Five Valleys Trust"


def test_every_school_of_the_trust_opens_and_no_other(browser, schools):
    other = SchoolFactory(gias_school__trust_code=4422)
    for school in schools:
        assert browser.get(home_of(school)).status_code == 200
    assert browser.get(home_of(other)).status_code == 404
    assert browser.get(home_of(SchoolFactory())).status_code == 404


def test_a_school_that_leaves_the_trust_is_closed_to_its_people_at_once(browser, schools):
    assert browser.get(home_of(schools[0])).status_code == 200
    third = SchoolFactory(gias_school__name="Cedar School", **TRUST)
    GIASSchool.objects.filter(urn=schools[0].urn).update(trust_code=4422)

    assert browser.get(home_of(schools[0])).status_code == 404
    assert listed(browser.get(OVERVIEW)) == ["Birch School", "Cedar School"]
    assert browser.get(home_of(third)).status_code == 200


def test_whose_trust_has_no_schools_any_more_is_signed_out(browser):
    GIASSchool.objects.update(trust_code=None)
    assert browser.get(OVERVIEW).location == "/"
    assert browser.get("/").status_code == 200


def test_they_begin_with_the_overview_or_the_page_that_they_wanted(rf, browse, schools):
    def leads_to(wanted=""):
        request = rf.get("/")
        request.session = browse.client.session
        if wanted:
            request.session["return_to"] = wanted
        return sign_in_as(request, somebody_of(schools[0])).url

    assert leads_to() == OVERVIEW
    assert leads_to(home_of(schools[1])) == home_of(schools[1])
    assert leads_to(f"{OVERVIEW}?q=rao") == f"{OVERVIEW}?q=rao"


def test_the_demo_has_a_persona_of_a_trust_where_the_register_names_it(db):
    trust = next(each for each in personas.listed() if each.trust)
    school = SchoolFactory(gias_school__urn=int(trust.organisation))
    assert personas.find(trust.key) is None
    GIASSchool.objects.filter(urn=school.urn).update(
        trust_code=trust.trust, trust_name="A Real Trust"
    )
    offered = personas.find(trust.key)
    assert offered.organisation_name == "A Real Trust"
    assert offered.session_data["trust"] == trust.trust
