"""Every address of a school's pages names the school: two tabs at two schools never mix."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from register_ects.web.school_addresses import addresses_of, with_urn, without_urn
from register_ects.web.school_addresses import reverse as reverse_at_school
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory, SchoolFactory
from tests.schools.ect_journey import find

_BARE = re.compile(r"""(?:href|action)="(/school/(?![0-9]{6}/)[^"]*)""")


@pytest.fixture
def client(school, sign_in):
    """Django's client, in which somebody at the school is signed in: addresses as they are."""
    return sign_in(school).client


def test_an_address_without_a_urn_leads_to_the_page_at_the_persons_school(client, school):
    answer = client.get("/school/home/ects?q=Ada&status=leaving")
    assert answer.headers["Location"] == f"/school/{school.urn}/home/ects?q=Ada&status=leaving"


@pytest.mark.parametrize("address", ["/school", "/school/{urn}", "/"])
def test_the_school_area_begins_at_the_persons_school(client, school, address):
    answer = client.get(address.format(urn=school.urn), follow=True)
    assert answer.redirect_chain[-1][0] == f"/school/{school.urn}/home"
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "home",
        "home/ects",
        "home/mentors",
        "home/induction-tutor",
        "people",
        "what-you-need",
        "support/new",
        "register-ect/find-ect",
        "ects/{ect}",
        "ects/{ect}/change-name/edit",
        "ects/{ect}/mentorship/new",
        "mentors/{mentor}",
    ],
)
def test_every_link_and_form_of_a_page_names_the_school(client, school, page):
    ect, mentor = (
        made(school=school) for made in (ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory)
    )
    address = page.format(ect=ect.pk, mentor=mentor.pk)
    answer = client.get(f"/school/{school.urn}/{address}", follow=True)
    assert answer.status_code == 200
    assert f"/school/{school.urn}/" in answer.content.decode()
    assert _BARE.findall(answer.content.decode()) == []


def test_a_redirect_names_the_school(client, school, trs):
    answer = client.post(f"/school/{school.urn}/register-ect/find-ect", find("7000002"))
    assert answer.headers["Location"].startswith(f"/school/{school.urn}/register-ect/")


def test_another_schools_address_is_not_found(client):
    other = SchoolFactory()
    ect = ECTAtSchoolPeriodFactory(school=other)
    for page in ("home/ects", f"ects/{ect.pk}", "people.csv", "access-denied"):
        assert client.get(f"/school/{other.urn}/{page}").status_code == 404
    assert client.post(f"/school/{other.urn}/support/new", {"message": "Hello"}).status_code == 404


def test_another_schools_record_is_not_found_at_the_own_address(client, school):
    ect = ECTAtSchoolPeriodFactory()
    assert client.get(f"/school/{school.urn}/ects/{ect.pk}").status_code == 404


def test_a_form_sent_to_an_address_without_a_urn_is_taken(client, school):
    ect = ECTAtSchoolPeriodFactory(school=school)
    answer = client.post(f"/school/ects/{ect.pk}/change-name/edit", {"name": ""})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_whoever_is_not_signed_in_comes_back_to_the_same_school(school):
    client = Client()
    address = f"/school/{school.urn}/home/mentors"
    assert client.get(address).headers["Location"] == "/"
    assert client.session["return_to"] == address


def test_a_link_that_stops_reminders_names_no_school():
    link = "opt-out-of-reminder-emails/new"
    assert with_urn(f"/school/{link}", 123456) == f"/school/{link}"
    assert Client().get(f"/school/123456/{link}").status_code == 404


@pytest.mark.parametrize(
    ("address", "at_school"),
    [
        ("/school/home/ects", "/school/123456/home/ects"),
        ("/school/ects/1?a=/school/x#y", "/school/123456/ects/1?a=/school/x#y"),
        ("/school/654321/ects/1", "/school/654321/ects/1"),
        ("/school", "/school"),
        ("/school-requirements", "/school-requirements"),
        ("/admin/school/1", "/admin/school/1"),
        ("https://example.com/school/x", "https://example.com/school/x"),
        ("//example.com/school/x", "//example.com/school/x"),
    ],
)
def test_only_addresses_of_the_school_area_get_a_urn(address, at_school):
    assert with_urn(address, 123456) == at_school
    assert with_urn(address, None) == address


def test_an_address_loses_the_urn_that_it_has():
    assert without_urn("/school/123456/home/ects?q=1") == "/school/home/ects?q=1"
    assert without_urn("/school/home/ects") == "/school/home/ects"


def test_an_address_written_outside_a_request_names_no_school():
    assert reverse_at_school("schools:ects") == reverse("schools:ects") == "/school/home/ects"
    with addresses_of(123456):
        assert reverse_at_school("schools:ect", [7]) == "/school/123456/ects/7"
        assert reverse_at_school("sign_out") == "/sign-out"


def test_pages_of_schools_are_linked_by_the_reverse_that_names_the_school():
    """What a signed link in an email opens has no school in its address."""
    by_djangos = re.compile(r"^from django\.urls import .*\breverse\b", re.MULTILINE)
    modules = (settings.BASE_DIR / "schools").rglob("*.py")
    found = {path.name for path in modules if by_djangos.search(path.read_text())}
    assert found == {"opting_out.py"}
