"""Who is in the TRS stand-in, how they are changed, and the page that lists them."""

import re
from datetime import date

import httpx
import pytest

from register_ects.invented.people import TRNS_WITH_OWN_DETAILS
from register_ects.invented.stand_ins.trs import serving
from register_ects.invented.stand_ins.trs.seeds import birthday, ni_number, seed_people
from tests.invented.stand_ins.raw_trs import BEGIN, HEADERS, write

pytestmark = pytest.mark.no_database


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


# -- The page for people -------------------------------------------------------------------


def test_the_page_lists_every_special_trn_with_what_to_type(stand_in, http):
    stand_in.upsert({"trn": "7000001", "firstName": "<b>Bold"})
    write(http, "7000006")

    page = http.get("/").text

    assert all(f"<td>{trn}</td>" in page for trn in range(7000001, 7000017))
    assert f"<td>{birthday(0)}</td><td>{ni_number(0)}</td>" in page
    assert "<td>InProgress 2025-09-01</td>" in page
    assert "&lt;b&gt;Bold" in page
