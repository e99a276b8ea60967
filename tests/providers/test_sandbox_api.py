"""The sandbox's own endpoints: what was seeded, and start afresh."""

import pytest

from register_ects.models import SandboxScenario, ShownResource
from tests.factories import LeadProviderFactory, PairingFactory, SchoolFactory

KEYS = ["school-partnership-without-participants-1", "school-untouched-1"]


pytestmark = pytest.mark.day("2026-11-24")


@pytest.fixture(autouse=True)
def _schools(lead_provider):
    PairingFactory(lead_provider=lead_provider, year=2025)
    SchoolFactory.create_batch(40)  # which of them are free depends on their numbers


def scenarios(response):
    assert response.status_code == 200, response.content
    return {item["id"]: item["attributes"] for item in response.json()["data"]}


def test_nothing_is_listed_before_anything_was_seeded(api):
    assert scenarios(api.get("/sandbox/scenarios")) == {}


def test_a_reset_seeds_and_lists_what_plays_with_ids(api, lead_provider):
    seeded = scenarios(api.post("/sandbox/reset", {}))

    assert set(KEYS) <= set(seeded)
    partnership = seeded[KEYS[0]]["partnership_ids"][0]
    assert seeded[KEYS[0]] == {
        "group": "schools",
        "title": "Partnership in 2025 without participants",
        "shared": False,
        "participant_ids": [],
        "school_ids": seeded[KEYS[0]]["school_ids"],
        "partnership_ids": [partnership],
    }
    assert scenarios(api.get("/sandbox/scenarios")) == seeded
    assert ShownResource.objects.filter(api_id=partnership, lead_provider=lead_provider).exists()


def test_a_second_reset_keeps_the_ids(api):
    first = scenarios(api.post("/sandbox/reset", {}))

    assert scenarios(api.post("/sandbox/reset", b"")) == first
    assert SandboxScenario.objects.count() == len(first)


def test_the_change_feed_tells_of_the_end_before_the_new_beginning(api):
    seeded = scenarios(api.post("/sandbox/reset", {}))
    (partnership,) = seeded[KEYS[0]]["partnership_ids"]

    api.post("/sandbox/reset", {})

    changes = [
        item["change"] if "change" in item else item["attributes"]["change"]
        for item in api.get("/changes").json()["data"]
        if partnership in str(item)
    ]
    assert changes == ["created", "removed", "created"]


def test_a_provider_without_a_delivery_partner_is_told_so(api_client):
    response = api_client(LeadProviderFactory()).post("/sandbox/reset", {})

    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "sandbox.no_delivery_partner"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/sandbox/scenarios"), ("POST", "/sandbox/reset")]
)
def test_production_has_no_sandbox(api, settings, method, path):
    settings.PRODUCTION = True
    api.is_held_to_it = False

    assert api.request(method, path).status_code == 404
    assert not SandboxScenario.objects.exists()
