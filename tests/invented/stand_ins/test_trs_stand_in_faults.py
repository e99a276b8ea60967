"""The TRS stand-in fails as it is told to, and remembers what it was asked."""

import time

import httpx
import pytest

from tests.invented.stand_ins.raw_trs import BEGIN, write

pytestmark = pytest.mark.no_database


def test_a_fault_spoils_as_many_calls_as_asked(stand_in, http):
    stand_in.fault("500", times=2)

    statuses = [http.get("/v3/persons/3000001").status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert [call["status"] for call in stand_in.requests()] == statuses


def test_a_fault_without_number_lasts_until_cleared(stand_in, http):
    stand_in.fault("429", seconds=9)

    replies = [http.get("/v3/persons/3000001") for _ in range(3)]
    stand_in.clear_faults()

    assert {(reply.status_code, reply.headers["Retry-After"]) for reply in replies} == {(429, "9")}
    assert http.get("/v3/persons/3000001").status_code == 200


@pytest.mark.parametrize("kind", ["down", "timeout"])
def test_hangs_up_without_a_word(stand_in, http, kind):
    stand_in.fault(kind, seconds=0.1)

    with pytest.raises(httpx.RemoteProtocolError):
        http.get("/v3/persons/3000001")


def test_is_slow_and_then_answers(stand_in, http):
    stand_in.fault("slow", times=1, seconds=0.3)

    with pytest.raises(httpx.ReadTimeout):
        http.get("/v3/persons/3000001", timeout=0.05)
    stand_in.fault("slow", times=1, seconds=0.05)
    assert http.get("/v3/persons/3000001").status_code == 200


def test_a_slow_call_is_not_told_after_a_reset(stand_in, http):
    stand_in.fault("slow", times=1, seconds=0.2)
    with pytest.raises(httpx.ReadTimeout):
        http.get("/v3/persons/3000001", timeout=0.05)

    stand_in.reset()

    time.sleep(0.3)  # until it was answered
    assert stand_in.requests() == []


def test_a_spoiled_write_changes_nothing(stand_in, http):
    stand_in.fault("500", times=1)

    write(http, "3000001")

    assert stand_in.person("3000001")["induction"]["status"] == "RequiredToComplete"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "earthquake"},
        {"kind": "slow", "times": 0},
        {"kind": "slow", "times": "many"},
        {"kind": "slow", "seconds": -1},
        {"kind": "slow", "seconds": "long"},
        [],
    ],
)
def test_refuses_a_malformed_fault(http, fault):
    assert http.post("/__admin/faults", json=fault).status_code == 400
    assert http.get("/__admin/faults").json() == {"kind": None}


def test_the_log_shows_which_conditions_were_sent_but_not_a_persons_details(stand_in, http):
    http.get("/v3/persons/3000001", params={"dateOfBirth": "1977-02-03", "include": "Alerts"})
    write(http, "3000001")

    assert stand_in.requests() == [
        {
            "method": "GET",
            "path": "/v3/persons/3000001",
            "parameters": ["dateOfBirth", "include"],
            "body": None,
            "status": 200,
        },
        {
            "method": "PUT",
            "path": "/v3/persons/3000001/cpd-induction",
            "parameters": [],
            "body": BEGIN,
            "status": 204,
        },
    ]


def test_the_page_switches_faults_on_and_off(http):
    switched = http.post("/__admin/faults", data={"kind": "429"})
    assert (switched.status_code, switched.headers["Location"]) == (303, "/")
    assert "TRS is failing: 429" in http.get("/").text

    http.post("/__admin/faults", data={"kind": ""})
    assert "TRS is answering as usual" in http.get("/").text
