from datetime import date

import pytest

from register_ects.rules.ect_status import (
    ECTFacts,
    confirming_induction,
    current_or_next,
    ect_status,
    known_status,
    needs_mentor,
    released_on,
    without_body_since,
)
from tests.rules.periods import Stretch

pytestmark = pytest.mark.no_database

TODAY = date(2026, 9, 10)
YESTERDAY, TOMORROW = date(2026, 9, 9), date(2026, 9, 11)


def facts(**changes):
    values = {
        "finished_on": None,
        "reported_leaving": False,
        "joins_another_school": False,
        "induction_status": "InProgress",
        "training_status": "active",
        "has_mentor": True,
    }
    return ECTFacts(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "registered", id="all in place"),
        pytest.param({"training_status": None}, "registered", id="school-led"),
        pytest.param({"induction_status": None}, "registered", id="unknown to TRS"),
        pytest.param({"has_mentor": False}, "mentor_needed", id="no mentor"),
        pytest.param({"training_status": "deferred"}, "training_paused", id="paused"),
        pytest.param(
            {"training_status": "deferred", "has_mentor": False},
            "training_paused",
            id="paused without a mentor",
        ),
        pytest.param({"training_status": "withdrawn"}, "training_withdrawn", id="withdrawn"),
        pytest.param(
            {"training_status": "withdrawn", "has_mentor": False},
            "training_withdrawn",
            id="withdrawn without a mentor",
        ),
        pytest.param({"induction_status": "Failed"}, "failed_induction", id="failed"),
        pytest.param({"induction_status": "FailedInWales"}, "failed_induction", id="in Wales"),
        pytest.param({"induction_status": "Passed"}, "completed_induction", id="passed"),
        pytest.param(
            {"induction_status": "Passed", "training_status": "withdrawn"},
            "completed_induction",
            id="an outcome comes before withdrawn training",
        ),
        pytest.param(
            {"induction_status": "FailedInWales", "training_status": "deferred"},
            "failed_induction",
            id="an outcome comes before paused training",
        ),
        pytest.param(
            {"induction_status": "Exempt", "training_status": "withdrawn"}, "exempt", id="exempt"
        ),
        pytest.param(
            {"finished_on": TODAY, "reported_leaving": True},
            "leaving_school",
            id="leaves today",
        ),
        pytest.param(
            {"finished_on": TOMORROW, "reported_leaving": True, "induction_status": "Exempt"},
            "leaving_school",
            id="leaving comes before exempt",
        ),
        pytest.param(
            {"finished_on": TOMORROW, "joins_another_school": True},
            "joining_another_school",
            id="registered elsewhere",
        ),
        pytest.param(
            {"finished_on": TOMORROW, "joins_another_school": True, "reported_leaving": True},
            "leaving_school",
            id="what this school reported comes first",
        ),
        pytest.param({"finished_on": TOMORROW}, "registered", id="a last day that nobody reported"),
        pytest.param(
            {"finished_on": YESTERDAY, "reported_leaving": True, "has_mentor": False},
            "left_school",
            id="left yesterday",
        ),
    ],
)
def test_ect_status(changes, expected):
    assert ect_status(facts(**changes), today=TODAY) == expected


PAST = Stretch(date(2025, 9, 1), YESTERDAY)
ENDS_TODAY = Stretch(date(2026, 1, 1), TODAY)
PLANNED = Stretch(TOMORROW)


@pytest.mark.parametrize(
    ("periods", "now"),
    [
        pytest.param([], None, id="none"),
        pytest.param([PAST], None, id="only the past"),
        pytest.param([PLANNED, PAST], PLANNED, id="the next before the past"),
        pytest.param([PLANNED, ENDS_TODAY], ENDS_TODAY, id="the last day counts"),
    ],
)
def test_the_current_or_next_period(periods, now):
    assert current_or_next(periods, today=TODAY) is now


@pytest.mark.parametrize(
    ("induction", "confirms"),
    [
        pytest.param(Stretch(date(2026, 9, 1)), True, id="from the first day"),
        pytest.param(Stretch(date(2027, 7, 31)), True, id="on the last day"),
        pytest.param(Stretch(date(2026, 8, 31)), False, id="claimed before the placement"),
        pytest.param(Stretch(date(2027, 8, 1)), False, id="claimed after it"),
        pytest.param(Stretch(date(2026, 9, 1), TOMORROW), False, id="released"),
        pytest.param(Stretch(date(2026, 9, 1), TOMORROW, "pass"), True, id="passed here"),
        pytest.param(Stretch(date(2026, 9, 1), date(2027, 8, 1), "fail"), True, id="failed later"),
        pytest.param(Stretch(date(2026, 9, 1), date(2027, 8, 1)), True, id="released later"),
    ],
)
def test_an_induction_open_concluded_or_outlasting_the_placement_confirms_the_body(
    induction, confirms
):
    placement = Stretch(date(2026, 9, 1), date(2027, 7, 31))

    assert (confirming_induction(placement, [induction]) is induction) == confirms


@pytest.mark.parametrize(
    ("inductions", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([Stretch(date(2026, 9, 1))], None, id="still responsible"),
        pytest.param([Stretch(date(2026, 9, 1), TODAY)], TODAY, id="released here"),
        pytest.param(
            [Stretch(date(2026, 9, 1), TODAY), Stretch(TOMORROW, TOMORROW)],
            TOMORROW,
            id="the latest of two",
        ),
        pytest.param([Stretch(date(2026, 9, 1), TODAY, "pass")], None, id="passed"),
        pytest.param([Stretch(date(2026, 8, 31), TODAY)], None, id="claimed before the placement"),
        pytest.param([Stretch(date(2026, 9, 1), date(2027, 8, 1))], None, id="released after it"),
    ],
)
def test_a_release_counts_when_the_induction_began_and_ended_within_the_placement(
    inductions, expected
):
    placement = Stretch(date(2026, 9, 1), date(2027, 7, 31))

    assert released_on(placement, inductions) == expected


@pytest.mark.parametrize(
    ("inductions", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([Stretch(date(2026, 9, 1), TODAY)], TODAY, id="released here"),
        pytest.param([Stretch(date(2026, 8, 31), TODAY)], TODAY, id="begun before the placement"),
        pytest.param(
            [Stretch(date(2026, 9, 1), TODAY), Stretch(TOMORROW)], None, id="another followed"
        ),
        pytest.param(
            [Stretch(date(2026, 9, 1), TODAY), Stretch(TOMORROW, TOMORROW, "pass")],
            None,
            id="concluded since",
        ),
        pytest.param(
            [Stretch(date(2025, 9, 1), date(2026, 8, 31))], None, id="released at another school"
        ),
    ],
)
def test_nobody_is_responsible_after_a_release_here_that_nobody_followed(inductions, expected):
    placement = Stretch(date(2026, 9, 1), date(2027, 7, 31))

    assert without_body_since(placement, inductions) == expected


@pytest.mark.parametrize(
    ("trs_status", "outcomes", "expected"),
    [
        pytest.param(None, [], None, id="nothing known"),
        pytest.param("InProgress", [None, None], "InProgress", id="no outcome"),
        pytest.param("InProgress", [None, "pass"], "Passed", id="passed, TRS has not heard"),
        pytest.param("InProgress", ["fail"], "Failed", id="failed, TRS has not heard"),
        pytest.param("FailedInWales", ["pass"], "FailedInWales", id="TRS says that it is over"),
        pytest.param("Exempt", ["pass"], "Exempt", id="exempt"),
    ],
)
def test_an_outcome_recorded_here_counts_before_trs_has_heard_of_it(trs_status, outcomes, expected):
    assert known_status(trs_status, outcomes) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, True),
        ("None", True),
        ("RequiredToComplete", True),
        ("InProgress", True),
        ("Passed", False),
        ("Failed", False),
        ("FailedInWales", False),
        ("Exempt", False),
    ],
)
def test_nobody_needs_a_mentor_once_induction_is_over(status, expected):
    assert needs_mentor(status) is expected
