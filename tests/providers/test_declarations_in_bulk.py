"""POST /participant-declarations/bulk, and dry runs (spec 02 §2.22.5)."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Declaration, Event, IdempotentAnswer, ShownChange, ShownResource
from tests.factories import DeclarationFactory, LeadProviderFactory
from tests.providers.answers import items
from tests.providers.declaring import PATH, declared, envelope, refused, trained

BULK = f"{PATH}/bulk"


pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


def item(training, reference=None, **changes):
    referred = {"client_reference": reference} if reference is not None else {}
    return {**envelope(training, **changes)["data"], **referred}


def statuses(response):
    return [each["status"] for each in items(response)]


def test_each_item_is_answered_in_order_with_its_own_reference(api, lead_provider):
    people = [trained(lead_provider) for _ in range(3)]

    response = api.post(BULK, {"data": [item(each, f"row {n}") for n, each in enumerate(people)]})

    found = items(response)
    assert [(each["index"], each["client_reference"], each["status"]) for each in found] == [
        (0, "row 0", 200),
        (1, "row 1", 200),
        (2, "row 2", 200),
    ]
    for each, training in zip(found, people, strict=True):
        assert each["data"]["attributes"]["participant_id"] == str(training.teacher.api_id)
        assert each["data"] == declared(api.get(f"{PATH}/{each['data']['id']}"))
    assert response.json()["meta"] == {"succeeded": 3, "failed": 0}


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z", "9999-12-31T23:59:59-23:59"]
)
def test_a_date_at_the_end_of_the_calendar_costs_its_item_only(api, lead_provider, moment):
    listed = [
        item(trained(lead_provider)),
        item(trained(lead_provider), declaration_date=moment),
        item(trained(lead_provider)),
    ]

    response = api.post(BULK, {"data": listed})

    assert statuses(response) == [200, 422, 200]
    assert [error["title"] for error in items(response)[1]["errors"]] == ["declaration_date"]
    assert refused(api.post(PATH, {"data": listed[1]})) == ["declaration_date"]


def test_a_refused_item_leaves_nothing_and_does_not_stop_the_rest(api, lead_provider):
    good, late, other = (trained(lead_provider) for _ in range(3))
    listed = [
        item(good),
        item(late, "late", declaration_date="2025-11-05T12:00:01Z"),
        item(other),
    ]

    response = api.post(BULK, {"data": listed})

    assert statuses(response) == [200, 422, 200]
    assert items(response)[1] == {
        "index": 1,
        "client_reference": "late",
        "status": 422,
        "errors": [
            {
                "title": "declaration_date",
                "detail": "The '#/declaration_date' cannot be in the future. Declare once the date"
                " has passed.",
                "code": "declaration.in_the_future",
                "pointer": "#/data/1/attributes/declaration_date",
            }
        ],
    }
    assert response.json()["meta"] == {"succeeded": 2, "failed": 1}
    assert {each.teacher for each in Declaration.objects.all()} == {good.teacher, other.teacher}
    assert not Event.objects.filter(teacher=late.teacher, category="declarations").exists()


def test_an_item_is_refused_for_what_it_alone_would_be(api, training):
    changes = {"evidence_held": "one-term-induction", "declaration_date": "2025-05-01T09:00:00Z"}
    alone = api.post(PATH, envelope(training, **changes)).json()["errors"]

    (found,) = items(api.post(BULK, {"data": [item(training, **changes)]}))

    for error in found["errors"]:
        del error["pointer"]
    assert found["errors"] == alone


def test_the_second_of_two_equal_items_is_refused(api, training):
    response = api.post(BULK, {"data": [item(training), item(training)]})

    assert statuses(response) == [200, 422]
    assert items(response)[1]["errors"][0]["code"] == "declaration.already_declared"
    assert Declaration.objects.count() == 1


def test_items_see_those_before_them(api, lead_provider):
    training = trained(lead_provider, types=("started", "retained-1"))
    first = item(training, declaration_type="retained-1", declaration_date="2025-10-10T09:00:00Z")

    response = api.post(
        BULK, {"data": [first, item(training, declaration_date="2025-10-11T09:00:00Z")]}
    )

    assert statuses(response) == [200, 422]
    assert items(response)[1]["errors"][0]["code"] == "declaration.out_of_sequence"


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(None, id="null"),
        pytest.param(7, id="a number"),
        pytest.param("text", id="text"),
        pytest.param([], id="a list"),
        pytest.param({}, id="an empty object"),
        pytest.param({"attributes": None}, id="no attributes"),
        pytest.param({"attributes": {"unknown": 1}}, id="none that is known"),
        pytest.param({"data": {"attributes": {"participant_id": "x"}}}, id="an envelope too many"),
    ],
)
def test_an_item_that_cannot_be_read_is_400_and_does_not_stop_the_rest(api, training, junk):
    response = api.post(BULK, {"data": [junk, item(training)]})

    assert statuses(response) == [400, 200]
    (error,) = items(response)[0]["errors"]
    assert (error["code"], error["pointer"]) == ("request.bad_envelope", "#/data/0")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("x" * 255, "x" * 255),
        (17, "17"),
        ("", ""),
        (None, None),
        ("x" * 256, 400),
        (True, 400),
        (["x"], 400),
        ({"a": 1}, 400),
    ],
)
def test_a_reference_is_short_text_or_a_number(api, training, reference, expected):
    sent = {**item(training), "client_reference": reference}

    (found,) = items(api.post(BULK, {"data": [sent]}))

    if expected == 400:
        assert found["status"] == 400
        assert found["errors"][0]["code"] == "request.bad_client_reference"
        assert not Declaration.objects.exists()
    else:
        assert (found["status"], found["client_reference"]) == (200, expected)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"data": null}', b'{"data": []}', b'{"data": {"attributes": {}}}'],
)
def test_a_body_without_a_list_of_items_is_400(api, body):
    assert refused(api.post(BULK, body), 400) == ["Bad request"]


@pytest.mark.parametrize(("count", "status"), [(500, 200), (501, 422)])
def test_at_most_500_items_are_taken_at_once(api, count, status):
    response = api.post(BULK, {"data": [None] * count})

    assert response.status_code == status
    if status == 422:
        assert refused(response) == ["data"]
        assert response.json()["errors"][0]["code"] == "declaration.too_many_items"


def test_other_methods_are_not_allowed(api):
    response = api.get(BULK)

    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_anothers_participants_are_unknown(api):
    theirs = trained(LeadProviderFactory())

    (found,) = items(api.post(BULK, {"data": [item(theirs)]}))

    assert found["errors"][0]["code"] == "declaration.unknown"


# -- Quota -----------------------------------------------------------------------------------


def test_items_have_a_quota_of_their_own(api, settings, lead_provider):
    settings.API_BULK_ITEM_LIMIT = 5
    people = [trained(lead_provider) for _ in range(3)]
    listed = {"data": [item(each) for each in people]}
    assert statuses(api.post(BULK, listed)) == [200] * 3

    response = api.post(BULK, listed)

    assert refused(response, 429) == ["Too many requests"]
    assert 0 < int(response["Retry-After"]) <= 300
    assert statuses(api.post(BULK, {"data": listed["data"][:2]})) == [422, 422]
    assert api.get(PATH).status_code == 200


def test_another_providers_items_are_not_counted(api, api_client, settings):
    settings.API_BULK_ITEM_LIMIT = 1
    assert api.post(BULK, {"data": [None]}).status_code == 200
    assert api.post(BULK, {"data": [None]}).status_code == 429

    assert api_client(LeadProviderFactory()).post(BULK, {"data": [None]}).status_code == 200


def test_no_quota_where_limits_are_off(api, settings):
    settings.API_RATE_LIMIT, settings.API_BULK_ITEM_LIMIT = None, 1

    assert api.post(BULK, {"data": [None] * 3}).status_code == 200


# -- Sent again ------------------------------------------------------------------------------


def test_a_list_sent_again_with_its_key_is_done_once_and_costs_no_items(
    api, lead_provider, settings
):
    settings.API_BULK_ITEM_LIMIT = 2
    body = {"data": [item(trained(lead_provider)), None]}
    headers = {"Idempotency-Key": "list-1"}

    first, again = (api.post(BULK, body, **headers) for _ in range(2))

    assert statuses(first) == [200, 400]
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true"
    assert Declaration.objects.count() == 1


def test_what_fails_half_way_leaves_neither_declarations_nor_an_answer(
    api, lead_provider, monkeypatch
):
    api._client.raise_request_exception = False
    monkeypatch.setattr("providers.endpoints.declarations.payloads_shown", lambda *_: {})
    body = {"data": [item(trained(lead_provider))]}

    assert api.post(BULK, body, **{"Idempotency-Key": "list-2"}).status_code == 500
    assert not Declaration.objects.exists()
    assert not IdempotentAnswer.objects.exists()


# -- Dry runs --------------------------------------------------------------------------------


def everything():
    models = (Declaration, Event, ShownResource, ShownChange)
    return [sorted(model.objects.values_list("pk", flat=True)) for model in models]


def test_a_dry_run_tells_of_each_item_and_writes_nothing(api, lead_provider):
    good, taken = trained(lead_provider), trained(lead_provider)
    DeclarationFactory(training_period=taken)
    listed = {"data": [item(good), item(taken), item(good)]}
    api.get(PATH)
    before = everything()

    response = api.post(f"{BULK}?dry_run=true", listed)

    assert statuses(response) == [200, 422, 422]
    assert response["Dry-Run"] == "true"
    assert everything() == before
    assert statuses(api.post(BULK, listed)) == [200, 422, 422]


def test_one_declaration_can_be_tried(api, training):
    api.get(PATH)
    before = everything()

    response = api.post(f"{PATH}?dry_run=true", envelope(training))

    tried = declared(response)
    assert (response["Dry-Run"], tried["attributes"]["state"]) == ("true", "submitted")
    assert everything() == before
    assert api.get(f"{PATH}/{tried['id']}").status_code == 404
    made = declared(api.post(PATH, envelope(training)))
    assert made["attributes"] == tried["attributes"]


def test_a_dry_run_is_refused_as_the_write_would_be(api, training):
    response = api.post(f"{PATH}?dry_run=1", envelope(training, participant_id=str(uuid.uuid4())))

    assert refused(response) == ["participant_id"]


@pytest.mark.parametrize(
    ("value", "status", "is_written"),
    [
        ("false", 200, True),
        ("0", 200, True),
        ("", 200, True),
        ("TRUE", 200, False),
        ("yes", 400, False),
    ],
)
def test_only_true_and_false_are_understood(api, training, value, status, is_written):
    response = api.post(f"{PATH}?dry_run={value}", envelope(training))

    assert response.status_code == status
    assert Declaration.objects.exists() is is_written
    assert ("Dry-Run" in response) is (status == 200 and not is_written)


# -- Cost ------------------------------------------------------------------------------------


def test_an_item_costs_less_in_a_list_than_alone(api, lead_provider):
    people = [trained(lead_provider) for _ in range(11)]
    api.get(PATH)
    api.catches_up = False
    with CaptureQueriesContext(connection) as alone:
        declared(api.post(PATH, envelope(people[0])))
    cost_alone = len(alone)
    with CaptureQueriesContext(connection) as in_list:
        assert statuses(api.post(BULK, {"data": [item(each) for each in people[1:]]})) == [200] * 10

    assert len(in_list) < 10 * cost_alone


# -- On another day --------------------------------------------------------------------------


def test_a_list_is_made_as_of_a_simulated_day_and_shown_as_it_is_read(api, training):
    later = {"X-With-Server-Date": "2026-01-20T09:00:00Z"}
    sent = item(training, declaration_date="2026-01-19T09:00:00Z")
    assert statuses(api.post(BULK, {"data": [sent]})) == [422]

    (made,) = items(api.post(BULK, {"data": [sent]}, **later))

    assert made["data"]["attributes"]["created_at"] == "2026-01-20T09:00:00Z"
    assert made["data"] == declared(api.get(f"{PATH}/{made['data']['id']}", **later))
