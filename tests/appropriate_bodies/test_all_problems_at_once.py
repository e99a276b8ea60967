"""Every problem of every field is shown at once, whatever kind of problem it is (spec 06 §6.13)."""

from datetime import date

import pytest

from register_ects.models import InductionPeriod
from tests.factories import InductionPeriodFactory
from tests.inductions import BORN_ON, shown
from tests.support.pages import date_parts

FIND = "/appropriate-body/claim-an-ect/find-ect/new"
END, TERMS, REASON = "#finished_on-day", "#number_of_terms", "#terms_reason"
TOLD = "#fail_confirmation_sent_on-day"
TOMORROW = "2026-07-17"
FUTURE = "today or in the past"
SHORT = "Select why they completed 3 of 6 terms"


@pytest.fixture
def send(hub, user):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 2))
    record = f"/appropriate-body/teachers/{period.teacher_id}"
    user.post(f"{record}/record-failed-outcome/confirm", {**shown(period), "told": "on"})

    def send(path, *, end, terms, told=None, reason=""):
        answers = date_parts("finished_on", end) if end else {}
        answers |= {**shown(period), "number_of_terms": terms, "terms_reason": reason}
        answers |= date_parts("fail_confirmation_sent_on", told) if told else {}
        return user.post(f"{record}/{path}/new", answers)

    return send


def assert_shown(page, expected):
    assert page.status_code == 422
    assert set(page.errors) == set(expected)
    for link, words in expected.items():
        assert words in page.errors[link]
    assert InductionPeriod.objects.open().exists()


@pytest.mark.parametrize(
    ("end", "terms", "expected"),
    [
        (TOMORROW, "3", {END: FUTURE, REASON: SHORT}),
        (TOMORROW, "17", {END: FUTURE, TERMS: "16 or less"}),
        (TOMORROW, "1,5", {END: FUTURE, TERMS: "must be a number"}),
        (TOMORROW, "", {END: FUTURE, TERMS: "Enter the number of terms"}),
        ("2024-09-01", "3", {END: "2 September 2024", REASON: SHORT}),
        ("2024-09-01", "2.25", {END: "2 September 2024", TERMS: "1 decimal place"}),
        (None, "3", {END: "Enter the induction end date", REASON: SHORT}),
    ],
)
def test_a_pass_shows_the_date_and_the_terms(send, end, terms, expected):
    assert_shown(send("record-passed-outcome", end=end, terms=terms), expected)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("3", {REASON: SHORT}),
        ("17", {TERMS: "16 or less"}),
        ("1,5", {TERMS: "must be a number"}),
    ],
)
def test_a_fail_shows_both_dates_and_the_terms(send, terms, expected):
    page = send("record-failed-outcome", end=TOMORROW, terms=terms, told=TOMORROW)

    assert_shown(page, {END: FUTURE, TOLD: FUTURE, **expected})


def test_a_fail_judges_the_day_of_telling_by_an_end_that_is_possible(send):
    page = send("record-failed-outcome", end="2026-07-10", terms="3", told="2026-07-09")

    assert_shown(page, {TOLD: "10 July 2026", REASON: SHORT})


def test_a_reason_that_was_given_is_kept_while_the_date_is_mended(send):
    page = send("record-passed-outcome", end=TOMORROW, terms="3", reason="served_in_wales")

    assert_shown(page, {END: FUTURE})
    assert page.select_one("[name=terms_reason][checked]")["value"] == "served_in_wales"


def test_a_release_shows_the_date_and_the_terms(send):
    assert_shown(send("release", end=TOMORROW, terms="17"), {END: FUTURE, TERMS: "16 or less"})


@pytest.mark.usefixtures("trs")
@pytest.mark.parametrize(
    ("started_on", "words"),
    [
        (TOMORROW, FUTURE),
        ("2021-08-31", "1 September 2021"),
        ("2023-06-30", "1 July 2023, the date that QTS was awarded"),
        ("2025-03-31", "1 April 2025"),
    ],
)
def test_a_claim_shows_the_date_and_the_programme(user, started_on, words):
    InductionPeriodFactory(
        teacher__trn="3000101",
        started_on=date(2024, 9, 2),
        finished_on=date(2025, 3, 31),
        number_of_terms=2,
    )
    amara = {"trn": "3000101", **date_parts("date_of_birth", BORN_ON)}
    last_step = user.post(user.post(FIND, amara).location).location

    page = user.post(last_step, date_parts("started_on", started_on))

    assert page.status_code == 422
    assert set(page.errors) == {"#started_on-day", "#training_programme"}
    assert words in page.errors["#started_on-day"]


def test_a_search_shows_both_of_its_fields(user):
    page = user.post(FIND, {"trn": "12", **date_parts("date_of_birth", "2026-02-01")})

    assert set(page.errors) == {"#trn", "#date_of_birth-day"}
