"""Who is signed in, for how long, and what ends it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings

from register_ects.models import School
from register_ects.operations.base import Author
from register_ects.web import identity
from tests.factories import (
    AppropriateBodyFactory,
    ContractPeriodFactory,
    GIASSchoolFactory,
    StaffUserFactory,
)

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)


def is_signed_in(browser):
    return browser.get("/cookies").select_one(".app-account") is not None


def person(**extra):
    return {"name": "Ada", "email": "ada@example.com", "provider": "dfe_sign_in", **extra}


def test_shows_the_organisation_and_a_button_to_sign_out(sign_in, school):
    account = sign_in(school).get("/cookies").select_one(".app-account")
    assert school.name in account.text
    assert account.select_one("form[method=post][action='/sign-out'] button")


def test_costs_one_query_a_request(sign_in, school, django_assert_num_queries, on):
    on("2026-09-10")
    ContractPeriodFactory(year=2026)
    for who in (school, AppropriateBodyFactory(), StaffUserFactory()):
        browser = sign_in(who)
        with django_assert_num_queries(1):
            browser.get("/cookies")


def test_costs_no_query_when_nobody_is_signed_in(browse, django_assert_num_queries):
    with django_assert_num_queries(0):
        browse.get("/cookies")


def test_idle_sessions_end_after_two_hours(sign_in, school):
    with time_machine.travel(NOON, tick=False) as traveller:
        browser = sign_in(school)
        traveller.shift(timedelta(hours=1, minutes=59))
        assert is_signed_in(browser)
        traveller.shift(timedelta(hours=1, minutes=59))
        assert is_signed_in(browser)
        traveller.shift(timedelta(hours=2, seconds=1))
        assert not is_signed_in(browser)


def test_sessions_end_after_twelve_hours_however_busy(sign_in, school):
    with time_machine.travel(NOON, tick=False) as traveller:
        browser = sign_in(school)
        for _hour in range(12):
            assert is_signed_in(browser)
            traveller.shift(timedelta(hours=1))
        traveller.shift(timedelta(seconds=1))
        assert not is_signed_in(browser)


@override_settings(SESSION_IDLE_SECONDS=60)
def test_the_idle_limit_can_be_set(sign_in, school):
    with time_machine.travel(NOON, tick=False) as traveller:
        browser = sign_in(school)
        traveller.shift(timedelta(seconds=61))
        assert not is_signed_in(browser)


def test_pretending_another_day_ends_no_session(sign_in, school, on):
    browser = sign_in(school)
    on("2031-01-01")
    assert is_signed_in(browser)


def test_ends_when_the_school_is_gone(sign_in):
    browser = sign_in(identity.school_data(999_999, **person()))
    assert not is_signed_in(browser)
    assert identity.SESSION_KEY not in browser.client.session


def test_a_school_known_only_to_the_register_is_signed_in_without_a_school(rf):
    register = GIASSchoolFactory()
    found = identity._find(identity.school_data(register.urn, **person()))
    assert (found.gias_school, found.school) == (register, None)


def test_ends_when_the_appropriate_body_is_gone(sign_in):
    body = AppropriateBodyFactory()
    browser = sign_in(body)
    body.delete()
    assert not is_signed_in(browser)


@pytest.mark.parametrize("change", [{"deactivated_at": NOON}, {"email": "b@education.gov.uk"}])
def test_ends_when_staff_may_no_longer_sign_in(sign_in, change):
    user = StaffUserFactory()
    browser = sign_in(user)
    type(user).objects.filter(pk=user.pk).update(**change)
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "data",
    [{}, {"type": "nonsense"}, {"type": "school"}, {"type": "staff", "provider": "otp"}],
    ids=str,
)
def test_a_session_that_makes_no_sense_is_ended(sign_in, data):
    assert not is_signed_in(sign_in(data))


def test_a_hand_made_persona_session_is_refused_where_personas_are_off(sign_in, school):
    browser = sign_in(identity.school_data(school.urn, **person(provider="persona")))
    assert is_signed_in(browser)
    with override_settings(PERSONAS_ENABLED=False):
        assert not is_signed_in(browser)


def test_signing_in_changes_the_session_id_and_forgets_who_was_there(browse, school):
    session = browse.client.session
    session["earlier"] = "secret"
    session["return_to"] = "/school/home/ects?q=ada"
    session.save()
    before = session.session_key

    identity.start(session, identity.school_data(school.urn, **person()))
    session.save()

    assert session.session_key != before
    assert "earlier" not in session
    assert session["return_to"] == "/school/home/ects?q=ada"


# -- Authors -----------------------------------------------------------------------------------


def test_each_kind_of_user_is_its_own_author(school):
    at_school = identity._find(identity.school_data(school.urn, **person()))
    body = AppropriateBodyFactory()
    at_body = identity._find(identity.appropriate_body_data(body.pk, **person()))
    user = StaffUserFactory()
    staff = identity._find(identity.staff_data(user.email, provider="otp"))

    assert at_school.author == Author.school_user(name="Ada", email="ada@example.com")
    assert at_body.author == Author.appropriate_body_user(name="Ada", email="ada@example.com")
    assert staff.author == Author.staff(user)


def test_staff_acting_as_a_school_are_named_as_the_author(sign_in, school):
    user = StaffUserFactory()
    data = identity.acting_as_school_data(user.email, school.urn, provider="otp")

    acting = identity._find(data)
    assert (acting.kind, acting.school, acting.author) == ("school", school, Author.staff(user))
    page = sign_in(data).get("/cookies")
    assert f"You are acting as {school.name}" in page.text


def test_staff_stop_acting_as_a_school_with_the_button_of_every_page(sign_in, school):
    user = StaffUserFactory()
    browser = sign_in(identity.acting_as_school_data(user.email, school.urn, provider="otp"))
    stop = browser.get("/cookies").select_one(".app-acting form")["action"]

    assert browser.post(stop).location == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert "acting as" not in browser.get("/cookies").text
    assert browser.post(stop).status_code == 422
    assert sign_in(school).post(stop).status_code == 422


def test_staff_cannot_act_as_a_school_that_is_not_set_up():
    register = GIASSchoolFactory()
    data = identity.acting_as_school_data(StaffUserFactory().email, register.urn, provider="otp")
    assert identity._find(data) is None


# -- Two roles ---------------------------------------------------------------------------------


@pytest.fixture
def both(school):
    body = AppropriateBodyFactory()
    kinds = ["school", "appropriate_body"]
    other = identity.appropriate_body_data(body.pk, **person(kinds=kinds))
    return body, identity.school_data(school.urn, **person(kinds=kinds, other_role=other))


def test_a_person_with_two_roles_can_switch_and_switch_back(sign_in, school, both):
    body, data = both
    browser = sign_in(data)
    key = browser.client.session.session_key

    assert browser.post("/switch-role").location == "/appropriate-body/home"
    assert body.name in browser.get("/cookies").text
    assert browser.client.session.session_key != key
    assert browser.post("/switch-role").location == "/school/home"
    assert school.name in browser.get("/cookies").text


def test_cannot_switch_to_an_organisation_that_is_gone(sign_in, school, both):
    body, data = both
    browser = sign_in(data)
    body.delete()

    assert browser.post("/switch-role").location == "/school/home"
    assert school.name in browser.get("/cookies").text


def test_switching_gives_no_more_time(sign_in, both):
    with time_machine.travel(NOON, tick=False) as traveller:
        browser = sign_in(both[1])
        for _hour in range(11):
            traveller.shift(timedelta(hours=1))
            browser.post("/switch-role")
        traveller.shift(timedelta(hours=1, seconds=1))
        assert not is_signed_in(browser)


def test_a_person_with_one_role_switches_to_nothing(sign_in, school):
    browser = sign_in(school)
    assert browser.post("/switch-role").location == "/school/home"
    assert browser.get("/switch-role").status_code == 405
    assert School.objects.get() == school
