"""The four actions on participants over the wire (spec 02 §2.13.3, spec 03 §9)."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.providers.acting import ACTIONS, act, enrolment, refused, stretches
from tests.providers.acting import published_years as published_years
from tests.providers.acting import train as train

#: Until what providers are shown is brought up to date, and with it.
MOST_QUERIES_OF_ITS_OWN, MOST_QUERIES = 20, 64


pytestmark = [
    pytest.mark.usefixtures("published_years"),
    pytest.mark.day("2026-02-02T10:15:20.500000+00:00"),
]


@pytest.fixture
def running(train):
    return train()


@pytest.fixture
def deferred(train):
    return train(deferred=True)


# -- The answer ------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_the_answer_is_what_the_next_get_returns(api, running, deferred, action):
    of = deferred if action == "resume" else running
    api.get(f"/participants/{of.teacher.api_id}")

    response = act(api, of, action, **ACTIONS[action])

    data = response.json()["data"]
    assert (data["type"], data["id"]) == ("participant", str(of.teacher.api_id))
    assert data["attributes"]["updated_at"] == "2026-02-02T10:15:20Z"
    api.catches_up = False
    assert api.get(f"/participants/{of.teacher.api_id}").content == response.content


@pytest.mark.parametrize("action", ["defer", "withdraw", "resume", "change-schedule"])
def test_repeating_an_action_is_refused(api, running, deferred, action):
    of = deferred if action == "resume" else running
    act(api, of, action, **ACTIONS[action])
    before = stretches(of.teacher)

    assert len(refused(act(api, of, action, **ACTIONS[action]))) == 1
    assert stretches(of.teacher) == before


def test_a_key_that_is_sent_again_gets_the_first_answer(api, running):
    path = f"/participants/{running.teacher.api_id}/withdraw"
    body = {"data": {"attributes": {"reason": "other", "course_identifier": "ecf-induction"}}}

    first, second = (
        api.request("PUT", path, body, **{"Idempotency-Key": "withdraw-1"}) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert json.loads(second.content) == json.loads(first.content)
    assert Event.objects.filter(event_type="teacher_withdraws_training_period").count() == 1


def test_a_form_serves_as_well(api, running):
    body = "data[attributes][reason]=career-break&data[attributes][course_identifier]=ecf-induction"

    response = api.request(
        "PUT",
        f"/participants/{running.teacher.api_id}/defer",
        body.encode(),
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert enrolment(response)["deferral"]["reason"] == "career-break"


def test_what_the_endpoint_does_not_know_is_ignored(api, running):
    response = act(api, running, "defer", reason="other", colour="red", cohort="1999")

    assert enrolment(response)["training_status"] == "deferred"


def test_under_the_simulated_clock_the_action_is_of_that_day(api, running):
    path = f"/participants/{running.teacher.api_id}"
    body = {"data": {"attributes": {"reason": "other", "course_identifier": "ecf-induction"}}}
    header = {"X-With-Server-Date": "2026-03-02T09:00:00Z"}

    response = api.request("PUT", f"{path}/withdraw", body, **header)

    assert enrolment(response)["withdrawal"]["date"] == "2026-03-02T09:00:00Z"
    assert api.get(path, **header).content == response.content
    assert stretches(running.teacher) == [(date(2025, 9, 1), date(2026, 3, 2))]


def cost(api, of, action):
    """Return how many queries an action asks: before the refresh, and in all."""
    api.get(f"/participants/{of.teacher.api_id}")
    api.catches_up = False
    with CaptureQueriesContext(connection) as queries:
        response = act(api, of, action, **ACTIONS[action])
    api.catches_up = True
    assert response.status_code == 200, response.content
    asked = [query["sql"] for query in queries]
    refresh = next(n for n, sql in enumerate(asked) if "DELETE FROM stale_mark" in sql)
    return refresh, len(asked)


def with_a_history(of):
    """Give a participant declarations, inductions, and training in years before."""
    for kind in ("started", "retained-1", "retained-2"):
        DeclarationFactory(training_period=of, declaration_type=kind)
    for year in (2022, 2023, 2024):
        stay = {"started_on": date(year, 9, 1), "finished_on": date(year + 1, 7, 20)}
        placement = ECTAtSchoolPeriodFactory(teacher=of.teacher, **stay)
        TrainingPeriodFactory(ect_at_school_period=placement, year=year, **stay)
        InductionPeriodFactory(teacher=of.teacher, number_of_terms=3, **stay)
    return of


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_asks_no_more_queries_after_a_long_history(api, train, action):
    mentored, long = (train(deferred=action == "resume") for _ in range(2))
    for of in (mentored, with_a_history(long)):
        MentorshipPeriodFactory(ect_at_school_period=of.ect_at_school_period)
    DeclarationFactory(training_period=mentored)

    own, total = cost(api, mentored, action)
    own_after, total_after = cost(api, long, action)

    assert own == own_after <= MOST_QUERIES_OF_ITS_OWN
    assert total <= total_after <= MOST_QUERIES  # a history may hold a transfer to look at


# -- Before any rule -------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="not JSON"),
        pytest.param(b'{"data": {}}', id="no attributes"),
        pytest.param(b'{"data": {"attributes": {"colour": "red"}}}', id="none known"),
        pytest.param(b'{"data": {"attributes": {"course_identifier": []}}}', id="only a list"),
    ],
)
def test_the_envelope_comes_before_the_participant(api, action, body):
    path = f"/participants/60ffd1d6-c81a-4cb5-8bbf-e1b618b31878/{action}"

    assert api.request("PUT", path, body).status_code == 400


@pytest.mark.parametrize("action", ACTIONS)
def test_who_is_not_shown_is_not_found_before_the_rules_are_asked(api, action):
    theirs = TrainingPeriodFactory(lead_provider=LeadProviderFactory())
    mine_in_hope = TrainingPeriodFactory(lead_provider=api.lead_provider, eoi_only=True)

    for of in (theirs, mine_in_hope):
        assert act(api, of, action, course_identifier="nonsense").status_code == 404
    assert api.request("PUT", f"/participants/nonsense/{action}", _envelope()).status_code == 404
    assert not Event.objects.filter(training_period__in=[theirs, mine_in_hope]).exists()


def _envelope():
    return {"data": {"attributes": {"course_identifier": "ecf-induction"}}}


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("action", ACTIONS)
def test_actions_take_put_only(api, running, action, method):
    api.is_held_to_it = False
    path = f"/participants/{running.teacher.api_id}/{action}"

    assert api.request(method, path, _envelope()).status_code == 405


@pytest.mark.parametrize("action", ACTIONS)
def test_a_retired_id_is_not_found_and_names_the_one_that_replaced_it(
    api, api_client, running, action
):
    survivor = InductionPeriodFactory(started_on=date(2025, 9, 1)).teacher
    stranger = api_client(LeadProviderFactory())
    merge_teachers(running.teacher, survivor, author=Author.system())

    mine, theirs = (act(client, running, action, **ACTIONS[action]) for client in (api, stranger))

    assert (mine.status_code, theirs.status_code) == (404, 404)
    (error,) = mine.json()["errors"]
    assert (error["title"], error["code"]) == ("Resource not found", "participant.replaced")
    assert str(survivor.api_id) in error["detail"]
    assert str(survivor.api_id) not in theirs.content.decode()
