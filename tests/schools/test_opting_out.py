"""Stopping reminder emails by a signed link, without signing in (spec 05 §12.3, 07 §9)."""

import hashlib
import hmac
from datetime import date

import pytest

from register_ects.models import Event
from register_ects.operations.schools.opting_out import is_signed, opt_out_path
from tests.factories import SchoolFactory

ADDRESS = "/school/opt-out-of-reminder-emails"


@pytest.fixture(autouse=True)
def today(on):
    on("2026-09-10")


@pytest.fixture
def oak():
    return SchoolFactory(gias_school__name="Oak School")


def until(school):
    school.refresh_from_db()
    return school.opted_out_of_reminder_emails_until


def test_the_token_is_the_specifications(oak, settings):
    message = f"school-reminder-email-opt-out:{oak.pk}".encode()
    token = hmac.new(settings.OPT_OUT_SECRET.encode(), message, hashlib.sha256).hexdigest()

    assert opt_out_path(oak.pk) == f"{ADDRESS}/new?school_id={oak.pk}&token={token}"


def test_opening_the_link_asks_and_changes_nothing(browse, oak):
    page = browse.get(opt_out_path(oak.pk))

    assert page.h1 == "Stop reminder emails to Oak School?"
    assert "on 31 December 2026" in page.text
    assert page.response.headers["Cache-Control"].count("no-store")
    assert until(oak) is None
    assert not Event.objects.exists()


def test_confirming_stops_them_until_the_end_of_term(browse, oak):
    form = browse.get(opt_out_path(oak.pk)).select_one("main form")

    done = browse.post(form["action"]).follow()

    assert done.h1 == "Reminder emails are stopped"
    assert "until the end of 31 December 2026" in done.text
    assert until(oak) == date(2026, 12, 31)
    event = Event.objects.get(school=oak)
    assert event.event_type == "school_opted_out_of_reminder_emails"
    assert event.author_type == "system"


def test_once_more_in_the_same_term_changes_nothing_and_in_a_later_one_extends_it(browse, oak, on):
    action = browse.get(opt_out_path(oak.pk)).select_one("main form")["action"]
    browse.post(action)
    browse.post(action)
    assert Event.objects.count() == 1

    on("2027-01-04")
    assert browse.get(action).location == opt_out_path(oak.pk)
    browse.post(action)

    assert until(oak) == date(2027, 3, 31)
    assert Event.objects.count() == 2


@pytest.mark.parametrize("view", ["", "/new"])
@pytest.mark.parametrize(
    "change",
    [
        lambda query, other: "",
        lambda query, other: query.split("&")[0],
        lambda query, other: query.split("&")[1],
        lambda query, other: query[:-1],
        lambda query, other: f"{query}0",
        lambda query, other: query.upper(),
        lambda query, other: query.replace("token=", "token=é"),
        lambda query, other: query.replace("token=", "token=%00"),
        lambda query, other: query.replace("token=", "token=%ED%A0%80"),
        lambda query, other: query.replace("school_id=", "school_id=0x"),
        lambda query, other: query.replace("school_id=", "school_id=9"),
        lambda query, other: f"school_id={other}&{query.split('&')[1]}",
    ],
    ids=[
        *("nothing", "no token", "no school", "cut short", "too long", "capitals", "no ASCII"),
        *("a null", "half a character", "no number", "another number", "another school"),
    ],
)
def test_a_link_that_we_did_not_sign_does_not_exist(browse, oak, view, change):
    query = opt_out_path(oak.pk).split("?")[1]
    address = f"{ADDRESS}{view}?{change(query, SchoolFactory().pk)}"

    assert browse.get(address).status_code == 404
    if not view:
        assert browse.post(address).status_code == 404
    assert until(oak) is None


def test_the_link_of_a_school_that_is_gone_does_not_exist(browse, oak):
    path = opt_out_path(oak.pk)
    oak.delete()

    assert browse.get(path).status_code == 404


def test_another_secret_makes_other_tokens(oak, settings):
    token = opt_out_path(oak.pk).split("token=")[1]
    assert is_signed(oak.pk, token)

    settings.OPT_OUT_SECRET = "another" * 10

    assert not is_signed(oak.pk, token)


def test_it_needs_a_form_of_ours(oak):
    from django.test import Client

    path = opt_out_path(oak.pk).replace("/new", "")

    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert until(oak) is None


def test_the_sixth_request_within_20_seconds_is_refused(browse, oak, settings):
    settings.RATE_LIMITS_ENABLED = True

    answers = [browse.get(opt_out_path(oak.pk)).status_code for _each in range(6)]

    assert answers == [200] * 5 + [429]


def test_who_is_signed_in_is_asked_as_anybody_is(sign_in, oak):
    assert sign_in(oak).get(opt_out_path(oak.pk)).status_code == 200
