"""When a school may correct a start date itself, and when support does (spec 05 §9 Improve)."""

from datetime import date

import pytest

from register_ects.rules.start_corrections import (
    StartFacts,
    affected_by,
    problems_with_corrected_start,
)
from tests.rules.periods import Stretch

pytestmark = pytest.mark.no_database

TODAY = date(2026, 9, 10)
HERE = Stretch(date(2026, 9, 1))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("facts", "start", "expected"),
    [
        pytest.param({}, "2026-08-31", None, id="nothing else"),
        pytest.param({"has_declarations": True}, "2026-09-02", "declarations", id="declared"),
        pytest.param({"training": ["2026-09-10"]}, "2026-09-10", None, id="training begins then"),
        pytest.param({"training": ["2026-09-10"]}, "2026-09-11", "training", id="begins before"),
        pytest.param({"mentoring": ["2026-09-04"]}, "2026-09-05", "mentoring", id="mentored"),
        pytest.param({"mentoring": ["2026-09-04"]}, "2026-08-05", None, id="mentored later"),
        pytest.param({"inductions": ["2026-09-02"]}, "2026-09-02", None, id="induction then"),
        pytest.param({"inductions": ["2026-09-02"]}, "2026-09-03", "induction", id="before"),
        pytest.param(
            {"others": [("2025-09-01", "2026-07-20")]}, "2026-07-21", None, id="day after another"
        ),
        pytest.param(
            *({"others": [("2025-09-01", "2026-07-20")]}, "2026-07-20", "other_school"),
            id="last day of another",
        ),
        pytest.param(
            *({"others": [("2025-09-01", "2026-08-31")]}, "2026-09-02", "other_school"),
            id="another was ended by this one",
        ),
        pytest.param({"others": [("2027-01-01", None)]}, "2026-09-02", None, id="a later one"),
    ],
)
def test_what_depends_on_the_start(facts, start, expected):
    periods = ("training", "mentoring", "inductions")
    values = {
        **facts,
        **{name: tuple(map(day, facts[name])) for name in periods if name in facts},
        "others": tuple(
            Stretch(day(first), last and day(last)) for first, last in facts.get("others", ())
        ),
    }

    assert affected_by(StartFacts(HERE, **values), day(start), today=TODAY) == expected


@pytest.mark.parametrize("start", ["2026-10-30", "2026-11-03"])
@pytest.mark.parametrize("what", ["training", "mentoring"])
def test_what_is_to_begin_with_the_placement_depends_on_it(what, start):
    planned = date(2026, 11, 2)
    facts = StartFacts(Stretch(planned), **{what: (planned,)})

    assert affected_by(facts, day(start), today=TODAY) == what


@pytest.mark.parametrize(
    ("start", "finished_on", "is_open", "expected"),
    [
        pytest.param("2026-09-02", None, True, [], id="allowed"),
        pytest.param("2026-09-01", None, True, ["unchanged"], id="the same"),
        pytest.param("2026-12-18", "2026-12-18", True, [], id="on the last day"),
        pytest.param("2026-12-19", "2026-12-18", True, ["after_last_day"], id="after it"),
        pytest.param("2024-05-31", None, True, ["before_earliest"], id="too early"),
        pytest.param("2027-06-01", None, False, ["year_too_late"], id="too late"),
        pytest.param("2027-05-31", None, False, ["not_open_yet"], id="not open"),
    ],
)
def test_which_dates_are_refused(start, finished_on, is_open, expected):
    problems = problems_with_corrected_start(
        day(start),
        Stretch(HERE.started_on, finished_on and day(finished_on)),
        today=TODAY,
        earliest=date(2024, 6, 1),
        latest=date(2027, 5, 31),
        is_open=is_open,
    )

    assert [problem.code for problem in problems] == expected
