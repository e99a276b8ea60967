"""What becomes of training that a school changes: every row of spec 05 §9.2 and §9.3."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register_ects.rules.training_changes import (
    Change,
    Fate,
    PresentTraining,
    change_of_programme,
    change_of_provider,
    problems_with_change,
    problems_with_new_programme,
    problems_with_new_provider,
)

pytestmark = pytest.mark.no_database

TODAY = date(2026, 9, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SEPTEMBER, OCTOBER = date(2025, 9, 1), date(2026, 10, 5)

CONFIRMED = PresentTraining(True, SEPTEMBER, is_confirmed=True)
INTEREST = PresentTraining(True, SEPTEMBER)
SCHOOL_LED = PresentTraining(False, SEPTEMBER)
DECLARED = replace(CONFIRMED, has_declarations=True)


def begins(training: PresentTraining, day: date) -> PresentTraining:
    return replace(training, started_on=day)


def stopped(training: PresentTraining, day: date, status: str = "withdrawn") -> PresentTraining:
    return replace(training, finished_on=day, status=status)


def ended(last_day: date = YESTERDAY, starts_on: date = TODAY) -> Change:
    return Change(Fate.ENDED, starts_on, last_day)


@pytest.mark.parametrize("rule", [change_of_provider, change_of_programme])
@pytest.mark.parametrize(
    ("present", "expected"),
    [
        pytest.param(None, Change(Fate.UNTOUCHED, TODAY), id="none"),
        pytest.param(CONFIRMED, ended(), id="confirmed"),
        pytest.param(begins(CONFIRMED, YESTERDAY), ended(), id="confirmed, began yesterday"),
        pytest.param(replace(CONFIRMED, finished_on=TODAY), ended(), id="confirmed, last day"),
        pytest.param(INTEREST, Change(Fate.REMOVED, TODAY), id="unconfirmed"),
        pytest.param(
            stopped(CONFIRMED, YESTERDAY), Change(Fate.UNTOUCHED, TODAY), id="withdrawn before"
        ),
        pytest.param(
            stopped(CONFIRMED, YESTERDAY, "deferred"),
            Change(Fate.UNTOUCHED, TODAY),
            id="deferred before",
        ),
        pytest.param(
            replace(CONFIRMED, finished_on=YESTERDAY), Change(Fate.UNTOUCHED, TODAY), id="ended"
        ),
        pytest.param(
            replace(INTEREST, finished_on=YESTERDAY),
            Change(Fate.UNTOUCHED, TODAY),
            id="unconfirmed, ended",
        ),
        pytest.param(DECLARED, ended(), id="with declarations"),
        pytest.param(
            begins(DECLARED, TODAY), ended(TODAY, TOMORROW), id="with declarations, begins today"
        ),
        pytest.param(
            replace(INTEREST, has_declarations=True), ended(), id="unconfirmed, with declarations"
        ),
    ],
)
def test_either_change(rule, present, expected):
    assert rule(present, free_from=SEPTEMBER, today=TODAY) == expected


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        pytest.param(
            begins(CONFIRMED, TODAY), Change(Fate.CHANGED, TODAY), id="confirmed, begins today"
        ),
        pytest.param(
            begins(CONFIRMED, OCTOBER), Change(Fate.CHANGED, OCTOBER), id="confirmed, begins later"
        ),
        pytest.param(
            begins(INTEREST, OCTOBER), Change(Fate.CHANGED, OCTOBER), id="unconfirmed, begins later"
        ),
    ],
)
def test_change_of_provider(present, expected):
    assert change_of_provider(present, free_from=SEPTEMBER, today=TODAY) == expected


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        pytest.param(SCHOOL_LED, ended(), id="school-led"),
        pytest.param(begins(SCHOOL_LED, YESTERDAY), ended(), id="school-led, began yesterday"),
        pytest.param(
            begins(CONFIRMED, TODAY), Change(Fate.REMOVED, TODAY), id="confirmed, begins today"
        ),
        pytest.param(
            begins(SCHOOL_LED, TODAY), Change(Fate.REMOVED, TODAY), id="school-led, begins today"
        ),
        pytest.param(
            begins(CONFIRMED, OCTOBER), Change(Fate.REMOVED, TODAY), id="confirmed, begins later"
        ),
    ],
)
def test_change_of_programme(present, expected):
    assert change_of_programme(present, free_from=SEPTEMBER, today=TODAY) == expected


@pytest.mark.parametrize("rule", [change_of_provider, change_of_programme])
def test_what_was_stopped_today_is_left_and_followed_tomorrow(rule):
    change = rule(stopped(CONFIRMED, TODAY), free_from=TOMORROW, today=TODAY)

    assert change == Change(Fate.UNTOUCHED, TOMORROW)


def test_training_of_a_placement_ahead_begins_with_it():
    present = begins(CONFIRMED, OCTOBER)

    assert change_of_provider(present, free_from=OCTOBER, today=TODAY).starts_on == OCTOBER
    assert change_of_programme(present, free_from=OCTOBER, today=TODAY) == Change(
        Fate.REMOVED, OCTOBER
    )


@pytest.mark.parametrize(
    ("here_until", "expected"), [(None, []), (TODAY, []), (YESTERDAY, ["no_day_left"])]
)
def test_something_must_be_left_to_train(here_until, expected):
    found = problems_with_change(Change(Fate.UNTOUCHED, TODAY), here_until=here_until)

    assert [problem.code for problem in found] == expected


@pytest.mark.parametrize(
    ("present", "facts", "expected"),
    [
        pytest.param(CONFIRMED, {}, [], id="another provider"),
        pytest.param(stopped(CONFIRMED, YESTERDAY), {}, [], id="another after a withdrawal"),
        pytest.param(CONFIRMED, {"is_same": True}, ["no_change"], id="the same provider"),
        pytest.param(SCHOOL_LED, {}, ["school_led"], id="school-led"),
        pytest.param(None, {}, ["no_training"], id="no training"),
        pytest.param(CONFIRMED, {"is_fundable": False}, ["not_fundable"], id="completed mentor"),
        pytest.param(
            CONFIRMED, {"trains_elsewhere": True}, ["trains_elsewhere"], id="trains elsewhere"
        ),
    ],
)
def test_problems_with_a_new_provider(present, facts, expected):
    given = {"is_same": False, "is_fundable": True, "trains_elsewhere": False, **facts}

    assert [one.code for one in problems_with_new_provider(present, **given)] == expected


@pytest.mark.parametrize(
    ("present", "programme", "has_provider", "expected"),
    [
        pytest.param(CONFIRMED, "school_led", False, [], id="to school-led"),
        pytest.param(SCHOOL_LED, "provider_led", True, [], id="to provider-led"),
        pytest.param(None, "provider_led", True, [], id="no training before"),
        pytest.param(None, "school_led", False, [], id="no training before, school-led"),
        pytest.param(
            stopped(CONFIRMED, YESTERDAY), "school_led", False, [], id="after a withdrawal"
        ),
        pytest.param(
            CONFIRMED, "provider_led", True, ["training_programme no_change"], id="provider-led yet"
        ),
        pytest.param(
            SCHOOL_LED, "school_led", False, ["training_programme no_change"], id="school-led yet"
        ),
        pytest.param(
            SCHOOL_LED, "provider_led", False, ["lead_provider missing"], id="which provider"
        ),
        pytest.param(
            CONFIRMED, "school_led", True, ["lead_provider not_wanted"], id="no provider wanted"
        ),
    ],
)
def test_problems_with_a_new_programme(present, programme, has_provider, expected):
    found = problems_with_new_programme(present, programme, has_provider=has_provider)

    assert [f"{one.field} {one.code}" for one in found] == expected
