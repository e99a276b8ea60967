"""Idempotency-Key: a write that is sent again gets the first answer, and is done once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from providers import gateway as gateway_module
from providers import idempotency
from providers.idempotency import _is_ours_to_answer, delete_old_answers
from providers.tasks import forget_api_requests
from register_ects.models import Declaration, IdempotentAnswer
from register_ects.projections.refresh import catch_up
from tests.factories import (
    IdempotentAnswerFactory,
    LeadProviderFactory,
    MilestoneFactory,
    TrainingPeriodFactory,
)
from tests.races import all_at_once

PATH = "/participant-declarations"
KEY = {"Idempotency-Key": "0c1f7f9e-first"}
OTHER_KEY = {"Idempotency-Key": "0c1f7f9e-second"}


pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


@pytest.fixture
def body(lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    MilestoneFactory(schedule=training.schedule, milestone_date=None)
    return {
        "data": {
            "attributes": {
                "participant_id": str(training.teacher.api_id),
                "declaration_type": "started",
                "declaration_date": "2025-10-03T10:30:00Z",
                "course_identifier": "ecf-induction",
                "evidence_held": "other",
            }
        }
    }


def changed(body, **attributes):
    return {"data": {"attributes": body["data"]["attributes"] | attributes}}


def code_of(response):
    return response.json()["errors"][0]["code"]


def test_the_same_request_again_gets_the_first_answer_and_does_nothing(api, body):
    first = api.post(PATH, body, **KEY)
    again = api.post(f"{PATH}/", body, **KEY)

    assert (first.status_code, "Idempotent-Replayed" in first) == (200, False)
    assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert Declaration.objects.count() == 1


def test_without_a_key_a_repeat_is_refused_as_ever(api, body):
    assert [api.post(PATH, body).status_code for _ in range(2)] == [200, 422]
    assert not IdempotentAnswer.objects.exists()


def test_another_key_is_another_request(api, body):
    assert api.post(PATH, body, **KEY).status_code == 200
    assert api.post(PATH, body, **OTHER_KEY).status_code == 422


@pytest.mark.parametrize(
    ("path", "attributes"),
    [
        (PATH, {"evidence_held": "training-event-attended"}),
        (f"{PATH}?dry_run=true", {}),
    ],
)
def test_a_key_cannot_be_used_for_another_request(api, body, path, attributes):
    api.post(PATH, body, **KEY)

    refused = api.post(path, changed(body, **attributes), **KEY)

    assert (refused.status_code, code_of(refused)) == (422, "request.idempotency_key_reused")
    assert IdempotentAnswer.objects.get().status == 200


def test_refusals_are_repeated_too(api, body):
    wrong = changed(body, evidence_held="nothing")
    first = api.post(PATH, wrong, **KEY)
    broken = api.post(PATH, b"{", **OTHER_KEY)

    assert (first.status_code, broken.status_code) == (422, 400)
    assert api.post(PATH, wrong, **KEY)["Idempotent-Replayed"] == "true"
    assert api.post(PATH, b"{", **OTHER_KEY)["Idempotent-Replayed"] == "true"


def test_a_fault_keeps_neither_the_answer_nor_the_write(api, body, monkeypatch):
    def fails_late(request, match, path):
        called(request, match, path)
        raise ZeroDivisionError

    called = gateway_module._called
    api._client.raise_request_exception = False
    monkeypatch.setattr(gateway_module, "_called", fails_late)
    assert api.post(PATH, body, **KEY).status_code == 500
    assert not Declaration.objects.exists()
    assert not IdempotentAnswer.objects.exists()

    monkeypatch.undo()
    answered = api.post(PATH, body, **KEY)
    assert (answered.status_code, "Idempotent-Replayed" in answered) == (200, False)


def test_a_dry_run_leaves_its_key_free(api, body):
    api.is_held_to_it = False
    wrong = changed(body, evidence_held="nothing")
    dry = [api.post(f"{PATH}?dry_run=true", sent, **KEY) for sent in (body, wrong, body)]

    assert [answer.status_code for answer in dry] == [200, 422, 200]
    assert not IdempotentAnswer.objects.exists()
    assert api.post(PATH, body, **KEY).status_code == 200


def test_two_providers_may_use_one_key(api, body, api_client):
    api.post(PATH, body, **KEY)
    other = api_client(LeadProviderFactory()).post(PATH, body, **KEY)

    assert (other.status_code, "Idempotent-Replayed" in other) == (422, False)
    assert IdempotentAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("k", 200),
        ("!~" * 127 + "x", 200),
        ("x" * 256, 400),
        ("", 400),
        ("two words", 400),
        ("é", 400),
        ("tab\there", 400),
    ],
    ids=["shortest", "longest", "too long", "empty", "with a space", "not ASCII", "with a tab"],
)
def test_a_key_is_1_to_255_visible_characters(api, body, key, status):
    response = api.post(PATH, body, **{"Idempotency-Key": key})

    assert response.status_code == status
    if status == 400:
        assert code_of(response) == "request.bad_idempotency_key"


def test_a_key_means_nothing_to_a_read(api):
    assert api.get("/participants", **{"Idempotency-Key": ""}).status_code == 200


def test_after_24_hours_a_key_is_free_again(api, body):
    with time_machine.travel(datetime(2025, 11, 5, 12, tzinfo=UTC), tick=False) as traveller:
        api.post(PATH, body, **KEY)
        traveller.shift(timedelta(hours=24))
        assert api.post(PATH, body, **KEY)["Idempotent-Replayed"] == "true"
        assert delete_old_answers() == 0

        traveller.shift(timedelta(seconds=1))
        late = api.post(PATH, body, **KEY)
        assert (late.status_code, code_of(late)) == (422, "declaration.already_declared")


def test_old_answers_are_deleted_by_the_timer():
    IdempotentAnswerFactory()

    forget_api_requests()

    assert not IdempotentAnswer.objects.exists()


def test_the_simulated_clock_does_not_age_an_answer(api, body):
    past = {**KEY, "X-With-Server-Date": "2025-11-01T12:00:00Z"}

    assert api.post(PATH, body, **past).status_code == 200
    assert api.post(PATH, body, **past)["Idempotent-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_being_answered_a_repeat_is_told_to_wait(api, body):
    with transaction.atomic():
        assert _is_ours_to_answer(api.lead_provider, KEY["Idempotency-Key"])
        # From another connection, as another process does.
        [waiting] = all_at_once(lambda: api.post(PATH, body, **KEY))

    assert (waiting.status_code, code_of(waiting)) == (409, "request.still_running")
    assert waiting["Retry-After"] == "1"
    assert api.post(PATH, body, **KEY).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_done_and_nobody_is_told_otherwise(api, body):
    api.catches_up = False
    catch_up()

    answers = all_at_once(*[lambda: api.post(PATH, body, **KEY)] * 10)

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert Declaration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_finished_request_is_replayed_even_while_somebody_holds_its_key(api, body):
    first = api.post(PATH, body, **KEY)

    with transaction.atomic():
        assert _is_ours_to_answer(api.lead_provider, KEY["Idempotency-Key"])
        answers = all_at_once(*[lambda: api.post(PATH, body, **KEY)] * 16)

    assert {(each.status_code, each.get("Idempotent-Replayed")) for each in answers} == {
        (200, "true")
    }
    assert {each.content for each in answers} == {first.content}


@pytest.mark.django_db(transaction=True)
def test_who_loses_the_key_to_another_replay_gets_the_answer_too(api, body, monkeypatch):
    """The first ends between the look and the taking of the key, which another replay has."""
    first = api.post(PATH, body, **KEY)
    looks = []

    def not_there_yet(*asked):
        looks.append(asked)
        return None if len(looks) == 1 else found(*asked)

    found = idempotency._kept_answer
    monkeypatch.setattr(idempotency, "_kept_answer", not_there_yet)
    monkeypatch.setattr(idempotency, "_is_ours_to_answer", lambda *_: False)

    again = api.post(PATH, body, **KEY)

    assert (again.status_code, again.content) == (200, first.content)


def test_what_the_commit_would_refuse_is_refused_before_it(api, body, monkeypatch):
    """A deferred constraint is told as a 422, and that is what is kept."""
    called = gateway_module._called

    def breaks_a_deferred_promise(request, match, path):
        response = called(request, match, path)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO declaration_promise (declaration_id) VALUES (0);")
        return response

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE declaration_promise (declaration_id bigint"
            " CONSTRAINT declaration_promise_fk_ REFERENCES declaration"
            " DEFERRABLE INITIALLY DEFERRED)"
        )
    monkeypatch.setattr(gateway_module, "_called", breaks_a_deferred_promise)

    refused = api.post(PATH, body, **KEY)

    assert (refused.status_code, code_of(refused)) == (422, "declaration.conflict")
    assert not Declaration.objects.exists()
    assert IdempotentAnswer.objects.get().status == 422
