"""What the TRS client makes of trouble, and what it tells nobody: over real HTTP."""

import json
import logging
import socket
import threading
import time
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from types import SimpleNamespace

import pytest

from register_ects.integrations.trs import (
    Alert,
    TeacherDeactivated,
    TeacherMerged,
    TeacherNotFound,
    TeacherRecord,
    TRSClient,
    TRSMisconfigured,
    TRSRejected,
    TRSStale,
    TRSUnavailable,
    client,
    get_client,
)
from tests.integrations.replies import canned

pytestmark = pytest.mark.no_database

BIRTHDAY = date(1977, 2, 3)
MODIFIED_ON = datetime(2026, 3, 12, 9, 15, 0, 123456, UTC)
BEGIN = {"status": "InProgress", "start_date": date(2025, 9, 1), "completed_date": None}


# -- Trouble -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status", "retry_after"),
    [
        ("down", None, None),
        ("timeout", None, None),
        ("429", 429, 2),
        ("500", 500, None),
    ],
)
def test_trouble_at_trs_may_be_tried_again(stand_in, trs, kind, status, retry_after):
    stand_in.fault(kind, **({"seconds": 3.0} if kind == "timeout" else {}))

    with pytest.raises(TRSUnavailable) as trouble:
        trs.find_teacher("3000001")
    with pytest.raises(TRSUnavailable):
        trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)

    assert (trouble.value.status, trouble.value.retry_after) == (status, retry_after)
    stand_in.clear_faults()
    assert trs.find_teacher("3000001").trn == "3000001"


def test_waits_for_a_slow_answer(stand_in, trs):
    stand_in.fault("slow", times=1, seconds=0.2)

    assert trs.find_teacher("3000001").trn == "3000001"


def test_an_address_where_nobody_listens_is_unavailable(unused_address):
    with TRSClient(unused_address, "key", "20260120") as trs, pytest.raises(TRSUnavailable):
        trs.find_teacher("3000001")


@pytest.fixture
def unused_address():
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    return f"http://127.0.0.1:{port}"


def test_a_wrong_key_is_for_an_operator_to_mend(stand_in):
    with TRSClient(stand_in.base_url, "wrong", "20260120") as trs, pytest.raises(TRSMisconfigured):
        trs.find_teacher("3000001")


def moved_to(address):
    return {"headers": {"Location": address}}


@pytest.mark.parametrize(
    ("status", "reply", "error"),
    [
        pytest.param(200, {"body": "<html>"}, TRSUnavailable, id="200 that is not JSON"),
        pytest.param(200, {"body": "[]"}, TRSUnavailable, id="200 that is a list"),
        pytest.param(200, {"body": "{}"}, TRSUnavailable, id="200 without a person"),
        pytest.param(302, moved_to("/maintenance"), TRSUnavailable, id="302"),
        pytest.param(
            308, moved_to("https://trs.example/v3/persons/7654321"), TeacherMerged, id="308"
        ),
        pytest.param(308, {}, TRSMisconfigured, id="308 to nowhere"),
        pytest.param(308, moved_to("/v3/persons/12"), TRSMisconfigured, id="308 to no TRN"),
        pytest.param(
            308, moved_to("/v3/persons/3000001"), TRSMisconfigured, id="308 to the same TRN"
        ),
        pytest.param(400, {"body": "no JSON"}, TRSRejected, id="400"),
        pytest.param(401, {}, TRSMisconfigured, id="401"),
        pytest.param(403, {}, TRSMisconfigured, id="403"),
        pytest.param(404, {}, TRSMisconfigured, id="404 without body"),
        pytest.param(404, {"body": "{}"}, TRSMisconfigured, id="404 without a code"),
        pytest.param(404, {"body": '{"errorCode": 1}'}, TRSMisconfigured, id="404, another code"),
        pytest.param(404, {"body": '{"errorCode": 1e999}'}, TRSMisconfigured, id="404, no number"),
        pytest.param(404, {"body": "[10001]"}, TRSMisconfigured, id="404 with a list"),
        pytest.param(404, {"body": '{"errorCode": 10001}'}, TeacherNotFound, id="404"),
        pytest.param(404, {"body": '{"errorCode": 10058}'}, TeacherDeactivated, id="404 inactive"),
        pytest.param(404, {"kind": "text/html"}, TRSMisconfigured, id="404 of a gateway"),
        pytest.param(408, {}, TRSUnavailable, id="408"),
        pytest.param(410, {}, TeacherDeactivated, id="410"),
        pytest.param(418, {}, TRSRejected, id="any other 4xx"),
        pytest.param(503, {}, TRSUnavailable, id="503"),
    ],
)
def test_each_reply_has_one_meaning(status, reply, error):
    with canned(status, **reply) as server, server.client() as trs, pytest.raises(error) as raised:
        trs.find_teacher("3000001")

    assert raised.type is error
    assert len(server.asked) == 1  # no redirect was followed, nothing tried again


def test_a_conflict_on_writing_is_stale():
    with canned(409) as server, server.client() as trs, pytest.raises(TRSStale):
        trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)


def test_a_merged_record_on_writing_names_the_survivor():
    location = moved_to("/v3/persons/7654321/cpd-induction")
    with (
        canned(308, **location) as server,
        server.client() as trs,
        pytest.raises(TeacherMerged) as merged,
    ):
        trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)

    assert merged.value.new_trn == "7654321"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "7200"}, 3600),
        ({"Retry-After": "100000000000000"}, 3600),
        ({"Retry-After": "9" * 5000}, 3600),
        ({"Retry-After": "1e14"}, None),
        (
            {
                "Date": "Mon, 20 Jul 2026 09:00:00 GMT",
                "Retry-After": "Thu, 01 Jan 2099 00:00:00 GMT",
            },
            3600,
        ),
        ({"Retry-After": "Thu, 01 Jan 99999999999999999999 00:00:00 GMT"}, None),
        ({"Retry-After": "Mon, 20 Jul 2026 09:00:00 GMT"}, None),
        (
            {
                "Date": "Mon, 20 Jul 2026 08:59:30 GMT",
                "Retry-After": "Mon, 20 Jul 2026 09:00:00 GMT",
            },
            30,
        ),
        (
            {
                "Date": "Mon, 20 Jul 2026 09:00:30 GMT",
                "Retry-After": "Mon, 20 Jul 2026 09:00:00 GMT",
            },
            0,
        ),
    ],
)
def test_says_how_long_trs_asks_us_to_wait(headers, seconds):
    with (
        canned(503, headers=headers) as server,
        server.client() as trs,
        pytest.raises(TRSUnavailable) as trouble,
    ):
        trs.find_teacher("3000001")

    assert trouble.value.retry_after == seconds


# -- Privacy, configuration ----------------------------------------------------------------


def test_nothing_personal_reaches_logs_or_errors(stand_in, trs, caplog):
    caplog.set_level(logging.DEBUG)
    personal = ["3000001", "1977", "QQ123456C", stand_in.api_key]

    teacher = trs.find_teacher("3000001", date_of_birth=BIRTHDAY)
    texts = [repr(teacher), caplog.text]
    with pytest.raises(TeacherNotFound) as missing:
        trs.find_teacher("7000002", national_insurance_number="QQ123456C")
    body = json.dumps({"trn": "3000001", "firstName": "Ada", "dateOfBirth": "1977-99-99"})
    with (
        canned(200, body) as server,
        server.client() as other,
        pytest.raises(TRSUnavailable) as unreadable,
    ):
        other.find_teacher("3000001", date_of_birth=BIRTHDAY)
    texts += [str(missing.value), str(unreadable.getrepr(style="value")), caplog.text]

    assert not [word for word in [*personal, "Ada", "7000002"] for text in texts if word in text]


def test_get_client_follows_the_settings_and_keeps_one_pool(stand_in, monkeypatch):
    configured = SimpleNamespace(
        TRS_API_BASE_URL=stand_in.base_url,
        TRS_API_KEY=stand_in.api_key,
        TRS_API_VERSION="20260120",
        TRS_MOST_AT_ONCE=2,
    )
    monkeypatch.setattr(client, "settings", configured)

    assert get_client() is get_client()
    assert get_client().find_teacher("3000001").trn == "3000001"
    configured.TRS_API_KEY = "wrong"
    with pytest.raises(TRSMisconfigured):
        get_client().find_teacher("3000001")


def test_threads_that_ask_first_all_at_once_share_one_client(stand_in, settings):
    settings.TRS_API_BASE_URL = stand_in.base_url
    client.forget_clients()
    start, got = threading.Barrier(8), []

    def ask():
        start.wait(5)
        got.append(get_client())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(id, got))) == 1


def test_a_forked_process_gets_its_own_client(monkeypatch):
    configured = SimpleNamespace(
        TRS_API_BASE_URL="http://127.0.0.1:9",
        TRS_API_KEY="key",
        TRS_API_VERSION="20260120",
        TRS_MOST_AT_ONCE=2,
    )
    monkeypatch.setattr(client, "settings", configured)
    ours = get_client()

    monkeypatch.setattr(client.os, "getpid", lambda: -1)

    assert get_client() is not ours


def test_a_record_kept_as_json_comes_back_the_same():
    kept = TeacherRecord(
        trn="7000001",
        first_name="Zoë",
        middle_name="",
        last_name="O'Neil",
        date_of_birth=date(1998, 2, 28),
        national_insurance_number=None,
        email=None,
        induction_status="InProgress",
        induction_start_date=date(2025, 9, 1),
        induction_completed_date=None,
        induction_exemption_reasons=("a reason",),
        qts_awarded_on=None,
        qts_status_description=None,
        itt_provider_name=None,
        itt_start_date=None,
        itt_end_date=None,
        alerts=(Alert(category_id="x", end_date=None),),
        read_at=MODIFIED_ON,
    )

    assert TeacherRecord.from_json(json.loads(json.dumps(kept.as_json()))) == kept


def test_a_server_that_says_nothing_is_given_up_in_less_than_five_seconds():
    """As the service asks: nothing but an address, a key and a version is given."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        with TRSClient(address, "key", "20260120") as trs, pytest.raises(TRSUnavailable):
            trs.find_teacher("3000001")

    assert time.monotonic() - begun < 5


def test_an_answer_that_comes_drop_by_drop_is_given_up_in_time():
    """Each drop comes in time; all of them together must too."""

    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(1000):
                self.wfile.write(b" ")
                time.sleep(0.1)

        def log_message(self, *_):
            pass

    class Server(ThreadingMixIn, HTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            """Say nothing of the caller who has gone away."""

    with Server(("127.0.0.1", 0), Dripping) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        begun = time.monotonic()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            with (
                TRSClient(address, "key", "20260120", read_timeout=1) as trs,
                pytest.raises(TRSUnavailable, match="without end"),
            ):
                trs.find_teacher("3000001")
        finally:
            server.shutdown()
            thread.join()

    assert time.monotonic() - begun < 10
