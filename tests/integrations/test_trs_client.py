"""The TRS client, over real HTTP: against the stand-in, and against canned replies."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from register_ects import clock
from register_ects.integrations.trs import (
    PROHIBITION_CATEGORY,
    Alert,
    TeacherDeactivated,
    TeacherMerged,
    TeacherNotFound,
    TRSRejected,
    TRSStale,
    TRSUnavailable,
)
from register_ects.invented.stand_ins.trs import person
from tests.integrations.replies import canned

pytestmark = pytest.mark.no_database

BIRTHDAY = date(1977, 2, 3)
MODIFIED_ON = datetime(2026, 3, 12, 9, 15, 0, 123456, UTC)
BEGIN = {"status": "InProgress", "start_date": date(2025, 9, 1), "completed_date": None}


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
    assert teacher.qts_awarded_on is not None


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
    assert (teacher.qts_awarded_on, teacher.has_alerts, teacher.itt_end_date) == (None, False, None)


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
    assert [alert.category_id for alert in teacher.alerts] == [PROHIBITION_CATEGORY]


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
