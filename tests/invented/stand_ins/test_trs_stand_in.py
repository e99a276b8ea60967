"""The TRS stand-in speaks TRS's protocol: asked in raw HTTP, without our client."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import date

import httpx
import pytest

from register_ects.invented.people import TRNS_WITH_OWN_DETAILS
from register_ects.invented.stand_ins.trs import person, serving
from register_ects.invented.stand_ins.trs.__main__ import main
from register_ects.invented.stand_ins.trs.seeds import (
    birthday,
    ni_number,
    seed_people,
)

pytestmark = pytest.mark.no_database

HEADERS = {"Authorization": "Bearer demo-trs-key", "X-Api-Version": "20260120"}
EVERYTHING = "Alerts,Induction,MandatoryQualifications,RoutesToProfessionalStatuses"
BEGIN = {
    "status": "InProgress",
    "startDate": "2025-09-01",
    "completedDate": None,
    "modifiedOn": "2026-03-12T09:15:00.123Z",
}


@pytest.fixture
def stand_in(fresh_trs):
    return fresh_trs


@pytest.fixture(scope="module")
def connection(running_trs):
    with httpx.Client(
        base_url=running_trs.base_url, headers=HEADERS, trust_env=False
    ) as connection:
        yield connection


@pytest.fixture
def http(stand_in, connection):
    return connection


def write(http, trn, **differs):
    return http.put(f"/v3/persons/{trn}/cpd-induction", json={**BEGIN, **differs})


def code(response):
    return response.json().get("errorCode") if response.content else None


# -- Who may ask ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({}, 200, id="key and version"),
        pytest.param({"Authorization": ""}, 401, id="no key"),
        pytest.param({"Authorization": "Bearer wrong"}, 401, id="wrong key"),
        pytest.param({"Authorization": "demo-trs-key"}, 401, id="not a bearer"),
        pytest.param({"X-Api-Version": ""}, 400, id="no version"),
        pytest.param({"X-Api-Version": "3"}, 400, id="not a dated version"),
        pytest.param({"Authorization": "", "X-Api-Version": ""}, 401, id="the key comes first"),
    ],
)
def test_needs_the_key_and_a_version(http, changed, status):
    assert http.get("/v3/persons/3000001", headers=changed).status_code == status
    if status != 200:
        assert http.put("/v3/persons/3000001/cpd-induction", headers=changed).status_code == status


# -- Reading -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trn", "query", "status", "error_code"),
    [
        ("3000001", {}, 200, None),
        ("3000001", {"dateOfBirth": "1977-02-03"}, 200, None),
        ("3000001", {"dateOfBirth": "1977-02-04"}, 404, 10001),
        ("3000001", {"dateOfBirth": "03/02/1977"}, 400, None),
        ("3000001", {"dateOfBirth": "19770203"}, 400, None),
        ("3000001", {"dateOfBirth": ""}, 400, None),
        ("3000001", {"nationalInsuranceNumber": "QQ123456C"}, 200, None),
        ("3000001", {"nationalInsuranceNumber": "QQ123456D"}, 404, 10001),
        (
            "3000001",
            {"dateOfBirth": "1977-02-03", "nationalInsuranceNumber": "QQ123456C"},
            400,
            None,
        ),
        ("3000001", {"include": "PreviousNames"}, 200, None),
        ("3000001", {"include": "InitialTeacherTraining"}, 400, None),
        ("7000002", {}, 404, 10001),
        ("123", {}, 404, None),
        ("7000004", {}, 410, None),
        ("7000011", {}, 308, None),
        ("7000011", {"dateOfBirth": "1999-01-01"}, 308, None),
    ],
)
def test_answers_a_read(http, trn, query, status, error_code):
    response = http.get(f"/v3/persons/{trn}", params=query)

    assert response.status_code == status
    assert status in {200, 308} or code(response) == error_code


def test_a_merged_record_redirects_to_the_survivor(http):
    response = http.get("/v3/persons/7000011")

    assert response.headers["Location"] == "/v3/persons/7000012"


def test_sends_a_record_in_full(stand_in, http):
    amara = person("1234567", first_name="Amara", qts_held_from=date(2025, 7, 1))
    stand_in.upsert(amara)

    record = http.get("/v3/persons/1234567", params={"include": EVERYTHING}).json()

    assert record == {key: amara[key] for key in amara if key not in {"deactivated", "mergedInto"}}
    assert record["qts"]["holdsFrom"] == "2025-07-01"
    assert record["routesToProfessionalStatuses"][0]["trainingEndDate"] == "2025-06-27"


def test_leaves_out_what_was_not_asked_for(http):
    record = http.get("/v3/persons/3000001", params={"include": "Induction"}).json()

    assert record["induction"]["status"] == "RequiredToComplete"
    assert not {"alerts", "routesToProfessionalStatuses"} & record.keys()


# -- Writing -------------------------------------------------------------------------------

NO_START, NO_COMPLETED = {"startDate": None}, {"completedDate": None}
COMPLETED = {"completedDate": "2026-07-10"}


@pytest.mark.parametrize(
    ("trn", "change", "status", "error_code"),
    [
        pytest.param("3000001", {}, 204, None, id="begin"),
        pytest.param("3000001", {"status": "Passed", **COMPLETED}, 204, None, id="pass"),
        pytest.param("3000001", {"status": "Failed", **COMPLETED}, 204, None, id="fail"),
        pytest.param(
            "3000001", {"status": "RequiredToComplete", **NO_START}, 204, None, id="reset"
        ),
        pytest.param("7000007", {}, 204, None, id="reopen"),
        pytest.param("3000001", {"status": "None"}, 400, 10035, id="None"),
        pytest.param("3000001", {"status": "Exempt"}, 400, 10035, id="Exempt"),
        pytest.param("3000001", {"status": "FailedInWales"}, 400, 10035, id="FailedInWales"),
        pytest.param("3000001", {"status": "Finished"}, 400, None, id="unknown status"),
        pytest.param("3000001", {"status": ["Passed"]}, 400, None, id="status is a list"),
        pytest.param("3000001", NO_START, 400, 10036, id="begin without start"),
        pytest.param(
            "3000001", {"status": "Passed", **NO_COMPLETED}, 400, 10037, id="pass not completed"
        ),
        pytest.param(
            "3000001", {"status": "Failed", **NO_COMPLETED}, 400, 10037, id="fail not completed"
        ),
        pytest.param(
            "3000001", {"status": "RequiredToComplete"}, 400, 10038, id="reset with start"
        ),
        pytest.param("3000001", COMPLETED, 400, 10039, id="begin, completed"),
        pytest.param(
            "3000001",
            {"status": "RequiredToComplete", **NO_START, **COMPLETED},
            400,
            10039,
            id="reset, completed",
        ),
        pytest.param("3000001", {"startDate": "1 May 2025"}, 400, None, id="malformed date"),
        pytest.param("3000001", {"modifiedOn": None}, 400, None, id="no time"),
        pytest.param("3000001", {"modifiedOn": "2026-03-12T09:15"}, 400, None, id="no zone"),
        pytest.param("7000002", {}, 404, 10001, id="unknown"),
        pytest.param("7000004", {}, 404, 10001, id="deactivated"),
        pytest.param("7000011", {}, 404, 10001, id="merged"),
        pytest.param("7000001", {}, 400, 10034, id="no QTS"),
        # The order of the checks:
        pytest.param("7000002", {"status": "None"}, 400, 10035, id="status before person"),
        pytest.param("7000002", NO_START, 400, 10036, id="dates before person"),
        pytest.param(
            "3000001", {"status": "Passed", **NO_START}, 400, 10036, id="start before completed"
        ),
    ],
)
def test_answers_a_write(http, trn, change, status, error_code):
    response = write(http, trn, **change)

    assert response.status_code == status
    assert code(response) == error_code
    assert status != 204 or response.content == b""


def test_a_refused_write_changes_nothing(stand_in, http):
    before = stand_in.person("3000001")

    write(http, "3000001", **NO_START)

    assert stand_in.person("3000001") == before


@pytest.mark.parametrize("body", ["", "[]", "{", "null"])
def test_refuses_a_body_that_is_no_object(http, body):
    assert http.put("/v3/persons/3000001/cpd-induction", content=body).status_code == 400


@pytest.mark.parametrize(
    ("later_call", "status"),
    [
        pytest.param("2026-03-12T09:15:00.122Z", 409, id="made earlier"),
        pytest.param("2026-03-12T09:15:00.123Z", 204, id="made at the same time"),
        pytest.param("2026-03-12T09:15:00.124Z", 204, id="made later"),
        pytest.param("2026-03-12T09:15:00Z", 409, id="made earlier, without milliseconds"),
        pytest.param("2026-03-12T10:14:59+01:00", 409, id="made earlier, other zone"),
    ],
)
def test_the_change_made_last_wins_whatever_the_order_of_arrival(
    stand_in, http, later_call, status
):
    write(http, "3000001")

    response = write(http, "3000001", startDate="2025-01-01", modifiedOn=later_call)

    assert response.status_code == status
    expected = "2025-09-01" if status == 409 else "2025-01-01"
    assert stand_in.person("3000001")["induction"]["startDate"] == expected
    assert status == 204 or code(response) == 10033


def test_of_many_writes_at_once_the_one_made_last_wins(stand_in, http):
    def send(second):
        write(
            http,
            "3000001",
            startDate=f"2025-09-{second:02d}",
            modifiedOn=f"2026-03-12T09:15:{second:02d}.000Z",
        )

    threads = [threading.Thread(target=send, args=(second,)) for second in range(20, 0, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stand_in.person("3000001")["induction"]["startDate"] == "2025-09-20"
    assert {call["status"] for call in stand_in.requests()} <= {204, 409}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v3/persons"),
        ("POST", "/v3/persons/3000001"),
        ("GET", "/v3/persons/3000001/cpd-induction"),
        ("GET", "/__admin/nothing"),
    ],
)
def test_knows_no_other_address(http, method, path):
    assert http.request(method, path).status_code == 404


# -- People --------------------------------------------------------------------------------


def test_upserts_one_person_or_many_and_keeps_what_is_not_given(stand_in, http):
    assert http.post("/__admin/people", json={"trn": "1234567"}).json() == {"upserted": 1}
    stand_in.upsert({"trn": "1234567", "firstName": "Ada"}, {"trn": "3000002", "lastName": "Bell"})

    ada = stand_in.person("1234567")
    assert (ada["firstName"], ada["dateOfBirth"]) == ("Ada", "1977-02-03")
    assert ada["nationalInsuranceNumber"] == "QQ123456C"
    assert ada["qts"]["holdsFrom"] == "2023-07-20"
    assert stand_in.person("3000002")["lastName"] == "Bell"


@pytest.mark.parametrize(
    "people",
    ["text", [3], {}, {"trn": "123"}, {"trn": 1234567}, {"trn": "1234567", "shoe_size": 39}],
)
def test_refuses_what_is_not_a_person(http, people):
    assert http.post("/__admin/people", json=people).status_code == 400


def test_reset_goes_back_to_the_seeds(stand_in, http):
    seeds = http.get("/__admin/people").json()
    write(http, "3000001")
    stand_in.upsert({"trn": "1234567"})
    stand_in.fault("500")

    assert http.post("/__admin/reset").status_code == 204

    assert http.get("/__admin/people").json() == seeds
    assert http.get("/__admin/requests").json() == {"requests": []}
    assert http.get("/__admin/faults").json() == {"kind": None}
    earlier = write(http, "3000001", modifiedOn="2020-01-01T00:00:00.000Z")
    assert earlier.status_code == 204  # not stale: the earlier write is forgotten


def test_writes_outlive_a_restart(tmp_path):
    database = tmp_path / "new folder" / "trs.sqlite3"
    with serving(database) as stand_in:
        address = f"{stand_in.base_url}/v3/persons/3000001/cpd-induction"
        httpx.put(address, json=BEGIN, headers=HEADERS, trust_env=False)

    with serving(database) as stand_in:
        assert stand_in.person("3000001")["induction"]["status"] == "InProgress"


# -- Seeds ---------------------------------------------------------------------------------


def test_the_seeds_are_the_same_every_time_and_no_two_share_a_name():
    people = list(seed_people(date(2026, 7, 20)))

    assert people == list(seed_people(date(2026, 7, 20)))
    assert len({(each["firstName"], each["lastName"]) for each in people}) == len(people)
    assert len({each["trn"] for each in people}) == len(people) == 999 + 200 + 15


def test_ordinary_people_got_qts_three_years_ago_even_on_a_leap_day():
    ordinary = next(seed_people(date(2028, 2, 29)))

    assert ordinary["qts"]["holdsFrom"] == "2025-02-28"
    assert ordinary["induction"]["status"] == "RequiredToComplete"


def test_people_with_their_own_details_have_well_formed_ni_numbers():
    well_formed = re.compile(
        "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]"
    )

    numbers = [ni_number(nth) for nth in range(len(TRNS_WITH_OWN_DETAILS))]

    assert [number for number in numbers if not well_formed.fullmatch(number)] == []


def test_people_with_their_own_details_are_22_to_60_in_the_summer_of_2026():
    birthdays = [birthday(nth) for nth in range(len(TRNS_WITH_OWN_DETAILS))]

    assert date(1966, 7, 20) < min(birthdays) < max(birthdays) < date(2004, 7, 20)


def test_people_with_their_own_details_share_none():
    everyone = range(len(TRNS_WITH_OWN_DETAILS))

    assert len({ni_number(nth) for nth in everyone}) == len({birthday(nth) for nth in everyone})
    assert len({birthday(nth) for nth in everyone}) == len(TRNS_WITH_OWN_DETAILS)


@pytest.mark.parametrize(
    ("trn", "status"),
    [
        ("7000007", "Passed"),
        ("7000008", "Failed"),
        ("7000009", "Exempt"),
        ("7000010", "FailedInWales"),
        ("7000012", "RequiredToComplete"),
        ("7000013", "InProgress"),
        ("7000014", "None"),
    ],
)
def test_there_is_someone_with_each_induction_status(stand_in, trn, status):
    assert stand_in.person(trn)["induction"]["status"] == status


# -- Faults and the log --------------------------------------------------------------------


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


# -- The page for people -------------------------------------------------------------------


def test_the_page_lists_every_special_trn_with_what_to_type(stand_in, http):
    stand_in.upsert({"trn": "7000001", "firstName": "<b>Bold"})
    write(http, "7000006")

    page = http.get("/").text

    assert all(f"<td>{trn}</td>" in page for trn in range(7000001, 7000017))
    assert f"<td>{birthday(0)}</td><td>{ni_number(0)}</td>" in page
    assert "<td>InProgress 2025-09-01</td>" in page
    assert "&lt;b&gt;Bold" in page


def test_the_page_switches_faults_on_and_off(http):
    switched = http.post("/__admin/faults", data={"kind": "429"})
    assert (switched.status_code, switched.headers["Location"]) == (303, "/")
    assert "TRS is failing: 429" in http.get("/").text

    http.post("/__admin/faults", data={"kind": ""})
    assert "TRS is answering as usual" in http.get("/").text


# -- The process ---------------------------------------------------------------------------


@pytest.fixture
def start_process(tmp_path):
    def start(**environment):
        command = [sys.executable, "-m", "register_ects.invented.stand_ins.trs"]
        arguments = ["--port", "0", "--database", str(tmp_path / "trs.sqlite3")]
        return subprocess.Popen(
            command + arguments,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_runs_as_a_process_with_quiet_logs_and_stops_when_told(start_process):
    with start_process(ENVIRONMENT="test", TRS_API_KEY="another-fake-key") as process:
        address = process.stdout.readline().removeprefix("TRS stand-in: ").strip()
        with httpx.Client(base_url=address, trust_env=False) as http:
            headers = {**HEADERS, "Authorization": "Bearer another-fake-key"}
            reply = http.get(
                "/v3/persons/3000001", params={"dateOfBirth": "1977-02-03"}, headers=headers
            )
            http.post("/__admin/faults", json={"kind": "slow", "seconds": 60})
            with pytest.raises(httpx.ReadTimeout):
                http.get("/v3/persons/3000001", headers=headers, timeout=0.1)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=5)

    assert (reply.status_code, process.returncode) == (200, 0)
    assert (output, errors) == ("", "")


def test_does_not_run_in_production(settings, monkeypatch, capsys, tmp_path):
    settings.PRODUCTION = True
    database = tmp_path / "trs.sqlite3"
    monkeypatch.setattr(sys, "argv", ["trs", "--port", "0", "--database", str(database)])

    assert main() == 1

    assert "does not run in production" in capsys.readouterr().err
    assert not database.exists()
