"""Rules of claiming, closing, telling TRS and naming an induction's status."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.rules.inductions import (
    ClaimFacts,
    TRSState,
    disagrees_with_trs,
    induction_state,
    problem_with_claiming,
    problems_with_claim_start,
    problems_with_closing,
    problems_with_fail_confirmation,
    question_about_terms,
    terms_needed,
    terms_served,
    trs_state,
)
from register_ects.web.states import state_of
from tests.rules.periods import stretch

pytestmark = pytest.mark.no_database

TODAY = date(2026, 7, 20)


def facts(**changes):
    claimable = {
        "qts_awarded_on": date(2025, 7, 1),
        "prohibited": False,
        "trs_status": "RequiredToComplete",
    }
    return ClaimFacts(**(claimable | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, None, id="nothing against it"),
        pytest.param({"trs_status": "None"}, None, id="TRS says None"),
        pytest.param({"trs_status": "InProgress"}, None, id="in progress, released"),
        pytest.param({"qts_awarded_on": None}, "no_qts", id="no QTS"),
        pytest.param({"prohibited": True}, "prohibited", id="prohibited"),
        pytest.param({"trs_status": "Passed"}, "passed", id="passed"),
        pytest.param({"local_outcome": "pass"}, "passed", id="passed here, TRS lags"),
        pytest.param({"trs_status": "Failed"}, "failed", id="failed"),
        pytest.param({"trs_status": "FailedInWales"}, "failed", id="failed in Wales"),
        pytest.param({"local_outcome": "fail"}, "failed", id="failed here, TRS lags"),
        pytest.param({"trs_status": "Exempt"}, "exempt", id="exempt"),
        pytest.param({"held_by_another": "Hub B"}, "held_by_another", id="another body"),
        pytest.param({"trs_status": None}, "unknown_status", id="TRS gave no status"),
        pytest.param({"trs_status": "Dreaming"}, "unknown_status", id="a status we do not know"),
        pytest.param(
            {"qts_awarded_on": None, "prohibited": True}, "no_qts", id="no QTS comes first"
        ),
        pytest.param(
            {"prohibited": True, "trs_status": "Passed"}, "prohibited", id="then prohibited"
        ),
        pytest.param(
            {"trs_status": "Exempt", "held_by_another": "Hub B"}, "exempt", id="then exempt"
        ),
    ],
)
def test_the_first_reason_not_to_claim(changes, expected):
    problem = problem_with_claiming(facts(**changes))

    assert (problem.code if problem else None) == expected


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [
        pytest.param("2026-07-20", None, id="today"),
        pytest.param("2026-07-21", "in_the_future", id="tomorrow"),
        pytest.param("2021-08-31", "too_early", id="before the 2021 rules"),
        pytest.param("2025-07-01", None, id="on the QTS date"),
        pytest.param("2025-06-30", "before_qts", id="the day before QTS"),
    ],
)
def test_the_first_day_of_a_first_claim(started_on, expected):
    problems = problems_with_claim_start(
        started_on=date.fromisoformat(started_on),
        qts_awarded_on=date(2025, 7, 1),
        earlier_periods=[],
        today=TODAY,
    )

    assert [problem.code for problem in problems] == ([expected] if expected else [])


def test_1_september_2021_may_be_claimed():
    assert not problems_with_claim_start(
        started_on=date(2021, 9, 1),
        qts_awarded_on=date(2021, 7, 1),
        earlier_periods=[],
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("started_on", "earliest"),
    [
        pytest.param("2025-04-01", None, id="the day after"),
        pytest.param("2025-03-31", date(2025, 4, 1), id="the shared day"),
        pytest.param("2024-10-01", date(2025, 4, 1), id="inside the earlier period"),
        pytest.param("2024-08-01", date(2025, 4, 1), id="before the earlier period"),
    ],
)
def test_a_later_claim_starts_after_every_finished_period(started_on, earliest):
    problems = problems_with_claim_start(
        started_on=date.fromisoformat(started_on),
        qts_awarded_on=date(2022, 7, 1),
        earlier_periods=[stretch("2024-09-01", "2025-03-31")],
        today=TODAY,
    )

    assert [problem.details["earliest"] for problem in problems] == ([earliest] if earliest else [])


@pytest.mark.parametrize(
    ("finished_on", "terms", "expected"),
    [
        pytest.param("2025-09-01", "0", [], id="one day, no full term"),
        pytest.param("2026-07-20", "16", [], id="at both limits"),
        pytest.param("2026-07-20", "2.5", [], id="half a term"),
        pytest.param("2026-07-21", "3", ["finished_on in_the_future"], id="tomorrow"),
        pytest.param("2025-08-31", "3", ["finished_on before_start"], id="too early"),
        pytest.param("2026-07-19", "16.1", ["number_of_terms out_of_range"], id="too many"),
        pytest.param("2026-07-19", "-0.1", ["number_of_terms out_of_range"], id="negative"),
        pytest.param("2026-07-19", "NaN", ["number_of_terms out_of_range"], id="not a number"),
        pytest.param("2026-07-19", "Infinity", ["number_of_terms out_of_range"], id="infinite"),
        pytest.param("2026-07-19", "2.25", ["number_of_terms too_precise"], id="two decimals"),
        pytest.param(
            "2026-07-21",
            "17",
            ["finished_on in_the_future", "number_of_terms out_of_range"],
            id="both wrong",
        ),
        pytest.param("2026-07-19", None, [], id="terms that could not be read"),
        pytest.param("2026-07-21", None, ["finished_on in_the_future"], id="only the day read"),
        pytest.param(None, "17", ["number_of_terms out_of_range"], id="only the terms read"),
    ],
)
def test_problems_with_closing(finished_on, terms, expected):
    problems = problems_with_closing(
        started_on=date(2025, 9, 1),
        finished_on=date.fromisoformat(finished_on) if finished_on else None,
        number_of_terms=Decimal(terms) if terms else None,
        today=TODAY,
    )

    assert [f"{p.field} {p.code}" for p in problems] == expected


@pytest.mark.parametrize(
    ("finished_on", "terms", "before", "needed", "is_outcome", "expected"),
    [
        pytest.param("2026-07-20", "6", "0", "6", True, None, id="six of six"),
        pytest.param("2026-07-20", "5.9", "0", "6", True, "fewer_than_needed", id="just under"),
        pytest.param("2026-07-20", "3", "3", "6", True, None, id="three before"),
        pytest.param("2026-07-20", "3", "3", "7", True, "fewer_than_needed", id="extended"),
        pytest.param("2026-07-20", "0", "0", "6", False, None, id="a release may be short"),
        pytest.param("2026-07-20", "0", "0", "6", True, "fewer_than_needed", id="none at all"),
        pytest.param("2025-09-29", "15", "0", "6", False, "more_than_the_dates_hold", id="slip"),
        pytest.param("2025-10-30", "2", "0", "6", False, None, id="60 days hold two"),
        pytest.param("2025-10-29", "2", "0", "6", False, "more_than_the_dates_hold", id="59 not"),
        pytest.param("2025-09-01", "1", "0", "6", False, None, id="one may have begun before"),
        pytest.param("2025-09-01", "2", "0", "6", False, "more_than_the_dates_hold", id="one day"),
        pytest.param("2025-08-31", "15", "0", "6", True, None, id="the end itself is wrong"),
        pytest.param(None, "15", "0", "6", True, None, id="no end that can be read"),
    ],
)
def test_question_about_terms(finished_on, terms, before, needed, is_outcome, expected):
    question = question_about_terms(
        started_on=date(2025, 9, 1),
        finished_on=date.fromisoformat(finished_on) if finished_on else None,
        number_of_terms=Decimal(terms),
        served_before=Decimal(before),
        needed=Decimal(needed),
        is_outcome=is_outcome,
    )

    assert (question.code if question else None) == expected


@pytest.mark.parametrize(
    ("sent_on", "expected"),
    [
        pytest.param("2026-07-10", [], id="on the last day"),
        pytest.param("2026-07-20", [], id="today"),
        pytest.param("2026-07-09", ["before_end"], id="the day before the end"),
        pytest.param("2026-07-21", ["in_the_future"], id="tomorrow"),
    ],
)
def test_problems_with_fail_confirmation(sent_on, expected):
    problems = problems_with_fail_confirmation(
        sent_on=date.fromisoformat(sent_on), finished_on=date(2026, 7, 10), today=TODAY
    )

    assert [problem.code for problem in problems] == expected


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        pytest.param([], ("RequiredToComplete", None, None), id="no period"),
        pytest.param([stretch("2023-09-01")], ("InProgress", "2023-09-01", None), id="claimed"),
        pytest.param(
            [stretch("2023-09-01", "2024-07-19")],
            ("InProgress", "2023-09-01", None),
            id="released: still in progress",
        ),
        pytest.param(
            [stretch("2024-09-02"), stretch("2023-09-01", "2024-07-19")],
            ("InProgress", "2023-09-01", None),
            id="claimed again: unchanged",
        ),
        pytest.param(
            [
                stretch("2023-09-01", "2024-07-19"),
                stretch("2024-09-02", "2025-07-18", "pass"),
            ],
            ("Passed", "2023-09-01", "2025-07-18"),
            id="passed: first start, last end",
        ),
        pytest.param(
            [stretch("2024-09-02", "2025-07-18", "pass")],
            ("Passed", "2024-09-02", "2025-07-18"),
            id="the first of two deleted after a pass",
        ),
        pytest.param(
            [stretch("2024-09-02", "2025-07-18", "fail")],
            ("Failed", "2024-09-02", "2025-07-18"),
            id="failed",
        ),
    ],
)
def test_the_state_trs_should_hold(periods, expected):
    status, start, completed = expected

    assert trs_state(periods) == TRSState(
        status,
        date.fromisoformat(start) if start else None,
        date.fromisoformat(completed) if completed else None,
    )


@pytest.mark.parametrize(
    ("periods", "trs_status", "expected"),
    [
        pytest.param([], "RequiredToComplete", "Required to complete yellow", id="not begun"),
        pytest.param([], "InProgress", "Paused magenta", id="in progress with nobody"),
        pytest.param([], "Passed", "Passed green", id="TRS passed"),
        pytest.param([], "Failed", "Failed red", id="TRS failed"),
        pytest.param([], "FailedInWales", "Failed in Wales red", id="failed in Wales"),
        pytest.param([], "Exempt", "Exempt green", id="exempt"),
        pytest.param([], "None", "None grey", id="none"),
        pytest.param([], None, "Unknown grey", id="nothing known"),
        pytest.param([], "Dreaming", "Unknown grey", id="a word we do not know"),
        pytest.param(
            [stretch("2025-09-01")], "RequiredToComplete", "In progress blue", id="TRS lags"
        ),
        pytest.param(
            [stretch("2025-09-01", "2026-07-10", "pass")],
            "InProgress",
            "Passed green",
            id="passed here, TRS lags",
        ),
        pytest.param(
            [stretch("2025-09-01", "2026-07-10", "fail")], "InProgress", "Failed red", id="failed"
        ),
        pytest.param(
            [stretch("2025-09-01", "2026-07-10")], "InProgress", "Paused magenta", id="released"
        ),
        pytest.param(
            [stretch("2025-09-01", "2026-07-10")], None, "Paused magenta", id="released, unknown"
        ),
        pytest.param(
            [stretch("2025-09-01", "2026-07-10")], "Exempt", "Exempt green", id="then exempt"
        ),
    ],
)
def test_the_status_on_screens_comes_from_our_periods_first(periods, trs_status, expected):
    status = state_of(induction_state(periods, trs_status=trs_status))

    assert f"{status.label} {status.colour}" == expected


def test_a_mismatch_with_trs_is_seen_only_where_we_hold_periods():
    open_period = [stretch("2025-09-01")]

    assert disagrees_with_trs(open_period, trs_status="RequiredToComplete")
    assert not disagrees_with_trs(open_period, trs_status="InProgress")
    assert not disagrees_with_trs([], trs_status="Passed")


def test_terms_of_finished_periods_add_up_exactly():
    periods = [
        stretch("2023-09-01", "2023-12-20", terms="0.1"),
        stretch("2024-01-08", "2024-03-28", terms="0.2"),
        stretch("2024-09-02"),
    ]

    assert terms_served(periods) == Decimal("0.3")
    assert terms_needed([Decimal("1.0"), Decimal("0.5")]) == Decimal("7.5")
