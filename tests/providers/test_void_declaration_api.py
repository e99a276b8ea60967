"""PUT /participant-declarations/{id}/void over the wire (spec 02 §2.15.3, 03 §5.1)."""

import json
from datetime import date

import pytest

from register_ects.models import Declaration, Event
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.declaring import PATH, declared, envelope, refused, statements, trained

pytestmark = pytest.mark.day("2026-02-02")


def void(api, declaration, body=b"", **headers):
    return api.request("PUT", f"{PATH}/{declaration.api_id}/void", body, **headers)


@pytest.mark.parametrize("trait", [None, "eligible", "payable"])
def test_what_was_not_paid_is_voided_and_loses_its_statement(api, training, trait):
    declaration = DeclarationFactory(training_period=training, **({trait: True} if trait else {}))

    data = declared(void(api, declaration))

    assert (data["id"], data["attributes"]["state"]) == (str(declaration.api_id), "voided")
    assert data["attributes"]["statement_id"] is None
    assert declared(api.get(f"{PATH}/{declaration.api_id}")) == data
    event = Event.objects.get(event_type="teacher_declaration_voided")
    assert (event.author_type, event.author_name) == ("lead_provider_api", "Harbour Learning")


def test_what_was_paid_awaits_clawback_on_the_next_open_output_statement(api, training):
    declaration = DeclarationFactory(training_period=training, paid=True)
    _, wanted, _ = statements(training.lead_provider, "2026-01-31", "2026-03-31", "2026-07-31")

    data = declared(void(api, declaration))["attributes"]

    assert data["state"] == "awaiting-clawback"
    assert data["clawback_statement_id"] == str(wanted.api_id)
    assert data["statement_id"] == str(declaration.payment_statement.api_id)


@pytest.mark.parametrize(
    ("trait", "code", "said"),
    [
        ("voided", "already_voided", "voided already"),
        ("awaiting_clawback", "already_clawed_back", "under way or done"),
        ("clawed_back", "already_clawed_back", "under way or done"),
        ("paid", "no_statement_for_clawback", "2025"),
    ],
)
def test_what_cannot_be_voided_is_refused_on_its_id(api, training, trait, code, said):
    declaration = DeclarationFactory(training_period=training, **{trait: True})

    response = void(api, declaration)

    assert refused(response) == ["participant_declaration_id"]
    (error,) = response.json()["errors"]
    assert error["code"] == f"declaration.{code}"
    assert said in error["detail"]
    assert "'#/participant_declaration_id'" in error["detail"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="unreadable"),
        pytest.param(b"\xff\xfe", id="not text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"data": {"attributes": {"state": "paid"}}}', id="attributes"),
    ],
)
def test_any_body_is_ignored(api, training, body):
    declaration = DeclarationFactory(training_period=training)

    assert declared(void(api, declaration, body))["attributes"]["state"] == "voided"


@pytest.mark.parametrize("api_id", ["nonsense", "60ffd1d6-c81a-4cb5-8bbf-e1b618b31878"])
def test_an_unknown_id_is_not_found(api, api_id):
    response = api.request("PUT", f"{PATH}/{api_id}/void", b"{")

    assert refused(response, 404) == ["Resource not found"]


def test_anothers_declaration_is_not_found_even_where_it_can_be_read(api, lead_provider):
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=LeadProviderFactory(),
        finished_on=date(2025, 9, 30),
    )
    trained(
        lead_provider,
        ect_at_school_period=placement,
        teacher=placement.teacher,
        started_on=date(2025, 10, 1),
    )
    declaration = DeclarationFactory(training_period=theirs)
    assert api.get(f"{PATH}/{declaration.api_id}").status_code == 200

    assert refused(void(api, declaration), 404) == ["Resource not found"]
    assert Declaration.objects.get().state == "submitted"


def test_a_frozen_cohort_does_not_stop_a_void(api, lead_provider):
    training = trained(lead_provider, year=2022)
    declaration = DeclarationFactory(training_period=training, eligible=True)
    training.contract_period.payments_frozen_at = noon(date(2025, 6, 16))
    training.contract_period.save()

    assert declared(void(api, declaration))["attributes"]["state"] == "voided"


def test_whoever_has_left_can_be_voided_for(api, lead_provider):
    training = trained(lead_provider, withdrawn=True, finished_on=date(2025, 11, 1))
    declaration = DeclarationFactory(training_period=training)

    assert declared(void(api, declaration))["attributes"]["state"] == "voided"


def test_a_slot_that_was_voided_can_be_declared_again(api, training):
    declaration = DeclarationFactory(training_period=training)
    declared(void(api, declaration))

    again = declared(api.post(PATH, envelope(training)))

    assert again["id"] != str(declaration.api_id)


def test_a_dry_run_answers_as_if_and_writes_nothing(api, training):
    declaration = DeclarationFactory(training_period=training)
    before = declared(api.get(f"{PATH}/{declaration.api_id}"))

    response = api.request("PUT", f"{PATH}/{declaration.api_id}/void?dry_run=true")

    assert response["Dry-Run"] == "true"
    assert declared(response)["attributes"]["state"] == "voided"
    assert declared(api.get(f"{PATH}/{declaration.api_id}")) == before
    assert not Event.objects.filter(declaration=declaration).exists()


def test_a_key_that_is_sent_again_voids_once(api, training):
    declaration = DeclarationFactory(training_period=training)
    headers = {"Idempotency-Key": "void-1"}

    first, second = (void(api, declaration, **headers) for _ in range(2))

    assert json.loads(second.content) == json.loads(first.content)
    assert second["Idempotent-Replayed"] == "true"
    assert refused(void(api, declaration)) == ["participant_declaration_id"]
