"""When registration opens again (spec 05 §12.1 Improve)."""

from datetime import date

import pytest

from register_ects.rules.closures import (
    announced,
    last_day_when_ended,
    problems_with_closure,
    reopens_on,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("closures", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param(["06-11 06-30"], None, id="not yet"),
        pytest.param(["06-01 06-09"], None, id="over"),
        pytest.param(["06-10 06-10"], "06-11", id="today alone"),
        pytest.param(["06-01 06-14"], "06-15", id="one"),
        pytest.param(["06-01 06-14", "06-15 06-20"], "06-21", id="two that adjoin"),
        pytest.param(["06-15 06-20", "06-01 06-14"], "06-21", id="the later one first"),
        pytest.param(["06-01 06-14", "06-16 06-20"], "06-15", id="a day between"),
        pytest.param(["06-01 06-30", "06-05 06-12"], "07-01", id="one inside another"),
        pytest.param(["06-01 06-14", "06-12 06-20"], "06-21", id="two that overlap"),
        pytest.param(["06-01 06-12", "06-13 06-14", "06-15 07-02"], "07-03", id="three in a row"),
        pytest.param(["06-01 06-09", "06-11 06-14"], None, id="open on the day between"),
    ],
)
def test_registration_opens_after_the_last_of_adjoining_closures(closures, expected):
    def day(text):
        return date.fromisoformat(f"2026-{text}")

    pairs = [tuple(map(day, closure.split())) for closure in closures]

    assert reopens_on(date(2026, 6, 10), pairs) == (day(expected) if expected else None)


TODAY = date(2026, 6, 10)


def days(text):
    return [date.fromisoformat(f"2026-{each}") for each in text.split()]


@pytest.mark.parametrize(
    ("closures", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param(["06-01 06-09"], None, id="over"),
        pytest.param(["06-10 06-12"], None, id="begins today: it is closed"),
        pytest.param(["06-11 06-12"], "06-11 06-13", id="begins tomorrow"),
        pytest.param(["07-08 07-09"], "07-08 07-10", id="in four weeks"),
        pytest.param(["07-09 07-09"], None, id="a day later"),
        pytest.param(["06-20 06-21", "06-12 06-14"], "06-12 06-15", id="the first of two"),
        pytest.param(["06-12 06-14", "06-15 06-20"], "06-12 06-21", id="two that adjoin"),
        pytest.param(["06-01 06-12", "06-20 06-21"], None, id="closed now"),
    ],
)
def test_a_closure_is_announced_four_weeks_ahead(closures, expected):
    found = announced(TODAY, [tuple(days(each)) for each in closures])
    assert found == (tuple(days(expected)) if expected else None)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        ("06-10", "06-10", []),
        ("06-01", "06-10", []),
        ("06-11", "06-10", ["before_start"]),
        ("06-01", "06-09", ["in_the_past"]),
        ("06-09", "06-08", ["before_start", "in_the_past"]),
    ],
)
def test_a_closure_ends_after_it_starts_and_is_not_over(starts_on, ends_on, expected):
    first, last = days(f"{starts_on} {ends_on}")
    problems = problems_with_closure(starts_on=first, ends_on=last, today=TODAY)
    assert [(each.field, each.code) for each in problems] == [
        ("ends_on", code) for code in expected
    ]


@pytest.mark.parametrize(
    ("starts_on", "expected"), [("06-01", "06-09"), ("06-09", "06-09"), ("06-10", None)]
)
def test_a_closure_that_is_ended_ended_yesterday_or_never_was(starts_on, expected):
    (start,) = days(starts_on)
    expected = days(expected)[0] if expected else None
    assert last_day_when_ended(starts_on=start, today=TODAY) == expected
