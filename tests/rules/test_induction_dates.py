"""The catalogue of dates, overlaps, terms and outcomes of induction periods (spec 06 §6.13)."""

from collections import namedtuple
from datetime import date
from decimal import Decimal

import pytest

from register_ects.rules.induction_dates import (
    problem_with_overlap,
    problems_with_correcting,
    problems_with_new_start,
    problems_with_staff_period,
)
from register_ects.rules.inductions import problems_with_claim_start, problems_with_closing

pytestmark = pytest.mark.no_database

Period = namedtuple("Period", "started_on finished_on")
TODAY = date(2026, 7, 16)


def day(text):
    return date.fromisoformat(text) if text else None


def period(text):
    started_on, _, finished_on = text.partition(" to ")
    return Period(day(started_on), day(finished_on))


def codes(problems):
    return [f"{problem.field} {problem.code}".strip() for problem in problems]


# -- Dates: one test for each row of the table, with what each column says ---------------


def claim(started_on, qts="2020-07-01", others=()):
    return codes(
        problems_with_claim_start(
            started_on=day(started_on),
            qts_awarded_on=day(qts),
            earlier_periods=[period(each) for each in others],
            today=TODAY,
        )
    )


def edit(started_on, qts="1998-07-01", others=(), recorded="2020-09-01"):
    return codes(
        problems_with_new_start(
            started_on=day(started_on),
            recorded=day(recorded),
            qts_awarded_on=day(qts),
            others=[period(each) for each in others],
            today=TODAY,
        )
    )


def close(finished_on, started_on="2025-09-01", terms="1"):
    return codes(
        problems_with_closing(
            started_on=day(started_on),
            finished_on=day(finished_on),
            number_of_terms=terms and Decimal(terms),
            today=TODAY,
        )
    )


def test_a_start_before_1_september_2021_is_for_edits_of_older_periods_alone():
    assert claim("2021-08-31") == ["started_on too_early"]
    assert claim("2021-09-01") == []
    assert edit("2021-08-31") == []
    assert edit("2021-08-31", recorded="2021-09-01") == ["started_on too_early"]
    assert edit("2021-09-01", recorded="2021-09-01") == []


def test_a_start_before_1_september_1999_is_for_nobody():
    assert claim("1999-08-31") == ["started_on too_early"]
    assert edit("1999-08-31") == ["started_on too_early"]
    assert edit("1999-09-01") == []


@pytest.mark.parametrize("rule", [claim, edit])
def test_a_start_is_not_in_the_future(rule):
    assert rule("2026-07-17") == ["started_on in_the_future"]
    assert rule("2026-07-16") == []


@pytest.mark.parametrize("rule", [claim, edit])
def test_a_start_is_on_or_after_the_qts_date(rule):
    assert rule("2025-06-30", qts="2025-07-01") == ["started_on before_qts"]
    assert rule("2025-07-01", qts="2025-07-01") == []


def test_an_edit_goes_by_the_qts_date_only_if_it_is_known():
    assert edit("2025-09-01", qts=None) == []


@pytest.mark.parametrize("rule", [claim, edit])
def test_a_start_is_after_the_end_of_the_latest_finished_period(rule):
    others = ["2023-09-01 to 2024-03-31"]
    assert rule("2024-03-31", others=others) == ["started_on overlaps"]
    assert rule("2024-04-01", others=others) == []
    assert rule("2023-01-01", others=others) == ["started_on overlaps"]


def test_an_end_is_not_in_the_future():
    assert close("2026-07-17") == ["finished_on in_the_future"]
    assert close("2026-07-16") == []


def test_an_end_is_on_or_after_the_start():
    assert close("2025-08-31") == ["finished_on before_start"]
    assert close("2025-09-01") == []


# -- Overlap: the table ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("existing", "new", "expected"),
    [
        ("2024-09-01 to 2025-03-31", "2025-04-01", None),
        ("2024-09-01 to 2025-03-31", "2025-03-31", "started_on overlaps"),
        ("2024-09-01", "2025-09-01", "started_on overlaps"),
        ("2025-09-01 to 2026-03-31", "2025-01-06 to 2025-08-31", None),
        ("2025-09-01 to 2026-03-31", "2025-01-06 to 2025-09-01", "finished_on overlaps"),
        ("2025-09-01 to 2026-03-31", "2025-10-01 to 2025-10-01", "started_on overlaps"),
        ("2025-09-01 to 2026-03-31", "2025-01-06", "finished_on missing"),
        ("2025-09-01 to 2026-03-31", "2025-01-06 to 2026-04-30", "overlaps"),
        ("2025-09-01 to 2025-09-01", "2025-09-01 to 2025-09-01", "started_on overlaps"),
    ],
)
def test_periods_of_one_teacher_share_no_day(existing, new, expected):
    problem = problem_with_overlap(**period(new)._asdict(), others=[period(existing)])

    assert (codes([problem]) if problem else [None]) == [expected]


# -- Terms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("0", []),
        ("16", []),
        ("16.1", ["number_of_terms out_of_range"]),
        ("-0.1", ["number_of_terms out_of_range"]),
        ("2.25", ["number_of_terms too_precise"]),
        ("NaN", ["number_of_terms out_of_range"]),
    ],
)
def test_terms_are_0_to_16_with_one_decimal(terms, expected):
    assert close("2026-07-10", terms=terms) == expected


# -- Corrections of a release ------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded_on", "others", "expected"),
    [
        ("2026-07-16", [], []),
        ("2026-06-16", [], []),
        ("2026-06-15", [], ["too_late"]),
        (None, [], ["too_late"]),
        ("2026-07-16", ["2024-09-02 to 2025-07-18"], []),
        ("2026-07-16", ["2026-07-01"], ["followed"]),
    ],
)
def test_a_release_is_corrected_for_30_days_while_nothing_followed(recorded_on, others, expected):
    problems = problems_with_correcting(
        recorded_on=day(recorded_on),
        started_on=date(2025, 9, 1),
        others=[period(each) for each in others],
        today=TODAY,
    )
    assert codes(problems) == expected


# -- What staff add or change: the last column ---------------------------------------------------

Held = namedtuple("Held", "started_on finished_on outcome number_of_terms")


def by_staff(dates, terms, *, others=(), outcome=None, qts="2020-07-01"):
    entered = period(dates)
    held = [
        Held(*period(text.removesuffix(" pass")), "pass" if "pass" in text else None, None)
        for text in others
    ]
    return codes(
        problems_with_staff_period(
            started_on=entered.started_on,
            finished_on=entered.finished_on,
            number_of_terms=None if terms is None else Decimal(terms),
            outcome=outcome,
            qts_awarded_on=day(qts),
            others=held,
            today=TODAY,
        )
    )


@pytest.mark.parametrize(
    ("dates", "terms", "more", "expected"),
    [
        ("2020-07-01", None, {}, []),
        ("1999-09-01", None, {"qts": None}, []),
        ("1999-08-31", None, {"qts": None}, ["started_on too_early"]),
        ("2020-06-30", None, {}, ["started_on before_qts"]),
        ("2026-07-16", None, {}, []),
        ("2026-07-17", None, {}, ["started_on in_the_future"]),
        ("2024-09-01 to 2024-09-01", "0", {}, []),
        ("2024-09-01 to 2024-08-31", "0", {}, ["finished_on before_start"]),
        ("2024-09-01 to 2026-07-17", "6", {}, ["finished_on in_the_future"]),
        ("2024-09-01 to 2025-07-18", None, {}, ["number_of_terms missing"]),
        ("2024-09-01 to 2025-07-18", "16.1", {}, ["number_of_terms out_of_range"]),
        ("2024-09-01 to 2025-07-18", "2.25", {}, ["number_of_terms too_precise"]),
        ("2024-09-01", "3", {}, ["number_of_terms without_end"]),
        ("2024-09-01", None, {"outcome": "pass"}, ["finished_on missing_with_outcome"]),
        ("2025-01-06 to 2025-08-31", "2", {"others": ["2025-09-01 to 2026-03-31"]}, []),
        (
            "2025-01-06 to 2025-09-01",
            "2",
            {"others": ["2025-09-01 to 2026-03-31"]},
            ["finished_on overlaps"],
        ),
        (
            "2025-10-01 to 2025-10-01",
            "0",
            {"others": ["2025-09-01 to 2026-03-31"]},
            ["started_on overlaps"],
        ),
        ("2025-01-06", None, {"others": ["2025-09-01 to 2026-03-31"]}, ["finished_on missing"]),
        (
            "2026-04-01",
            None,
            {"others": ["2025-09-01 to 2026-03-31 pass"]},
            ["started_on after_outcome"],
        ),
        (
            "2024-09-01 to 2025-07-18",
            "3",
            {"others": ["2025-09-01"], "outcome": "pass"},
            ["started_on outcome_not_last"],
        ),
        ("2024-09-01 to 2025-07-18", "3", {"others": ["2025-09-01 to 2026-03-31 pass"]}, []),
    ],
)
def test_what_staff_may_enter(dates, terms, more, expected):
    assert by_staff(dates, terms, **more) == expected
