"""The TRS client, over real HTTP: against the stand-in, and against canned replies."""

import json
import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from types import SimpleNamespace

import pytest

from register_ects import clock
from register_ects.integrations.stand_ins.trs import person, serving
from register_ects.integrations.trs import (
    PROHIBITION_CATEGORY,
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

pytestmark = pytest.mark.no_database

BIRTHDAY = date(1977, 2, 3)
MODIFIED_ON = datetime(2026, 3, 12, 9, 15, 0, 123456, UTC)
BEGIN = {"status": "InProgress", "start_date": date(2025, 9, 1), "completed_date": None}


@pytest.fixture(scope="module")
def running():
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running):
    running.reset()
    return running


@pytest.fixture(scope="module")
def connection(running):
    with TRSClient(running.base_url, running.api_key, "20260120", read_timeout=2) as connection:
        yield connection


@pytest.fixture
def trs(stand_in, connection):
    return connection


# -- Reading -------------------------------------------------------------------------------


def test_reads_every_field_of_a_record(stand_in, trs):
    stand_in.upsert(
        person(
            "1234567",
            first_name="Amara",
            middle_name="Joy",
            last_name="Oduya",
            date_of_birth=date(1998, 2, 1),
            national_insurance_number="AB123456C",
            email="amara@example.org",
            qts_held_from=date(2025, 7, 1),
            induction_status="Exempt",
            induction_start_date=date(2025, 9, 1),
            induction_completed_date=date(2026, 7, 10),
            exemption_reasons=["Qualified before 7 May 1999"],
        )
    )

    with clock.pretend(MODIFIED_ON):
        teacher = trs.find_teacher("1234567")

    assert vars(teacher) == {
        "trn": "1234567",
        "first_name": "Amara",
        "middle_name": "Joy",
        "last_name": "Oduya",
        "date_of_birth": date(1998, 2, 1),
        "national_insurance_number": "AB123456C",
        "email": "amara@example.org",
        "induction_status": "Exempt",
        "induction_start_date": date(2025, 9, 1),
        "induction_completed_date": date(2026, 7, 10),
        "induction_exemption_reasons": ("Qualified before 7 May 1999",),
        "qts_awarded_on": date(2025, 7, 1),
        "qts_status_description": "QualifiedTeacherStatus",
        "itt_provider_name": "Northmoor SCITT",
        "itt_start_date": date(2024, 9, 2),
        "itt_end_date": date(2025, 6, 27),
        "alerts": (),
        "read_at": MODIFIED_ON,
    }
    assert teacher.full_name == "Amara Oduya"
    assert teacher.has_qts


def test_names_come_without_spare_spaces(stand_in, trs):
    names = {
        "firstName": " Zoë\n Ann ",
        "middleName": "\u00a0 ",
        "lastName": "van  der\tBe\u00adrg\u200b\u0000",
    }
    stand_in.upsert({"trn": "3000001", **names})

    teacher = trs.find_teacher("3000001")

    assert (teacher.first_name, teacher.middle_name, teacher.last_name) == (
        "Zoë Ann",
        "",
        "van der Berg",
    )


def test_a_record_of_another_person_is_no_answer(trs):
    other = {"trn": "7654321", "firstName": "A", "lastName": "B", "dateOfBirth": "1998-02-01"}

    with (
        canned(200, json.dumps(other)) as reply,
        reply.client() as lonely,
        pytest.raises(TRSUnavailable),
    ):
        lonely.find_teacher("1234567")


def test_reads_a_record_with_nothing_optional(trs):
    bare = {"trn": "1234567", "firstName": "", "lastName": "Mononym", "dateOfBirth": "1998-02-01"}

    with canned(200, json.dumps(bare)) as reply, reply.client() as lonely:
        teacher = lonely.find_teacher("1234567")

    assert (teacher.full_name, teacher.induction_status) == ("Mononym", None)
    assert (teacher.has_qts, teacher.has_alerts, teacher.itt_end_date) == (False, False, None)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        pytest.param({}, True, id="TRN alone"),
        pytest.param({"date_of_birth": BIRTHDAY}, True, id="right date of birth"),
        pytest.param({"date_of_birth": date(1977, 2, 4)}, False, id="wrong date of birth"),
        pytest.param({"national_insurance_number": "QQ123456C"}, True, id="right NI number"),
        pytest.param({"national_insurance_number": "QQ123456D"}, False, id="wrong NI number"),
    ],
)
def test_finds_a_teacher_only_when_the_condition_matches(trs, condition, found):
    if found:
        assert trs.find_teacher("3000001", **condition).trn == "3000001"
    else:
        with pytest.raises(TeacherNotFound):
            trs.find_teacher("3000001", **condition)


@pytest.mark.parametrize(
    ("trn", "error"),
    [
        ("7000002", TeacherNotFound),
        ("7000004", TeacherDeactivated),
        ("7000011", TeacherMerged),
    ],
)
def test_says_why_there_is_no_record(trs, trn, error):
    with pytest.raises(error):
        trs.find_teacher(trn, date_of_birth=BIRTHDAY)
    with pytest.raises(TeacherNotFound):  # a write does not tell them apart (spec 00)
        trs.write_induction(trn, **BEGIN, modified_on=MODIFIED_ON)


def test_a_merged_record_leads_to_the_survivor(trs):
    with pytest.raises(TeacherMerged) as merged:
        trs.find_teacher("7000011")

    assert trs.find_teacher(merged.value.new_trn).trn == "7000012"


@pytest.mark.parametrize(
    ("trn", "has_alerts", "prohibited"),
    [
        ("7000003", True, True),
        ("7000005", True, False),
        ("7000015", True, False),
        ("7000012", False, False),
    ],
)
def test_tells_alerts_from_prohibitions(trs, trn, has_alerts, prohibited):
    teacher = trs.find_teacher(trn)

    assert (teacher.has_alerts, teacher.is_prohibited(date(2026, 7, 20))) == (
        has_alerts,
        prohibited,
    )


@pytest.mark.parametrize(
    ("end_date", "prohibited"),
    [
        pytest.param(None, True, id="no end"),
        pytest.param("2026-07-19", False, id="ended yesterday"),
        pytest.param("2026-07-20", False, id="ends today"),
        pytest.param("2026-07-21", True, id="ends tomorrow"),
        pytest.param("some day", True, id="unreadable end"),
    ],
)
def test_a_prohibition_holds_until_the_day_it_ends(stand_in, trs, end_date, prohibited):
    category = {"alertCategory": {"alertCategoryId": PROHIBITION_CATEGORY}}
    stand_in.upsert({"trn": "3000001", "alerts": [{"alertType": category, "endDate": end_date}]})

    teacher = trs.find_teacher("3000001")

    assert teacher.is_prohibited(date(2026, 7, 20)) is prohibited
    assert teacher.alert_categories == (PROHIBITION_CATEGORY,)


def test_no_alert_is_active_on_its_end_date():
    assert not Alert("any", end_date=date(2026, 7, 20)).is_active(date(2026, 7, 20))


def route(name, *, kind="QualifiedTeacherStatus", holds_from=None, ended_on=None):
    return {
        "routeToProfessionalStatusType": {"name": "A route", "professionalStatusType": kind},
        "holdsFrom": holds_from,
        "trainingEndDate": ended_on,
        "trainingProvider": name and {"name": name},
    }


@pytest.mark.parametrize(
    ("routes", "provider"),
    [
        pytest.param([], None, id="no route"),
        pytest.param(
            [
                route("Granted", holds_from="2025-07-01", ended_on="2025-06-27"),
                route("Later", ended_on="2026-06-27"),
            ],
            "Granted",
            id="the route that granted QTS, though another ended later",
        ),
        pytest.param(
            [
                route("Early years", kind="EarlyYears", holds_from="2025-07-01"),
                route("Granted", holds_from="2025-07-01"),
            ],
            "Granted",
            id="a route of the same day to another status does not count",
        ),
        pytest.param(
            [
                route("No end"),
                route("Latest", ended_on="2025-06-27"),
                route("Earlier", ended_on="2020-06-27"),
            ],
            "Latest",
            id="else the latest to end, whatever the order",
        ),
        pytest.param([route(None)], None, id="a route without provider"),
    ],
)
def test_shows_the_training_that_granted_qts(stand_in, trs, routes, provider):
    stand_in.upsert(
        {
            "trn": "3000001",
            "qts": {"holdsFrom": "2025-07-01", "routes": []},
            "routesToProfessionalStatuses": routes,
        }
    )

    assert trs.find_teacher("3000001").itt_provider_name == provider


def test_refuses_both_conditions_before_asking(stand_in, trs):
    with pytest.raises(ValueError, match="never both"):
        trs.find_teacher("3000001", date_of_birth=BIRTHDAY, national_insurance_number="QQ123456C")
    assert stand_in.requests() == []


@pytest.mark.parametrize("trn", ["", "123456", "12345678", "RP12345", "../1234", "１２３４５６７"])  # noqa: RUF001
def test_refuses_a_malformed_trn_before_asking(stand_in, trs, trn):
    with pytest.raises(ValueError, match="seven digits"):
        trs.find_teacher(trn)
    assert stand_in.requests() == []


# -- Writing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "start", "completed"),
    [
        ("InProgress", date(2024, 9, 2), None),
        ("Passed", date(2024, 9, 2), date(2026, 7, 10)),
        ("Failed", date(2024, 9, 2), date(2026, 7, 10)),
        ("RequiredToComplete", None, None),
    ],
)
def test_a_write_is_seen_by_the_next_read(trs, status, start, completed):
    trs.write_induction(
        "3000001",
        status=status,
        start_date=start,
        completed_date=completed,
        modified_on=MODIFIED_ON,
    )

    teacher = trs.find_teacher("3000001")
    assert teacher.induction_status == status
    assert teacher.induction_start_date == start
    assert teacher.induction_completed_date == completed


@pytest.mark.parametrize(
    ("modified_on", "sent"),
    [
        (MODIFIED_ON, "2026-03-12T09:15:00.123Z"),
        (datetime(2026, 3, 12, tzinfo=UTC), "2026-03-12T00:00:00.000Z"),
        (
            datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2026-06-30T23:30:00.000Z",
        ),
    ],
)
def test_sends_all_four_keys_and_the_time_in_utc(stand_in, trs, modified_on, sent):
    trs.write_induction("3000001", **BEGIN, modified_on=modified_on)

    assert stand_in.requests()[-1]["body"] == {
        "status": "InProgress",
        "startDate": "2025-09-01",
        "completedDate": None,
        "modifiedOn": sent,
    }


def test_refuses_a_time_without_zone(trs):
    with pytest.raises(ValueError, match="time zone"):
        trs.write_induction("3000001", **BEGIN, modified_on=datetime(2026, 3, 12))


def test_the_same_write_may_be_sent_twice(trs):
    trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)
    trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)

    assert trs.find_teacher("3000001").induction_status == "InProgress"


def test_a_write_made_before_an_accepted_one_is_stale(trs):
    trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON)

    with pytest.raises(TRSStale) as stale:
        trs.write_induction("3000001", **BEGIN, modified_on=MODIFIED_ON - timedelta(milliseconds=1))
    assert (stale.value.status, stale.value.error_code) == (409, 10033)


def test_a_refused_write_carries_the_reason(trs):
    with pytest.raises(TRSRejected) as rejected:
        trs.write_induction("7000001", **BEGIN, modified_on=MODIFIED_ON)

    assert (rejected.value.status, rejected.value.error_code) == (400, 10034)
    assert rejected.value.title == "Person does not have QTS"
    assert str(rejected.value) == "TRS rejected the request: status 400, code 10034"


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


@dataclass
class Reply:
    """A server that gives one reply to everything."""

    address: str
    asked: list[str] = field(default_factory=list)

    def client(self):
        return TRSClient(self.address, "key", "20260120")


@contextmanager
def canned(status, body="", headers=None, kind="application/json"):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            reply.asked.append(self.path)
            self.send_response_only(status)
            for name, value in {"Content-Type": kind, **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_PUT = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        reply = Reply(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield reply
        finally:
            server.shutdown()
            thread.join()


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
