"""When registration opens again (spec 05 §12.1 Improve)."""

from datetime import date

import pytest

from register_ects.rules.closures import reopens_on

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
