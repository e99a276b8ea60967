"""The TRS stand-in speaks TRS's protocol: asked in raw HTTP, without our client."""

import threading
from datetime import date

import pytest

from register_ects.invented.stand_ins.trs import person
from tests.invented.stand_ins.raw_trs import write

pytestmark = pytest.mark.no_database

EVERYTHING = "Alerts,Induction,MandatoryQualifications,RoutesToProfessionalStatuses"


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
