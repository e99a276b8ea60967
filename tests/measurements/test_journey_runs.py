"""The engine of journeys counts how each run goes."""

from datetime import timedelta

import pytest
from django.db import Error, connection
from django.test.utils import CaptureQueriesContext

from register_ects import clock
from register_ects.models import FormError, JourneyRun, JourneyStepVisit
from register_ects.operations import measurements
from tests.factories import SchoolFactory
from tests.support.pages import Browser
from tests.web.toy_journeys import ADA, answer_all, as_at_the_start, begin, draft

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.toy_journeys")]


@pytest.fixture(autouse=True)
def at_the_start():
    as_at_the_start()


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def browser(school):
    return Browser().sign_in(school)


def steps():
    return list(JourneyStepVisit.objects.order_by("pk").values_list("step", "action"))


def complete(browser, url):
    return browser.submit(browser.get(url("check")))


def test_a_run_is_completed_with_its_journey(browser, school):
    browser.get("/toy/start")
    url = answer_all(browser)
    complete(browser, url)
    run = JourneyRun.objects.get()
    assert (run.journey, run.actor_type, run.outcome) == ("toy", "school", "completed")
    assert (run.organisation_id, run.channel) == (school.pk, "self_service")
    assert run.finished_at
    assert run.key == draft().pk


def test_pages_are_visited_and_left(browser):
    browser.get("/toy/start")
    url = begin(browser)
    browser.get(url("find"))
    browser.post(url("find"), ADA)
    browser.get(url("email"))
    browser.get(url("find"))
    assert steps() == [
        ("start", "continue"),
        ("find", "continue"),
        ("email", "back"),
        ("find", None),
    ]
    assert JourneyRun.objects.get().steps_visited == 4


def test_a_page_shown_again_is_one_visit(browser):
    browser.get("/toy/start")
    browser.get("/toy/start")
    assert steps() == [("start", None)]
    assert JourneyRun.objects.count() == 1


def test_a_change_from_the_check_page_is_told(browser):
    url = answer_all(browser)
    browser.get(url("check"))
    browser.get(url("email") + "?change=yes")
    assert ("check", "change") in steps()


def test_two_tabs_are_two_runs(browser):
    browser.get("/toy/start")
    browser.get("/toy/start")
    complete(browser, answer_all(browser))
    begin(browser)
    assert sorted(str(run.outcome) for run in JourneyRun.objects.all()) == ["None", "completed"]


def test_a_journey_completed_again_counts_once(browser):
    url = answer_all(browser)
    page = browser.get(url("check"))
    browser.submit(page)
    before = JourneyRun.objects.values().get()
    browser.submit(page)
    browser.get(url("done"))
    assert JourneyRun.objects.values().get() == before


def test_a_run_left_for_a_day_is_abandoned(browser):
    begin(browser)
    now = clock.now()
    assert measurements.close_runs(now + timedelta(hours=23)) == 0
    assert measurements.close_runs(now + timedelta(hours=25)) == 1
    run = JourneyRun.objects.get()
    assert (run.outcome, run.finished_at) == ("abandoned", run.last_activity_at)


def test_whoever_comes_back_after_that_begins_another_run(browser):
    url = begin(browser)
    measurements.close_runs(clock.now() + timedelta(hours=25))
    browser.post(url("find"), ADA)
    outcomes = JourneyRun.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["abandoned", None]


def test_a_run_left_at_a_stop_has_told_that_it_cannot_be(browser):
    url = begin(browser)
    browser.get(browser.post(url("find"), {**ADA, "trn": "9999999"}).location)
    measurements.close_runs(clock.now() + timedelta(hours=25))
    assert JourneyRun.objects.get().outcome == "not_eligible"


def test_time_spent_counts_ten_minutes_a_page_at_most(browser):
    url = begin(browser)
    for seconds, expected in ((30, 30), (3600, 630)):
        gone = timedelta(seconds=seconds)
        run = JourneyRun.objects.get()
        JourneyRun.objects.update(last_activity_at=clock.now() - gone)
        browser.get(url("find"))
        run.refresh_from_db()
        assert expected - 1 <= run.active_seconds <= expected + 1


def test_a_refused_field_is_counted_by_its_rule(browser):
    url = begin(browser)
    browser.post(url("find"), {**ADA, "trn": ""})
    error = FormError.objects.get()
    assert (error.page, error.step, error.field, error.code) == ("toy", "find", "trn", "required")
    assert error.run.error_count == 1


def test_a_problem_of_the_rules_is_counted_by_its_code(browser):
    url = begin(browser)
    browser.post(url("find"), {**ADA, "trn": "0000000"})
    error = FormError.objects.get()
    assert (error.field, error.code) == ("trn", "unlucky")


def test_a_failure_of_ours_is_an_error(browser, monkeypatch):
    url = begin(browser)
    monkeypatch.setattr("register_ects.web.journey_pages.Visit.show", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        browser.get(url("find"))
    measurements.close_runs(clock.now() + timedelta(hours=25))
    assert JourneyRun.objects.get().outcome == "error"


def test_nothing_breaks_when_it_cannot_be_counted(browser, monkeypatch):
    def fails(*_args, **_kwargs):
        raise Error("no room")

    monkeypatch.setattr("register_ects.web.measurements.keep", fails)
    url = answer_all(browser)
    assert complete(browser, url).status_code == 302
    assert browser.get(url("done")).status_code == 200
    assert not JourneyRun.objects.exists()


def test_a_page_costs_one_statement_more(browser, monkeypatch):
    url = begin(browser)
    with CaptureQueriesContext(connection) as counted:
        browser.get(url("find"))
    monkeypatch.setattr("register_ects.web.measurements._record", lambda *_, **__: None)
    with CaptureQueriesContext(connection) as without:
        browser.get(url("find"))
    assert len(counted) == len(without) + 1
