"""The mark of what somebody was shown."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.rules.seen import mark_of, problems_with_seen

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (["Late", Decimal("5")], ["Late", Decimal("5.00")], True),
        (["Late", Decimal("5.00")], ["Late", Decimal("-5.00")], False),
        (["Late", Decimal("10")], ["Late", Decimal("1")], False),
        (["a", "b"], ["ab"], False),
        (["a,b", "c"], ["a", "b,c"], False),
        ([None], [""], False),
        ([date(2026, 9, 1)], [date(2026, 9, 1)], True),
    ],
)
def test_a_mark_tells_values_apart(one, other, alike):
    assert (mark_of(*one) == mark_of(*other)) is alike


def test_who_was_shown_nothing_is_refused_like_who_was_shown_something_else():
    assert problems_with_seen(mark_of("x"), "x") == []
    for seen in ("", mark_of("y")):
        [problem] = problems_with_seen(seen, "x", value="x")
        assert (problem.code, problem.details) == ("changed_meanwhile", {"value": "x"})
