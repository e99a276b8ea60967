"""The log of API requests: what support needs, no tokens and no people, never in the way."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus, urlencode

import orjson
import pytest
import time_machine
from django.db import connection
from django.test import Client

from providers import masking
from providers.openapi.document import document
from providers.responses import data_response
from providers.tasks import forget_api_requests, store_api_requests
from register_ects.models import APIRequest, APIToken
from register_ects.operations.lead_providers import api_requests
from register_ects.operations.lead_providers.api_requests import (
    queue_api_request,
    store_queued_api_requests,
)
from register_ects.redis_connection import redis_client
from tests.factories import APIRequestFactory, TrainingPeriodFactory

ID = "5dd4a467-1d9a-4d33-bc28-8950d223962f"


@pytest.fixture(autouse=True)
def _empty_queue():
    redis_client().flushdb()


def logged():
    store_api_requests()
    return APIRequest.objects.get()


def fields(**changes):
    return orjson.dumps(
        {
            "id": uuid.uuid4(),
            "received_at": "2025-11-05T12:00:00+00:00",
            "request_id": "r",
            "method": "GET",
            "path": "/participants",
            "query": "",
            "status": 200,
            "duration_ms": 1,
            "user_agent": "",
        }
        | changes
    )


# -- What is kept ----------------------------------------------------------------------------


def test_a_read_is_logged_with_its_provider_token_and_rows(api, lead_provider):
    TrainingPeriodFactory.create_batch(2, lead_provider=lead_provider)
    at = datetime(2025, 11, 5, 12, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        headers = {"X-Request-Id": "find-me", "User-Agent": "client/1.0\x00"}
        api.get("/participants/?filter[cohort]=2025&name=Ada", **headers)

    row = logged()

    assert (row.received_at, row.request_id) == (at, "find-me")
    assert (row.lead_provider, row.token) == (lead_provider, APIToken.objects.get())
    assert row.token_prefix == api.token[:6]
    assert (row.method, row.path, row.status) == ("GET", "/participants", 200)
    assert row.query == "filter[cohort]=2025&[masked]=[masked]"
    assert (row.row_count, row.error_codes, row.body, row.body_digest) == (2, [], None, None)
    assert row.duration_ms >= 0
    assert row.user_agent == "client/1.0"
    assert not row.is_replay


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a-" * 500_000 + "!", "0," * 500_000])
def test_a_million_characters_are_answered_and_logged_at_once(api, text):
    body = {"data": {"attributes": {"participant_id": ID, "declaration_type": text}}}
    begun = time.thread_time()

    response = api.post("/participant-declarations", body)

    assert response.status_code == 422
    assert logged().body == {"participant_id": ID, "declaration_type": "[masked]"}
    assert time.thread_time() - begun < 1


def test_a_failed_write_keeps_the_attributes_that_we_know(api):
    attributes = {"participant_id": ID, "declaration_type": "strated", "cohort": 2025}
    private = {"name": "Ada Okafor", "trn": "1234567", "reason": "Ada Okafor left"}

    api.post("/participant-declarations", {"data": {"attributes": attributes | private}})

    row = logged()
    assert row.body == attributes | {"reason": "[masked]"}
    assert len(row.body_digest) == 64
    assert row.error_titles == ["participant_id"]
    assert row.error_codes == ["declaration.unknown"]


def test_a_write_that_worked_keeps_only_the_digest_of_its_body(api, monkeypatch):
    def answered(request, match, path):
        assert request.body
        return data_response({})

    monkeypatch.setattr("providers.gateway._called", answered)
    api.is_held_to_it = False
    api.post("/participant-declarations", {"data": {"attributes": {"cohort": "2025"}}})

    row = logged()
    assert (row.body, len(row.body_digest)) == (None, 64)


def test_a_401_is_logged_with_the_beginning_of_what_was_sent():
    Client().get("/api/v3/participants", headers={"Authorization": "Bearer sesame-open-sesame"})

    row = logged()
    assert (row.status, row.lead_provider, row.token) == (401, None, None)
    assert row.token_prefix == "sesame"
    assert row.error_codes == ["request.unauthorised"]


def test_no_token_is_kept_anywhere(api):
    for headers in ({}, {"Authorization": f"Bearer {api.token}x"}):
        api.get(f"/participants/{api.token}?token={api.token}&sort={api.token}", **headers)
    store_queued_api_requests()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_request_log r WHERE r::text ~ %s", [api.token])
        assert cursor.fetchone() == (0,)


def test_a_replay_is_marked(api):
    for _ in range(2):
        api.post("/participant-declarations", b"{", **{"Idempotency-Key": "k"})
    store_queued_api_requests()

    assert sorted(APIRequest.objects.values_list("is_replay", "status")) == [
        (False, 400),
        (True, 400),
    ]


def test_the_id_in_the_path_is_kept_apart(api):
    api.get(f"/participants/{ID.upper()}/transfers")

    row = logged()
    assert (row.path, str(row.resource_id)) == (f"/participants/{ID.upper()}/transfers", ID)


def test_a_log_that_fails_never_fails_a_request(api, monkeypatch):
    def down(*_args):
        raise ConnectionError

    monkeypatch.setattr("providers.request_log.queue_api_request", down)

    assert api.get("/participants").status_code == 200


# -- What is masked --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("filter[cohort]=2024,2025", "filter[cohort]=2024,2025"),
        ("filter%5Bcohort%5D=2024%2C%202025", "filter[cohort]=2024,+2025"),
        ("filter[cohort][]=2024&filter[cohort][]=2025", None),
        ("filter[updated_since]=2025-11-05T12:00:00Z", None),
        ("filter[updated_since]=2025-11-05T12:00:00+01:00", None),
        (f"filter[participant_id]={ID}", None),
        (f"filter[participant_id]={ID},{ID.upper()}", None),
        ("filter[training_status]=actve", None),
        ("sort=-updated_at,created_at", None),
        ("page[page]=2&page[per_page]=3000", None),
        ("page[after]=W1siaW5zdGFudCJd.AbC_-9", None),
        ("page[after]=", None),
        ("page[after]=Ada%20Okafor", "page[after]=[masked]"),
        ("page[after]=Okafor", "page[after]=[masked]"),
        ("page[after]=1234567", "page[after]=[masked]"),
        ("after=1048576", None),
        ("after=latest", None),
        ("after=Okafor", "after=[masked]"),
        ("filter[cohort]=Ada", "filter[cohort]=[masked]"),
        ("filter[cohort]=ada@example.com", "filter[cohort]=[masked]"),
        ("filter[participant_id]=1234567", "filter[participant_id]=[masked]"),
        ("filter[participant_id]=2025,1234567", "filter[participant_id]=[masked]"),
        ("filter[trn]=1234567", "[masked]=[masked]"),
        ("ada@example.com", "[masked]=[masked]"),
        ("filter[cohort]=%00", "filter[cohort]=[masked]"),
        ("filter[cohort]=%ff", "filter[cohort]=[masked]"),
    ],
)
def test_queries_keep_ids_dates_and_words_only(query, kept):
    assert masking.masked_query(query) == (query if kept is None else kept)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", ""),
        ("/participants", "/participants"),
        ("/participants/", "/participants"),
        ("/participants.json", "/participants"),
        (f"/participants/{ID}", f"/participants/{ID}"),
        ("/participants/ada@example.com", "/participants/[masked]"),
        ("/participants/1234567/defer", "/participants/[masked]/defer"),
        ("/\0", "/[masked]"),
    ],
)
def test_paths_keep_known_words_and_ids_only(path, kept):
    assert masking.masked_path(path, words={"participants", "defer"}) == kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"", None),
        (b"{", None),
        (b"[1]", None),
        (b'{"data": []}', None),
        (b'{"data": {"attributes": []}}', None),
        (b'{"data": {"attributes": {"name": "Ada"}}}', None),
        (b'{"data": {"attributes": {"cohort": 2025}}}', {"cohort": 2025}),
        (b'{"data": {"attributes": {"cohort": 1e400}}}', None),
        (b'{"data": {"attributes": {"cohort": 1234567}}}', {"cohort": "[masked]"}),
        (b'{"data": {"attributes": {"cohort": null}}}', {"cohort": None}),
        (b'{"data": {"attributes": {"reason": ["Ada"]}}}', {"reason": "[masked]"}),
        (b'{"data": {"attributes": {"reason": "Ada left"}}}', {"reason": "[masked]"}),
        (b'{"data": {"attributes": {"reason": "\\u0000"}}}', {"reason": "[masked]"}),
        (b'{"data": {"attributes": {"reason": "left-school"}}}', {"reason": "left-school"}),
    ],
)
def test_bodies_keep_known_attributes_only(body, kept):
    assert masking.masked_body(body) == kept


def is_free_text(schema):
    """Return whether a value may be anything: no id, date, number, truth or word of a list."""
    if any("$ref" in each for each in (schema, *schema.get("anyOf", []))):
        return False
    return schema.get("type") == "string" and not {"format", "pattern", "enum"} & schema.keys()


def declared_parameters():
    return {
        each["name"]: each["schema"]
        for each in document()["components"]["parameters"].values()
        if each["in"] == "query"
    }


def declared_attributes():
    """Return the schema of every attribute that any write takes."""
    found, shapes = {}, document()["components"]["schemas"]

    def look_at(schema, is_attributes=False):
        if "$ref" in schema:
            schema = shapes[schema["$ref"].rpartition("/")[2]]
        if is_attributes:
            found.update(schema["properties"])
            return
        if "items" in schema:
            look_at(schema["items"])
        for name, each in schema.get("properties", {}).items():
            look_at(each, is_attributes=name == "attributes")

    for at_path in document()["paths"].values():
        for operation in at_path.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                look_at(content["schema"])
    return found


@pytest.mark.no_database
def test_of_what_is_declared_the_log_keeps_all_but_free_text():
    """A new filter or attribute is in the lists of the log, unless it may hold anything."""
    checked = {"sort", "page[after]"}  # texts, whose values are looked at
    parameters, attributes = declared_parameters(), declared_attributes()

    assert {
        name for name, schema in parameters.items() if not is_free_text(schema) or name in checked
    } == masking.PARAMETERS
    assert attributes
    assert {
        name for name, schema in attributes.items() if not is_free_text(schema)
    } == masking.ATTRIBUTES


@pytest.mark.no_database
@pytest.mark.parametrize("person", ["1234567", "Ada Okafor", "ada@example.com", "QQ 12 34 56 C"])
def test_a_person_is_masked_in_every_declared_filter_and_attribute(person):
    for name in declared_parameters():
        if (name, person) == ("after", "1234567"):
            continue  # the number of a change
        assert person not in unquote_plus(masking.masked_query(urlencode({name: person})))
    for name in declared_attributes():
        kept = masking.masked_body(orjson.dumps({"data": {"attributes": {name: person}}}))
        assert person not in str(kept)


# -- Storing ---------------------------------------------------------------------------------


def test_what_is_queued_is_stored_once_in_a_constant_number_of_queries(django_assert_num_queries):
    for _ in range(3):
        queue_api_request(fields())

    with django_assert_num_queries(5):  # lock, savepoint, insert, savepoint, unlock
        assert store_queued_api_requests() == 3
    assert store_queued_api_requests() == 0
    assert APIRequest.objects.count() == 3


def test_several_batches_are_stored_in_one_run(monkeypatch):
    monkeypatch.setattr(api_requests, "BATCH", 2)
    for _ in range(5):
        queue_api_request(fields())

    assert store_queued_api_requests() == 5
    assert APIRequest.objects.count() == 5


def test_a_worker_that_dies_after_storing_repeats_nothing(monkeypatch):
    for _ in range(2):
        queue_api_request(fields())
    with monkeypatch.context() as dying:
        dying.setattr(api_requests, "_store", lambda batch: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store_queued_api_requests()
    queue_api_request(fields())
    api_requests._store(api_requests._next_batch())  # committed, and dead before leaving Redis

    store_queued_api_requests()

    assert APIRequest.objects.count() == 3


def test_one_that_cannot_be_stored_does_not_hold_up_the_others():
    queue_api_request(fields())
    queue_api_request(fields(user_agent="\0"))
    queue_api_request(fields())

    store_queued_api_requests()

    assert APIRequest.objects.count() == 2


def test_a_queue_that_nobody_empties_does_not_fill_redis(monkeypatch):
    monkeypatch.setattr(api_requests, "LONGEST_QUEUE", 2)
    for number in range(4):
        queue_api_request(fields(request_id=str(number)))

    store_queued_api_requests()

    assert set(APIRequest.objects.values_list("request_id", flat=True)) == {"2", "3"}


def test_requests_are_forgotten_after_90_days():
    asked = datetime(2025, 10, 1, 12, tzinfo=UTC)
    APIRequestFactory(request_id="old", received_at=asked)
    APIRequestFactory(request_id="new", received_at=asked + timedelta(days=1))
    with time_machine.travel(asked + timedelta(days=90), tick=False) as traveller:
        forget_api_requests()
        assert APIRequest.objects.count() == 2
        traveller.shift(timedelta(minutes=1))
        forget_api_requests()

    assert APIRequest.objects.get().request_id == "new"
