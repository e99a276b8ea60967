"""Which last days a school may report, change and cancel, and what comes back (spec 05 §10)."""

from dataclasses import replace
from datetime import date

import pytest

from register_ects.rules.leaving import (
    Fate,
    LeavingFacts,
    LeavingState,
    Obstacle,
    RestoredFacts,
    fate_of,
    leaving_state,
    obstacle_to_restoring,
    problems_with_last_day,
)
from register_ects.rules.registration import EarlierRecord, RecordKind

TODAY = date(2026, 11, 1)
REPORTED = LeavingFacts(
    finished_on=date(2026, 11, 30),
    reported_here=True,
    is_followed=False,
    cannot_stay=False,
    induction_over=False,
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"finished_on": None}, LeavingState.OPEN, id="no last day"),
        pytest.param({}, LeavingState.REPORTED, id="a day to come"),
        pytest.param({"finished_on": TODAY}, LeavingState.REPORTED, id="until the end of today"),
        pytest.param({"finished_on": date(2026, 10, 31)}, LeavingState.HAS_LEFT, id="yesterday"),
        pytest.param(
            {"reported_here": False, "is_followed": True, "cannot_stay": True},
            LeavingState.SET_BY_ANOTHER_SCHOOL,
            id="registered elsewhere, which set the day",
        ),
        pytest.param(
            {"reported_here": False, "is_followed": True},
            LeavingState.SET_BY_ANOTHER_SCHOOL,
            id="a mentor elsewhere only",
        ),
        pytest.param({"reported_here": False}, LeavingState.NOT_REPORTED_HERE, id="by an outcome"),
        pytest.param(
            {"is_followed": True, "cannot_stay": True},
            LeavingState.REGISTERED_AGAIN,
            id="registered elsewhere since",
        ),
        pytest.param({"is_followed": True}, LeavingState.REPORTED, id="a mentor elsewhere too"),
        pytest.param({"induction_over": True}, LeavingState.INDUCTION_OVER, id="passed since"),
        pytest.param(
            {"finished_on": None, "induction_over": True}, LeavingState.OPEN, id="passed and open"
        ),
    ],
)
def test_how_a_leaving_stands(changes, expected):
    assert leaving_state(replace(REPORTED, **changes), today=TODAY) is expected


def earlier(kind, day):
    return EarlierRecord(kind, "Oak School", day, first_free=date(2099, 1, 1))


STARTED = earlier(RecordKind.PLACEMENT, date(2026, 6, 16))
TRAINED = earlier(RecordKind.TRAINING, date(2026, 9, 10))
DECLARED = earlier(RecordKind.DECLARED, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("leaving_on", "records", "expected"),
    [
        pytest.param(date(2026, 6, 16), [STARTED], None, id="the first day itself"),
        pytest.param(date(2026, 6, 15), [STARTED], "before_placement", id="the day before"),
        pytest.param(date(2026, 9, 10), [STARTED, TRAINED], None, id="training's first day"),
        pytest.param(date(2026, 9, 9), [STARTED, TRAINED], "before_training", id="before training"),
        pytest.param(date(2026, 12, 1), [STARTED, DECLARED], None, id="what is declared begins"),
        pytest.param(date(2026, 11, 30), [STARTED, DECLARED], "before_declared", id="too early"),
        pytest.param(date(2027, 3, 1), [STARTED], None, id="four months from today"),
        pytest.param(date(2027, 3, 2), [STARTED], "too_far_ahead", id="a day more"),
        pytest.param(date(2026, 11, 30), [STARTED], "same_day", id="the day that is known"),
    ],
)
def test_limits_of_a_last_day_are_inclusive(leaving_on, records, expected):
    now = date(2026, 11, 30)

    problems = problems_with_last_day(leaving_on, records, today=TODAY, now=now)

    assert [problem.code for problem in problems] == ([expected] if expected else [])


def test_who_is_refused_is_told_the_first_day_that_is_accepted():
    [problem] = problems_with_last_day(date(2026, 6, 1), [STARTED, TRAINED], today=TODAY)

    assert problem.details["earliest"] == date(2026, 9, 10)
    assert not problems_with_last_day(problem.details["earliest"], [STARTED, TRAINED], today=TODAY)


LAST_DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("started_on", "finished_on", "is_declared", "expected"),
    [
        pytest.param(date(2026, 9, 1), None, False, Fate.ENDS, id="open"),
        pytest.param(date(2026, 9, 1), date(2026, 11, 30), False, Fate.STAYS, id="ends then"),
        pytest.param(date(2026, 9, 1), date(2026, 12, 1), False, Fate.ENDS, id="ends later"),
        pytest.param(date(2026, 11, 29), None, False, Fate.ENDS, id="begins the day before"),
        pytest.param(date(2026, 11, 30), None, False, Fate.REMOVED, id="begins on the last day"),
        pytest.param(date(2026, 11, 30), None, True, Fate.ONE_DAY, id="declared for"),
        pytest.param(date(2026, 11, 30), date(2026, 11, 30), False, Fate.STAYS, id="that day only"),
        pytest.param(date(2026, 12, 1), None, False, Fate.REMOVED, id="begins later"),
    ],
)
def test_what_becomes_of_a_part(started_on, finished_on, is_declared, expected):
    fate = fate_of(
        started_on=started_on,
        finished_on=finished_on,
        is_declared=is_declared,
        last_day=LAST_DAY,
    )
    assert fate is expected


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [(LAST_DAY, Fate.ENDS), (date(2026, 12, 1), Fate.REMOVED)],
)
def test_what_another_follows_keeps_a_last_day_of_its_own(started_on, expected):
    fate = fate_of(
        started_on=started_on,
        finished_on=None,
        is_declared=False,
        last_day=LAST_DAY,
        remove_from=date(2026, 12, 1),
    )
    assert fate is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (RestoredFacts(is_as_it_was_left=True), None),
        (RestoredFacts(is_as_it_was_left=False, is_taken=True), Obstacle.CHANGED),
        (RestoredFacts(is_as_it_was_left=True, is_completed=True), Obstacle.COMPLETED),
        (RestoredFacts(is_as_it_was_left=True, other_is_here=False), Obstacle.OTHER_LEAVES),
        (RestoredFacts(is_as_it_was_left=True, is_taken=True), Obstacle.TAKEN),
    ],
)
def test_what_stands_in_the_way_of_coming_back(facts, expected):
    assert obstacle_to_restoring(facts) is expected
